import type { Context, Handler } from "../handler.ts";
import { isObject, jsonObject, Refusal } from "../http.ts";
import { codeOf } from "../money/codes.ts";
import { choice } from "../validation.ts";
import type { Person } from "../world/people.ts";
import { companyResource } from "./company.ts";
import { paidJobResource } from "./paid-job.ts";
import { bought } from "./person.ts";

/** One element of `actions` ("Применение VAS'ов"), as it was sent. */
interface Asked {
  action: string;
  job_id: string | number | null;
  user_id?: string | number;
}

function malformed(what: string): never {
  throw new Refusal(422, `Возникли ошибки: ${what}`);
}

const isId = (value: unknown) =>
  (typeof value === "string" && value !== "") || (typeof value === "number" && Number.isSafeInteger(value));

function readActions(actions: unknown): Asked[] {
  if (!Array.isArray(actions)) malformed("Поле 'actions' должно быть массивом");
  if (actions.length === 0) malformed("Поле 'actions' не может быть пустым");
  return actions.map((item: unknown): Asked => {
    if (!isObject(item)) malformed("Элемент поля 'actions' должен быть объектом");
    const { action, job_id = null, user_id = null } = item;
    if (typeof action !== "string") malformed("Поле 'action' должно быть строкой");
    if (job_id !== null && !isId(job_id)) malformed("Поле 'job_id' должно быть идентификатором");
    if (user_id !== null && !isId(user_id)) malformed("Поле 'user_id' должно быть идентификатором");
    const asked = { action, job_id: job_id as Asked["job_id"] };
    return user_id === null ? asked : { ...asked, user_id: user_id as string | number };
  });
}

/** What became of one action. */
interface Done {
  problem: string | null;
  /** The job as far as there is one. */
  job: string | null;
  person?: Person;
}

/** Applies one action to a job. */
function serve({ board }: Context, { action, job_id }: Asked, account: "company" | "bonus"): Done {
  const code = codeOf(action);
  const stored = board.store.job(String(job_id));
  const job = stored && !stored.gone ? stored.id : null;
  if (!code) return { job, problem: "Неизвестное действие" };
  if (job === null) return { job, problem: "Вакансия не найдена" };
  const result = board.serve(job, code, account);
  return { job, problem: typeof result === "string" ? result : null };
}

/** Buys a contact ("Покупка контакта"), also one that was bought before: the document doesn't say that this is free. */
function open({ board, people }: Context, { user_id }: Asked, account: "company" | "bonus"): Done {
  const person = people.get(String(user_id));
  if (!person) return { job: null, problem: "Кандидат не найден" };
  const result = board.openContact(person, account, "paid_action");
  return typeof result === "string" ? { job: null, problem: result } : { job: null, problem: null, person };
}

/** What was asked for, with price and region of a contact, as its section shows. */
function originOf({ board, people }: Context, { action, job_id, user_id }: Asked): unknown {
  const origin = { action, count: 1, job_id, ...(user_id !== undefined && { user_id }) };
  const person = people.get(String(user_id));
  if (codeOf(action) !== "contact_view" || !person) return origin;
  return { ...origin, price: board.funds().prices.contact_view, region_id: person.city.region_id };
}

/**
 * POST paid_actions ("Применение VAS'ов"): applies the actions one after another, each with its own result under
 * HTTP 200; a failed one takes nothing and doesn't keep the rest from being done. 422 for a body that can't be
 * read, and then nothing is done.
 */
export const applyPaidActions: Handler = (context, incoming) => {
  const body = jsonObject(incoming);
  const account = choice(body.use_account, "use_account", ["company", "bonus"]) as "company" | "bonus";
  const actions = readActions(body.actions);
  const { board } = context;
  const data = actions.map((asked, index) => {
    const isContact = codeOf(asked.action) === "contact_view";
    const { job, problem, person } = (isContact ? open : serve)(context, asked, account);
    const hidden = job === null || (problem !== null && !board.settings.readings.failedShowsJob);
    return {
      id: String(index),
      type: "paid_action",
      attributes: {
        id: index,
        error_message: problem,
        status: problem === null ? "success" : "failed",
        origin: originOf(context, asked),
        job: hidden ? null : { data: paidJobResource(board.find(job), board.now()) },
        ...(isContact && { user: person ? { data: bought(person) } : null }),
      },
    };
  });
  return { status: 200, body: { data, meta: { company: companyResource(context) } } };
};
