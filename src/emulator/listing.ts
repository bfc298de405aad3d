// The list of jobs, kept while neither a job nor what time does to one changes it: a long list is read in many pages.
import type { Board } from "./board.ts";
import type { Job } from "./records.ts";
import { statusOf } from "./services.ts";

interface Listing {
  readonly listed: readonly Job[];
  /** Times of the board's clock, ms, from and before which it is the same. */
  readonly from: number;
  readonly until: number;
  readonly listInactive: boolean;
  readonly listLagMs: number;
}

/** By the table of jobs, which is another one after each change. */
const kept = new WeakMap<readonly Job[], Listing>();

/** The jobs that the board lists now, newest first, as its readings say. */
export function listedJobs(board: Board): readonly Job[] {
  const { listInactive, listLagMs } = board.settings.readings;
  const known = kept.get(board.store.jobs());
  const at = board.now();
  const fits = known?.listInactive === listInactive && known.listLagMs === listLagMs;
  if (fits && at >= known.from && at < known.until) return known.listed;
  const listed: Job[] = [];
  let until = Number.POSITIVE_INFINITY;
  for (const job of board.all()) {
    const shownAt = job.createdAt + listLagMs;
    for (const next of [shownAt, job.expiresAt, job.rewriteAt])
      if (next !== null && next > at && next < until) until = next;
    if (shownAt <= at && (listInactive || statusOf(job, at) === "active")) listed.push(job);
  }
  kept.set(board.store.jobs(), { listed, from: at, until, listInactive, listLagMs });
  return listed;
}
