// What stands on a publication goes with it where the plan leaves the publication out.
import { accountKey, type PlanChange, type Step } from "../model/plan.ts";
import type { PlanInput } from "./input.ts";
import { isActiveNow } from "./situation.ts";

const standing: ReadonlySet<Step["step"]> = new Set(["promote", "background"]);

/** The change without what only an active job is given, where its job isn't active and isn't published here either. */
export function withoutHanging(change: PlanChange, input: PlanInput): PlanChange {
  const { key, job_id, steps } = change;
  if (key === accountKey || !steps.some(({ step }) => standing.has(step))) return change;
  const from = steps.find(({ step }) => step === "move")?.from;
  const published = steps.some(({ step }) => step === "create" || step === "revive");
  if (published || isActiveNow(job_id, input.state.entries[from ?? key], input)) return change;
  return { ...change, steps: steps.filter(({ step }) => !standing.has(step)) };
}
