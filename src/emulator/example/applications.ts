import { APPLICATION_STATUSES, type Application, type Job } from "../records.ts";

const HOUR_MS = 60 * 60 * 1000;
const COUNT = 60;

const FIRST_NAMES = ["Алина", "Тимур", "Олеся", "Руслан", "Вера", "Егор", "Наташа", "Артём", "Зоя", "Паша"];
const LAST_NAMES = ["Белых", "Коваленко", "Седых", "Черных", "Долгих", "Рыженко"];

const READ = APPLICATION_STATUSES.filter((status) => status !== "unread" && status !== "closed");

function statusOf(job: Job, at: number): string {
  if (at % 2 === 0) return job.status === "closed" ? "closed" : "unread";
  return READ[((at - 1) / 2) % READ.length] ?? "read";
}

/** Applications to some of the jobs, oldest first; about half are unread, and none of a closed job is. */
export function exampleApplications(jobs: readonly Job[], now: number): Application[] {
  return Array.from({ length: COUNT }, (_, at) => {
    const job = jobs[(at * 23 + (at % 5)) % jobs.length];
    if (!job) throw new RangeError("there is a job for every application");
    return {
      id: String(at + 1),
      job_id: job.id,
      candidate: {
        id: String(889 + at),
        first_name: FIRST_NAMES[(at * 7) % FIRST_NAMES.length] ?? "",
        last_name: LAST_NAMES[at % LAST_NAMES.length] ?? "",
        phone: `7999111${String(at).padStart(4, "0")}`,
      },
      status: statusOf(job, at),
      createdAt: now - (COUNT - at) * 5 * HOUR_MS,
    };
  });
}
