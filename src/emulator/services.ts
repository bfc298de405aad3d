// What paid services do to a job ("Аббревиатуры", VAS): highlight, refresh, job of the day, publication.
import { DAY_MS, PUBLICATION_MS } from "./clock.ts";
import type { Code } from "./money/codes.ts";
import type { Job } from "./records.ts";

/** A refresh is possible that long after the last one or the publication ("Применение VAS'ов", `refreshable_at`). */
const REFRESH_MS = 5 * DAY_MS;

/** Days of the job of the day. */
const ELEVATIONS: Partial<Record<Code, number>> = { elevation_1d: 1, elevation_3d: 3, elevation_plus: 7 };

/** What a job's status looks like from outside ("Job", `status`). */
export type Status = "active" | "closed" | "expired";

/** The status that a job shows at `now` (ms): an active job past its end is expired. */
export function statusOf(job: Job, now: number): Status {
  return job.status === "active" && job.expiresAt <= now ? "expired" : job.status;
}

/** When a job may be refreshed again; null: it never was published. */
export function refreshableAt({ refreshedAt }: Job): number | null {
  return refreshedAt === null ? null : refreshedAt + REFRESH_MS;
}

/** The job without what runs: closing and expiry lose it. The same job when nothing did. */
export function withoutServices(job: Job): Job {
  if (job.highlightedTill === null && job.elevatedTill === null) return job;
  return { ...job, highlightedTill: null, elevatedTill: null };
}

/** Published at `at` until `until`; that counts as a refresh. */
export function published(job: Job, at: number, until: number): Job {
  return { ...job, status: "active", closeReason: null, publishedAt: at, refreshedAt: at, expiresAt: until };
}

/** Published once more: 30 days on top of the end of an active job, else from `at`. */
export function revived(job: Job, at: number, publication: string): Job {
  const active = statusOf(job, at) === "active";
  const until = (active ? job.expiresAt : at) + PUBLICATION_MS;
  return { ...published(active ? job : withoutServices(job), at, until), publication };
}

/** `days` more from `at`, or from the end of what still runs. */
function prolonged(till: number | null, at: number, days: number): number {
  return Math.max(till ?? at, at) + days * DAY_MS;
}

/** The job after a service was applied to it at `at`; a reason (Russian) when that can't be. */
export function served(job: Job, code: Code, at: number): Job | string {
  if (code.endsWith("job_publish")) return revived(job, at, code);
  if (statusOf(job, at) !== "active") return "Вакансия неактивна";
  if (code === "job_highlight") return { ...job, highlightedTill: prolonged(job.highlightedTill, at, 1) };
  if (code === "job_refresh") {
    if ((refreshableAt(job) ?? at) > at) return "Вакансию ещё нельзя поднять";
    return { ...job, refreshedAt: at };
  }
  const days = ELEVATIONS[code];
  if (days === undefined) return "Действие не применяется к вакансии";
  return { ...job, elevatedTill: prolonged(job.elevatedTill, at, days) };
}
