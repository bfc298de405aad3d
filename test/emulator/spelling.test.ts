import { suite } from "uvu";
import * as assert from "uvu/assert";
import { rewriteAddress } from "../../src/emulator/addresses.ts";
import { boardTime } from "../../src/emulator/clock.ts";
import { hasContacts } from "../../src/emulator/contacts.ts";

const addresses = suite("emulator: the board's spelling of addresses");

for (const [written, spelled] of [
  ["Москва, улица Еланского, 2", "г. Москва, ул. Еланского, д. 2"],
  ["Москва. Солянка ул., 9", "г. Москва, ул. Солянка, д. 9"],
  ["Санкт-Петербург, Невский проспект, 1", "г. Санкт-Петербург, пр-т Невский, д. 1"],
  ["город Тула,  ул. Мира , дом 5 корпус 2", "г. Тула, ул. Мира, д. 5 корпус 2"],
  [
    "Московская область, Химки, 2-я Тверская улица, 10А",
    "Московская область, г. Химки, ул. 2-я Тверская, д. 10А",
  ],
  ["Казань", "г. Казань"],
  [",", ","],
] as const) {
  addresses(`${written} becomes ${spelled}, which stays`, () => {
    assert.is(rewriteAddress(written), spelled);
    assert.is(rewriteAddress(spelled), spelled);
  });
}

addresses("whatever the address, its spelling stays", () => {
  const words = [
    "Москва",
    "улица",
    "ул.",
    "город",
    "г.",
    "д.",
    "2",
    "2-я",
    "область",
    "Пр.",
    "дом",
    "",
    "наб",
    "Ул. 5",
  ];
  for (const one of words) {
    for (const two of words) {
      for (const three of words) {
        for (const glue of [", ", " ", ". ", ","]) {
          const once = rewriteAddress([one, two, three].join(glue));
          assert.is(rewriteAddress(once), once);
        }
      }
    }
  }
});

addresses.run();

const contacts = suite("emulator: contacts in a description");

const CONTACTS: [string, boolean][] = [
  ["Печём хлеб по сменам 2/2, учим с нуля, форма и питание за счёт компании.", false],
  ["Зарплата 60 000–80 000 руб., смены с 10:00 до 22:00", false],
  ["Оклад 70000-80000, премия 8000, оформление по ТК РФ", false],
  ["График 5/2, 8 часов, от 25 лет, 100000 рублей", false],
  ["Требуется знание 1С, опыт работы в telegram приветствуется", false],
  ["Работа у метро. Ру", false],
  ["+7 999 123-45-67", true],
  ["8(999)1234567", true],
  ["тел. 8.999.123.45.67", true],
  ["звони 9991234567 Анна", true],
  ["+375 29 123-45-67", true],
  ["Сайт https://example.test/", true],
  ["подробнее на www.rabota", true],
  ["пекарня.рф ждёт вас", true],
  ["заходи на worki.ru", true],
  ["t.me/bakery", true],
  ["hr@example.com", true],
  ["пишите @bakery_hr", true],
  ["Телеграм: bakery_hr", true],
  ["whatsapp bakery", true],
];
for (const [text, found] of CONTACTS) {
  contacts(`${found ? "finds" : "passes"}: ${text}`, () => assert.is(hasContacts(text), found));
}

contacts.run();

const times = suite("emulator: the board's spelling of times");

for (const [iso, spelled] of [
  ["2019-03-11T06:21:19.001Z", "2019-03-11T9:21:19.001+03:00"],
  ["2019-04-11T09:41:29.237Z", "2019-04-11T12:41:29.237+03:00"],
  ["2019-12-31T21:00:00.000Z", "2020-01-01T0:00:00.000+03:00"],
  ["2019-03-11T07:05:09.000Z", "2019-03-11T10:05:09.000+03:00"],
] as const) {
  times(`${iso} is ${spelled}`, () => assert.is(boardTime(Date.parse(iso)), spelled));
}

times.run();
