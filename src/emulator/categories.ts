/** What packets call a category of professions (`job_category_uuid`), and which professions are in it. */
const CATEGORIES: readonly { uuid: string; professions: readonly number[] }[] = [
  // Kitchen; the one uuid of the document ("Получение баланса пакетов").
  {
    uuid: "38dca0fe-8ecb-4fbb-ac92-85a698b1ab04",
    professions: [3, 5, 6, 7, 8, 18, 19, 20, 38, 39, 40, 41, 42, 43, 105, 106, 107, 108, 109],
  },
  // Shop.
  { uuid: "7a1c5f5e-3b0d-4d52-9a57-0f6f2c1d7e01", professions: [1, 2, 4, 23, 24, 25, 36, 37, 44, 45, 61] },
  // Store and road.
  {
    uuid: "7a1c5f5e-3b0d-4d52-9a57-0f6f2c1d7e02",
    professions: [9, 10, 11, 12, 13, 14, 34, 35, 46, 47, 48, 49, 50, 51, 52],
  },
];

/** The category of a profession, null for the many that have none. The document names no such dictionary. */
export function categoryOf(profession: number): string | null {
  return CATEGORIES.find(({ professions }) => professions.includes(profession))?.uuid ?? null;
}
