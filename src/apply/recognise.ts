// Which job a call of this run has made or changed.
import type { Board } from "../board/port.ts";
import { type Call, type Outcome, refKey } from "../model/job.ts";
import type { StateSession } from "../state/store.ts";

/** What of a run tells its own jobs from others. */
interface Known {
  readonly board: Board;
  readonly session: StateSession;
  /** Ids that were on the board, or are the state's, before the run. */
  readonly before: ReadonlySet<string>;
  /** Ids of the jobs that creates of this run have made. */
  readonly found: Set<string>;
}

/** A create makes a new job: one that was there before, or that another vacancy has, isn't what it made. */
export function ownJob(run: Known, outcome: Outcome): Outcome {
  if (outcome.is !== "done" || outcome.job === undefined) return outcome;
  const job = refKey(outcome.job.ref);
  if (run.before.has(job) || run.found.has(job)) {
    return { is: "unclear", cause: `the board names job ${job}, which is another one` };
  }
  run.found.add(job);
  return outcome;
}

/** Reads what became of a call; one at a time, so that no job is recognised twice. */
export async function settleCall(run: Known, call: Call, first: Outcome): Promise<Outcome> {
  const jobs = new Set([...run.before, ...run.found, ...claimed(run)]);
  const [settled] = await run.board.settle([call], { jobs });
  // Why it is unclear is told by what happened first, not by the last look.
  if (settled === undefined || settled.is === "unclear") return first;
  const own = call.do === "create" ? ownJob(run, settled) : settled;
  return own.is === "unclear" ? first : own;
}

function claimed(run: Known): string[] {
  return Object.values(run.session.state.entries).map((entry) => refKey(entry.job));
}
