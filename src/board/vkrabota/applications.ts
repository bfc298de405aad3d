// Applications of candidates to vacancies (document: Отклики).
import type { Client } from "./client.ts";
import { eachPage } from "./pages.ts";
import { type Candidate, type Included, readCandidate, readIncluded } from "./people.ts";
import { boardTime, readTime } from "./times.ts";
import { asId, asList, asObject, type Json, misshapen, refuseErrors } from "./wire.ts";

export interface Application {
  readonly id: string;
  readonly jobId: string;
  /** One of the document's, or one that it doesn't know. */
  readonly status: string;
  /** Milliseconds since 1970; undefined where it can't be read. */
  readonly createdAt?: number;
  readonly recruiterId?: string;
  /** Who applied; with nothing but the id where the answer doesn't include more. */
  readonly candidate?: Candidate;
}

export interface ApplicationFilter {
  readonly jobId?: string;
  readonly status?: readonly string[];
  /** Milliseconds since 1970: only those made then or later. What has no readable time is kept. */
  readonly since?: number;
}

const pageSize = 50;
/** More than the board's zone may be off: `created_from` has none, and what is too old is dropped here. */
const overlapMs = 24 * 3_600_000;
/** Ids that are kept while reading, so that any number of applications takes the same memory. */
const remembered = 5000;

/** Every application that the filters leave, page by page until an empty one, each once. */
export function listApplications(
  ask: Client,
  concurrency: number,
  filter: ApplicationFilter = {},
): AsyncGenerator<Application> {
  return eachPage({
    what: "GET /applications",
    size: pageSize,
    concurrency,
    read: (page) => readPage(ask, filter, page),
    idOf: ({ id }) => id,
    remember: remembered,
  });
}

async function readPage(ask: Client, filter: ApplicationFilter, page: number): Promise<Application[]> {
  const { jobId, status, since } = filter;
  const what = `GET /applications, page ${page}`;
  const query: [string, string][] = [
    ["page[number]", String(page)],
    ["page[size]", String(pageSize)],
    ...(jobId === undefined ? [] : [["job_id", jobId] as [string, string]]),
    ...(status ?? []).map((one): [string, string] => ["status[]", one]),
    ...(since === undefined ? [] : [["created_from", boardTime(since - overlapMs)] as [string, string]]),
  ];
  const top = asObject(what, "the answer", await ask({ method: "GET", path: "/applications", query }));
  refuseErrors(what, top);
  const included = readIncluded(what, top.included);
  const list = asList(what, "data", top.data);
  return list.map((value, index) => readOne(what, `data[${index}]`, value, included));
}

/** Whether an application is one of those that a filter asks for: a board may know fewer filters than it is given. */
export function fits({ jobId, status, createdAt }: Application, filter: ApplicationFilter): boolean {
  return (
    (filter.jobId === undefined || jobId === filter.jobId) &&
    (filter.status === undefined || filter.status.length === 0 || filter.status.includes(status)) &&
    (filter.since === undefined || createdAt === undefined || createdAt >= filter.since)
  );
}

/**
 * Gives an application another status (document: Изменение статуса отклика). Never sent twice where it may have been done:
 * in between a person may have moved it on.
 */
export async function proceedApplication(ask: Client, id: string, status: string): Promise<Application> {
  const what = `application ${id}`;
  const answer = await ask({
    method: "POST",
    path: `/applications/${encodeURIComponent(id)}/proceed`,
    about: what,
    json: { application: { status } },
    once: true,
  });
  const top = asObject(what, "the answer", answer);
  refuseErrors(what, top);
  const application = readOne(what, "data", top.data, readIncluded(what, top.included));
  if (application.id === id) return application;
  throw misshapen(what, "data.id", id, application.id);
}

function readOne(what: string, path: string, value: unknown, included: Included): Application {
  const item = asObject(what, path, value);
  const shown = asObject(what, `${path}.attributes`, item.attributes);
  if (typeof shown.status !== "string")
    throw misshapen(what, `${path}.attributes.status`, "a text", shown.status);
  const createdAt = readTime(shown.created_at);
  const recruiter = shown.recruiter_id;
  const candidate = candidateOf(what, `${path}.relationships.candidate.data`, item, included);
  return {
    id: asId(what, `${path}.id`, item.id),
    jobId: asId(what, `${path}.attributes.job_id`, shown.job_id),
    status: shown.status,
    ...(createdAt !== undefined && { createdAt }),
    ...(recruiter != null && {
      recruiterId: asId(what, `${path}.attributes.recruiter_id`, recruiter),
    }),
    ...(candidate && { candidate }),
  };
}

/** Who applied: the relationship in the document's examples, `candidate_id` in its model. */
function candidateOf(what: string, path: string, item: Json, included: Included): Candidate | undefined {
  const links = item.relationships as { candidate?: { data?: { id?: unknown } | null } | null } | null;
  const id =
    links?.candidate?.data?.id ?? (item.attributes as { candidate_id?: unknown } | null)?.candidate_id;
  if (id == null) return undefined;
  const known = included.get(`candidate ${String(id)}`) ?? { id };
  return readCandidate(what, path, known, included);
}
