/** A category of professions ("Category"). Its own `id` isn't always that of the resource, as in the document's example. */
export interface Category {
  readonly resource: string;
  readonly id: number;
  readonly name: string;
  readonly transliterated_name: string;
  readonly popular: boolean;
  readonly sorting_value: number;
  /** Roubles a month; null where there is none. */
  readonly salary_to: number | null;
}

const rows: readonly (readonly [
  id: number,
  name: string,
  transliterated: string,
  popular: boolean,
  sorting: number,
  salary: number | null,
])[] = [
  [3, "Курьеры и доставка", "kurery-i-dostavka", true, 12, 140000],
  [4, "Водители", "voditeli", true, 31, 160000],
  [5, "Склад и логистика", "sklad-i-logistika", true, 38, 120000],
  [6, "Производство", "proizvodstvo", false, 51, 150000],
  [7, "Стройка и ремонт", "stroyka-i-remont", false, 57, 180000],
  [8, "Красота и спорт", "krasota-i-sport", false, 60, null],
  [9, "Офис", "ofis", false, 66, 130000],
  [11, "Уборка и дом", "uborka-i-dom", true, 72, 90000],
  [12, "Охрана", "okhrana", false, 79, 85000],
  [13, "Медицина и уход", "meditsina-i-ukhod", false, 84, null],
  [14, "Образование", "obrazovanie", false, 90, null],
  [15, "Другое", "drugoe", false, 99, null],
];

/** The dictionary; its first two rows are the document's ("Получение списка категорий профессий"). */
export const CATEGORIES: readonly Category[] = [
  {
    ...{ resource: "1", id: 1, name: "Общепит", transliterated_name: "obshchepit" },
    ...{ popular: true, sorting_value: 24, salary_to: 150000 },
  },
  {
    ...{ resource: "2", id: 10, name: "Магазины", transliterated_name: "magaziny" },
    ...{ popular: true, sorting_value: 43, salary_to: null },
  },
  ...rows.map(([id, name, transliterated_name, popular, sorting_value, salary_to]) => ({
    resource: String(id),
    ...{ id, name, transliterated_name, popular, sorting_value, salary_to },
  })),
];
