// Candidates as applications, searches and purchases show them (document: Candidate): everything may be missing or null.
import { readTime } from "./times.ts";
import { asId, asList, asObject, type Json, readText } from "./wire.ts";

const texts = [
  ...(["first_name", "last_name", "phone", "email", "description", "address", "education"] as const),
  ...(["languages", "birthday", "city_name"] as const),
] as const;
const numbers = ["lat", "long", "age", "years_of_experience", "comment_count", "views_count"] as const;
const flags = ["medical_record", "active_candidate", "accept_calls", "already_contacted"] as const;

/** What is told of a candidate, under the board's names. Times are milliseconds since 1970, lat and long degrees. */
export type Candidate = { readonly id: string } & {
  readonly [name in (typeof texts)[number]]?: string;
} & { readonly [name in (typeof numbers)[number]]?: number } & {
  readonly [name in (typeof flags)[number]]?: boolean;
} & {
  /** `last_online_time` or `last_online_at`: the document has both. */
  readonly onlineAt?: number;
  readonly createdAt?: number;
  readonly updatedAt?: number;
  readonly driving_license_categories?: readonly string[];
  readonly nationality?: string;
  readonly professions?: readonly string[];
  readonly experiences?: readonly Experience[];
};

export interface Experience {
  readonly title?: string;
  readonly description?: string;
  /** Months. */
  readonly duration?: number;
  readonly current?: boolean;
}

/** What a page holds beside its items, by type and id. */
export type Included = ReadonlyMap<string, Json>;

const wordOf = (type: unknown, id: unknown): string => `${String(type)} ${String(id)}`;

/** `included` of an answer; what isn't a resource in it is passed over. */
export function readIncluded(what: string, value: unknown): Included {
  const found = new Map<string, Json>();
  if (value == null) return found;
  for (const one of asList(what, "included", value)) {
    if (typeof one === "object" && one !== null && "id" in one && "type" in one)
      found.set(wordOf(one.type, one.id), one as Json);
  }
  return found;
}

/** The resources that a relationship names, as far as `included` has them. */
function related({ relationships }: Json, name: string, included: Included): Json[] {
  const data = (relationships as Record<string, { data?: unknown } | null> | null | undefined)?.[name]?.data;
  const links = Array.isArray(data) ? data : data == null ? [] : [data];
  return links.flatMap((link: { type?: unknown; id?: unknown } | null) => {
    const one = included.get(wordOf(link?.type, link?.id));
    return one ? [attributesOf(one)] : [];
  });
}

const attributesOf = ({ attributes }: Json): Json =>
  typeof attributes === "object" && attributes !== null ? (attributes as Json) : {};

/** A candidate's resource; only its id is needed. */
export function readCandidate(what: string, path: string, value: unknown, included: Included): Candidate {
  const item = asObject(what, path, value);
  const shown = attributesOf(item);
  const [nationality] = related(item, "nationality", included).map(({ name }) => readText(name));
  const professions = [
    ...related(item, "professions", included),
    ...related(item, "preferred_professions", included),
  ].flatMap(({ title }) => readText(title) ?? []);
  const licences = shown.driving_license_categories;
  return {
    id: asId(what, `${path}.id`, item.id),
    ...pick(texts, shown, (one) => readText(typeof one === "number" ? String(one) : one)),
    ...pick(numbers, shown, (one) => (typeof one === "number" && Number.isFinite(one) ? one : undefined)),
    ...pick(flags, shown, (one) => (typeof one === "boolean" ? one : undefined)),
    ...told("onlineAt", readTime(shown.last_online_time) ?? readTime(shown.last_online_at)),
    ...told("createdAt", readTime(shown.created_at)),
    ...told("updatedAt", readTime(shown.updated_at)),
    ...(Array.isArray(licences) && {
      driving_license_categories: licences.filter((one): one is string => typeof one === "string"),
    }),
    ...told("nationality", nationality),
    ...(professions.length > 0 && { professions: [...new Set(professions)] }),
    experiences: related(item, "experiences", included).map(readExperience),
  };
}

function readExperience({ title, description, duration, current }: Json): Experience {
  return {
    ...told("title", readText(title)),
    ...told("description", readText(description)),
    ...told("duration", typeof duration === "number" ? duration : undefined),
    ...told("current", typeof current === "boolean" ? current : undefined),
  };
}

/** A property that is there only where it is known. */
function told<N extends string, V>(name: N, value: V | undefined): { readonly [name in N]?: V } {
  return (value === undefined ? {} : { [name]: value }) as { readonly [name in N]?: V };
}

function pick<N extends string, V>(
  names: readonly N[],
  shown: Json,
  read: (value: unknown) => V | undefined,
): { readonly [name in N]?: V } {
  const known = names.flatMap((name) => {
    const value = read(shown[name]);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(known) as { readonly [name in N]?: V };
}
