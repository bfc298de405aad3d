// New vacancy files: written as a person would, and read back to the same.
import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { formatText } from "../../src/config/index.ts";
import { writeVacancy } from "../../src/config/patch/write.ts";
import { attributeNames } from "../../src/config/shapes.ts";
import { parseText } from "../../src/config/yaml/document.ts";
import { normalText } from "../../src/model/equality.ts";

const test = suite("config: write");

/** Holds what every file has to be, and gives its text. */
function check(attributes: Record<string, unknown>): string {
  const text = writeVacancy(attributes);
  const { value, faults } = parseText(text, "vacancy");
  assert.equal(faults, []);
  assert.equal(textsOf(value), textsOf(attributes), text);
  assert.is(formatText(text, "vacancy"), text);
  assert.not.match(text, /[^\S\n]$/m);
  assert.match(text, /[^\n]\n$/);
  return text;
}

/** Values with their texts as they are compared. */
const textsOf = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value ?? null), (_, item) =>
    typeof item === "string" ? normalText(item) : item,
  );

test("a whole vacancy", () => {
  const text = check({
    background: { crop: { h: 180, w: 640, y: 0, x: 10 }, file: "a.png" },
    title: "Пекарь 🥐",
    description: "Печь хлеб.\n\n- ночью\n  и днём",
    profession_id: 5,
    address: "Москва, ул. Льва Толстого, 16",
    lat: 55.7,
    long: 37.6,
    salary_to: null,
    contact_phone: "79990000001",
    remote: false,
    autoreply_text: "слово ".repeat(20).trim(),
    publish_until: "2027-03-31",
    promote: [
      { every: "5d", action: "job_refresh" },
      { action: "job_highlight", at: "a, b" },
    ],
    renew: undefined,
    locations: { "nevsky-1": { lat: 59, title: "A" }, "7": {} },
    key: "baker",
  });
  assert.is(
    text,
    `key: baker
title: Пекарь 🥐
description: |-
  Печь хлеб.

  - ночью
    и днём
profession_id: 5
address: Москва, ул. Льва Толстого, 16
lat: 55.7
long: 37.6
salary_to: null
contact_phone: "79990000001"
remote: false
autoreply_text: >-
  ${"слово ".repeat(14).trim()}
  ${"слово ".repeat(6).trim()}
publish_until: 2027-03-31
background:
  file: a.png
  crop:
    x: 10
    y: 0
    w: 640
    h: 180
promote:
  - { action: job_refresh, every: 5d }
  - { action: job_highlight, at: "a, b" }
locations:
  "7": {}
  nevsky-1:
    title: A
    lat: 59
`,
  );
});

const long = "слово ".repeat(14).trim();
const texts: readonly (readonly [unknown, string])[] = [
  ["", 'title: ""\n'],
  ["null", 'title: "null"\n'],
  ["NO", "title: NO\n"],
  ["007", 'title: "007"\n'],
  ["12:30", "title: 12:30\n"],
  ["a: b", 'title: "a: b"\n'],
  ["a #b", 'title: "a #b"\n'],
  ["it's", "title: it's\n"],
  ["- x", 'title: "- x"\n'],
  ["~", 'title: "~"\n'],
  [" lead", 'title: " lead"\n'],
  ["trail ", 'title: "trail "\n'],
  ["a\r\nb\n", "title: |-\n  a\n  b\n"],
  ["  a\nb", 'title: "  a\\nb"\n'],
  ["a \nb", 'title: "a \\nb"\n'],
  ["a\n\t\nb", 'title: "a\\n\\t\\nb"\n'],
  ["a\nb\u0001", 'title: "a\\nb\\u0001"\n'],
  ["# a\n# b", "title: |-\n  # a\n  # b\n"],
  [`${long}\u0001`, `title: "${long}\\u0001"\n`],
  [` ${long}`, `title: " ${long}"\n`],
  [`${"x".repeat(81)}`, `title: >-\n  ${"x".repeat(81)}\n`],
  [`${"x".repeat(80)}`, `title: ${"x".repeat(80)}\n`],
  [null, "title: null\n"],
  [[], "title: []\n"],
  [{}, "title: {}\n"],
  [["a", 1, [true, "b, c"]], 'title:\n  - a\n  - 1\n  - [true, "b, c"]\n'],
  [[{ a: "x\ny", b: {} }], 'title:\n  - { a: "x\\ny", b: {} }\n'],
];
for (const [value, written] of texts) {
  test(`a value: ${JSON.stringify(value)}`, () => assert.is(check({ title: value }), written));
}

test("phones are in quotes, wherever they stand", () => {
  assert.is(check({ contact_phone: "79990000001" }), 'contact_phone: "79990000001"\n');
  assert.is(writeVacancy({ contact_phone: 79990000001 }), 'contact_phone: "79990000001"\n');
  assert.is(writeVacancy({ contact_phone: null }), "contact_phone: null\n");
});

test("no attributes are an empty map", () => assert.is(writeVacancy({}), "{}\n"));

const words = fc
  .array(
    fc.constantFrom(
      "слово",
      "🥐",
      "a",
      " ",
      "  ",
      "\t",
      "\n",
      "\n\n",
      "- ",
      "#",
      " #",
      ": ",
      "'",
      '"',
      "\\",
      "\u0001",
    ),
    {
      maxLength: 60,
    },
  )
  .map((parts) => parts.join(""));
const text = fc.oneof(
  words,
  fc.string({ maxLength: 30, unit: "binary" }),
  fc.lorem({ maxCount: 40 }),
  fc.lorem({ maxCount: 5, mode: "sentences" }).map((all) => all.replaceAll(". ", ".\n")),
);
const scalar = fc.oneof(
  text,
  fc.boolean(),
  fc.constant(null),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -180, max: 180 }).map((all) => all + 0),
);
const any = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    scalar,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(
      fc.oneof(fc.constantFrom("file", "crop", "action", "at", "<<", "null", "1"), fc.string()),
      tie("value"),
      { maxKeys: 3 },
    ),
  ),
})).value;

test("whatever is written reads back", () => {
  const names = attributeNames.filter((name) => name !== "contact_phone");
  const vacancy = fc.dictionary(fc.constantFrom(...names), any, { minKeys: 1, maxKeys: 6 });
  fc.assert(
    fc.property(vacancy, fc.option(fc.stringMatching(/^\+?\d{1,12}$/)), (attributes, phone) => {
      check(phone === null ? attributes : { ...attributes, contact_phone: phone });
    }),
    { numRuns: 1000, seed: 7 },
  );
});

test.run();
