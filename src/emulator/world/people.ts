/** The people of the board's résumés: made from a seed, so that tests repeat, and never changed. */
import { CITIES, type City } from "../dictionary/cities.ts";
import { NATIONALITIES } from "../dictionary/nationalities.ts";
import { PROFESSIONS } from "../professions.ts";
import { type Draw, drawFrom } from "./random.ts";
import {
  ABOUT,
  EDUCATION,
  FEMALE_NAMES,
  LANGUAGES,
  LAST_NAMES,
  LICENCES,
  MALE_NAMES,
  PLACES,
  STREETS,
} from "./texts.ts";

/** A place where somebody works or worked ("Candidate", `experiences`). */
export interface Experience {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** Months. */
  readonly duration: number | null;
  readonly current: boolean;
}

/** A candidate with a résumé ("Candidate"). Times are ms since 1970. */
export interface Person {
  readonly id: string;
  readonly first_name: string;
  readonly last_name: string;
  readonly sex: "Male" | "Female";
  readonly phone: string;
  readonly email: string | null;
  /** `1999-11-11`. */
  readonly birthday: string | null;
  readonly description: string | null;
  readonly city: City;
  readonly lat: number;
  readonly long: number;
  readonly address: string | null;
  readonly education: string | null;
  readonly languages: string | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly onlineAt: number;
  readonly licences: readonly string[];
  readonly medicalRecord: boolean | null;
  readonly active: boolean;
  readonly acceptCalls: boolean;
  readonly hasAvatar: boolean;
  /** Notes that recruiters made. */
  readonly comments: number;
  readonly nationality: number | null;
  readonly experiences: readonly Experience[];
  /** Ids of professions. */
  readonly professions: readonly number[];
}

const COUNT = 300;
/** The candidates of the document's examples; the rest is numbered from here on. */
const TOLD_IDS: readonly number[] = [889, 5657, 29638, 31136];
const FIRST_ID = 40001;
const DAY_MS = 24 * 60 * 60 * 1000;
const TODAY = Date.UTC(2026, 0, 15, 9);

/** Within some kilometres of a city's centre, to a few metres. */
const near = (degrees: number, draw: Draw): number =>
  Number((degrees + (draw.below(1000) - 500) / 10_000).toFixed(4));

function experiencesOf(id: number, draw: Draw): Experience[] {
  return Array.from({ length: draw.below(4) }, (_, at) => {
    const [title, description] = draw.pick(PLACES);
    const duration = draw.oneIn(4) ? null : 1 + draw.below(60);
    return { id: String(id * 10 + at), title, description, duration, current: at === 0 && draw.oneIn(2) };
  });
}

function makePerson(id: number, draw: Draw): Person {
  const sex = draw.oneIn(2) ? "Male" : "Female";
  const city = draw.pick(CITIES);
  const createdAt = TODAY - (30 + draw.below(2000)) * DAY_MS - draw.below(DAY_MS);
  const onlineAt = TODAY - draw.below(30 * DAY_MS);
  const number = String(draw.below(10_000_000)).padStart(7, "0");
  return {
    id: String(id),
    first_name: draw.pick(sex === "Male" ? MALE_NAMES : FEMALE_NAMES),
    last_name: draw.pick(LAST_NAMES),
    sex,
    phone: `7900${number}`,
    email: draw.oneIn(3) ? `candidate${id}@example.com` : null,
    birthday: draw.oneIn(8)
      ? null
      : new Date(TODAY - (16 * 366 + draw.below(45 * 365)) * DAY_MS).toISOString().slice(0, 10),
    description: draw.pick(ABOUT),
    city,
    lat: near(city.lat, draw),
    long: near(city.long, draw),
    address: draw.oneIn(4) ? null : `${city.name}, ${draw.pick(STREETS)}, ${1 + draw.below(90)}`,
    education: draw.pick(EDUCATION),
    languages: draw.pick(LANGUAGES),
    createdAt,
    updatedAt: Math.max(createdAt, onlineAt - draw.below(10 * DAY_MS)),
    onlineAt,
    licences: draw.oneIn(3) ? (draw.oneIn(4) ? [...LICENCES] : draw.oneIn(2) ? ["B"] : ["B", "C"]) : [],
    medicalRecord: draw.pick([true, false, null]),
    active: !draw.oneIn(5),
    acceptCalls: draw.oneIn(2),
    hasAvatar: draw.oneIn(2),
    comments: draw.oneIn(10) ? 1 + draw.below(3) : 0,
    nationality: draw.oneIn(5) ? draw.pick(NATIONALITIES)[0] : 1,
    experiences: experiencesOf(id, draw),
    professions: [...new Set(Array.from({ length: draw.below(3) }, () => draw.pick(PROFESSIONS).id))],
  };
}

/** What the examples tell of their candidates; phone and names are the document's. */
const TOLD: Readonly<Record<string, Partial<Person>>> = {
  889: {
    ...{ first_name: "Иван", last_name: "Петров", sex: "Male", phone: "79995225324", email: null },
    ...{ birthday: null, description: "Небольшой текст о себе", address: "Москва, улица Еланского, 2" },
    nationality: null,
    ...{ lat: 55.7346276065292, long: 37.5734168663621 },
    experiences: [
      {
        ...{ id: "360", title: "Первое место работы", description: "Чем-то там занимался" },
        ...{ duration: null, current: true },
      },
      {
        ...{ id: "361", title: "Второе место работы", description: "Чем-то и на нем занимался" },
        ...{ duration: null, current: false },
      },
    ],
  },
  5657: { phone: "75345345345", birthday: "1999-11-11", email: null, nationality: 1 },
  29638: { first_name: "Иван", last_name: "Иванов", sex: "Male" },
  // Whom the examples of `vac candidates --help` find.
  31136: { phone: "79001111111", professions: [3] },
};

/** Where the candidates of the examples live. */
const HOMES: Readonly<Record<string, string>> = {
  ...{ 889: "Москва", 5657: "Санкт-Петербург", 29638: "Нижний Новгород", 31136: "Москва" },
};

function settled(person: Person): Person {
  const city = CITIES.find(({ name }) => name === HOMES[person.id]) ?? person.city;
  const home = city === person.city ? {} : { city, lat: city.lat, long: city.long, address: null };
  return { ...person, ...home, ...TOLD[person.id] };
}

/** All people of a seed, by id. */
export function makePeople(seed: number): ReadonlyMap<string, Person> {
  const draw = drawFrom(seed);
  const ids = Array.from({ length: COUNT }, (_, at) => TOLD_IDS[at] ?? FIRST_ID + at - TOLD_IDS.length);
  return new Map(ids.map((id) => [String(id), settled(makePerson(id, draw))]));
}
