// Names of files for jobs that had none, and what is written of a job.

import { slugify } from "transliteration";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { placeOf } from "../../src/config/import/address.ts";
import { type Importable, nameFiles, writeJobs } from "../../src/config/index.ts";

const addresses = suite("addresses");
const table: readonly [address: string, city: string | undefined, street: string][] = [
  ["Москва, улица Еланского, 2", "Москва", "Еланского 2"],
  ["г. Москва, ул. Тверская, д. 14", "Москва", "Тверская 14"],
  ["г.Казань,ул.Баумана,7", "Казань", "Баумана 7"],
  ["Россия, 630099, Новосибирск, Красный проспект, 17", "Новосибирск", "Красный 17"],
  ["Московская область, г. Химки, Юбилейный проспект, 40", "Химки", "Юбилейный 40"],
  ["Санкт-Петербург г, Невский пр-кт, 1", "Санкт-Петербург", "Невский 1"],
  ["Республика Татарстан, Набережные Челны, пр. Мира, 24", "Набережные Челны", "Мира 24"],
  ["ул. Ленина, 5", undefined, "Ленина 5"],
  ["Тверская 14", undefined, "Тверская 14"],
  ["пос. Рощино, Садовая ул., 3", "Рощино", "Садовая 3"],
  ["МОСКВА, тверская 14", "МОСКВА", "тверская 14"],
  ["ул. Мира, 3, г. Пермь", "Пермь", "Мира 3"],
  ["Москва,\u00a0 Тверская\u00a0улица,  1", "Москва", "Тверская 1"],
  ["город Тула", "Тула", ""],
  ["", undefined, ""],
  [",,,", undefined, ""],
];
for (const [address, city, street] of table)
  addresses(address === "" ? "(empty)" : address, () => assert.equal(placeOf(address), { city, street }));
addresses("a city that others name is found behind the street and without a comma", () => {
  const known = new Set(["казань", "набережные челны"]);
  assert.equal(placeOf("проспект Победы, 39А, Казань", known), { city: "Казань", street: "Победы 39А" });
  assert.equal(placeOf("Набережные Челны Мира 24", known), { city: "Набережные Челны", street: "Мира 24" });
  assert.equal(placeOf("Казанская улица, 1", known), { city: undefined, street: "Казанская 1" });
});
addresses.run();

const names = suite("names");
const files = (
  titles: readonly string[],
  taken: readonly string[] = [],
  address = "Тула, ул. Ленина, 1",
): string[] => [
  ...nameFiles(
    titles.map((title, index) => ({ id: String(index + 1), title, address })),
    { slugify, into: "", folders: new Map(), taken: new Set(taken), isAvoided: () => false },
  ).values(),
];
names("readable, in Latin letters, without what a file system minds", () => {
  const rows: readonly [string, string][] = [
    ["Пекарь", "pekar"],
    ["Пекарь: ночная смена # срочно", "pekar-nochnaya-smena-srochno"],
    ["ТРЕБУЕТСЯ КЛАДОВЩИК!!!", "trebuetsya-kladovshchik"],
    ["🍞 Пекарь", "pekar"],
    ["🔥", "vacancy"],
    ["CON", "con-vacancy"],
    ["..", "vacancy"],
    [".NET-разработчик", "net-razrabotchik"],
    ["Пекарь/кондитер\\повар", "pekar-konditer-povar"],
    ["й", "y"],
    ["и\u0306", "y"],
    ["_defaults", "defaults"],
    [`${"Пекарь ".repeat(30)}`, "pekar-pekar-pekar-pekar-pekar-pekar-pekar-pekar"],
    ["Б".repeat(120), "b".repeat(50)],
  ];
  for (const [title, name] of rows) assert.equal(files([title]), [`tula/${name}.yaml`], title);
});
names("two of one title get the street, then a number, and never a name that is taken in any case", () => {
  assert.equal(files(["Пекарь", "пекарь"]), ["tula/pekar-lenina-1.yaml", "tula/pekar-lenina-1-2.yaml"]);
  assert.equal(files(["Пекарь"], ["tula/Pekar.yml"]), ["tula/pekar-lenina-1.yaml"]);
  assert.equal(files(["Пекарь"], ["tula/pekar", "tula/pekar-lenina-1"]), ["tula/pekar-lenina-1-2.yaml"]);
  assert.equal(files(["Пекарь"], [], "где-то там"), ["gde-to-tam/pekar.yaml"]);
  assert.equal(files(["Пекарь"], [], "ул. Ленина, 1"), ["other/pekar.yaml"]);
});
names.run();

const writing = suite("what is written");
const job = (change: Partial<Importable> = {}): Importable => ({
  id: "1",
  file: "a.yaml",
  attributes: { title: "Пекарь", description: "Печём.", address: "Тула", lat: 54, long: 37, salary_to: null },
  closed: false,
  publication: "job_publish",
  ...change,
});
const none = { root: "/w", files: [], problems: [] };
const text = (change: Partial<Importable>, defaults?: string): string =>
  writeJobs(
    defaults === undefined
      ? none
      : { ...none, files: [{ name: "_defaults.yaml", bytes: Buffer.from(defaults) }] },
    [job(change)],
    "never",
    {},
  ).written[0]?.text ?? "";
writing("what is empty isn't stated, and neither is what the defaults say already", () =>
  assert.is(
    text({}, "salary_period: monthly\n").replace(/^salary_period: .*\n/m, ""),
    "title: Пекарь\ndescription: Печём.\naddress: Тула\nlat: 54\nlong: 37\nrenew: never\n",
  ),
);
writing("a profession by its title, a closed job, another publication type", () => {
  const attributes = { ...job().attributes, profession_id: 3 };
  const written = text({ attributes, profession: "пекарь", closed: true, publication: "super_job_publish" });
  assert.match(written, /^profession: пекарь$/m);
  assert.not.match(written, /profession_id/);
  assert.match(written, /^status: closed\npublication_type: super_job_publish\nrenew: never$/m);
  assert.match(text({ attributes }), /^profession_id: 3$/m);
  assert.not.match(text({ publication: "not_published" }), /publication_type/);
});
writing("what the rules refuse is left out, one attribute after the other", () => {
  const attributes = {
    ...job().attributes,
    description: "Пишите на a@b.example",
    title: "",
    salary_from: 5,
    salary_to: 4,
    lat: 999,
  };
  const { written } = writeJobs(none, [job({ attributes })], "never", {});
  assert.equal(written[0]?.leftOut.map(({ name }) => name).sort(), ["description", "lat", "salary_from"]);
  assert.is(written[0]?.text, "address: Тула\nlong: 37\nsalary_to: 4\nrenew: never\n");
});
writing("defaults that can't be overruled leave the job out, with a reason", () => {
  const { written, failed } = writeJobs(
    { ...none, files: [{ name: "_defaults.yaml", bytes: Buffer.from("titel: x\n") }] },
    [job()],
    "never",
    {},
  );
  assert.equal(written, []);
  assert.is(failed.length, 1);
});
writing.run();
