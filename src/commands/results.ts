// What is said of an apply's result as a whole.
import type { ApplyResult, Plan, StepResult } from "../model/plan.ts";

/** With the steps of a kept plan that didn't hold any more. */
export function withStale(result: ApplyResult, stale: readonly StepResult[]): ApplyResult {
  const summary = { ...result.summary, stale: result.summary.stale + stale.length };
  return { ...result, summary, results: [...result.results, ...stale] };
}

/** Whether everything was done, so that nothing is left for another run. */
export function isWhole({ summary, stopped }: ApplyResult): boolean {
  return (
    stopped === undefined && summary.failed + summary.unknown + summary.stale + summary.not_started === 0
  );
}

/** Of a plan that does nothing. */
export function emptyResult(plan: Plan): ApplyResult {
  return {
    plan_id: plan.id,
    workspace: plan.workspace,
    ...(plan.only && { only: plan.only }),
    summary: { applied: 0, failed: 0, unknown: 0, stale: 0, not_started: 0 },
    results: [],
    held: plan.held,
  };
}

/** Of a plan that its guards refuse as a whole. */
export function refusedResult(plan: Plan): ApplyResult {
  const empty = emptyResult(plan);
  const results = plan.changes.flatMap(({ key, job_id, steps }) =>
    steps.map(({ step }): StepResult => ({ key, step, status: "not_started", job_id })),
  );
  return {
    ...empty,
    summary: { ...empty.summary, not_started: results.length },
    results,
    refused: plan.guards,
  };
}
