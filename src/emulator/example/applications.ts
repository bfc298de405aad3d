import { APPLICATION_STATUSES, type Application, type Job } from "../records.ts";
import type { Person } from "../world/people.ts";

const HOUR_MS = 60 * 60 * 1000;
const COUNT = 60;

const READ = APPLICATION_STATUSES.filter((status) => status !== "unread" && status !== "closed");

function statusOf(job: Job, at: number): string {
  if (at % 2 === 0) return job.status === "closed" ? "closed" : "unread";
  return READ[((at - 1) / 2) % READ.length] ?? "read";
}

/** What an application keeps of its candidate. */
export function applicantOf({ id, first_name, last_name, phone }: Person): Application["candidate"] {
  return { id, first_name, last_name, phone };
}

/** Applications to some of the jobs, oldest first; about half are unread, and none of a closed job is. */
export function exampleApplications(
  jobs: readonly Job[],
  people: readonly Person[],
  now: number,
): Application[] {
  return Array.from({ length: COUNT }, (_, at) => {
    const job = jobs[(at * 23 + (at % 5)) % jobs.length];
    const person = people[(at * 7) % people.length];
    if (!job || !person) throw new RangeError("there is a job and a candidate for every application");
    return {
      id: String(at + 1),
      job_id: job.id,
      candidate: applicantOf(person),
      status: statusOf(job, at),
      createdAt: now - (COUNT - at) * 5 * HOUR_MS,
    };
  });
}
