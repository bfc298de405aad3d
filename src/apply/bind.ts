import type { Attributes } from "../model/attributes.ts";
import type { JobRef, JobView } from "../model/job.ts";
import { observe, type StateEntry } from "../model/state.ts";
import type { Vacancy } from "../model/vacancy.ts";
import { declaredBy, startedNow } from "./promoted.ts";

/** Where a vacancy's file stands in git. */
export interface Standing {
  /** The checked-out commit; null without one. */
  readonly commit: string | null;
  /** Files of the workspace that aren't in it as they are here. */
  readonly uncommitted: ReadonlySet<string>;
}

/**
 * The entry of a vacancy that is bound to a job it didn't make: what the board shows counts as applied where it is ours.
 * `remembered` are values that reads don't show, and that were applied to this job before.
 */
export function boundEntry(
  vacancy: Vacancy,
  view: JobView,
  { commit, uncommitted }: Standing,
  /** Milliseconds since 1970. */
  now: number,
  remembered: Attributes = {},
): StateEntry {
  const known: Attributes = { ...remembered, ...view.attributes };
  const ref: JobRef = view.ref;
  return {
    job: ref,
    file: vacancy.file,
    ...(vacancy.location !== undefined && { location: vacancy.location }),
    textHash: vacancy.textHash,
    commit,
    ...(commit !== null && uncommitted.has(vacancy.file) && { uncommitted: true as const }),
    applied: Object.fromEntries(
      Object.entries(known).filter(([name]) => vacancy.attributes[name] !== undefined),
    ),
    observed: observe(undefined, view, now),
    adoptedAt: now,
    ...(vacancy.promote.length > 0 && { promoted: startedNow(vacancy, now) }),
    ...declaredBy(vacancy),
    keep: vacancy.keep,
  };
}
