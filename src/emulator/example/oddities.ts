import type { JobAttributes } from "../records.ts";

/** What is odd about one job; the rest of it is ordinary. */
export type Oddity = Partial<JobAttributes>;

const titled = (profession_id: number, title: string): Oddity => ({ profession_id, title });
const placed = (address: string, lat: number, long: number): Oddity => ({ address, lat, long });

/** Titles that a file name, a YAML scalar or a comparison may stumble over. */
const TITLES: readonly Oddity[] = [
  titled(4, "NO"),
  titled(4, "ON"),
  titled(5, "12:30"),
  titled(12, "1e3"),
  titled(21, "007"),
  titled(74, "null"),
  titled(74, "true"),
  titled(9, "~"),
  titled(3, "Пекарь: ночная смена # срочно"),
  titled(9, "- Курьер"),
  titled(3, "«Тёплый колос», пекарь"),
  titled(3, "🍞 Пекарь"),
  titled(7, "🔥"),
  titled(13, "ТРЕБУЕТСЯ КЛАДОВЩИК!!!"),
  // Some letters are Latin: K, y, p, e.
  titled(9, "Kypьep"),
  titled(1, "Пpодавец"),
  titled(7, "Бариста / Barista"),
  titled(9, "Курьер  "),
  titled(15, " Уборщик"),
  titled(5, "Повар\u00a0холодного\u00a0цеха"),
  titled(16, "Приёмщик заказов"),
  titled(16, "Приемщик заказов"),
  titled(18, "Пекарь/кондитер"),
  titled(3, "Пекарь (ночь)"),
  titled(74, "C++ разработчик"),
  titled(74, ".NET-разработчик"),
  titled(1, "Продавец.."),
  titled(22, "CON"),
  titled(27, "ПРН"),
  titled(11, 'Водитель-курьер "на час"'),
  titled(8, "*Официант*"),
  titled(34, "Упаковщик @ ночь"),
  titled(3, "Подмастерье пекаря со знанием йеменского кофе".normalize("NFD")),
  titled(12, "Грузчик & упаковщик | 100% занятость"),
  titled(
    4,
    [..."Продавец-кассир, бариста, помощник пекаря и уборщик в новую пекарню у станции метро"]
      .concat([..." (можно без опыта, всему научим, график сменный, оформление с первого дня, питание)"])
      .slice(0, 150)
      .join(""),
  ),
];

/** Addresses that no one manner of typing covers; the first five are one and the same house. */
const ADDRESSES: readonly Oddity[] = [
  { ...placed("Москва, улица Еланского, 2", 55.7346276065292, 37.5734168663621), profession_id: 3 },
  { ...placed("г. Москва, ул. Еланского, д. 2", 55.7346, 37.5734), profession_id: 7 },
  { ...placed("МОСКВА, ЕЛАНСКОГО 2", 55.73463, 37.57342), profession_id: 4 },
  { ...placed("Москва, улица  Еланского, 2", 55.734628, 37.573417), profession_id: 15 },
  { ...placed("москва, ул.\u00a0Еланского, дом 2.", 55.7345, 37.5735), profession_id: 18 },
  placed("МОСКВА, тверская 14", 55.7638, 37.6062),
  placed("г. Москва, ул. Тверская, д. 14", 55.76381, 37.60618),
  placed("г.Казань,ул.Баумана,7", 55.7935, 49.1129),
  placed("Россия, 630099, Новосибирск, Красный проспект, 17", 55.0252, 82.9214),
  placed("Московская область, г. Химки, Юбилейный проспект, 40", 55.8926, 37.4386),
  placed("Санкт-Петербург г, Невский пр-кт, 1", 59.9366, 30.3126),
  placed("Республика Татарстан, Набережные Челны, пр. Мира, 24", 55.7436, 52.4069),
  placed("ул. Ленина, 5", 55.0287, 82.9121),
  placed("Екатеринбург, метро Площадь 1905 года", 56.8371, 60.5972),
  placed("пос. Рощино, Садовая ул., 3", 60.2563, 29.6091),
  placed("Ростов-на-Дону, пер. Соборный, 21", 47.2203, 39.7117),
  placed("Самара", 53.1959, 50.1002),
  placed("Нижний Новгород, ТЦ «У реки», 2 этаж, вход со двора: домофон #12", 56.3151, 43.9981),
  placed("Санкт-Петербург, В.О., 7-я линия, 34", 59.9402, 30.2795),
  placed("Казань ", 55.7961, 49.1064),
];

/** Coordinates that don't fit the address, or only just. */
const COORDINATES: readonly Oddity[] = [
  placed("Москва, Ленинградский проспект, 9", 37.5726, 55.7802),
  placed("Самара, Московское шоссе, 18", 0, 0),
  placed("Химки, Московская улица, 12", 56, 37),
  placed("Новосибирск, Вокзальная магистраль, 4", 55, 83),
  placed("Санкт-Петербург, Садовая улица, 26", 60, 30),
  placed("Казань, проспект Победы, 91", 55.75301234987654, 49.20901234987654),
];

/** Pay as it is when nobody checks the form. */
const PAY: readonly Oddity[] = [
  { salary_from: 90000, salary_to: 60000, salary_period: "monthly" },
  { salary_from: 350, salary_to: 250, salary_period: "hourly" },
  { salary_from: 0, salary_to: null, salary_period: "monthly" },
  { salary_from: 0, salary_to: 0, salary_period: null },
  { salary_from: null, salary_to: 0, salary_period: "daily" },
  { salary_from: 50000, salary_to: 50000, salary_period: "monthly" },
  { salary_from: null, salary_to: null, salary_period: "hourly" },
  { salary_from: null, salary_to: 4500, salary_period: "daily" },
  { salary_from: 65, salary_to: 80, salary_period: null },
  { salary_from: 1, salary_to: 999999999, salary_period: "monthly" },
];

/** Switches that contradict each other, or are left over. */
const SWITCHES: readonly Oddity[] = [
  { has_autoreply: true, autoreply_text: null },
  { has_autoreply: false, autoreply_text: "Спасибо за отклик! Эта вакансия уже не актуальна." },
  { has_autoreply: true, autoreply_text: "Здравствуйте!\r\n\r\nЖдём вас на собеседование 😊\r\n" },
  { remote: true },
  { remote: null },
];

/** All that is odd but the descriptions. */
export const ODDITIES: readonly Oddity[] = [...TITLES, ...ADDRESSES, ...COORDINATES, ...PAY, ...SWITCHES];
