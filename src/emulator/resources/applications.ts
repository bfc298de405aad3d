import { boardTime } from "../clock.ts";
import type { Handler } from "../handler.ts";
import { pageOf } from "../paging.ts";
import type { Application } from "../records.ts";

const RECRUITER = 888;

function shown({ id, job_id, status, createdAt, candidate }: Application): unknown {
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

/** A candidate with what the document's example shows of one; what isn't known is null. */
function person({ candidate, createdAt }: Application): unknown {
  const { id, first_name, last_name, phone } = candidate;
  const at = boardTime(createdAt);
  const nothing = { data: null };
  return {
    id,
    type: "candidate",
    attributes: {
      id: Number(id),
      first_name,
      last_name,
      phone,
      description: null,
      lat: null,
      long: null,
      address: null,
      education: null,
      languages: null,
      last_online_time: null,
      created_at: at,
      updated_at: at,
      email: null,
      birthday: null,
      driving_license_categories: [],
      medical_record: null,
      active_candidate: true,
      accept_calls: false,
    },
    relationships: { avatar: nothing, background: nothing, experiences: { data: [] }, nationality: nothing },
  };
}

/** Moscow time where no offset is given, as the board means it. */
function instantOf(text: string): number {
  const iso = text.trim().replace(" ", "T");
  return Date.parse(/(?:Z|[+-]\d{2}:?\d{2})$/.test(iso) ? iso : `${iso}+03:00`);
}

/**
 * GET applications ("Получение списка откликов"): a page, oldest first, with the candidates in `included`. The filters
 * `job_id`, `status` (one or several) and `created_from` combine with AND.
 */
export const listApplications: Handler = ({ board }, { query }) => {
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
  const people = new Map(page.map((one) => [one.candidate.id, person(one)]));
  return { status: 200, body: { data: page.map(shown), included: [...people.values()] } };
};
