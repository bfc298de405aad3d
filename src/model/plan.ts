import type { Change, FieldChange, GuardJson, HeldJson, PlanJson, Step } from "../generated/plan.ts";

export type { ApplyResult, StepResult } from "../generated/apply.ts";
export type { Charge, ConfigChange, CostRow, Step } from "../generated/plan.ts";

/** What would be done, as a serialisable value: the JSON of `vac plan` is this, no more and no less. */
export type Plan = PlanJson;
/** A vacancy that differs and is left alone until a person decides. */
export type Held = HeldJson;
/** A limit that refuses the whole plan until it is allowed by name. */
export type Guard = GuardJson;

/** The key of what is planned for the account itself: no vacancy can have it. */
export const accountKey = "_account";

export type StepName = Step["step"];
export type Cause = Step["cause"];
/** Guards that `--allow` lifts. */
export const guardNames = ["closes", "budget", "twins", "missing", "replace"] as const;
export type GuardName = (typeof guardNames)[number];
export type Field = FieldChange;
export type PlanChange = Change;

/** The sign of each step, in the order in which a summary names them. Colours are styles of `util.styleText`. */
export const steps: Readonly<
  Record<
    StepName,
    { sign: string; colour: "green" | "yellow" | "cyan" | "red" | "magenta" | "blue" | "gray" }
  >
> = {
  create: { sign: "+", colour: "green" },
  update: { sign: "~", colour: "yellow" },
  revive: { sign: "↻", colour: "cyan" },
  close: { sign: "×", colour: "red" },
  adopt: { sign: "=", colour: "blue" },
  promote: { sign: "↑", colour: "magenta" },
  background: { sign: "▣", colour: "magenta" },
  move: { sign: "→", colour: "blue" },
  record: { sign: "·", colour: "gray" },
  forget: { sign: "·", colour: "gray" },
};

/** True if applying would do something: held vacancies alone are no change. */
export function hasChanges(plan: Plan): boolean {
  return plan.changes.length > 0;
}
