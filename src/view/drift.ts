// What was changed on the board by hand, and where it went.
import type { DriftField, DriftItem, DriftResult } from "../model/drift.ts";
import { keyText } from "./change.ts";
import { cleanLine } from "./clean.ts";
import { counted } from "./diagnostics.ts";
import { type FieldStyle, fieldLines } from "./fields.ts";
import { type Paint, painter, type Style } from "./paint.ts";
import { placesText } from "./places.ts";
import { cut } from "./table.ts";
import { shownAll, type Titles } from "./values.ts";

export interface DriftStyle extends Style {
  readonly titles: Titles;
  /** Values were written into files. */
  readonly accepting: boolean;
}

/** What is said where there is none. */
export const noDrift = "No drift: nothing was changed on the board since it was written.";

/** More vacancies than this are told by what was changed. */
const grouped = 30;
/** Keys that are named then, and columns that a value gets. */
const named = 3;
const most = 40;

/** Each vacancy with what it was and what it is on the board, then what can be done. */
export function driftText({ items, summary }: DriftResult, style: DriftStyle): string {
  const paint = painter(style.colour);
  if (items.length === 0)
    return paint(
      "bold",
      style.accepting ? "Nothing to accept: what the board has is what was written." : noDrift,
    );
  const fields: FieldStyle = { ...style, paint };
  const vacancies =
    items.length > grouped && !style.verbose
      ? [groupedText(items, fields)]
      : items.map((item) => itemText(item, fields));
  return [
    ...vacancies,
    style.accepting ? acceptedLine(summary, paint) : listedLine(items, summary, paint),
  ].join("\n\n");
}

function itemText(item: DriftItem, style: FieldStyle): string {
  const title = item.title === undefined ? "" : `  ${cleanLine(item.title)}`;
  return [
    `  ${style.paint("yellow", "~")} ${keyText(item, title, style.paint)}`,
    ...item.fields.flatMap((field) => [...changeLines(field, style), ...placeLines(field, style.paint)]),
  ].join("\n");
}

/** From what was seen after our write to what is there now; what the file wants beside it, where that is something else. */
function changeLines({ name, prior, live, desired }: DriftField, style: FieldStyle): string[] {
  const fields = [{ name, prior, desired: live }];
  const lines = fieldLines({ step: "update", reason: "", cause: "board", fields }, style);
  if (desired === prior || desired === live) return lines;
  const wanted = desired === null ? "(empty)" : cleanLine(JSON.stringify(desired));
  return [...lines, `          ${style.paint("dim", `the file says ${wanted}`)}`];
}

function placeLines({ accepted, left }: DriftField, paint: Paint): string[] {
  if (accepted) {
    const shared = /(^|\/)_defaults\.ya?ml$/i.test(accepted.file)
      ? ", a default: new files below it get it too"
      : "";
    return [`          ${paint("green", "→")} ${cleanLine(`${accepted.file}:${accepted.line}${shared}`)}`];
  }
  return left === undefined ? [] : [`          ${paint("yellow", "left:")} ${cleanLine(left)}`];
}

/** One line for each change that was made in several vacancies, most frequent first; what is left is told with it. */
function groupedText(items: readonly DriftItem[], { paint, titles }: FieldStyle): string {
  const groups = new Map<string, { field: DriftField; keys: string[] }>();
  for (const { key, fields } of items) {
    for (const field of fields) {
      const { name, prior, live, left = "" } = field;
      const word = JSON.stringify([name, prior, live, left.replaceAll(key, "KEY")]);
      const group = groups.get(word) ?? { field, keys: [] };
      group.keys.push(key);
      groups.set(word, group);
    }
  }
  const lines = [...groups.values()]
    .sort((a, b) => b.keys.length - a.keys.length)
    .map(({ field: { name, prior, live, left }, keys }) => {
      const [from, to] = shownAll(name, [prior, live] as const, titles);
      const where = `in ${counted(keys.length, "vacancy", "vacancies")}: ${placesText(keys, named)}`;
      const why =
        left === undefined
          ? ""
          : `\n      ${paint("yellow", "left:")} ${cleanLine(left.replaceAll(keys[0] ?? "", "KEY"))}`;
      return `  ${paint("yellow", "~")} ${cleanLine(name)}: ${cut(from, most)} → ${cut(to, most)} ${where}${why}`;
    });
  return [...lines, paint("dim", "  (equal changes are shown together; --verbose shows each)")].join("\n");
}

/** How many changes there are. */
export const driftCounts = ({ fields, vacancies }: DriftResult["summary"]): string =>
  `Changed on the board: ${counted(fields, "change")} in ${counted(vacancies, "vacancy", "vacancies")}.`;

function listedLine(items: readonly DriftItem[], summary: DriftResult["summary"], paint: Paint): string {
  const all = items.flatMap(({ fields }) => fields);
  const back = all.some(({ name, left }) => name !== "status" && left === undefined)
    ? " vac apply writes the files' values back."
    : "";
  const status = all.some(({ name }) => name === "status")
    ? " What was closed, opened or is gone is held by a plan."
    : "";
  return `${paint("bold", driftCounts(summary))} vac drift --accept KEY… writes the board's values into the files.${back}${status}`;
}

function acceptedLine({ accepted, left }: DriftResult["summary"], paint: Paint): string {
  const rest = left === 0 ? "" : ` ${counted(left, "change")} left as on the board, for the reasons above.`;
  const next = accepted === 0 ? "" : " Look at the files and commit them.";
  const done = left === 0 && accepted > 0 ? " vac plan shows that nothing is left to do for them." : "";
  return `${paint("bold", `Accepted ${counted(accepted, "change")} into the files.${rest}`)}${next}${done}`;
}
