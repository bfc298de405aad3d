// Titles of professions to ids, and where each value of a vacancy comes from.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { explainVacancy, resolveProfessions } from "../../src/config/index.ts";
import { UsageError } from "../../src/model/errors.ts";
import { compile, enough, told } from "./workspace.ts";

const test = suite("config: professions and origins");

const dictionary = [
  { id: "3", title: "пекарь" },
  { id: "4", title: "Продавец-кассир" },
];

test("titles are found whatever their case and form", () => {
  const compiled = compile({
    "a.yaml": "profession: ПРОДАВЕЦ-КАССИР\n",
    "b.yaml": "profession: ' пекарь '\n",
  });
  assert.equal(compiled.titles, ["ПРОДАВЕЦ-КАССИР", "пекарь"]);
  const resolved = resolveProfessions(compiled, dictionary);
  assert.equal(resolved.diagnostics, []);
  assert.equal(
    resolved.vacancies.map(({ attributes }) => attributes.profession_id),
    [4, 3],
  );
  assert.equal(Object.keys(resolved.vacancies[0]?.attributes ?? {}).slice(0, 4), [
    "title",
    "description",
    "profession_id",
    "address",
  ]);
});

test("without a dictionary one warning says that titles weren't checked", () => {
  const compiled = compile({ "a.yaml": "renew: never\n", "b.yaml": "profession: повар\n" });
  const offline = resolveProfessions(compiled, undefined);
  assert.equal(
    offline.diagnostics.map(({ severity, code, file, line }) => [severity, code, file, line]),
    [["warning", "professions-unchecked", "", 0]],
  );
  assert.is(
    offline.vacancies.some(({ attributes }) => "profession_id" in attributes),
    false,
  );
  // Once the dictionary is there the warning goes.
  assert.equal(told(resolveProfessions(offline, [...dictionary, { id: 5, title: "повар" }])), []);
});

test("an unknown title is told where it stands, once, with the nearest ones", () => {
  const compiled = compile({
    "_defaults.yaml": enough.replace("пекарь", "пикарь"),
    "a.yaml": "locations: { x: {}, y: {} }\n",
    "b.yaml": "renew: never\n",
    "c.yaml": "title: C\nprofession: продавец касир\n",
  });
  const resolved = resolveProfessions(compiled, dictionary);
  assert.equal(told(resolved), ["_defaults.yaml:3:13 unknown-profession", "c.yaml:2:13 unknown-profession"]);
  assert.equal(
    resolved.diagnostics.map(({ hint }) => hint),
    ["did you mean пекарь?", "did you mean Продавец-кассир?"],
  );
});

test("each value is explained by the nearest place that states it", () => {
  const compiled = resolveProfessions(
    compile({
      "moscow/_defaults.yaml":
        "remote: false\nbackground:\n  file: a.jpg\n  crop: { x: 0, y: 0, w: 640, h: 180 }\n",
      "moscow/baker.yaml":
        "title: A\nsalary_to: 7\nsalary_period: daily\nlocations:\n  x:\n    salary_to: 5\n",
    }),
    dictionary,
  );
  const explained = explainVacancy(compiled.sources, compiled, "moscow/baker@x");
  assert.is(explained.file, "moscow/baker.yaml");
  assert.is(explained.location, "x");
  assert.equal(
    explained.values.map(({ name, file, line }) => `${name} ${file}:${line}`),
    [
      "title moscow/baker.yaml:1",
      "description _defaults.yaml:2",
      "profession _defaults.yaml:3",
      "profession_id _defaults.yaml:3",
      "address _defaults.yaml:4",
      "lat _defaults.yaml:5",
      "long _defaults.yaml:6",
      "salary_to moscow/baker.yaml:6",
      "salary_period moscow/baker.yaml:3",
      "remote moscow/_defaults.yaml:1",
      "background moscow/_defaults.yaml:2",
    ],
  );
  assert.equal(explained.values.find(({ name }) => name === "profession_id")?.value, 3);
  assert.equal(explained.values.at(-1)?.value, {
    file: "moscow/a.jpg",
    crop: { x: 0, y: 0, w: 640, h: 180 },
  });
  assert.throws(
    () => explainVacancy(compiled.sources, compiled, "moscow/baker"),
    (error: unknown) => error instanceof UsageError,
  );
});

test.run();
