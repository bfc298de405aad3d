import type { Oddity } from "./oddities.ts";

/** A job that is needed more than once: what is equal in all, the city, and what differs in each. */
interface Group {
  city: string;
  equal: Oddity;
  times: number;
}

/** One vacancy in many shops of a city: equal title and text, another address each. */
export const CHAINS: readonly Group[] = [
  {
    city: "Москва",
    equal: {
      profession_id: 3,
      title: "Пекарь",
      description: "Выпекать хлеб в пекарне «Тёплый колос».\nГрафик 2/2, питание, обучение.",
      salary_from: 75000,
      salary_to: 90000,
      salary_period: "monthly",
    },
    times: 7,
  },
  {
    city: "Санкт-Петербург",
    equal: {
      profession_id: 4,
      title: "Продавец-кассир",
      description: "Касса, витрина, кофе. Без опыта, стажировка оплачивается. Смены 2/2.",
      salary_from: 55000,
      salary_to: null,
      salary_period: "monthly",
    },
    times: 6,
  },
  {
    city: "Казань",
    equal: {
      profession_id: 7,
      title: "Бариста",
      description: "Кафе «Чашка и ложка» ищет бариста.\r\nГибкий график, чаевые ваши.",
    },
    times: 5,
  },
  {
    city: "Новосибирск",
    equal: {
      profession_id: 9,
      title: "Курьер",
      description: "Доставка «Донесём»: заказы рядом с домом, выплаты каждый день.",
      salary_from: 250,
      salary_to: 400,
      salary_period: "hourly",
    },
    times: 6,
  },
  {
    city: "Екатеринбург",
    equal: {
      profession_id: 13,
      title: "Кладовщик",
      description: "Склад «Складно»: приёмка и отгрузка муки. Тёплый склад, 5/2.",
    },
    times: 4,
  },
  {
    city: "Ростов-на-Дону",
    equal: { profession_id: 15, title: "Уборщик/уборщица", description: "Уборка кафе утром, 3 часа в день." },
    times: 4,
  },
];

/** Vacancies that were typed twice: equal in everything. */
export const TWINS: readonly Group[] = [
  {
    city: "Самара",
    equal: { profession_id: 5, title: "Повар", description: "Завтраки и обеды, кухня открытого типа. 2/2." },
    times: 2,
  },
  {
    city: "Москва",
    equal: { profession_id: 12, title: "Грузчик", description: "Разгрузка машин с мукой. Оплата сразу." },
    times: 2,
  },
];

/** Vacancies that differ in their pay only: one group, one member for each pay. */
export const NEAR_TWINS: readonly (Omit<Group, "times"> & { pay: readonly Oddity[] })[] = [
  {
    city: "Нижний Новгород",
    equal: { profession_id: 18, title: "Кондитер", description: "Торты и пирожные, цех в центре города." },
    pay: [
      { salary_from: 70000, salary_to: null, salary_period: "monthly" },
      { salary_from: 75000, salary_to: null, salary_period: "monthly" },
      { salary_from: 70000, salary_to: null, salary_period: null },
    ],
  },
  {
    city: "Набережные Челны",
    equal: { profession_id: 34, title: "Упаковщик", description: "Упаковка хлеба на линии, ночные смены." },
    pay: [
      { salary_from: null, salary_to: 3000, salary_period: "daily" },
      { salary_from: null, salary_to: 3200, salary_period: "daily" },
    ],
  },
];
