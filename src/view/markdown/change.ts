// One change: a row of the table, and under it what happens to its attributes.
import { type Field, type PlanChange, type Step, steps } from "../../model/plan.ts";
import { nextText, stepWords } from "../change.ts";
import { clean } from "../clean.ts";
import { isAllNew, tellField } from "../fields.ts";
import { painter } from "../paint.ts";
import { isLong, shown, type Titles } from "../values.ts";
import { wordParts } from "../words.ts";
import { code, escaped, md, mdLines, shortened } from "./escape.ts";
import type { Room } from "./room.ts";

const plain = painter(false);
/** Columns of what stays that are shown around what changes, where texts are shortened. */
const around = 40;

/** The sign that a change is known by. */
function signOf({ steps: own }: PlanChange): string {
  const main = own.find(({ step }) => step !== "record" && step !== "move") ?? own[0];
  return md(steps[main?.step ?? "record"].sign);
}

/** The heads of a table of changes. */
export const tableHeads = ["| | Vacancy | What |", "|:-:|:--|:--|"];

/** Sign, vacancy, and its steps with what they buy and which attributes they are about. */
export function changeRow(change: PlanChange, room: Room): string {
  const { key, title = "", job_id, warnings } = change;
  const job = job_id === null ? "" : ` job ${job_id}`;
  const who = `${code(key, room.text)}${title === "" ? "" : `<br>${md(title, room.text)}`}${md(job) === "" ? "" : ` (${md(job, room.text)})`}`;
  // Of a single step the first column has it.
  const sign = ({ step }: Step): string => (change.steps.length > 1 ? `${steps[step].sign} ` : "");
  const what = [
    ...change.steps.map((step) => md(`${sign(step)}${stepWords(step, plain)}${fieldNames(step)}`, room.text)),
    ...warnings.map((warning) => `**Warning:** ${md(warning, room.text)}`),
  ];
  return `| ${signOf(change)} | ${who} | ${what.join("<br>")} |`;
}

function fieldNames(step: Step): string {
  const names = isAllNew(step) ? [] : (step.fields ?? []).map(({ name }) => name);
  return names.length === 0 ? "" : ` (${names.join(", ")})`;
}

/** The attributes of a change, folded away; empty where there are none. */
export function changeDetails(change: PlanChange, titles: Titles, room: Room, isOpen: boolean): string {
  const isShort = room.changes === "short";
  const lines = [
    ...change.steps
      .filter((step) => !(isShort && isAllNew(step)))
      .flatMap(({ fields = [], ...step }) =>
        fields.map((field) => `- ${fieldText(step, field, titles, room)}`),
      ),
    ...(isShort ? [] : nextText(change.next_due ?? []).map((text) => `- ${md(text)}`)),
  ];
  if (lines.length === 0) return "";
  const title = change.title === undefined ? "" : ` ${md(change.title, room.text)}`;
  const summary = `<summary>${signOf(change)} ${code(change.key, room.text)}${title}</summary>`;
  return [`<details${isOpen ? " open" : ""}>${summary}`, "", ...lines, "", "</details>"].join("\n");
}

/** What becomes of one attribute: values beside each other, words of a text marked where they differ. */
export function fieldText(
  step: Pick<Step, "step" | "reason">,
  field: Field,
  titles: Titles,
  room: Room,
): string {
  const name = `**${md(field.name, room.text)}**:`;
  const { desired } = field;
  if (isAllNew(step)) {
    const value = isLong(desired)
      ? mdLines(desired, room.text)
      : md(shown(field.name, desired, titles), room.text);
    return `${name} ${value}`;
  }
  const { said, texts } = tellField(field, titles);
  const diffs = texts.map(
    ({ intro, before, after }) =>
      `${intro === "" ? "" : `${intro}<br>`}${marked(clean(before).trim(), clean(after).trim(), room)}`,
  );
  return [`${name} ${md(said, 2 * room.text)}`.trimEnd(), ...diffs].join("<br>");
}

/** What went struck out, what came underlined, in place. */
function marked(before: string, after: string, { text: most }: Room): string {
  const runs = wordParts(before, after).map(({ kind, text }) => {
    const shown = kind === "same" ? shortSame(text, most) : shortened(text, most);
    const safe = shown.split("\n").map(escaped).join("<br>");
    return kind === "same" ? safe : kind === "gone" ? `<del>${safe}</del>` : `<ins>${safe}</ins>`;
  });
  return most === Number.POSITIVE_INFINITY || runs.length <= most / 4
    ? runs.join("")
    : `${runs.slice(0, most / 4).join("")}…`;
}

/** What stays between two differences, without its middle where room is short. */
function shortSame(text: string, most: number): string {
  if (text.length <= most || text.length <= 2 * around) return text;
  const points = [...text];
  return `${points.slice(0, around).join("")} … ${points.slice(-around).join("")}`;
}
