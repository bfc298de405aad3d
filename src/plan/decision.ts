import type { Held, Step } from "../model/plan.ts";

/** Why a vacancy is left alone, and what a person can do about it. */
export type Hold = Pick<Held, "reason" | "hint" | "guard">;

/** What the planner makes of one vacancy. */
export interface Decision {
  readonly steps: readonly Step[];
  readonly hold?: Hold;
  /** Only some of its attributes are held: in everything else it goes on. */
  readonly partial?: true;
}

/** Nothing differs. */
export const nothing: Decision = { steps: [] };

/** It differs, and a person has to decide. */
export function hold(reason: string, hint: string, guard?: NonNullable<Hold["guard"]>): Decision {
  return { steps: [], hold: guard === undefined ? { reason, hint } : { reason, hint, guard } };
}

/** These steps, in this order; an undefined one is left out. */
export function take(...steps: (Step | undefined)[]): Decision {
  return { steps: steps.filter((step) => step !== undefined) };
}
