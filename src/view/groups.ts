// Many equal changes as one line, so that a plan of thousands stays readable.
import { type PlanChange, type Step, steps } from "../model/plan.ts";
import { changeText, reasonText } from "./change.ts";
import { cleanLine } from "./clean.ts";
import type { FieldStyle } from "./fields.ts";
import { chargeText } from "./money.ts";
import { cut, wrap } from "./table.ts";
import { shownAll } from "./values.ts";

/** Keys that are named before "and n more". */
const named = 3;
/** Columns that a value gets. */
const most = 40;

interface Group {
  readonly first: PlanChange;
  readonly changes: PlanChange[];
}

const closes = ({ steps }: PlanChange): boolean => steps.some(({ step }) => step === "close");

/**
 * One line for each kind of change, most frequent first, with the first keys. What must not be overlooked isn't
 * shortened: a close names every key, and a change with a warning is shown whole.
 */
export function groupedLines(changes: readonly PlanChange[], style: FieldStyle): string {
  const groups = new Map<string, Group>();
  for (const change of changes.filter(({ warnings }) => warnings.length === 0)) {
    const word = sameness(change);
    const group = groups.get(word);
    if (group) group.changes.push(change);
    else groups.set(word, { first: change, changes: [change] });
  }
  const lines = [...groups.values()]
    .sort((a, b) => b.changes.length - a.changes.length)
    .map((group) => groupText(group, style));
  const whole = changes
    .filter(({ warnings }) => warnings.length > 0)
    .map((change) => changeText(change, style));
  const note = style.paint("dim", "  (equal changes are shown together; --verbose shows each)");
  return [[...lines, note].join("\n"), ...whole].join("\n\n");
}

/** Two changes of one sameness are told in one line: the whole of what they do, but for what each has of its own. */
function sameness({ steps }: PlanChange): string {
  const own = steps.map(({ expires_at: _, from: __, ...step }) => ({
    ...step,
    reason: step.step === "move" ? "" : step.reason,
    fields: step.step === "create" ? [] : isSent(step) ? step.fields?.map(({ name }) => name) : step.fields,
  }));
  return JSON.stringify(own);
}

/** An update that sends what an adopted job doesn't show. */
const isSent = ({ step, reason }: Step): boolean => step === "update" && reason === "not shown by the board";

function groupText({ first, changes }: Group, style: FieldStyle): string {
  const { sign, colour } = steps[first.steps[0]?.step ?? "record"];
  const word = first.steps.map((step) => wordOf(step, changes.length, style)).join("; ");
  const count = changes.length === 1 ? "1 vacancy" : `${changes.length} vacancies`;
  const all = closes(first);
  const keys = changes
    .slice(0, all ? changes.length : named)
    .map(nameOf)
    .join(", ");
  const more = all || changes.length <= named ? "" : ` and ${changes.length - named} more`;
  const text = `${word} in ${count}: ${keys}${more}`;
  const lines = all ? wrap(text, Math.max(30, style.width - 6)) : [text];
  return `  ${style.paint(colour, sign)} ${lines.join(`\n${" ".repeat(6)}`)}`;
}

function nameOf({ key, steps }: PlanChange): string {
  const from = steps.find(({ step }) => step === "move")?.from;
  return cleanLine(from === undefined ? key : `${key} (was ${from})`);
}

function wordOf(step: Step, times: number, { titles }: FieldStyle): string {
  if (step.step === "move") return "move";
  const cost = (step.cost ?? []).map((charge) => chargeText(multiplied(charge, times))).join(", ");
  const buys = cost === "" ? "" : `, buys ${cleanLine(cost)}`;
  const fields = step.step === "create" ? [] : (step.fields ?? []);
  const told = fields.map(({ name, prior, desired, live }) => {
    if (isSent(step)) return cleanLine(name);
    const [from, to] = shownAll(name, [live === undefined ? prior : live, desired] as const, titles);
    const [a, b] = [cut(from, most), cut(to, most)];
    return a === b ? `${cleanLine(name)} (its text)` : `${cleanLine(name)} ${a} → ${b}`;
  });
  return `${step.step}, ${reasonText(step)}${buys}${told.length > 0 ? `: ${told.join(", ")}` : ""}`;
}

type Charge = NonNullable<Step["cost"]>[number];

function multiplied({ code, units, wallet }: Charge, times: number): Charge {
  const all =
    wallet === null || typeof wallet === "number"
      ? wallet && wallet * times
      : { min: wallet.min * times, max: wallet.max * times };
  return { code, units: units * times, wallet: all };
}
