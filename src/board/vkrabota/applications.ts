// Applications of candidates to vacancies (document: Получение списка откликов).
import type { Client } from "./client.ts";
import { readTime } from "./times.ts";
import { asId, asList, asObject, misshapen, refuseErrors } from "./wire.ts";

export interface Application {
  readonly id: string;
  readonly jobId: string;
  readonly status: string;
  /** Milliseconds since 1970; undefined where it can't be read. */
  readonly createdAt?: number;
}

export interface ApplicationFilter {
  readonly jobId?: string;
  readonly status?: readonly string[];
}

const pageSize = 50;

/** Every application that the filters leave, page by page until an empty one; one that comes twice is told once. */
export async function* listApplications(
  ask: Client,
  filter: ApplicationFilter = {},
): AsyncGenerator<Application> {
  const seen = new Set<string>();
  for (let page = 1; ; page += 1) {
    const found = await readPage(ask, filter, page);
    if (found.length === 0) return;
    const fresh = found.filter(({ id }) => !seen.has(id));
    // A board that ignores page numbers repeats itself: what it has was told.
    if (fresh.length === 0) return;
    for (const application of fresh) {
      seen.add(application.id);
      yield application;
    }
  }
}

async function readPage(
  ask: Client,
  { jobId, status }: ApplicationFilter,
  page: number,
): Promise<Application[]> {
  const what = `GET /applications, page ${page}`;
  const query: [string, string][] = [
    ["page[number]", String(page)],
    ["page[size]", String(pageSize)],
    ...(jobId === undefined ? [] : [["job_id", jobId] as [string, string]]),
    ...(status ?? []).map((one): [string, string] => ["status[]", one]),
  ];
  const top = asObject(what, "the answer", await ask({ method: "GET", path: "/applications", query }));
  refuseErrors(what, top);
  return asList(what, "data", top.data).map((value, index) => readOne(what, `data[${index}]`, value));
}

function readOne(what: string, path: string, value: unknown): Application {
  const item = asObject(what, path, value);
  const shown = asObject(what, `${path}.attributes`, item.attributes);
  if (typeof shown.status !== "string")
    throw misshapen(what, `${path}.attributes.status`, "a text", shown.status);
  const createdAt = readTime(shown.created_at);
  return {
    id: asId(what, `${path}.id`, item.id),
    jobId: asId(what, `${path}.attributes.job_id`, shown.job_id),
    status: shown.status,
    ...(createdAt !== undefined && { createdAt }),
  };
}
