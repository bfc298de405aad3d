// Jobs: list, get, create, update, close, revive (document: Вакансии).
import type { Attributes } from "../../model/attributes.ts";
import { BoardError } from "../../model/errors.ts";
import type { CloseCall, CreateCall, JobRef, JobView, ReviveCall, UpdateCall } from "../../model/job.ts";
import { refKey } from "../../model/job.ts";
import type { Client } from "./client.ts";
import { CallError } from "./client.ts";
import { eachPage } from "./pages.ts";
import { readJobs, readOneJob } from "./wire.ts";

/** The most that the document allows. */
const pageSize = 50;

/** Every job of the account. The list has no total, and a short page isn't its end. */
export function listJobs(ask: Client, concurrency: number, expected?: number): AsyncGenerator<JobView> {
  return eachPage({
    what: "GET /jobs",
    size: pageSize,
    concurrency,
    ...(expected !== undefined && { expected }),
    read: (page) => readPage(ask, page),
    idOf: ({ ref }) => refKey(ref),
  });
}

async function readPage(ask: Client, page: number): Promise<JobView[]> {
  const query = [
    ["page[number]", String(page)],
    ["page[size]", String(pageSize)],
  ] as const;
  return readJobs(`GET /jobs, page ${page}`, await ask({ method: "GET", path: "/jobs", query }));
}

/** One job, or `gone`: a get of what isn't there is answered with 404 or 422. */
export async function getJob(ask: Client, ref: JobRef): Promise<JobView | "gone"> {
  try {
    return await showJob(ask, ref);
  } catch (error) {
    if (error instanceof CallError && (error.status === 404 || error.status === 422)) return "gone";
    throw error;
  }
}

/** One job; a get of what isn't there throws with the board's own words. */
export async function showJob(ask: Client, ref: JobRef): Promise<JobView> {
  const path = pathOf(ref);
  return readOneJob(`GET ${path}`, await ask({ method: "GET", path, about: `job ${refKey(ref)}` }));
}

/** Publishes: the job's attributes in `job`, its profession and publication type beside it (document: Создание вакансии). */
export async function createJob(ask: Client, call: CreateCall, onSend?: () => void): Promise<JobView> {
  const json = { ...bodyOf(call.attributes), publication_type: call.publication };
  return readOneJob(
    "POST /jobs",
    await ask({ method: "POST", path: "/jobs", json, once: true, ...(onSend && { onSend }) }),
  );
}

/** Sends only what differs; null clears (document: Изменение вакансии). */
export async function updateJob(ask: Client, call: UpdateCall, onSend?: () => void): Promise<JobView> {
  const path = pathOf(call.job);
  const json = bodyOf(call.attributes);
  return readOneJob(`PUT ${path}`, await ask({ method: "PUT", path, json, ...(onSend && { onSend }) }));
}

/** Takes a job off the board; closing a closed one is a success (document: Закрытие вакансии). */
export async function closeJob(ask: Client, call: CloseCall, onSend?: () => void): Promise<JobView> {
  const path = `${pathOf(call.job)}/close`;
  const json = { reason: call.reason };
  return readOneJob(`POST ${path}`, await ask({ method: "POST", path, json, ...(onSend && { onSend }) }));
}

/** Publishes a job again, which is paid each time (document: Продление вакансии). */
export async function reviveJob(ask: Client, call: ReviveCall, onSend?: () => void): Promise<JobView> {
  const path = `${pathOf(call.job)}/revive`;
  const json = { publication_type: call.publication };
  return readOneJob(
    `POST ${path}`,
    await ask({ method: "POST", path, json, once: true, ...(onSend && { onSend }) }),
  );
}

function pathOf(ref: JobRef): string {
  if ("id" in ref) return `/jobs/${encodeURIComponent(ref.id)}`;
  throw new BoardError("this board has no tickets: the state names a job by one");
}

/** The profession stands beside `job`, as in the document's only example; everything else in it. */
function bodyOf({ profession_id, ...job }: Attributes): {
  job: Attributes;
  profession_id?: Attributes[string];
} {
  return profession_id === undefined ? { job } : { job, profession_id };
}
