// A plan as text, in the manner of Terraform: a sign, a key, what is done and why, attribute by attribute.
import { type Held, type Plan, type PlanChange, type Step, type StepName, steps } from "../model/plan.ts";
import { cleanLine } from "./clean.ts";
import { diagnosticsText } from "./diagnostics.ts";
import { type FieldStyle, fieldLines } from "./fields.ts";
import { groupedLines } from "./groups.ts";
import { type Paint, painter, type Style } from "./paint.ts";

export interface PlanStyle extends Style {
  /** Every change, also where many are equal. */
  readonly verbose?: boolean;
  /** Titles of professions by id. */
  readonly titles?: ReadonlyMap<string, string>;
}

/** More changes than this are grouped where they are equal. */
const grouped = 50;

/** The whole plan: changes, what is held, what refuses, warnings, and the count last. */
export function planText(plan: Plan, style: PlanStyle): string {
  const paint = painter(style.colour);
  const fields: FieldStyle = { ...style, paint, titles: style.titles ?? new Map() };
  const changes =
    plan.changes.length > grouped && !style.verbose
      ? groupedLines(plan.changes, paint)
      : plan.changes.map((change) => changeText(change, fields)).join("\n\n");
  const warnings = plan.diagnostics.length > 0 ? diagnosticsText(plan.diagnostics, style) : "";
  return [
    header(plan, paint),
    changes,
    heldText(plan.held, paint),
    guardText(plan, paint),
    warnings,
    summaryText(plan, paint),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function header(plan: Plan, paint: Paint): string {
  const commit = plan.commit === null ? "" : `, commit ${plan.commit.slice(0, 8)}`;
  return paint(
    "dim",
    `${plan.workspace} on ${cleanLine(plan.board)}, account ${cleanLine(plan.account)}${commit}`,
  );
}

function changeText(change: PlanChange, style: FieldStyle): string {
  const { paint } = style;
  const main = change.steps.find((step) => step.step !== "record" && step.step !== "move") ?? change.steps[0];
  const { sign, colour } = steps[main?.step ?? "record"];
  const title = change.title === undefined ? "" : `  ${cleanLine(change.title)}`;
  const job = change.job_id === null ? "" : paint("dim", `  job ${cleanLine(change.job_id)}`);
  return [
    `  ${paint(colour, sign)} ${paint("bold", change.key)}${title}${job}`,
    ...change.steps.flatMap((step) => [`    ${stepLine(step, paint)}`, ...fieldLines(step, style)]),
    ...change.warnings.map((warning) => `    ${paint("yellow", "warning:")} ${cleanLine(warning)}`),
  ].join("\n");
}

/** Reasons that want a word more. */
const reasons: Readonly<Record<string, string>> = {
  drift: "drift, changed on the board",
  "edited+drift": "edited, and drift: changed on the board too",
};

function stepLine(step: Step, paint: Paint): string {
  const { sign, colour } = steps[step.step];
  const buys = step.cost?.map(({ units, code }) => `buys ${units} × ${code}`).join(", ");
  const told = step.close_reason === undefined ? "" : ` (the board is told ${step.close_reason})`;
  const reason = cleanLine((reasons[step.reason] ?? step.reason) + told);
  return `${paint(colour, sign)} ${step.step}: ${reason}${buys ? paint("dim", `; ${buys}`) : ""}`;
}

function heldText(held: readonly Held[], paint: Paint): string {
  if (held.length === 0) return "";
  const lines = held.map(({ key, job_id, reason, hint }) => {
    const job = job_id === null ? "" : paint("dim", `  job ${cleanLine(job_id)}`);
    return `  ${paint("yellow", "!")} ${paint("bold", key)}${job}\n    ${cleanLine(reason)}\n    → ${cleanLine(hint)}`;
  });
  return [paint("bold", "Held, until somebody decides:"), ...lines].join("\n");
}

function guardText(plan: Plan, paint: Paint): string {
  if (plan.guards.length === 0) return "";
  const lines = plan.guards.map(
    ({ name, message, allow }) =>
      `  ${paint("red", name)}: ${cleanLine(message)}\n    → if it is meant so: ${allow}`,
  );
  return [paint("bold", "An apply would refuse this plan:"), ...lines].join("\n");
}

/** In the order in which the summary names them. */
const named: readonly [StepName, string][] = [
  ["create", "to create"],
  ["update", "to update"],
  ["revive", "to revive"],
  ["close", "to close"],
  ["adopt", "to adopt"],
  ["promote", "to promote"],
  ["background", "backgrounds"],
  ["move", "to move"],
  ["record", "to record"],
  ["forget", "to forget"],
];

function summaryText({ summary, changes, cost, partial }: Plan, paint: Paint): string {
  const rest = summary.held > 0 ? [`${summary.held} held`] : [];
  if (changes.length === 0) {
    if (partial) return paint("bold", "Nothing to do in this part of the plan; other changes may be due.");
    if (rest.length === 0 && summary.unchanged === 0)
      return paint("bold", "Nothing to do: there is no vacancy here.");
    const same =
      summary.unchanged === 1
        ? "the vacancy is as its file says"
        : `all ${summary.unchanged} vacancies are as the files say`;
    return paint(
      "bold",
      rest.length > 0
        ? `Nothing to do; ${rest[0]}, ${summary.unchanged} unchanged.`
        : `Nothing to do: ${same}.`,
    );
  }
  const parts = named
    .filter(([name]) => summary[name] > 0)
    .map(([name, words]) => `${summary[name]} ${words}`);
  const tail = [...rest, `${summary.unchanged} unchanged`].join(", ");
  const buys = cost.codes.map(({ units, code }) => `${units} × ${code}`).join(", ");
  return `${paint("bold", `Plan: ${parts.join(", ")}; ${tail}.`)}${buys ? `\nIt uses ${buys}.` : ""}`;
}
