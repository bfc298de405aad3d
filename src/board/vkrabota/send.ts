// Calls and what became of them. A 200 counts only where what it shows, or a read after it, bears it out.
import type { CloseCall, JobRef, JobView, Outcome, ReviveCall } from "../../model/job.ts";
import type { SingleCall } from "./batches.ts";
import { CallError, type Client } from "./client.ts";
import { fateOf } from "./fate.ts";
import { closeJob, createJob, getJob, reviveJob, updateJob } from "./jobs.ts";

/** Sends one call. Never throws for what happened to it. */
export async function sendCall(ask: Client, call: SingleCall, onSend?: () => void): Promise<Outcome> {
  try {
    switch (call.do) {
      case "create":
        return { is: "done", job: await createJob(ask, call, onSend) };
      case "update":
        return { is: "done", job: await updateJob(ask, call, onSend) };
      case "close":
        return await close(ask, call, onSend);
      case "revive": {
        const view = await reviveJob(ask, call, onSend);
        return await confirm(
          ask,
          call.job,
          view,
          (seen) => isRevived(call, seen),
          "it isn't shown active for longer",
        );
      }
    }
  } catch (error) {
    return fateOf(error);
  }
}

/** Closes; a refusal of what is shut already, as after a repeat whose first answer was lost, is a success. */
async function close(ask: Client, call: CloseCall, onSend?: () => void): Promise<Outcome> {
  try {
    return await confirm(ask, call.job, await closeJob(ask, call, onSend), isShut, "it is still active");
  } catch (error) {
    const outcome = fateOf(error);
    const said = error instanceof CallError && error.fate === "refused" && error.status !== undefined;
    const seen = said ? await getJob(ask, call.job).catch(() => undefined) : undefined;
    return seen !== undefined && seen !== "gone" && isShut(seen) ? { is: "done", job: seen } : outcome;
  }
}

/** Whether a job is seen to be off the board. */
export function isShut(view: JobView): boolean {
  return view.status === "closed" || view.status === "expired";
}

/**
 * Whether a job is seen to be revived: active, with a later expiry than before. A closed one may come back within the
 * time that was paid for, so that its expiry stays. Until it is seen a revival counts as unclear: it may be charged.
 */
export function isRevived(call: ReviveCall, view: JobView): boolean {
  if (view.status !== undefined && view.status !== "active") return false;
  const [before, after] = [call.expiresAt, view.expiresAt];
  if (before !== undefined && after !== undefined) {
    return after > before || (after === before && call.was === "closed" && view.status === "active");
  }
  return view.status === "active" && call.was !== "active";
}

/** Believes the answer where it shows what was asked for, else reads the job once. */
async function confirm(
  ask: Client,
  ref: JobRef,
  answer: JobView,
  shows: (view: JobView) => boolean,
  doubt: string,
): Promise<Outcome> {
  if (shows(answer)) return { is: "done", job: answer };
  const seen = await getJob(ask, ref).catch(() => undefined);
  if (seen !== undefined && seen !== "gone" && shows(seen)) return { is: "done", job: seen };
  return { is: "unclear", cause: `the board answered 200, but ${doubt}` };
}
