// A saved plan against one that is made now: only what both hold may run.
import type { Plan, PlanChange, Step, StepResult } from "../model/plan.ts";

export interface Intersection {
  /** What runs, under the saved plan's id; held and guards are those of now. */
  readonly plan: Plan;
  /** Steps of the saved plan that no longer hold. */
  readonly stale: readonly StepResult[];
}

const sameStep = (a: Step, b: Step): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Steps that are equal in both run; those that no longer hold are stale; new ones don't run. */
export function intersect(saved: Plan, fresh: Plan): Intersection {
  const now = new Map(fresh.changes.map((change) => [change.key, change]));
  const changes: PlanChange[] = [];
  const stale: StepResult[] = [];
  for (const change of saved.changes) {
    const steps = holding(change, now.get(change.key));
    if (steps.length > 0) changes.push({ ...change, steps });
    for (const step of change.steps) {
      if (!steps.includes(step))
        stale.push({ key: change.key, step: step.step, status: "stale", job_id: change.job_id });
    }
  }
  return { plan: { ...fresh, id: saved.id, changes, partial: true }, stale };
}

/** The steps of a change that hold now. Where a job isn't bound or a key not given any more, nothing on top of it does. */
function holding(change: PlanChange, current: PlanChange | undefined): Step[] {
  if (current === undefined || current.job_id !== change.job_id) return [];
  const steps = change.steps.filter((step) => current.steps.some((one) => sameStep(one, step)));
  const [ground] = change.steps;
  const stands =
    ground === undefined || (ground.step !== "adopt" && ground.step !== "move") || steps.includes(ground);
  return stands ? steps : [];
}
