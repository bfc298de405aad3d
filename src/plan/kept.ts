// A kept plan against what would be planned now: only what both hold may run.
import type { Charge, Plan, PlanChange, Step, StepResult } from "../model/plan.ts";

/** Steps are the same whatever they take from the wallet: that is asked apart. */
const sameStep = (a: Step, b: Step): boolean => JSON.stringify(unpriced(a)) === JSON.stringify(unpriced(b));

function unpriced({ cost, ...step }: Step): Omit<Step, "cost"> & { cost?: unknown } {
  return cost === undefined ? step : { ...step, cost: cost.map(({ wallet: _, ...charge }) => charge) };
}

/** What a kept plan showed that the steps of a key take; undefined where it hasn't such a step. */
export function shownBy({ changes }: Plan): (key: string, step: Step) => readonly Charge[] | undefined {
  const shown = new Map(changes.map(({ key, steps }) => [key, steps]));
  return (key, step) => shown.get(key)?.find((one) => sameStep(one, step))?.cost;
}

/** The kept plan's changes as far as they hold now: steps that are equal in both; new ones are left out. */
export function stillHolding(kept: Plan, current: readonly PlanChange[]): PlanChange[] {
  const now = new Map(current.map((change) => [change.key, change]));
  return kept.changes.flatMap((change) => {
    const steps = holding(change, now.get(change.key));
    return steps.length > 0 ? [{ ...change, steps }] : [];
  });
}

/** The kept plan's steps that hold no more. */
export function staleSteps(kept: Plan, holding: readonly PlanChange[]): StepResult[] {
  const left = new Map(holding.map((change) => [change.key, change.steps]));
  return kept.changes.flatMap(({ key, job_id, steps }) =>
    steps
      .filter((step) => !left.get(key)?.some((one) => sameStep(one, step)))
      .map(({ step }) => ({ key, step, status: "stale" as const, job_id })),
  );
}

/** Where a job isn't bound or a key not given any more, nothing on top of it holds. */
function holding(change: PlanChange, current: PlanChange | undefined): Step[] {
  if (current === undefined || current.job_id !== change.job_id) return [];
  const steps = change.steps.filter((step) => current.steps.some((one) => sameStep(one, step)));
  const [ground] = change.steps;
  const stands =
    ground === undefined || (ground.step !== "adopt" && ground.step !== "move") || steps.includes(ground);
  return stands ? steps : [];
}
