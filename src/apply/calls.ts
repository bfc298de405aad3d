// From a step of a plan to the call that carries it out.
import type { Value } from "../model/attributes.ts";
import type { Call, JobRef, JobStatus } from "../model/job.ts";
import type { Step } from "../model/plan.ts";
import type { StateEntry } from "../model/state.ts";

/** The call of a step; undefined for steps that change only the state. `was` is how the job was last seen. */
export function callOf(
  step: Step,
  entry: StateEntry | undefined,
  was: JobStatus | undefined,
): Call | undefined {
  const attributes: Record<string, Value> = {};
  for (const field of step.fields ?? []) attributes[field.name] = field.desired;
  switch (step.step) {
    case "create":
      return { do: "create", attributes, publication: step.publication ?? "" };
    case "update":
      return { do: "update", job: jobOf(step, entry), attributes };
    case "revive": {
      const expiry = step.expires_at === undefined ? {} : { expiresAt: Date.parse(step.expires_at) };
      return {
        do: "revive",
        job: jobOf(step, entry),
        publication: step.publication ?? "",
        ...(was && { was }),
        ...expiry,
      };
    }
    case "close":
      return { do: "close", job: jobOf(step, entry), reason: step.close_reason ?? "" };
    case "adopt":
    case "move":
    case "record":
    case "forget":
      return undefined;
    case "promote":
      return {
        do: "buy",
        job: jobOf(step, entry),
        action: step.action ?? "",
        account: step.account ?? "company",
      };
    case "background": {
      const target = jobOf(step, entry);
      return step.picture
        ? { do: "picture", target, ...step.picture }
        : { do: "unpicture", target, ...(entry?.background?.unsure && { again: true }) };
    }
  }
}

function jobOf(step: Step, entry: StateEntry | undefined): JobRef {
  if (entry === undefined) throw new Error(`a ${step.step} without a job`);
  return entry.job;
}
