import type { Oddity } from "./oddities.ts";

/** The most that the API takes now, in code points. */
const LIMIT = 200;

const described = (profession_id: number, description: string): Oddity => ({ profession_id, description });

/** The text, filled up with a sign to exactly that many code points. */
function filled(text: string, sign: string, length: number): string {
  return text + sign.repeat(Math.max(0, length - [...text].length));
}

const LONG_STORY = [
  "Мы — сеть пекарен «Тёплый колос». Каждое утро в пять часов мы ставим первую партию хлеба, и к семи утра",
  "весь квартал знает, что пора вставать. Ищем человека, который любит тесто, тишину раннего утра и порядок.",
  "Что делать: замешивать, формовать, выпекать, вести журнал. Что даём: оформление, питание, форму, обучение.",
];

/** Descriptions that would be refused now, but were taken once. */
const REFUSED: readonly Oddity[] = [
  described(3, LONG_STORY.join(" ")),
  described(18, LONG_STORY.join("\n")),
  described(5, LONG_STORY.join("\r\n\r\n")),
  described(13, filled("Приёмка и отгрузка. Смены день/ночь. ", "!", LIMIT + 1)),
  described(7, filled("Варить кофе и радоваться жизни ", "☕", 260)),
  described(9, "Пеший курьер. Звоните: 8 (999) 000-12-34 с 9 до 18."),
  described(4, "Продавец в пекарню. Тел. +79990001235, спросить старшего смены"),
  described(12, "Грузчик на вечер, оплата сразу.\nтел 999 000 12 36"),
  described(11, "Подробности и анкета: https://bakery.example/rabota?from=vk#voditel"),
  described(2, "Анкету присылайте на hr@bakery.example, ответим за день."),
  described(34, "Пишите в телеграм @teply_kolos_example, звонки не принимаем"),
  described(15, "Уборка зала утром. Ватсап: kolos.example.smena"),
];

/** Text that a YAML scalar, a line ending or a comparison may stumble over. */
const AWKWARD: readonly Oddity[] = [
  described(3, filled("🍞 Пекарь в пекарню у дома. Хлеб, багеты, сдоба. Смены 2/2. ", "🥐", LIMIT)),
  described(18, `${filled("Кондитер: торты и пирожные на заказ. ", ".", LIMIT - 3)}👩‍🍳`),
  described(5, "Ёлки, йогурт и свой чай: повар с душой. Приём пищи за наш счёт.".normalize("NFD")),
  described(7, "Бариста со стажем. Чистая кофейня, «живой» гость, новый район.".normalize("NFD")),
  described(1, "Пекарня \"Тёплый колос\" ищет продавца: улыбка, касса, порядок. 'Всё просто'."),
  described(1, "Пекарня «Тёплый колос» ищет продавца: улыбка, касса, порядок. “Всё просто”."),
  described(13, "Склад №3: приёмка # отгрузка # учёт. Важно: смена с 20:00 до 08:00."),
  described(12, "- разгрузка машин\n- мешки до 25 кг\n- оплата каждый день"),
  described(12, "* разгрузка машин\n* мешки до 25 кг"),
  described(9, "@ вниманию курьеров: новый район, короткие маршруты"),
  described(9, "%100 занятость, можно совмещать с учёбой"),
  described(2, "> Кассир в кафе\n> смена 12 часов"),
  described(15, "  Уборка цеха после смены, два часа в день.  "),
  described(15, "\n\nУборка раздевалок и коридоров.\n"),
  described(34, "Упаковка печенья.\tСмена\t8 часов.\n\tОплата\tкаждую неделю."),
  described(34, "Упаковка\u00a0хлеба на\u00a0линии, 5/2, с\u00a09 до\u00a018."),
  described(11, "Развоз хлеба по магазинам.   \nВыезд в 5 утра.  \n\n\nКатегория B. \n"),
  described(11, "Развоз тортов.\r\n\r\nМашина компании.  \r\nКатегория B.\r\n"),
  described(4, "Касса и витрина.\nСмены 2/2.\r\nОплата дважды в месяц.\rБез опыта."),
  described(4, "| Касса | витрина | кофе |\n---\nСмены 2/2"),
  described(7, "!Срочно! & недорого: {кофе: варить, чашки: мыть} [смены]"),
  described(5, "null"),
  described(5, "."),
  described(18, "Торты\u200b на заказ,\u00ad пирожные и\u2028макаруны. \ufeffОбучаем."),
  described(3, "ПЕКАРЬ!!! СРОЧНО!!! ЗВОНИТЕ СЕГОДНЯ, ВЫХОДИТЕ ЗАВТРА!!!"),
  described(3, "Путь к рецептам: C:\\хлеб\\новый, а \\n здесь просто так"),
];

/** All odd descriptions. */
export const ODD_DESCRIPTIONS: readonly Oddity[] = [...REFUSED, ...AWKWARD];
