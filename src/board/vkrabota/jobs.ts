// Jobs: list, get, create, update, close, revive (document: Вакансии).
import pLimit from "p-limit";
import type { Attributes } from "../../model/attributes.ts";
import { BoardError } from "../../model/errors.ts";
import type { CloseCall, CreateCall, JobRef, JobView, ReviveCall, UpdateCall } from "../../model/job.ts";
import type { Client } from "./client.ts";
import { CallError } from "./client.ts";
import { readJobs, readOneJob } from "./wire.ts";

/** The most that the document allows. */
const pageSize = 50;

/**
 * Every job of the account. The list has no total, and a short page isn't its end: pages are read, `concurrency` of
 * them in flight, until an empty one. A job that was met twice comes once.
 */
export async function* listJobs(ask: Client, concurrency: number): AsyncGenerator<JobView> {
  const seen = new Set<string>();
  const limit = pLimit(concurrency);
  const read = (page: number): Promise<JobView[]> => limit(() => readPage(ask, page));
  const ahead = new Map<number, Promise<JobView[]>>();
  let width = 1;
  let stale = 0;
  for (let page = 1; ; page += 1) {
    // The window opens while pages come full and shuts at a short one, so that few pages past the end are asked for.
    for (let next = page; next < page + width; next += 1) {
      if (!ahead.has(next)) ahead.set(next, quiet(read(next)));
    }
    const jobs = await (ahead.get(page) ?? read(page));
    ahead.delete(page);
    if (jobs.length === 0) return;
    width = jobs.length < pageSize ? 1 : Math.min(concurrency, width * 2);
    const fresh = jobs.filter((job) => !seen.has(idOf(job)));
    stale = fresh.length === 0 ? stale + 1 : 0;
    // One page of known jobs is what a list that moves may give; a second one is a board that repeats itself: with a
    // short page its last one, past the end, with a full one whatever it was asked for.
    if (stale > 1 && jobs.length < pageSize) return;
    if (stale > 1) await refuseLoop(page, seen.size);
    for (const job of fresh) {
      seen.add(idOf(job));
      yield job;
    }
  }
}

/** A rejected page is reported where it is awaited, not before. */
function quiet<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

async function refuseLoop(page: number, jobs: number): Promise<never> {
  throw new BoardError(
    `GET /jobs: page ${page} holds only jobs that came before (${jobs} so far): the list repeats itself`,
    {
      hint: "the board ignores page numbers or the list changes fast; try again, and lower concurrency if it stays so",
    },
  );
}

const idOf = (job: JobView): string => ("id" in job.ref ? job.ref.id : job.ref.ticket);

async function readPage(ask: Client, page: number): Promise<JobView[]> {
  const query = [
    ["page[number]", String(page)],
    ["page[size]", String(pageSize)],
  ] as const;
  return readJobs(`GET /jobs, page ${page}`, await ask({ method: "GET", path: "/jobs", query }));
}

/** One job, or `gone`: a get of what isn't there is answered with 404 or 422. */
export async function getJob(ask: Client, ref: JobRef): Promise<JobView | "gone"> {
  const path = pathOf(ref);
  try {
    return readOneJob(`GET ${path}`, await ask({ method: "GET", path }));
  } catch (error) {
    if (error instanceof CallError && (error.status === 404 || error.status === 422)) return "gone";
    throw error;
  }
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
