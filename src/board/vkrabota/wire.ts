// The board's JSON, read: what we rely on is checked, what we don't know is passed over.
import type { Attributes, Value } from "../../model/attributes.ts";
import { BoardError } from "../../model/errors.ts";
import type { JobStatus, JobView } from "../../model/job.ts";
import { detailsOf, oneLine } from "./answers.ts";
import { readTime } from "./times.ts";
import { traits } from "./traits.ts";

export type Json = Readonly<Record<string, unknown>>;

/** An answer that isn't what the document says. `path` is the place in it, such as `data[3].id`. */
export function misshapen(what: string, path: string, expected: string, found: unknown): BoardError {
  return new BoardError(
    `${what}: the answer isn't as documented: ${path} should be ${expected}, and is ${kindOf(found)}`,
    {
      hint: "is this the board's address (--board, VAC_BOARD)? If so, its API has changed",
    },
  );
}

/** What a value is, without what may be somebody's data in it; a short text as it is. */
function kindOf(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : `a list of ${value.length}`;
  if (typeof value === "object" && value !== null) return "an object";
  if (typeof value !== "string") return value === undefined ? "missing" : String(value);
  return value.length > 40 ? `a text of ${value.length} characters` : JSON.stringify(oneLine(value));
}

export function asObject(what: string, path: string, value: unknown): Json {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Json;
  throw misshapen(what, path, "an object", value);
}

export function asList(what: string, path: string, value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw misshapen(what, path, "a list", value);
}

/** Ids are strings inside; the document shows both strings and numbers. */
export function asId(what: string, path: string, value: unknown): string {
  if (typeof value === "string" && value !== "") return value;
  if (typeof value === "number" && Number.isSafeInteger(value)) return String(value);
  throw misshapen(what, path, "an id", value);
}

/** The document's envelope of errors, under a 200. */
export class ErrorsAnswer extends BoardError {}

/** A 200 with `errors` and no data is a failure all the same. */
export function refuseErrors(what: string, body: Json): void {
  if (body.data !== undefined || !Array.isArray(body.errors) || body.errors.length === 0) return;
  const details = oneLine(detailsOf(body.errors).join("; "));
  throw new ErrorsAnswer(`${what}: the board answers 200 with errors: ${details || "(no text)"}`);
}

/** One page of the list of jobs (document: Получение списка вакансий). */
export function readJobs(what: string, body: unknown): JobView[] {
  const top = asObject(what, "the answer", body);
  refuseErrors(what, top);
  return asList(what, "data", top.data).map((item, index) => readJob(what, `data[${index}]`, item));
}

/** One job; `data` is an object, or a list of just one (document: Получение информации о конкретной вакансии). */
export function readOneJob(what: string, body: unknown): JobView {
  const top = asObject(what, "the answer", body);
  refuseErrors(what, top);
  if (!Array.isArray(top.data)) return readJob(what, "data", top.data);
  if (top.data.length !== 1) throw misshapen(what, "data", "one job", top.data);
  return readJob(what, "data[0]", top.data[0]);
}

const statuses: ReadonlyMap<unknown, JobStatus> = new Map([
  ["active", "active"],
  ["closed", "closed"],
  ["expired", "expired"],
]);

function readJob(what: string, path: string, value: unknown): JobView {
  const item = asObject(what, path, value);
  const shown = asObject(what, `${path}.attributes`, item.attributes);
  const publication =
    typeof shown.current_publication_type === "string" ? shown.current_publication_type : undefined;
  const expiresAt = readTime(shown.expires_at);
  const status = readStatus(shown.status, publication);
  const unknown =
    typeof shown.status === "string" && !statuses.has(shown.status)
      ? `status ${shown.status.length > 40 ? "of many words" : oneLine(shown.status)}`
      : undefined;
  return {
    ref: { id: asId(what, `${path}.id`, item.id) },
    attributes: readAttributes(shown, item),
    ...(status !== undefined && { status }),
    ...(publication !== undefined && { publication }),
    ...(expiresAt !== undefined && { expiresAt }),
    ...readServices(shown),
    ...(unknown !== undefined && { note: unknown }),
  };
}

/** What a job shows of paid services (document: Применение VAS'ов; elsewhere it is rarely shown). Milliseconds. */
export function readServices(shown: Json): Pick<JobView, "services" | "refreshedAt" | "refreshableAt"> {
  const highlightedTill = readTime(shown.highlighted_till);
  const refreshedAt = readTime(shown.refreshed_at);
  const refreshableAt = readTime(shown.refreshable_at);
  return {
    ...(highlightedTill !== undefined && { services: { job_highlight: highlightedTill } }),
    ...(refreshedAt !== undefined && { refreshedAt }),
    ...(refreshableAt !== undefined && { refreshableAt }),
  };
}

/** A decimal string of kopecks, such as "10000000.0"; a fraction of a kopeck is dropped, what can't be read is unknown. */
export function readKopecks(value: unknown): number | undefined {
  const match = /^(-?\d+)(?:\.\d*)?$/.exec(String(value));
  const kopecks = match ? Number(match[1]) : Number.NaN;
  return Number.isSafeInteger(kopecks) ? kopecks + 0 : undefined;
}

/** A number of units; what isn't a whole number is unknown. */
export function readUnits(value: unknown): number | undefined {
  return Number.isSafeInteger(value) ? (value as number) : undefined;
}

/** A text; what isn't one, or is empty, is unknown. */
export function readText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** A status that the document doesn't name counts as hidden: the job is there, and isn't known to be shown. */
function readStatus(value: unknown, publication: string | undefined): JobStatus | undefined {
  if (typeof value !== "string") return undefined;
  const status = statuses.get(value) ?? "hidden";
  return status === "active" && publication === "not_published" ? "hidden" : status;
}

function readAttributes(shown: Json, item: Json): Attributes {
  const attributes: Record<string, Value> = {};
  for (const [name, trait] of Object.entries(traits.attributes)) {
    const value = readValue(shown[name], trait.equal);
    if (value !== undefined) attributes[name] = value;
  }
  const profession = (item.relationships as { profession?: { data?: { id?: unknown } } } | undefined)
    ?.profession?.data?.id;
  const id = readValue(profession, "number");
  if (attributes.profession_id === undefined && typeof id === "number") attributes.profession_id = id;
  return attributes;
}

/** A value of the attribute's kind; undefined, that is unknown, for what isn't one. */
function readValue(value: unknown, kind: "text" | "number" | "degrees" | "flag"): Value | undefined {
  if (value === null) return null;
  switch (kind) {
    case "text":
      return typeof value === "string" ? value : typeof value === "number" ? String(value) : undefined;
    case "flag":
      return typeof value === "boolean" ? value : undefined;
    default: {
      const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
      return typeof number === "number" && Number.isFinite(number) ? number : undefined;
    }
  }
}
