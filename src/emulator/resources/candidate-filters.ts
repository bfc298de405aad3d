// The filters of the search for candidates ("Поиск кандидатов"): each a test of one person.
import { CITIES } from "../dictionary/cities.ts";
import { regionBy } from "../dictionary/regions.ts";
import { Refusal } from "../http.ts";
import { PROFESSIONS } from "../professions.ts";
import type { Person } from "../world/people.ts";
import { LICENCES } from "../world/texts.ts";
import { ageOf } from "./person.ts";

type Test = (person: Person) => boolean;

/** Kilometres around an address where no radius is given. */
const AROUND_KM = 15;
const KM_A_DEGREE = 111.2;

function refuse(detail: string): never {
  throw new Refusal(422, `Возникли ошибки: ${detail}`);
}

function number(query: URLSearchParams, name: string, min: number, max: number): number | null {
  const text = query.get(name);
  if (text === null || text === "") return null;
  const value = Number(text);
  if (!Number.isFinite(value) || value < min || value > max) {
    refuse(`Поле '${name}' должно быть числом от ${min} до ${max}`);
  }
  return value;
}

/** Whether a person lives within so many kilometres of a point. */
function within(lat: number, long: number, km: number): Test {
  return (person) => {
    const up = (person.lat - lat) * KM_A_DEGREE;
    const aside = (person.long - long) * KM_A_DEGREE * Math.cos((lat * Math.PI) / 180);
    return Math.hypot(up, aside) <= km;
  };
}

/** The centre of the city that an address names, since nothing here knows streets. */
function pointOf(address: string): { lat: number; long: number } {
  const text = address.toLowerCase();
  const city = CITIES.find(({ name }) => text.includes(name.toLowerCase()));
  return city ?? refuse("Адрес не найден");
}

function places(query: URLSearchParams): Test[] {
  const tests: Test[] = [];
  const km = number(query, "distance_to", 0, 20_000);
  const [lat, long] = [number(query, "lat", -90, 90), number(query, "long", -180, 180)];
  const address = query.get("address");
  if (address) {
    const point = pointOf(address);
    tests.push(within(point.lat, point.long, km ?? AROUND_KM));
  }
  const city = query.get("city_id");
  if (city) tests.push((person) => String(person.city.id) === city);
  const region = query.get("region_id");
  if (region) {
    const found = regionBy(region) ?? refuse("Поле 'region_id' не найдено в справочнике");
    tests.push((person) => found.number === 0 || person.city.region_id === found.number);
  }
  if (lat !== null && long !== null && km !== null) tests.push(within(lat, long, km));
  if (tests.length === 0) refuse("Укажите address, city_id, region_id или lat, long и distance_to");
  return tests;
}

/** A filter of 1 or 0, where 0 asks for nothing. */
function flag(query: URLSearchParams, name: string, test: Test): Test[] {
  const value = query.get(name) ?? "0";
  if (value !== "0" && value !== "1") refuse(`Поле '${name}' должно быть 1 или 0`);
  return value === "1" ? [test] : [];
}

function ages(query: URLSearchParams, now: number): Test[] {
  const [from, to] = [number(query, "age_from", 14, 99), number(query, "age_to", 14, 99)];
  if (from === null && to === null) return [];
  return [
    (person) => {
      const age = ageOf(person, now);
      return age !== null && age >= (from ?? 0) && age <= (to ?? 200);
    },
  ];
}

function licences(query: URLSearchParams): Test[] {
  const asked = [
    ...query.getAll("driving_license_categories"),
    ...query.getAll("driving_license_categories[]"),
  ];
  const wrong = asked.find((one) => !LICENCES.includes(one));
  if (wrong !== undefined) refuse("Поле 'driving_license_categories' имеет недопустимое значение");
  return asked.length === 0 ? [] : [(person) => asked.some((one) => person.licences.includes(one))];
}

function sexes(query: URLSearchParams): Test[] {
  const sex = query.get("sex");
  if (!sex) return [];
  if (sex !== "Male" && sex !== "Female") refuse("Поле 'sex' имеет недопустимое значение");
  return [(person) => person.sex === sex];
}

/** All words, wherever they stand in the résumé. */
function words(query: URLSearchParams): Test[] {
  const wanted = query.get("key_word")?.toLowerCase().split(/\s+/) ?? [];
  return [
    (person) => {
      const text = resumeOf(person);
      return wanted.every((word) => text.includes(word));
    },
  ];
}

function resumeOf({ description, experiences, professions }: Person): string {
  const places = experiences.flatMap(({ title, description: duties }) => [title, duties]);
  const wanted = PROFESSIONS.filter(({ id }) => professions.includes(id)).map(({ title }) => title);
  return [description ?? "", ...places, ...wanted].join("\n").toLowerCase();
}

/** The tests that a search asks for, as one. Refuses with 422 without a place, and for a value that can't be. */
export function matching(query: URLSearchParams, now: number, isBought: Test): Test {
  const months = number(query, "month_of_experience", 0, 1000);
  const nationality = query.get("nationality_id");
  const tests = [
    ...places(query),
    ...(months === null
      ? []
      : [
          ({ experiences }: Person) =>
            experiences.reduce((sum, { duration }) => sum + (duration ?? 0), 0) >= months,
        ]),
    ...(nationality ? [(person: Person) => String(person.nationality) === nationality] : []),
    ...flag(query, "has_avatar", ({ hasAvatar }) => hasAvatar),
    ...flag(query, "medical_record", ({ medicalRecord }) => medicalRecord === true),
    ...flag(query, "has_comment", ({ comments }) => comments > 0),
    ...flag(query, "show_bought", isBought),
    ...sexes(query),
    ...licences(query),
    ...ages(query, now),
    ...words(query),
  ];
  return (person) => tests.every((test) => test(person));
}
