import { boardTime } from "../clock.ts";
import type { Handler } from "../handler.ts";
import { jsonObject, parameters } from "../http.ts";
import { listedJobs } from "../listing.ts";
import { pageOf } from "../paging.ts";
import type { Job } from "../records.ts";
import { statusOf } from "../services.ts";
import { changedAttributes, closeReasonOf, newAttributes, publicationOf } from "../validation.ts";

/** Attributes that come only in some answers: each example of the document shows its own set. */
interface Shown {
  status: boolean;
  publication: boolean;
}

/** A job as the API shows it. Profession, phone, auto-reply and auto-renewal never come back. */
function resource(job: Job, now: number, shown: Shown): unknown {
  const given = job.attributes;
  const attributes = {
    title: given.title,
    description: given.description,
    ...(shown.status ? { status: statusOf(job, now) } : {}),
    lat: given.lat,
    long: given.long,
    address: given.address,
    salary_from: given.salary_from,
    salary_to: given.salary_to,
    salary_period: given.salary_period,
    expires_at: boardTime(job.expiresAt),
    ...(given.remote === undefined ? {} : { remote: given.remote }),
    ...(shown.publication ? { current_publication_type: job.publication } : {}),
  };
  return { id: job.id, type: "job", attributes };
}

/** GET jobs ("Получение списка вакансий"): a page, newest first; empty past the end, with no total. */
export const listJobs: Handler = ({ board }, { query }) => {
  const now = board.now();
  const data = pageOf(listedJobs(board), query).map((job) =>
    resource(job, now, { status: true, publication: true }),
  );
  return { status: 200, body: { data } };
};

/** POST jobs ("Создание вакансии"): publishes and charges; the answer has no `status`. */
export const createJob: Handler = ({ board }, incoming) => {
  const body = jsonObject(incoming);
  const attributes = newAttributes(body);
  const job = board.create(attributes, publicationOf(body.publication_type));
  return { status: 200, body: { data: resource(job, board.now(), { status: false, publication: true }) } };
};

/** GET jobs/ID ("Получение информации о конкретной вакансии"): by default an array of one, as printed there. */
export const showJob: Handler = ({ board }, _incoming, id) => {
  const shown = resource(board.find(id), board.now(), { status: true, publication: false });
  return { status: 200, body: { data: board.settings.readings.jobAnswer === "array" ? [shown] : shown } };
};

/** PUT jobs/ID ("Изменение вакансии"): changes what it names; the answer has neither status nor publication. */
export const updateJob: Handler = ({ board }, incoming, id) => {
  board.find(id);
  const job = board.update(id, changedAttributes(jsonObject(incoming)));
  return { status: 200, body: { data: resource(job, board.now(), { status: false, publication: false }) } };
};

/** POST jobs/ID/close ("Закрытие вакансии"): `reason` in JSON, form or query; closing twice is success. */
export const closeJob: Handler = ({ board }, incoming, id) => {
  board.find(id);
  const job = board.close(id, closeReasonOf(parameters(incoming).reason));
  return { status: 200, body: { data: resource(job, board.now(), { status: true, publication: true }) } };
};

/** POST jobs/ID/revive ("Продление вакансии"): 30 days more, charged each time, whatever the status was. */
export const reviveJob: Handler = ({ board }, incoming, id) => {
  board.find(id);
  const job = board.revive(id, publicationOf(parameters(incoming).publication_type));
  return { status: 200, body: { data: resource(job, board.now(), { status: true, publication: true }) } };
};
