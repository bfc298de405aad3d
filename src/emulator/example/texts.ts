/** Work that the chain of the example account offers: a profession with titles, duties and usual pay a month. */
interface Trade {
  profession: number;
  titles: readonly string[];
  duties: readonly string[];
  pay: number;
}

/** The trades of the example account. */
export const TRADES: readonly Trade[] = [
  {
    profession: 3,
    titles: ["Пекарь", "Пекарь в пекарню", "Пекарь ночной смены"],
    duties: [
      "Замес теста и выпечка хлеба в пекарне «Тёплый колос».",
      "Выпекать хлеб, багеты и сдобу по готовым рецептам.",
    ],
    pay: 72000,
  },
  {
    profession: 18,
    titles: ["Кондитер", "Кондитер-оформитель", "Кондитер на торты"],
    duties: [
      "Сборка и оформление тортов и пирожных.",
      "Готовить кремы и начинки, следить за сроками годности.",
    ],
    pay: 78000,
  },
  {
    profession: 4,
    titles: ["Продавец-кассир", "Продавец - кассир", "Продавец-кассир в пекарню"],
    duties: [
      "Продажа выпечки, работа на кассе, порядок на витрине.",
      "Встречать гостей, варить кофе, вести кассу.",
    ],
    pay: 55000,
  },
  {
    profession: 1,
    titles: ["Продавец", "Продавец хлебного отдела", "Продавец выпечки"],
    duties: ["Обслуживать покупателей, выкладывать хлеб, следить за ценниками."],
    pay: 52000,
  },
  {
    profession: 2,
    titles: ["Кассир", "Кассир в кафе", "Старший кассир"],
    duties: ["Расчёт гостей, возвраты, закрытие смены.", "Работа на кассе самообслуживания, помощь гостям."],
    pay: 54000,
  },
  {
    profession: 7,
    titles: ["Бариста", "Бариста в кофейню", "Бариста-кассир"],
    duties: [
      "Готовить кофе и чай в кафе «Чашка и ложка».",
      "Кофе, десерты, чистота кофемашины и улыбка гостю.",
    ],
    pay: 60000,
  },
  {
    profession: 5,
    titles: ["Повар", "Повар горячего цеха", "Повар-универсал"],
    duties: ["Завтраки и обеды по технологическим картам.", "Горячий цех: супы, вторые блюда, заготовки."],
    pay: 75000,
  },
  {
    profession: 9,
    titles: ["Курьер", "Пеший курьер", "Курьер на велосипеде"],
    duties: [
      "Доставка заказов из пекарни в радиусе двух километров.",
      "Развозить завтраки и торты по району.",
    ],
    pay: 80000,
  },
  {
    profession: 11,
    titles: ["Водитель-курьер", "Водитель-курьер на личном авто", "Водитель на развоз хлеба"],
    duties: ["Утренний развоз хлеба по магазинам.", "Доставка тортов на машине компании, категория B."],
    pay: 95000,
  },
  {
    profession: 13,
    titles: ["Кладовщик", "Кладовщик-комплектовщик", "Кладовщик на склад муки"],
    duties: [
      "Приёмка, размещение и отгрузка товара, инвентаризация.",
      "Учёт муки и сахара на складе «Складно».",
    ],
    pay: 70000,
  },
  {
    profession: 12,
    titles: ["Грузчик", "Грузчик на склад", "Грузчик (вечер)"],
    duties: ["Разгрузка машин с мукой, мешки до 25 кг.", "Погрузка лотков с хлебом, работа с рохлей."],
    pay: 62000,
  },
  {
    profession: 34,
    titles: ["Упаковщик", "Упаковщик хлеба", "Упаковщица"],
    duties: ["Упаковка хлеба и печенья на линии, наклейка этикеток.", "Собирать подарочные наборы печенья."],
    pay: 58000,
  },
  {
    profession: 15,
    titles: ["Уборщик", "Уборщица", "Уборщик производственных помещений"],
    duties: ["Уборка зала и подсобных помещений.", "Чистота в цехе и в раздевалках, моющие средства выдаём."],
    pay: 45000,
  },
];

/** What is offered and asked in any trade. */
const TERMS: readonly string[] = [
  "График 2/2, смены по 12 часов.",
  "Оформление по ТК РФ, выплаты два раза в месяц.",
  "Питание и форма за наш счёт.",
  "Обучим с нуля, стажировка оплачивается.",
  "Рядом с домом, помогаем с медкнижкой.",
  "Ночные смены оплачиваются выше.",
  "Можно студентам и пенсионерам.",
  "Подработка по выходным.",
  "Опыт от полугода.",
  "Скидка на выпечку 50%!",
  "Дружный коллектив, премии каждый месяц.",
];

/** How people lay a description out. */
const LAYOUTS: readonly ((parts: readonly string[]) => string)[] = [
  (parts) => parts.join(" "),
  (parts) => parts.join(" "),
  (parts) => parts.join("\n"),
  ([duty, ...terms]) => `${duty}\n\nУсловия:\n${terms.map((term) => `— ${term}`).join("\n")}`,
  (parts) => parts.join("\r\n"),
  ([duty, ...terms]) => `${duty} Мы предлагаем: ${terms.join(" ")}`,
];

/** A trade by its profession; for another profession, none. */
export function tradeOf(profession: number): Trade | undefined {
  return TRADES.find((trade) => trade.profession === profession);
}

/** A description of up to 200 characters for a trade; without one, terms alone. */
export function descriptionOf(trade: Trade | undefined, seed: number): string {
  const duties = trade?.duties ?? ["Работа в команде сети пекарен «Тёплый колос»."];
  const terms = [seed, seed * 3 + 4, ...(seed % 3 === 0 ? [seed * 5 + 2] : [])].map(
    (at) => TERMS[at % TERMS.length] ?? "",
  );
  const layout = LAYOUTS[Math.floor(seed / 2) % LAYOUTS.length] ?? String;
  return layout([duties[seed % duties.length] ?? "", ...new Set(terms)]);
}
