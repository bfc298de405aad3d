import { boardTime } from "../clock.ts";
import type { Handler } from "../handler.ts";
import { isObject, jsonObject, Refusal } from "../http.ts";
import { pageOf } from "../paging.ts";
import { APPLICATION_STATUSES, type Application } from "../records.ts";
import type { Person } from "../world/people.ts";
import { applicant, type Resource, referred } from "./person.ts";

const RECRUITER = 888;

function shown({ id, job_id, status, createdAt, candidate }: Application): Resource {
  return {
    id,
    type: "application",
    attributes: {
      id: Number(id),
      recruiter_id: RECRUITER,
      job_id: Number(job_id),
      status,
      created_at: boardTime(createdAt),
    },
    relationships: { candidate: { data: { id: candidate.id, type: "candidate" } } },
  };
}

/** Somebody without a résumé, of whom no more is known than the application says. */
function stranger({ candidate, createdAt }: Application): Resource {
  const { id, first_name, last_name, phone } = candidate;
  const at = boardTime(createdAt);
  const nothing = { data: null };
  const unknown = { description: null, lat: null, long: null, address: null, education: null };
  return {
    id,
    type: "candidate",
    attributes: {
      ...{ id: Number(id), first_name, last_name, phone, ...unknown },
      ...{ languages: null, last_online_time: null, created_at: at, updated_at: at, email: null },
      ...{ birthday: null, driving_license_categories: [], medical_record: null },
      ...{ active_candidate: true, accept_calls: false },
    },
    relationships: { avatar: nothing, background: nothing, experiences: { data: [] }, nationality: nothing },
  };
}

/** The candidates of applications and what they refer to, each once. */
function included(
  applications: readonly Application[],
  people: ReadonlyMap<string, Person>,
): readonly Resource[] {
  const candidates = new Map<string, Resource>();
  const known: Person[] = [];
  for (const application of applications) {
    const { candidate } = application;
    if (candidates.has(candidate.id)) continue;
    const person = people.get(candidate.id);
    if (person) known.push(person);
    // What the application says of them counts.
    candidates.set(candidate.id, person ? applicant({ ...person, ...candidate }) : stranger(application));
  }
  return [...candidates.values(), ...referred(known, { professions: false })];
}

/** Moscow time where no offset is given, as the board means it; 422 for what is no time. */
function instantOf(text: string): number {
  const iso = text.trim().replace(" ", "T");
  const at = Date.parse(/(?:Z|[+-]\d{2}:?\d{2})$/.test(iso) ? iso : `${iso}+03:00`);
  if (Number.isNaN(at)) throw new Refusal(422, "Возникли ошибки: Поле 'created_from' должно быть датой");
  return at;
}

/**
 * GET applications ("Получение списка откликов"): a page, oldest first, with the candidates in `included`. The filters
 * `job_id`, `status` (one or several) and `created_from` combine with AND.
 */
export const listApplications: Handler = ({ board, people }, { query }) => {
  const job = query.get("job_id");
  const statuses = [...query.getAll("status"), ...query.getAll("status[]")];
  const from = query.get("created_from");
  const since = from === null ? Number.NEGATIVE_INFINITY : instantOf(from);
  const wanted = board.store
    .applications()
    .filter(({ job_id }) => job === null || job_id === job)
    .filter(({ status }) => statuses.length === 0 || statuses.includes(status))
    .filter(({ createdAt }) => createdAt >= since);
  const page = pageOf(wanted, query);
  return { status: 200, body: { data: page.map(shown), included: included(page, people) } };
};

/** POST applications/ID/proceed ("Изменение статуса отклика"): any status of the list, with the candidate in `included`. */
export const proceedApplication: Handler = ({ board, people }, incoming, id) => {
  const { application } = jsonObject(incoming);
  const before = board.store.applications().find((one) => one.id === id);
  if (!before) throw new Refusal(404, "Отклик не найден");
  const status = isObject(application) ? application.status : undefined;
  if (typeof status !== "string" || !APPLICATION_STATUSES.includes(status)) {
    throw new Refusal(422, "Неизвестный статус");
  }
  const record = { ...before, status };
  board.store.commit([{ table: "application", record }]);
  return { status: 200, body: { data: shown(record), included: included([record], people) } };
};
