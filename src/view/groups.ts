// Many equal changes as one line, so that a plan of thousands stays readable.
import { type PlanChange, steps } from "../model/plan.ts";
import { cleanLine } from "./clean.ts";
import type { Paint } from "./paint.ts";

/** Keys that are named before "and n more". */
const named = 3;

/** One line for each kind of change, most frequent first, with the first keys. */
export function groupedLines(changes: readonly PlanChange[], paint: Paint): string {
  const groups = new Map<string, { change: PlanChange; keys: string[] }>();
  for (const change of changes) {
    const word = wordOf(change);
    const group = groups.get(word);
    if (group) group.keys.push(change.key);
    else groups.set(word, { change, keys: [change.key] });
  }
  const lines = [...groups.entries()]
    .sort(([, a], [, b]) => b.keys.length - a.keys.length)
    .map(([word, { change, keys }]) => {
      const { sign, colour } = steps[change.steps[0]?.step ?? "record"];
      const more = keys.length > named ? ` and ${keys.length - named} more` : "";
      const count = keys.length === 1 ? "1 vacancy" : `${keys.length} vacancies`;
      return `  ${paint(colour, sign)} ${word} in ${count}: ${keys.slice(0, named).join(", ")}${more}`;
    });
  return [...lines, paint("dim", "  (equal changes are shown together; --verbose shows each)")].join("\n");
}

function wordOf(change: PlanChange): string {
  return change.steps
    .map((step) => {
      if (step.step !== "update") return `${step.step}, ${cleanLine(step.reason)}`;
      const fields = step.fields?.map(
        (field) => `${field.name} ${show(field.live ?? field.prior)} → ${show(field.desired)}`,
      );
      return `update, ${step.reason}: ${fields?.join(", ")}`;
    })
    .join("; ");
}

function show(value: string | number | boolean | null): string {
  if (value === null) return "(empty)";
  const text = cleanLine(String(value));
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
