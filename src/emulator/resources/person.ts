// A candidate as the answers show one, each in the shape of its section.
import { boardTime, moscowTime } from "../clock.ts";
import { NATIONALITIES } from "../dictionary/nationalities.ts";
import { PROFESSIONS } from "../professions.ts";
import type { Experience, Person } from "../world/people.ts";

/** A JSON:API resource. */
export interface Resource {
  readonly id: string;
  readonly type: string;
  readonly attributes?: unknown;
  readonly relationships?: unknown;
}

const link = (type: string, id: string | number): Resource => ({ id: String(id), type });

/** As `last_online_time` is spelled with applications: `2017-06-28 11:17:13 +0300`. */
const spaced = (at: number): string => moscowTime(at).replace(/T(.{8}).*/, " $1 +0300");

const STILLS = "https://hb.bizmrg.com/worki-staging/static";

/** The picture of a candidate whose contact isn't open: the same for all ("Поиск кандидатов"). */
function avatarOf({ id, hasAvatar }: Person): unknown {
  if (!hasAvatar) return null;
  return {
    data: {
      ...link("candidate_avatar", id),
      attributes: {
        id: Number(id),
        content_type: "image/jpeg",
        small: `${STILLS}/closed_contact_96x96.png`,
        medium: `${STILLS}/closed_contact_165x165.png`,
        original: `${STILLS}/closed_contact_165x165.png`,
      },
    },
  };
}

function relationshipsOf({ experiences, nationality }: Person): Record<string, unknown> {
  const nothing = { data: null };
  return {
    avatar: nothing,
    background: nothing,
    experiences: { data: experiences.map(({ id }) => link("experience", id)) },
    nationality: { data: nationality === null ? null : link("nationality", nationality) },
  };
}

/** With an application ("Получение списка откликов"): contact and all. */
export function applicant(person: Person): Resource {
  return {
    ...link("candidate", person.id),
    attributes: {
      id: Number(person.id),
      first_name: person.first_name,
      last_name: person.last_name,
      phone: person.phone,
      description: person.description,
      lat: person.lat,
      long: person.long,
      address: person.address,
      education: person.education,
      languages: person.languages,
      last_online_time: spaced(person.onlineAt),
      created_at: boardTime(person.createdAt),
      updated_at: boardTime(person.updatedAt),
      email: person.email,
      birthday: person.birthday,
      driving_license_categories: person.licences,
      medical_record: person.medicalRecord,
      active_candidate: person.active,
      accept_calls: person.acceptCalls,
    },
    relationships: relationshipsOf(person),
  };
}

/** Who was bought ("Покупка контакта"). */
export function bought(person: Person): Resource {
  const { last_name, phone, description, lat, long } = person;
  const months = person.experiences.reduce((sum, { duration }) => sum + (duration ?? 0), 0);
  return {
    ...link("candidate", person.id),
    attributes: {
      ...{ id: Number(person.id), first_name: person.first_name, last_name, phone, description, lat, long },
      years_of_experience: months === 0 ? null : Math.floor(months / 12),
      education: person.education,
      languages: person.languages,
      last_online_time: moscowTime(person.onlineAt),
      created_at: moscowTime(person.createdAt),
      updated_at: moscowTime(person.updatedAt),
      email: person.email,
      birthday: person.birthday,
      driving_license_categories: person.licences,
      medical_record: person.medicalRecord,
      active_candidate: person.active,
      accept_calls: person.acceptCalls,
      address: person.address,
      city_name: person.city.name,
    },
    relationships: relationshipsOf(person),
  };
}

/** Whole years at `now` (ms); null without a birthday. */
export function ageOf({ birthday }: Person, now: number): number | null {
  if (birthday === null) return null;
  const today = new Date(now).toISOString();
  const years = Number(today.slice(0, 4)) - Number(birthday.slice(0, 4));
  return today.slice(5, 10) < birthday.slice(5, 10) ? years - 1 : years;
}

/** As a search finds one ("Поиск кандидатов"): without phone and address. */
export function found(person: Person, isBought: boolean, now: number): Resource {
  return {
    ...link("candidate_search", person.id),
    attributes: {
      id: Number(person.id),
      first_name: person.first_name,
      last_name: person.last_name,
      description: person.description,
      lat: person.lat,
      long: person.long,
      education: person.education,
      languages: person.languages,
      online: false,
      last_online_at: moscowTime(person.onlineAt),
      created_at: moscowTime(person.createdAt),
      updated_at: moscowTime(person.updatedAt),
      views_count: Number(person.id) % 97,
      driving_license_categories: person.licences,
      medical_record: person.medicalRecord === true,
      candidate_status: person.active ? "candidate_active" : "candidate_passive",
      active_candidate: person.active,
      comment: { data: null },
      comment_count: person.comments,
      has_vk_client: false,
      already_contacted: isBought,
      highlighted_till: null,
      avatar: avatarOf(person),
      background: null,
      "email_sendable?": person.email !== null,
      banned: false,
      "deleted?": false,
      disability_group: 0,
      vaccinated: false,
      city_name: person.city.name,
      certificates: { skillbox: false },
      age: ageOf(person, now),
      viewing_contacted_recruiter: isBought,
      view_by_himself: false,
    },
    relationships: {
      professions: { data: person.professions.map((id) => link("profession", id)) },
      preferred_professions: { data: [] },
      nationality: relationshipsOf(person).nationality,
      experiences: { data: person.experiences.map(({ id }) => link("experience", id)) },
    },
  };
}

function experience({ id, title, description, duration, current }: Experience): Resource {
  return {
    ...link("experience", id),
    attributes: { title, description, duration, current },
    relationships: { profession: { data: null } },
  };
}

function professionOf(id: number): Resource {
  const { title } = PROFESSIONS.find((profession) => profession.id === id) ?? { title: "" };
  return { ...link("profession", id), attributes: { id, title } };
}

function nationalityOf(id: number): Resource {
  const [, name] = NATIONALITIES.find(([number]) => number === id) ?? [id, ""];
  return { ...link("nationality", id), attributes: { id, name } };
}

/** What candidates refer to, each once. */
export function referred(people: readonly Person[], what: { professions: boolean }): Resource[] {
  const all = people.flatMap((person) => [
    ...(person.nationality === null ? [] : [nationalityOf(person.nationality)]),
    ...(what.professions ? person.professions.map(professionOf) : []),
    ...person.experiences.map(experience),
  ]);
  return [...new Map(all.map((one) => [`${one.type} ${one.id}`, one])).values()];
}
