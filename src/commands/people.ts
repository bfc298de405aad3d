// Candidates as commands print them: with the board's names, contacts only where they were asked for.
import type { Candidate } from "../board/vkrabota/people.ts";
import { withoutContacts } from "../model/contacts.ts";
import type { CandidateItem } from "../model/listed.ts";
import { cleanLine } from "../view/clean.ts";
import type { Cell } from "./listing.ts";

const iso = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString());

/** What says who somebody is and how to reach them. */
const contactNames = ["phone", "email", "address", "lat", "long", "birthday"] as const;

/** One candidate as JSON. Free text is told without phones and e-mails unless contacts are asked for. */
export function personItem(person: Candidate, contacts: boolean): CandidateItem {
  const text = (value: string | undefined): string | null =>
    value === undefined ? null : contacts ? value : withoutContacts(value);
  const { experiences = [], professions = [], driving_license_categories: licences = [] } = person;
  return {
    id: person.id,
    first_name: person.first_name ?? null,
    last_name: person.last_name ?? null,
    ...(contacts && Object.fromEntries(contactNames.map((name) => [name, person[name] ?? null]))),
    age: person.age ?? null,
    city_name: person.city_name ?? null,
    description: text(person.description),
    education: text(person.education),
    languages: text(person.languages),
    nationality: person.nationality ?? null,
    driving_license_categories: [...licences],
    medical_record: person.medical_record ?? null,
    active_candidate: person.active_candidate ?? null,
    accept_calls: person.accept_calls ?? null,
    already_contacted: person.already_contacted ?? null,
    professions: [...professions],
    experiences: experiences.map(({ title, description, duration = null, current = null }) => ({
      title: text(title),
      description: text(description),
      duration,
      current,
    })),
    last_online: iso(person.onlineAt),
    created_at: iso(person.createdAt),
    updated_at: iso(person.updatedAt),
  };
}

const plain = [
  ...["age", "city_name", "description", "education", "languages", "nationality"],
  ...["driving_license_categories", "medical_record", "active_candidate", "accept_calls"],
  ...["already_contacted", "professions", "experiences", "last_online"],
];

/** The columns of a spreadsheet, after the id. */
export const personColumns = (contacts: boolean): string[] => [
  ...["first_name", "last_name"],
  ...(contacts ? contactNames : []),
  ...plain,
];

/** The cells under them; lists as texts. */
export function personCells(person: Candidate | undefined, contacts: boolean): Cell[] {
  const item: Record<string, unknown> = person ? { ...personItem(person, contacts) } : {};
  return personColumns(contacts).map((name) => cellOf(item[name]));
}

function cellOf(value: unknown): Cell {
  if (Array.isArray(value)) return value.map(wordOf).join("; ");
  return value === undefined ? null : (value as Cell);
}

function wordOf(value: unknown): string {
  if (typeof value === "string") return value;
  const { title, duration } = value as { title: string | null; duration: number | null };
  return `${title ?? "(not told)"}${duration === null ? "" : `, ${duration} mo.`}`;
}

/** First and last name on one line. */
export function nameOf(person: Candidate | undefined): string {
  if (person === undefined) return "";
  return (
    cleanLine(`${person.first_name ?? ""} ${person.last_name ?? ""}`) || `candidate ${cleanLine(person.id)}`
  );
}
