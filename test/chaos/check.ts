// What has to hold whatever happened: told from the board's own books.
import type { ApplyResult } from "../../src/model/plan.ts";
import type { Stage } from "../e2e/harness.ts";

const hour = 3_600_000;

/** A job as the board has it, in what the checks are about. */
interface Seen {
  readonly id: string;
  readonly title: string;
  readonly status: string;
  readonly salary: unknown;
}
export type Books = ReadonlyMap<string, Seen>;

/** The jobs of a board by id. */
export function booksOf(stage: Stage): Books {
  return new Map(
    stage
      .jobs()
      .map(({ id, status, attributes }) => [
        id,
        { id, status, title: String(attributes.title), salary: attributes.salary_from },
      ]),
  );
}

/** Hours between two charges of a code for one job, and how many there may be at all where the time doesn't matter. */
const apart: Readonly<Record<string, number>> = {
  job_publish: 20 * 24,
  job_highlight: 21,
  elevation_1d: Number.POSITIVE_INFINITY,
};

/**
 * What was charged too soon after the same for the same vacancy, what is published twice, and what of others was written
 * to. `writes` are the paths of all requests that weren't reads.
 */
export function brokenPromises(
  stage: Stage,
  foreign: readonly string[],
  writes: readonly string[],
): string[] {
  const { ledger } = stage.board.control.state();
  const now = booksOf(stage);
  const broken: string[] = [];
  const last = new Map<string, number>();
  for (const { at, code, job_id } of ledger) {
    if (job_id === null) continue;
    const word = `${code} of ${now.get(job_id)?.title}`;
    const earlier = last.get(word);
    const time = Date.parse(at);
    if (earlier !== undefined && time - earlier < (apart[code] ?? 0) * hour)
      broken.push(`${word} was charged twice within ${Math.round((time - earlier) / 60_000)} min`);
    last.set(word, time);
    if (foreign.includes(job_id)) broken.push(`job ${job_id}, which is nobody's, was charged`);
  }
  const titles = new Map<string, string>();
  for (const { id, title, status } of now.values()) {
    // The fault that makes foreign jobs gives them all one title.
    if (status !== "active" || title === "Чужая вакансия") continue;
    const other = titles.get(title);
    if (other !== undefined) broken.push(`${title} is published twice, as jobs ${other} and ${id}`);
    titles.set(title, id);
  }
  for (const id of foreign)
    if (writes.some((path) => new RegExp(`/jobs/${id}(/|$)`).test(path)))
      broken.push(`job ${id}, which is nobody's, was written to`);
  return broken;
}

/** Whether a report says what the board shows right after it. */
export function untruths({ results, summary }: ApplyResult, stage: Stage): string[] {
  const now = booksOf(stage);
  const told: string[] = [];
  for (const { key, step, status, job_id } of results) {
    const job = now.get(job_id ?? "");
    if (status !== "applied") continue;
    if (step === "create" && job?.status !== "active") told.push(`${key}: created as job ${job_id}, it says`);
    if (step === "close" && job?.status !== "closed")
      told.push(`${key}: closed, it says, and it is ${job?.status}`);
    if (step === "revive" && job?.status !== "active")
      told.push(`${key}: revived, it says, and it is ${job?.status}`);
  }
  for (const status of ["applied", "failed", "unknown", "stale", "not_started"] as const) {
    const count = results.filter((result) => result.status === status).length;
    if (count !== summary[status]) told.push(`${summary[status]} ${status}, it says, and lists ${count}`);
  }
  return told;
}

/** Where the end differs from the one that nothing disturbed, without being held. */
export function unexplained(
  stage: Stage,
  last: ApplyResult,
  wanted: Books,
  foreign: readonly string[],
): string[] {
  const held = new Set(last.held.map(({ key }) => key));
  const now = new Map([...booksOf(stage).values()].map((job) => [job.title, job]));
  return [...wanted.values()].flatMap(({ id, title, status, salary }) => {
    if (foreign.includes(id)) return [];
    const job = now.get(title);
    const [name, index] = title.split(" ");
    const keys = [`${name}/v${index}`, `renamed/v${index}`];
    if (keys.some((key) => held.has(key)) || (job?.status === status && job.salary === salary)) return [];
    return [`${title}: wanted ${status} at ${salary}, is ${job?.status} at ${job?.salary}, and isn't held`];
  });
}
