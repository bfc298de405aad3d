// What a decision about one key is made from.
import type { Traits } from "../model/attributes.ts";
import { type JobStatus, type JobView, refId, refKey } from "../model/job.ts";
import type { GuardName } from "../model/plan.ts";
import type { StateEntry } from "../model/state.ts";
import type { Vacancy } from "../model/vacancy.ts";
import type { History, PlanInput } from "./input.ts";

/** The live side of one key. `unseen` was not asked for, since nothing could follow from it. */
export type LiveSide =
  | { readonly is: "job"; readonly view: JobView }
  | { readonly is: "gone" }
  | { readonly is: "unseen" };

export interface Situation {
  readonly key: string;
  readonly entry: StateEntry;
  readonly live: LiveSide;
}

export interface Circumstances {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly timezone: string;
  readonly traits: Traits;
  readonly allow: ReadonlySet<GuardName>;
  /** Why what the board shows, and what it doesn't, can't be believed. */
  readonly doubt?: string;
  /** Whether a key is to be revived now, since somebody asked for it. */
  readonly isRenewed: (key: string) => boolean;
  readonly history: History;
}

/** The status that an answer shows, else the one last seen, corrected by the expiry where only time can have changed it. */
export function statusOf(view: JobView, entry: StateEntry | undefined, now: number): JobStatus {
  if (view.status !== undefined) return view.status;
  const last = entry?.observed.status;
  const expiresAt = view.expiresAt ?? entry?.observed.expiresAt;
  const timed = last === undefined || last === "active" || last === "expired";
  if (timed && expiresAt !== undefined) return expiresAt > now ? "active" : "expired";
  return last ?? "active";
}

/** Whether a key's job has an id, and people see it now. `job` is the id of one that no entry has yet. */
export function hasActiveJob(
  job: string | null,
  entry: StateEntry | undefined,
  { live, now }: Pick<PlanInput, "live" | "now">,
): boolean {
  const view = live.jobs.get(entry ? refKey(entry.job) : (job ?? ""));
  return view !== undefined && refId(view.ref) !== null && statusOf(view, entry, now) === "active";
}

/** True where the job is, or may soon be, shown to people. */
export function isOpen(status: JobStatus): boolean {
  return status === "active" || status === "pending" || status === "hidden";
}

/** Whether a vacancy is wanted closed, by its status or because its day has passed. */
export function isWantedClosed(vacancy: Vacancy, now: number): boolean {
  return vacancy.status === "closed" || (vacancy.publishUntil !== undefined && vacancy.publishUntil <= now);
}

/** Whether what outlives the file has changed, or the day up to which it is published. */
export function flagsDiffer(vacancy: Vacancy, entry: StateEntry): boolean {
  const [a, b] = [vacancy.keep, entry.keep];
  const flags =
    a.preventClose !== b.preventClose || a.closeReason !== b.closeReason || a.onDelete !== b.onDelete;
  return flags || vacancy.publishUntil !== entry.publishUntil;
}
