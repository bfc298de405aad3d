// The last lines of a plan: what it comes to, and what it buys.
import type { Plan, StepName } from "../model/plan.ts";
import { costText } from "./cost.ts";
import type { Paint } from "./paint.ts";

/** In the order in which the summary names them. */
const named: readonly [StepName, string][] = [
  ["create", "to create"],
  ["update", "to update"],
  ["revive", "to revive"],
  ["close", "to close"],
  ["adopt", "to adopt"],
  ["promote", "to promote"],
  ["background", "with a background to change"],
  ["move", "to move"],
  ["record", "to record"],
  ["forget", "to forget"],
];

/** What it costs, and the counts. */
export function summaryText(plan: Plan, paint: Paint): string {
  const buys = plan.changes.length === 0 ? "" : costText(plan.cost, paint);
  const counts = paint("bold", countsText(plan));
  return buys === "" ? counts : `${buys}\n\n${counts}`;
}

/** Counts of steps, and of the vacancies that are left as they are. */
export function countsText({ summary, changes, cost, partial }: Plan): string {
  const unbought = cost.left_out === undefined ? [] : [`${cost.left_out} paid left out`];
  const held = [...(summary.held > 0 ? [`${summary.held} held`] : []), ...unbought];
  if (changes.length === 0) return partial ? partText(held) : nothingText(summary.unchanged, held);
  const parts = named
    .filter(([name]) => summary[name] > 0)
    .map(([name, words]) => `${summary[name]} ${words}`);
  const tail = [...held, `${summary.unchanged} unchanged`].join(", ");
  return `Plan: ${parts.join(", ")}; ${tail}.`;
}

/** Of what was left out nothing is said, so nothing may be claimed of it. */
function partText(held: readonly string[]): string {
  return `Nothing to do in this part of the plan; ${[...held, "other changes may be due"].join(", ")}.`;
}

function nothingText(unchanged: number, held: readonly string[]): string {
  if (held.length > 0) return `Nothing to do; ${[...held, `${unchanged} unchanged`].join(", ")}.`;
  if (unchanged === 0) return "Nothing to do: there is no vacancy here.";
  return unchanged === 1
    ? "Nothing to do: the vacancy is as its file says."
    : `Nothing to do: all ${unchanged} vacancies are as the files say.`;
}
