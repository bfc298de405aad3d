import { suite } from "uvu";
import * as assert from "uvu/assert";
import { search } from "../../src/config/index.ts";
import { CITIES } from "../../src/emulator/dictionary/cities.ts";
import { PROFESSIONS } from "../../src/emulator/professions.ts";

const items = [...PROFESSIONS, ...CITIES.map(({ name }) => ({ title: name }))];

const searching = suite("search");
const searches: [text: string, found: string[]][] = [
  ["пекарь", ["пекарь", "пекарь-кондитер"]],
  ["ПЕКАР", ["пекарь", "пекарь-кондитер"]],
  ["пикарь", ["пекарь", "пекарь-кондитер"]],
  ["кондитер пекарь", ["пекарь-кондитер"]],
  ["менеджер персоналу", ["менеджер по персоналу"]],
  ["мененджер продажам", ["менеджер по продажам"]],
  ["Кемерово", ["Кемерово"]],
  ["набережные чилны", ["Набережные Челны"]],
  ["шеф", ["шеф-повар", "су-шеф"]],
  ["актёр", ["актер"]],
  ["go-go", ["GO-GO DANCE"]],
  ["gtrfhm", ["пекарь", "пекарь-кондитер"]],
  ["vjcrdf", ["Москва"]],
  ["ШЕ", ["шеф-повар", "су-шеф"]],
  ["пкеарь", ["пекарь", "пекарь-кондитер"]],
  ["москав", ["Москва"]],
  ["зеленоград", []],
  ["космонавт", []],
  ["🍞", []],
  ["", []],
];
for (const [text, found] of searches) {
  searching(`${JSON.stringify(text)}: ${found.join(", ") || "nothing"}`, () =>
    assert.equal(
      search(text, items).map(({ title }) => title),
      found,
    ),
  );
}
searching.run();
