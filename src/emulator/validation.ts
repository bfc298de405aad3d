import { hasContacts } from "./contacts.ts";
import { isObject, Refusal } from "./http.ts";
import { isProfession } from "./professions.ts";
import type { JobAttributes } from "./records.ts";

/** Publication types that can be asked for ("Продление вакансии"); the first is the default. */
export const PUBLICATIONS: readonly string[] = ["job_publish", "super_job_publish", "ultra_job_publish"];

/** Reasons of a close ("Закрытие вакансии"); the first is the default. */
const CLOSE_REASONS: readonly string[] = ["closed_irrelevant", "closed_found", "closed_found_other"];

/** The value as the board keeps it, or what is wrong with it. */
type Verdict = { value: unknown } | { problem: string };

interface Rule {
  name: keyof JobAttributes;
  label: string;
  required: boolean;
  check(value: unknown): Verdict;
}

const DESCRIPTION_LIMIT = 200;

function problem(text: string): Verdict {
  return { problem: text };
}

function text(value: unknown): Verdict {
  return typeof value === "string" ? { value } : problem("должно быть строкой");
}

function description(value: unknown): Verdict {
  if (typeof value !== "string") return text(value);
  if ([...value].length > DESCRIPTION_LIMIT) {
    return problem(`не должно содержать более ${DESCRIPTION_LIMIT} символов`);
  }
  return hasContacts(value) ? problem("не должно содержать контактную информацию") : { value };
}

function degrees(limit: number): (value: unknown) => Verdict {
  return (value) => {
    const numeric = typeof value === "string" && /^\s*[+-]?\d+(?:\.\d+)?\s*$/.test(value);
    const number = numeric ? Number(value) : value;
    if (typeof number !== "number" || Math.abs(number) > limit) {
      return problem(`должно быть числом от -${limit} до ${limit}`);
    }
    return { value: number };
  };
}

function salary(value: unknown): Verdict {
  if (typeof value !== "number" || !Number.isSafeInteger(value)) return problem("должно быть целым числом");
  return value < 0 ? problem("не может быть отрицательным") : { value };
}

function flag(value: unknown): Verdict {
  return typeof value === "boolean" ? { value } : problem("должно быть true или false");
}

function profession(value: unknown): Verdict {
  const id = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
  return typeof id === "number" && isProfession(id) ? { value: id } : problem("не найдено в справочнике");
}

function oneOf(values: readonly string[]): (value: unknown) => Verdict {
  return (value) =>
    typeof value === "string" && values.includes(value)
      ? { value }
      : problem(`имеет недопустимое значение (возможные: ${values.join(", ")})`);
}

function phone(value: unknown): Verdict {
  return typeof value === "string" && /^7\d{10}$/.test(value)
    ? { value }
    : problem("должно быть в формате 7XXXXXXXXXX");
}

/** All attributes that a client can write, in the order in which problems are looked for. */
const RULES: readonly Rule[] = [
  { name: "address", label: "Адрес", required: true, check: text },
  { name: "title", label: "Заголовок", required: true, check: text },
  { name: "description", label: "Описание", required: true, check: description },
  { name: "lat", label: "Широта", required: true, check: degrees(90) },
  { name: "long", label: "Долгота", required: true, check: degrees(180) },
  { name: "profession_id", label: "Профессия", required: true, check: profession },
  { name: "salary_from", label: "Зарплата от", required: false, check: salary },
  { name: "salary_to", label: "Зарплата до", required: false, check: salary },
  {
    name: "salary_period",
    label: "Тип оплаты",
    required: false,
    check: oneOf(["hourly", "daily", "monthly"]),
  },
  { name: "contact_phone", label: "Контактный телефон", required: false, check: phone },
  { name: "remote", label: "Удаленная работа", required: false, check: flag },
  { name: "has_autoreply", label: "Автоответ включен", required: false, check: flag },
  { name: "autoreply_text", label: "Текст автоответа", required: false, check: text },
  { name: "auto_renew", label: "Автопродление", required: false, check: flag },
];

/** Names of all attributes of a job, in the order of the checks. */
export const ATTRIBUTE_NAMES: readonly string[] = RULES.map((rule) => rule.name);

/** What an optional attribute is when nobody gave it; `remote` has no such value, it stays absent. */
const UNSET = {
  salary_from: null,
  salary_to: null,
  salary_period: null,
  contact_phone: null,
  has_autoreply: null,
  autoreply_text: null,
  auto_renew: null,
};

function refuse(detail: string): never {
  throw new Refusal(422, `Возникли ошибки: ${detail}`);
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === "string" && value.trim() === "");
}

/** Whether an attribute is to be checked at all, and the value it was given. */
function given(body: Record<string, unknown>, job: Record<string, unknown>, name: string): unknown {
  const topLevel = name === "profession_id" && body.profession_id !== undefined;
  return topLevel ? body.profession_id : job[name];
}

function checked(body: Record<string, unknown>, all: boolean): Partial<JobAttributes> {
  if (!isObject(body.job)) refuse("Поле 'Вакансия' не может быть пустым");
  const found: Record<string, unknown> = {};
  for (const { name, label, required, check } of RULES) {
    const value = given(body, body.job, name);
    if (value === undefined && !(all && required)) continue;
    if (isBlank(value) && required) refuse(`Поле '${label}' не может быть пустым`);
    const verdict = value === null ? { value } : check(value);
    if ("problem" in verdict) refuse(`Поле '${label}' ${verdict.problem}`);
    found[name] = verdict.value;
  }
  return found as Partial<JobAttributes>;
}

/** One of a few words, the first where none is given; 422 for another. */
export function choice(value: unknown, label: string, values: readonly string[]): string {
  if (value === undefined || value === null) return values[0] ?? "";
  const verdict = oneOf(values)(value);
  if ("problem" in verdict) refuse(`Поле '${label}' ${verdict.problem}`);
  return value as string;
}

/**
 * The attributes of a new job from the body of POST jobs ("Создание вакансии"). `profession_id` may stand beside
 * `job` (as in the example) or inside it; unknown attributes are passed over. Refuses with 422, naming the first
 * problem only, as the document's example does.
 */
export function newAttributes(body: Record<string, unknown>): JobAttributes {
  return { ...UNSET, ...checked(body, true) } as JobAttributes;
}

/**
 * The attributes that a PUT changes ("Изменение вакансии"): only those it names; null clears an optional one.
 * Refuses with 422 like `newAttributes`.
 */
export function changedAttributes(body: Record<string, unknown>): Partial<JobAttributes> {
  return checked(body, false);
}

/** The publication type that was asked for, `job_publish` by default; 422 for an unknown one. */
export function publicationOf(value: unknown): string {
  return choice(value, "Тип публикации", PUBLICATIONS);
}

/** The reason of a close, `closed_irrelevant` by default; 422 for an unknown one. */
export function closeReasonOf(value: unknown): string {
  return choice(value, "Причина закрытия", CLOSE_REASONS);
}
