import type { Board } from "./board.ts";
import { PUBLICATION_MS } from "./clock.ts";
import { EmulatorError } from "./errors.ts";
import { applicantOf } from "./example/applications.ts";
import { instant } from "./instant.ts";
import { APPLICATION_STATUSES, type Job, type JobAttributes } from "./records.ts";
import { statusOf, withoutServices } from "./services.ts";
import { ATTRIBUTE_NAMES, PUBLICATIONS } from "./validation.ts";
import type { Person } from "./world/people.ts";

/** An edit made on the board by hand, behind the client's back. What it doesn't name stays. */
export interface HandEdit {
  /** Digits. An id that the board doesn't have makes a job under it; without an id a new one is made. */
  id?: string;
  /** Taken as they are, unchecked: a hand edit may leave what the API would refuse. */
  attributes?: Partial<JobAttributes>;
  status?: "active" | "closed" | "expired";
  /** ISO 8601 or ms. By default 30 days from now for what becomes active, now for what becomes expired. */
  expires_at?: string | number;
  /** `job_publish`, `super_job_publish`, `ultra_job_publish` or `not_published`. */
  publication?: string;
  /** ISO 8601 or ms; null: never. By default now for what becomes active, else as it was. */
  refreshed_at?: string | number | null;
  /** ISO 8601 or ms; null: not highlighted. */
  highlighted_till?: string | number | null;
  /** The job of the day: ISO 8601 or ms; null: it isn't. */
  elevated_till?: string | number | null;
  /** True: the job vanishes (404), though the board has no call for that; false: it is back. */
  gone?: boolean;
}

const EDITS: readonly string[] = [
  "id",
  "attributes",
  "status",
  "expires_at",
  "publication",
  "refreshed_at",
  "highlighted_till",
  "elevated_till",
  "gone",
];
const STATUSES: readonly string[] = ["active", "closed", "expired"];

const HAND_MADE: JobAttributes = {
  title: "Вакансия с сайта",
  description: "Создана на сайте, не через API",
  lat: 55.7346276065292,
  long: 37.5734168663621,
  address: "Москва, улица Еланского, 2",
  profession_id: 85,
  salary_from: null,
  salary_to: null,
  salary_period: null,
  contact_phone: null,
  has_autoreply: null,
  autoreply_text: null,
  auto_renew: null,
};

function refuse(what: string): never {
  throw new EmulatorError(`Emulator: a hand edit of a job can't be made: ${what}`);
}

function refuseUnknown(names: string[], known: readonly string[], where: string): void {
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) refuse(`${where} has no ${unknown}; it has ${known.join(", ")}`);
}

function check(edit: HandEdit): void {
  refuseUnknown(Object.keys(edit), EDITS, "an edit");
  refuseUnknown(Object.keys(edit.attributes ?? {}), ATTRIBUTE_NAMES, "a job");
  if (edit.id !== undefined && !/^\d{1,15}$/.test(edit.id)) refuse(`id ${edit.id} is not a string of digits`);
  if (edit.status !== undefined && !STATUSES.includes(edit.status)) {
    refuse(`status ${edit.status} is none of ${STATUSES.join(", ")}`);
  }
  const publications = [...PUBLICATIONS, "not_published"];
  if (edit.publication !== undefined && !publications.includes(edit.publication)) {
    refuse(`publication ${edit.publication} is none of ${publications.join(", ")}`);
  }
}

function expiry(edit: HandEdit, job: Job, now: number): number {
  if (edit.expires_at !== undefined) return instant(edit.expires_at);
  if (edit.status === "expired") return Math.min(job.expiresAt, now);
  if (edit.status === "active" && job.expiresAt <= now) return now + PUBLICATION_MS;
  return job.expiresAt;
}

function moment(edited: string | number | null | undefined, before: number | null): number | null {
  if (edited === undefined) return before;
  return edited === null ? null : instant(edited);
}

/**
 * Makes or changes a job as a person would on the board's own site: nothing is charged, no address is respelled.
 * Returns the job's id. Throws EmulatorError for an edit that makes no sense.
 */
export function editByHand(board: Board, edit: HandEdit): string {
  check(edit);
  board.passTime();
  const now = board.now();
  const id = edit.id ?? board.store.nextJobId();
  const job: Job = board.store.job(id) ?? {
    id,
    attributes: HAND_MADE,
    status: "active",
    publication: "job_publish",
    createdAt: now,
    expiresAt: now + PUBLICATION_MS,
    closeReason: null,
    rewriteAt: null,
    publishedAt: now,
    refreshedAt: now,
    highlightedTill: null,
    elevatedTill: null,
    lapsedAt: null,
    gone: false,
  };
  const status = edit.status === "expired" ? "active" : (edit.status ?? job.status);
  const expiresAt = expiry(edit, job, now);
  const inactive = statusOf(job, now) !== "active";
  const appears = inactive && status === "active" && expiresAt > now;
  const kept = inactive || status === "closed" || expiresAt <= now ? withoutServices(job) : job;
  const record: Job = {
    ...kept,
    attributes: { ...job.attributes, ...edit.attributes },
    status,
    publication: edit.publication ?? job.publication,
    expiresAt,
    publishedAt: appears ? now : job.publishedAt,
    refreshedAt: moment(edit.refreshed_at, appears ? now : job.refreshedAt),
    highlightedTill: moment(edit.highlighted_till, kept.highlightedTill),
    elevatedTill: moment(edit.elevated_till, kept.elevatedTill),
    closeReason: status === "closed" ? (job.closeReason ?? "closed_irrelevant") : null,
    rewriteAt: edit.attributes?.address === undefined ? job.rewriteAt : null,
    gone: edit.gone ?? job.gone,
  };
  board.store.commit([{ table: "job", record }]);
  return id;
}

/** An application that a candidate makes on the site. What it doesn't name is made up. */
export interface HandApplication {
  job_id: string;
  status?: string;
  /** ISO 8601 or ms; now by default. */
  created_at?: string | number;
  first_name?: string;
  /** Somebody with a résumé; by default nobody in particular. */
  candidate_id?: string;
}

/** Makes an application; returns its id. Throws EmulatorError for a job or a status that isn't there. */
export function applyByHand(
  board: Board,
  people: ReadonlyMap<string, Person>,
  { job_id, status = "unread", created_at, first_name = "Иван", candidate_id }: HandApplication,
): string {
  if (!board.store.job(job_id)) refuse(`there is no job ${job_id} to apply to`);
  if (!APPLICATION_STATUSES.includes(status))
    refuse(`status ${status} is none of ${APPLICATION_STATUSES.join(", ")}`);
  const person = candidate_id === undefined ? undefined : people.get(candidate_id);
  if (candidate_id !== undefined && !person) refuse(`there is no candidate ${candidate_id}`);
  const id = String(board.store.applications().length + 1);
  const nobody = { id: String(888 + Number(id)), first_name, last_name: "Петров", phone: "79990000000" };
  const candidate = person ? applicantOf(person) : nobody;
  const createdAt = created_at === undefined ? board.now() : instant(created_at);
  board.store.commit([{ table: "application", record: { id, job_id, candidate, status, createdAt } }]);
  return id;
}
