// Where each value of a vacancy comes from, what is known of its job, and what the plan makes of it, as text.
import type { Attributes } from "../model/attributes.ts";
import { dateTime } from "../model/dates.ts";
import type { Held, Step } from "../model/plan.ts";
import type { GivenPicture } from "../model/state.ts";
import { givenText } from "./background.ts";
import { stepText } from "./change.ts";
import { cleanLine } from "./clean.ts";
import { fieldLines } from "./fields.ts";
import { type Paint, painter, type Style } from "./paint.ts";
import { table } from "./table.ts";
import { cell, noneMeans, type Titles } from "./values.ts";

export interface Explained {
  readonly key: string;
  /** Null where the file is gone. */
  readonly file: string | null;
  readonly values: readonly {
    readonly name: string;
    readonly value: unknown;
    readonly file: string;
    readonly line: number;
  }[];
  /** What the state knows; times are ISO 8601. */
  readonly state?: {
    readonly job_id: string | null;
    readonly commit: string | null;
    readonly applied: Attributes;
    readonly observed: Attributes;
    readonly status?: string;
    readonly expires_at?: string;
    readonly tombstone?: string;
    /** The background picture that it was given last. */
    readonly background?: GivenPicture;
  };
  /** What the board shows, where it was asked. */
  readonly live?: {
    readonly job_id: string | null;
    readonly attributes: Attributes;
    readonly status?: string;
    readonly expires_at?: string;
  };
  /** Paid services that the file declares; times are ISO 8601. */
  readonly promotions?: readonly { readonly action: string; readonly last?: string; readonly next: string }[];
  readonly plan?: { readonly steps: readonly Step[]; readonly held: Held | null };
}

export interface ExplainStyle extends Style {
  readonly timezone: string;
  /** Titles of professions by id. */
  readonly titles?: Titles;
}

/** Values with the places that state them, the job from all sides, and what an apply would do about it. */
export function explainText(explained: Explained, style: ExplainStyle): string {
  const paint = painter(style.colour);
  const parts = [
    `${paint("bold", cleanLine(explained.key))}  ${paint("dim", cleanLine(explained.file ?? "its file is gone"))}`,
    valuesText(explained, paint),
    jobText(explained, style.timezone),
    promotionsText(explained, style.timezone),
    explained.state?.background
      ? `Its background, as it was sent last: ${givenText(explained.state.background)}`
      : "",
    sidesText(explained, style, paint),
    planText(explained, style, paint),
  ];
  return parts.filter((part) => part !== "").join("\n\n");
}

const heads = (names: readonly string[], paint: Paint): string[] => names.map((name) => paint("dim", name));

function valuesText({ values }: Explained, paint: Paint): string {
  if (values.length === 0) return "";
  const rows = values.map(({ name, value, file, line }) => [
    cleanLine(name),
    cell(value, 60),
    paint("dim", `${cleanLine(file)}:${line}`),
  ]);
  return table([heads(["ATTRIBUTE", "VALUE", "FROM"], paint), ...rows]);
}

function jobText({ state, live }: Explained, timezone: string): string {
  const job = live ?? state;
  if (!job) return "It isn't published: no job is known for it.";
  const seen = live ? "on the board now" : "when last seen";
  const status = cleanLine(job.status ?? "of a status that the board doesn't tell");
  const expires =
    job.expires_at === undefined ? "" : `, until ${dateTime(Date.parse(job.expires_at), timezone)}`;
  const commit = state?.commit ? `; brought by commit ${state.commit.slice(0, 8)}` : "";
  const tombstone = state?.tombstone === undefined ? "" : `; its file is gone (${state.tombstone})`;
  return `Job ${cleanLine(job.job_id ?? "without an id yet")} is ${status} ${seen}${expires}${commit}${tombstone}.`;
}

function promotionsText({ promotions = [] }: Explained, timezone: string): string {
  const time = (text: string): string => dateTime(Date.parse(text), timezone);
  return promotions
    .map(({ action, last, next }) => {
      const before = last === undefined ? "" : `bought last on ${time(last)}, `;
      return `${cleanLine(action)}: ${before}next due on ${time(next)}`;
    })
    .join("\n");
}

/** Applied, observed and live beside each other, where they can be told. */
function sidesText({ state, live }: Explained, { width }: ExplainStyle, paint: Paint): string {
  if (!state) return "";
  const names = [...new Set([...Object.keys(state.applied), ...Object.keys(state.observed)])];
  const columns = live ? ["", "APPLIED", "OBSERVED", "LIVE"] : ["", "APPLIED", "OBSERVED"];
  const sides = [state.applied, state.observed, ...(live ? [live.attributes] : [])];
  const wide = names.reduce((most, name) => Math.max(most, name.length), 0);
  const room = Math.max(12, Math.floor((width - wide) / sides.length) - 2);
  const rows = names.map((name) => [cleanLine(name), ...sides.map((side) => cell(side[name], room))]);
  return `${table([heads(columns, paint), ...rows])}\n${paint("dim", `(${noneMeans})`)}`;
}

/** Why the planner takes a step, by its cause. */
const causes: Readonly<Record<Step["cause"], string>> = {
  commit: "a file changed",
  clock: "time passed",
  board: "the board changed",
};

function planText({ plan }: Explained, style: ExplainStyle, paint: Paint): string {
  if (!plan) return "";
  const lines = plan.steps.flatMap((step) => [
    `  ${stepText(step, paint)}${paint("dim", ` (cause: ${step.cause}, ${causes[step.cause]})`)}`,
    // What a create sends stands above.
    ...(step.step === "create"
      ? []
      : fieldLines(step, { ...style, paint, titles: style.titles ?? new Map() })),
  ]);
  const held = plan.held
    ? [`  ${paint("yellow", "!")} held: ${cleanLine(plan.held.reason)}`, `    → ${cleanLine(plan.held.hint)}`]
    : [];
  if (lines.length + held.length === 0)
    return "The plan leaves it as it is: the board has what the file says.";
  return ["The plan:", ...lines, ...held].join("\n");
}
