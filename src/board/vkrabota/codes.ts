// Codes of paid services under all names that the document has for them (document: Аббревиатуры, Company, пакеты, транзакции).

interface Names {
  /** Other spellings of the code, as in packets. */
  readonly also?: readonly string[];
  /** The company's attributes that hold its one-time units. */
  readonly limits: readonly string[];
  /** What sentences call it, in the words of the document's tables and examples; in lower case. */
  readonly titles: readonly string[];
}

/** By the code that paid actions and publications are sent under. */
const names: Readonly<Record<string, Names>> = {
  job_publish: {
    also: ["job_publication"],
    limits: ["otvas_jobs_limit"],
    titles: ["размещение вакансии", "размещение вакансий", "обычная публикация"],
  },
  super_job_publish: {
    limits: ["otvas_super_jobs_limit"],
    titles: ["продвинутое размещение вакансии", "продвинутая публикация"],
  },
  ultra_job_publish: {
    limits: ["otvas_ultra_jobs_limit"],
    titles: ["премиум размещение вакансии", "премиум публикация"],
  },
  job_refresh: {
    limits: ["otvas_refreshes_limit"],
    titles: ["поднятие вакансии в поиске", "поднятие вакансии", "поднятие в поиске"],
  },
  job_highlight: {
    limits: ["otvas_highlights_limit"],
    titles: ["выделение вакансии", "выделение вакансий", "выделение вакансии на 24 часа"],
  },
  elevation_plus: {
    also: ["job_elevate_plus"],
    limits: ["otvas_elevations_plus_limit", "otvas_elevation_plus_limit"],
    titles: ["вакансия дня на 7 дней"],
  },
  elevation_3d: {
    also: ["job_elevate_3d"],
    limits: ["otvas_elevations_3d_limit", "otvas_elevation_3d_limit"],
    titles: ["вакансия дня на 3 дня"],
  },
  elevation_1d: {
    also: ["job_elevate_1d"],
    limits: ["otvas_elevations_1d_limit", "otvas_elevation_1d_limit"],
    titles: ["вакансия дня на 1 день"],
  },
  contact_view: {
    limits: ["otvas_views_limit", "views_limit"],
    titles: ["просмотр контакта кандидата", "просмотр контакта", "просмотр контактов"],
  },
};

const canonical = new Map(
  Object.entries(names).flatMap(([code, { also = [] }]) =>
    also.map((other): [string, string] => [other, code]),
  ),
);

/** The code as it is sent, of any spelling; a code that the document doesn't name stays as it is. */
export function codeOf(spelling: string): string {
  return canonical.get(spelling) ?? spelling;
}

/** Each code with the attributes that may hold its one-time units. */
export const limitNames: readonly (readonly [code: string, attributes: readonly string[]])[] = Object.entries(
  names,
).map(([code, { limits }]) => [code, limits]);

/** Latin letters that look like Cyrillic ones: the document itself has them in Russian words. */
const lookalikes: Readonly<Record<string, string>> = Object.fromEntries(
  [..."aceopxykmthb"].map((letter, index) => [letter, "асеорхукмтнв"[index] ?? letter]),
);

/** One spelling for a title: case, spaces, hyphens, ё and letters that look alike don't count. */
function plain(title: string): string {
  return title
    .normalize("NFC")
    .toLowerCase()
    .replace(/[\s\p{Pd}]+/gu, " ")
    .trim()
    .replaceAll("ё", "е")
    .replace(/[a-z]/g, (letter) => lookalikes[letter] ?? letter);
}

const byTitle = new Map(
  Object.entries(names).flatMap(([code, { titles }]) =>
    titles.map((title): [string, string] => [plain(title), code]),
  ),
);

/** The code of what a sentence calls a service, by a title or by any spelling of its code; undefined for others. */
export function codeOfTitle(title: string): string | undefined {
  const code = codeOf(title.trim().toLowerCase());
  return Object.hasOwn(names, code) ? code : byTitle.get(plain(title));
}
