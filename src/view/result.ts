// What an apply did: never more and never less than happened.
import type { ApplyResult, StepName, StepResult } from "../model/plan.ts";
import { steps } from "../model/plan.ts";
import { cleanLine } from "./clean.ts";
import { type Colour, type Paint, painter, type Style } from "./paint.ts";
import { past } from "./past.ts";

const colours: Readonly<Record<StepResult["status"], Colour>> = {
  applied: "green",
  pending: "blue",
  failed: "red",
  unknown: "red",
  stale: "yellow",
  not_started: "yellow",
};

/** What went wrong, then the counts. */
export function resultText(result: ApplyResult, style: Style): string {
  const paint = painter(style.colour);
  const troubles = result.results.filter(({ status }) => status !== "applied");
  return [
    troubles.map((trouble) => troubleText(trouble, paint)).join("\n"),
    heldLine(result),
    summaryLine(result, paint),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function troubleText({ key, step, status, error }: StepResult, paint: Paint): string {
  const way = status === "unknown" ? "\n    → vac plan looks again, and says what became of it" : "";
  const why = error === undefined ? "" : `: ${cleanLine(error)}`;
  return `  ${paint(colours[status], status.replace("_", " "))} ${steps[step].sign} ${paint("bold", key)} ${step}${why}${way}`;
}

function heldLine({ held }: ApplyResult): string {
  if (held.length === 0) return "";
  return `${held.length} held, as the plan says: ${held
    .slice(0, 10)
    .map(({ key }) => key)
    .join(", ")}${held.length > 10 ? " …" : ""}`;
}

function summaryLine({ results, summary }: ApplyResult, paint: Paint): string {
  const done = (Object.keys(past) as StepName[]).flatMap((step) => {
    const count = results.filter((result) => result.step === step && result.status === "applied").length;
    return count > 0 ? [`${count} ${past[step]}`] : [];
  });
  const rest = (["failed", "unknown", "stale", "not_started", "pending"] as const).flatMap((status) => {
    const count = summary[status] ?? 0;
    return count > 0 ? [`${count} ${status.replace("_", " ")}`] : [];
  });
  const applied = done.length > 0 ? `Applied: ${done.join(", ")}.` : "Nothing was applied.";
  return paint("bold", rest.length > 0 ? `${applied} ${rest.join(", ")}.` : applied);
}
