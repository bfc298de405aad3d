// One change of a plan: a line for the vacancy, a line for each step, and the attributes under it.
import { type PlanChange, type Step, steps } from "../model/plan.ts";
import { cleanLine } from "./clean.ts";
import { type FieldStyle, fieldLines } from "./fields.ts";
import { chargeText } from "./money.ts";
import type { Paint } from "./paint.ts";

/** A vacancy with its steps, its attributes and what is to be known of it. */
export function changeText(change: PlanChange, style: FieldStyle): string {
  const { paint } = style;
  const main = change.steps.find((step) => step.step !== "record" && step.step !== "move") ?? change.steps[0];
  const { sign, colour } = steps[main?.step ?? "record"];
  const title = change.title === undefined ? "" : `  ${cleanLine(change.title)}`;
  return [
    `  ${paint(colour, sign)} ${keyText(change, title, paint)}`,
    ...change.steps.flatMap((step) => [`    ${stepText(step, paint)}`, ...fieldLines(step, style)]),
    ...nextText(change.next_due ?? []).map((text) => `    ${paint("dim", text)}`),
    ...change.warnings.map((warning) => `    ${paint("yellow", "warning:")} ${cleanLine(warning)}`),
  ].join("\n");
}

/** What of its promotions comes later, in one line. */
export function nextText(next: NonNullable<PlanChange["next_due"]>): string[] {
  if (next.length === 0) return [];
  const told = next.map(({ action, at }) => `${action} on ${at.slice(0, 16).replace("T", " ")}`);
  return [cleanLine(`next due: ${told.join(", ")}`)];
}

/** A key with what stands behind it, and its job where it has one. */
export function keyText(
  { key, job_id }: { readonly key: string; readonly job_id: string | null },
  title: string,
  paint: Paint,
): string {
  const job = job_id === null ? "" : paint("dim", `  job ${cleanLine(job_id)}`);
  return `${paint("bold", cleanLine(key))}${title}${job}`;
}

/** Reasons that want a word more. */
const reasons: Readonly<Record<string, string>> = {
  drift: "drift, changed on the board",
  "edited+drift": "edited, and drift: changed on the board too",
};

/** Why a step is taken, in words. */
export function reasonText({ step, reason, close_reason }: Step): string {
  const told = close_reason === undefined ? "" : ` (the board is told ${close_reason})`;
  const quiet =
    step === "record" || step === "forget" ? " (noted in the state; the board is sent nothing)" : "";
  return cleanLine((reasons[reason] ?? reason) + told + quiet);
}

/** A step in a line: sign, name, reason, and what it buys. */
export function stepText(step: Step, paint: Paint): string {
  const { sign, colour } = steps[step.step];
  return `${paint(colour, sign)} ${stepWords(step, paint)}`;
}

/** The same without the sign. */
export function stepWords(step: Step, paint: Paint): string {
  const charges = step.cost ?? [];
  const buys = charges.length > 0 ? `; buys ${charges.map(chargeText).join(", ")}` : "";
  const isNamed = charges.some(({ code }) => code === step.publication);
  const what =
    step.action === undefined ? "" : ` ${step.action}${step.account === "bonus" ? " on bonus" : ""}`;
  const as = step.publication === undefined || isNamed ? "" : `; as ${step.publication}`;
  return `${step.step}${cleanLine(what) === "" ? "" : ` ${cleanLine(what)}`}: ${reasonText(step)}${paint("dim", cleanLine(buys + as))}`;
}
