// Values written into a file in place: what changes, and what must not.
import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Edit, patchText } from "../../src/config/patch/patch.ts";
import type { FileKind } from "../../src/config/shapes.ts";
import { parseText } from "../../src/config/yaml/document.ts";
import { normalText } from "../../src/model/equality.ts";

const test = suite("config: patch");

type Value = string | number | boolean | null;
const set = (path: string, value: Value): Edit => ({ path: path.split("/"), value });
const remove = (path: string): Edit => ({ path: path.split("/"), remove: true });

const words = (count: number): string =>
  Array.from({ length: count }, (_, index) => `слово${index}`).join(" ");

/** What it is about, the text before, the edits, and the text after; undefined where it can't be done. */
type Row = readonly [string, string, readonly Edit[], string | undefined, FileKind?];

const replaced: readonly Row[] = [
  ["a plain text", "title: A # c\nlat: 1\n", [set("title", "Б")], "title: Б # c\nlat: 1\n"],
  ["a number", "lat:  1   # c\n", [set("lat", 2.5)], "lat:  2.5   # c\n"],
  ["a switch", "remote: true\n", [set("remote", false)], "remote: false\n"],
  ["null", "salary_to: 5\n", [set("salary_to", null)], "salary_to: null\n"],
  ["a text by a number", "title: 'A'\n", [set("title", 7)], "title: 7\n"],
  ["single quotes", "title: 'A'  # it's\n", [set("title", "it's")], "title: 'it''s'  # it's\n"],
  ["single quotes that can't", "title: 'A'\n", [set("title", "a\u0007b")], 'title: "a\\u0007b"\n'],
  ["double quotes", 'title: "A"\n', [set("title", 'Пекарь "🥐"\\')], 'title: "Пекарь \\"🥐\\"\\\\"\n'],
  [
    "a phone that was bare",
    "contact_phone: 79990000001\n",
    [set("contact_phone", "79990000002")],
    'contact_phone: "79990000002"\n',
  ],
  [
    "a phone in single quotes",
    "contact_phone: '79990000001'\n",
    [set("contact_phone", 79990000002)],
    'contact_phone: "79990000002"\n',
  ],
  ["the same value", "title:   A\n", [set("title", "A ")], "title:   A\n"],
  ["nothing written", "title: # c\nlat: 1\n", [set("title", "A")], "title: A # c\nlat: 1\n"],
  ["nothing written at the end", "lat: 1\ntitle:", [set("title", "A")], "lat: 1\ntitle: A"],
  [
    "a value on a line of its own",
    "title:\n  # c\n  A\nlat: 1\n",
    [set("title", "B")],
    "title:\n  # c\n  B\nlat: 1\n",
  ],
  ["NFD", "title: й\n", [set("title", "е\u0308лка")], "title: е\u0308лка\n"],
  ["NFD that is the same", "title: 'ёлка'\n", [set("title", "е\u0308лка")], "title: 'ёлка'\n"],
  ["half of a pair", "title: A\n", [set("title", "a\ud83eb")], 'title: "a\\ud83eb"\n'],
  ["CRLF", "\ufefftitle: A # c\r\nlat: 1", [set("title", "Б")], "\ufefftitle: Б # c\r\nlat: 1"],
  [
    "in braces",
    "locations:\n  a: { lat: 1, title: 'A' } # c\n",
    [set("locations/a/title", "B, C"), set("locations/a/lat", 2)],
    "locations:\n  a: { lat: 2, title: 'B, C' } # c\n",
  ],
  [
    "what braces need quotes for",
    "locations: { a: { title: A } }\n",
    [set("locations/a/title", "B, C")],
    'locations: { a: { title: "B, C" } }\n',
  ],
  [
    "several lines in braces",
    "locations: { a: { title: A } }\n",
    [set("locations/a/title", "B\nC")],
    'locations: { a: { title: "B\\nC" } }\n',
  ],
  [
    "behind a dash",
    "promote:\n  - every: 5d # c\n    action: job_refresh\n",
    [set("promote/0/every", "6d")],
    "promote:\n  - every: 6d # c\n    action: job_refresh\n",
  ],
  ["in a file in braces", "{title: A, lat: 1}\n", [set("lat", 2)], "{title: A, lat: 2}\n"],
  [
    "settings",
    "guards:\n  close_count: 5\n",
    [set("guards/close_count", 6)],
    "guards:\n  close_count: 6\n",
    "config",
  ],
];

const blocks: readonly Row[] = [
  [
    "a literal text",
    "description: | # c\n    a\n\n    b\n\n# d\nlat: 1\n",
    [set("description", "x\n\n  - y")],
    "description: | # c\n    x\n\n      - y\n\n# d\nlat: 1\n",
  ],
  [
    "a literal text stays one",
    "description: |-\n  a\nlat: 1\n",
    [set("description", words(20))],
    `description: |-\n  ${words(20)}\nlat: 1\n`,
  ],
  [
    "an indentation that is stated",
    "description: |2-\n    a\n  b\nlat: 1\n",
    [set("description", "x\ny")],
    "description: |2-\n  x\n  y\nlat: 1\n",
  ],
  [
    "line ends that are kept",
    "description: |+\n  a\n\n\nlat: 1\n",
    [set("description", "x")],
    "description: |+\n  x\n\n\nlat: 1\n",
  ],
  [
    "a folded text",
    "description: >-\n  a\n  b\nlat: 1\n",
    [set("description", words(12))],
    `description: >-\n  ${words(12).replace(" слово11", "\n  слово11")}\nlat: 1\n`,
  ],
  [
    "a folded text of paragraphs",
    "description: >\n  a\n  b\nlat: 1\n",
    [set("description", "x\ny\n\nz")],
    "description: >\n  x\n\n  y\n\n\n  z\nlat: 1\n",
  ],
  [
    "a folded text that can't be folded",
    "description: >2 # c\n  a\n",
    [set("description", "x\n - y")],
    "description: |2- # c\n  x\n   - y\n",
  ],
  [
    "a text that can't be a block",
    "description: >- # c\n  a\n\nlat: 1\n",
    [set("description", "a\u0000")],
    'description: "a\\u0000" # c\n\nlat: 1\n',
  ],
  [
    "a block by null",
    "description: |-\n  a\n  b\n\n# c\nlat: 1\n",
    [set("description", null)],
    "description: null\n\n# c\nlat: 1\n",
  ],
  ["an empty text", "description: |-\n  a\nlat: 1\n", [set("description", "")], 'description: ""\nlat: 1\n'],
  [
    "an empty block",
    "description: |-\nlat: 1\n",
    [set("description", "a")],
    "description: |-\n  a\nlat: 1\n",
  ],
  [
    "CRLF in a block",
    "description: >-\r\n  a\r\n  b\r\nlat: 1\r\n",
    [set("description", "x\ny\r\nz")],
    "description: >-\r\n  x\r\n\r\n  y\r\n\r\n  z\r\nlat: 1\r\n",
  ],
  [
    "a block at the very end",
    "description: |\n  a",
    [set("description", "b\nc")],
    "description: |\n  b\n  c",
  ],
  ["a plain text of lines", "title: a\n  b # c\nlat: 1\n", [set("title", "x")], "title: x # c\nlat: 1\n"],
  [
    "a quoted text of lines",
    'description: "a\n  b"\nlat: 1\n',
    [set("description", words(11))],
    `description: >-\n  ${words(11)}\nlat: 1\n`,
  ],
  [
    "several lines for one",
    "description: a # c\nlat: 1\n",
    [set("description", "x\n\n y")],
    "description: |- # c\n  x\n\n   y\nlat: 1\n",
  ],
  [
    "several lines above a deeper comment",
    "description: a\n    # c\nlat: 1\n",
    [set("description", "x\ny")],
    'description: "x\\ny"\n    # c\nlat: 1\n',
  ],
  [
    "a long line for a short one",
    "locations:\n  a:\n    title: 'a'\n",
    [set("locations/a/title", words(15))],
    `locations:\n  a:\n    title: >-\n      ${words(15).replace(" слово10", "\n      слово10")}\n`,
  ],
  [
    "white space is not folded at",
    "description: >-\n  a\n",
    [set("description", `${"x".repeat(77)} y  ${"z".repeat(77)}  y\t z`)],
    `description: >-\n  ${"x".repeat(77)}\n  y  ${"z".repeat(77)}  y\t z\n`,
  ],
];

const inserted: readonly Row[] = [
  [
    "after what precedes it",
    "title: A\n# place\naddress: x # c\n  # more\n\n# phone\ncontact_phone: '7'\n",
    [set("salary_from", 5)],
    "title: A\n# place\naddress: x # c\n  # more\nsalary_from: 5\n\n# phone\ncontact_phone: '7'\n",
  ],
  [
    "first, below comments for editors",
    "# yaml-language-server: $schema=x\n# place\naddress: x\n",
    [set("title", "A")],
    "# yaml-language-server: $schema=x\ntitle: A\n# place\naddress: x\n",
  ],
  [
    "at the end without a line end",
    "title: A\r\nlat: 1",
    [set("long", 2)],
    "title: A\r\nlat: 1\r\nlong: 2\r\n",
  ],
  ["in the middle without one", "title: A\nlong: 1", [set("lat", 2)], "title: A\nlat: 2\nlong: 1"],
  ["before a document's end", "---\ntitle: A\n...\n", [set("lat", 2)], "---\ntitle: A\nlat: 2\n...\n"],
  [
    "below a block",
    "title: |-\n  A\n\n\naddress: x\n",
    [set("description", "B")],
    "title: |-\n  A\ndescription: B\n\n\naddress: x\n",
  ],
  [
    "a text of lines",
    "title: A\nlat: 1\n",
    [set("description", "x\ny")],
    "title: A\ndescription: |-\n  x\n  y\nlat: 1\n",
  ],
  [
    "a long text",
    "title: A\nlocations:\n    a:\n        lat: 1\n",
    [set("locations/a/title", words(15))],
    `title: A\nlocations:\n    a:\n        title: >-\n          ${words(15).replace(" слово10", "\n          слово10")}\n        lat: 1\n`,
  ],
  [
    "a phone",
    "title: A\n",
    [set("contact_phone", "79990000001")],
    'title: A\ncontact_phone: "79990000001"\n',
  ],
  [
    "in a location, with comments around",
    "locations:\n  # one\n  a:\n    lat: 1\n      # deep\n  # two\n  b: {}\n",
    [set("locations/a/long", 2), set("locations/a/title", "A")],
    "locations:\n  # one\n  a:\n    title: A\n    lat: 1\n      # deep\n    long: 2\n  # two\n  b: {}\n",
  ],
  [
    "in braces",
    "locations:\n  a: { title: A, long: 1 } # c\n",
    [set("locations/a/lat", 2)],
    "locations:\n  a: { title: A, lat: 2, long: 1 } # c\n",
  ],
  ["first in braces", "{lat: 1}\n", [set("title", "A")], "{title: A, lat: 1}\n"],
  [
    "last in braces, over lines",
    "locations:\n  a: {\n    lat: 1, # c\n  }\n",
    [set("locations/a/long", 2)],
    "locations:\n  a: {\n    lat: 1, long: 2, # c\n  }\n",
  ],
  [
    "in empty braces",
    "locations:\n  a: {} # c\n",
    [set("locations/a/lat", 2), set("locations/a/title", "x, y")],
    'locations:\n  a: { title: "x, y", lat: 2 } # c\n',
  ],
  [
    "in a location of which nothing is written",
    "locations:\n  a: # c\n  b: ~\n  c: null # d\n  d:\n",
    ["a", "b", "c", "d"].map((name) => set(`locations/${name}/title`, "T, U")),
    'locations:\n  a: { title: "T, U" } # c\n  b: { title: "T, U" }\n  c: { title: "T, U" } # d\n  d: { title: "T, U" }\n',
  ],
  [
    "behind a dash",
    "promote:\n  - every: 5d\n    until: x\n",
    [set("promote/0/account", "a"), set("promote/0/action", "b")],
    "promote:\n  - action: b\n    every: 5d\n    until: x\n    account: a\n",
  ],
  [
    "a name of its own",
    "ignore: []\nprices:\n  b: 1\n",
    [set("prices/a c", 2)],
    'ignore: []\nprices:\n  b: 1\n  "a c": 2\n',
    "config",
  ],
  [
    "in a file without any",
    "# nothing yet",
    [set("remote", true)],
    "# nothing yet\nremote: true\n",
    "defaults",
  ],
];

const removed: readonly Row[] = [
  [
    "a profession for its id",
    "title: A\n# who\nprofession: пекарь\naddress: x\n",
    [remove("profession"), set("profession_id", 5)],
    "title: A\n# who\nprofession_id: 5\naddress: x\n",
  ],
  [
    "a profession with a comment",
    "title: A\nprofession: 'пекарь'  # main\naddress: x\n",
    [remove("profession"), set("profession_id", 5)],
    "title: A\n# main\nprofession_id: 5\naddress: x\n",
  ],
  ["a block", "title: A\nlat: |+\n  1\n\n# c\nlong: 2\n", [remove("lat")], "title: A\n# c\nlong: 2\n"],
  ["the last one", "title: A\r\nlat: 1", [remove("lat")], "title: A\r\n"],
  [
    "the only one",
    "locations:\n  a:\n    lat: 1 # c\n",
    [remove("locations/a/lat")],
    "locations:\n  a:\n    {} # c\n",
  ],
  [
    "a map",
    "title: A\nbackground:\n  file: a.png\n  crop: { x: 1 }\n\nlocations: {}\n",
    [remove("background")],
    "title: A\n\nlocations: {}\n",
  ],
  ["the first in braces", "{ lat: 1, long: 2 }\n", [remove("lat")], "{ long: 2 }\n"],
  ["the last in braces", "{ lat: 1, long: 2 }\n", [remove("long")], "{ lat: 1 }\n"],
  [
    "the only one in braces",
    "title: A\nlocations: { a: { lat: 1 } }\n",
    [remove("locations/a/lat")],
    "title: A\nlocations: { a: {} }\n",
  ],
  [
    "one behind a dash",
    "promote:\n  - action: a\n    every: 5d\n",
    [remove("promote/0/action")],
    "promote:\n  - every: 5d\n",
  ],
  ["one that isn't there", "title: A\n", [remove("lat")], "title: A\n"],
];

const comments: readonly Row[] = [
  [
    "in what is taken out",
    "title: A\nlocations:\n  a:\n    lat: # c\n      # d\n      1 # e\n    address: >- # f\n      x\n    long: 2\n",
    [remove("locations/a/lat"), remove("locations/a/address")],
    "title: A\nlocations:\n  a:\n    # c\n    # d\n    # e\n    # f\n    long: 2\n",
  ],
  ["spaces where nothing is written", "title:  \nlat: 1\n", [set("title", "A")], "title: A\nlat: 1\n"],
];

const shared: readonly Row[] = [
  ["an alias", "lat: &a 1\nlong: *a # c\n", [set("long", 2)], "lat: &a 1\nlong: 2 # c\n"],
  ["an anchor that is used", "lat: &a 1\nlong: *a\n", [set("lat", 2)], undefined],
  ["an anchor that isn't", "lat: &a 1\nlong: 3\n", [set("lat", 2)], "lat: &a 2\nlong: 3\n"],
  ["an anchor without a value", "title: &a\nlong: 3\n", [set("title", "A")], "title: &a A\nlong: 3\n"],
  ["behind an alias", "locations:\n  a: &a { lat: 1 }\n  b: *a\n", [set("locations/b/lat", 2)], undefined],
  [
    "what an alias stands for",
    "locations:\n  a: &a { lat: 1 }\n  b: *a\n",
    [set("locations/a/lat", 2)],
    undefined,
  ],
  ["and a key of it", "locations:\n  a: &a { lat: 1 }\n  b: *a\n", [set("locations/a/long", 2)], undefined],
  ["an anchor that is taken out", "lat: &a 1\nlong: *a\n", [remove("lat")], undefined],
  ["a location that isn't there", "title: A\nlocations: { a: {} }\n", [set("locations/b/lat", 2)], undefined],
  ["a path through a value", "title: A\n", [set("title/x", 2)], undefined],
  ["all or nothing", "title: A\n", [set("title", "B"), set("locations/b/lat", 2)], undefined],
  ["a map with comments", "background:\n  file: x # c\n", [set("background", null)], undefined],
  ["a map in braces", "background: { file: x } # c\n", [set("background", null)], "background: null # c\n"],
  ["a broken text", "title: [\n", [set("title", "B")], undefined],
  ["a text with a fault", "title: A\nlat: 1\nlat: 2\n", [set("title", "B")], "title: B\nlat: 1\nlat: 2\n"],
  ["the first of two", "lat: 1\nlat: 2\n", [set("lat", 3)], "lat: 3\nlat: 2\n"],
  [
    "a key with a question mark",
    "? title\n: A # c\n? lat\n: 1\n",
    [set("title", "B")],
    "? title\n: B # c\n? lat\n: 1\n",
  ],
];

for (const [what, rows] of Object.entries({ replaced, blocks, inserted, removed, comments, shared })) {
  for (const [name, text, edits, after, kind = "vacancy"] of rows) {
    test(`${what}: ${name}`, () => {
      assert.is(patchText(text, kind, edits), after);
      if (after !== undefined) assert.is(patchText(after, kind, edits), after, "twice is once");
    });
  }
}

const tricky: readonly (readonly [string, string])[] = [
  ["NO", "NO"],
  ["null", '"null"'],
  ["12:30", "12:30"],
  ["1e3", '"1e3"'],
  ["007", '"007"'],
  ["- x", '"- x"'],
  ["# x", '"# x"'],
  ["a: b", '"a: b"'],
  ["a #b", '"a #b"'],
  ["a:", '"a:"'],
  ["@x", '"@x"'],
  ["%x", '"%x"'],
  ["*x", '"*x"'],
  ["&x y", '"&x y"'],
  ["!x y", '"!x y"'],
  ["~", '"~"'],
  ["", '""'],
  [" lead", '" lead"'],
  ["trail ", '"trail "'],
  ["> x", '"> x"'],
  ["|", '"|"'],
  ["\ttab", '"\\ttab"'],
  ["true", '"true"'],
  ["[x]", '"[x]"'],
  ["{x", '"{x"'],
  ["x]", "x]"],
  ["'x'", "\"'x'\""],
  ["---", "---"],
  ["x\u2028y", '"x\\u2028y"'],
  ["x\u0085y", '"x\\u0085y"'],
  ["👩‍🍳 пекарь", "👩‍🍳 пекарь"],
];
for (const [value, written] of tricky) {
  test(`tricky: ${JSON.stringify(value)}`, () => {
    for (const before of ["old", "5", "~"]) {
      const patched = patchText(`title: ${before} # c\nlat: 1\n`, "vacancy", [set("title", value)]);
      assert.is(patched, `title: ${written} # c\nlat: 1\n`);
    }
    const single = patchText("title: 'old' # c\n", "vacancy", [set("title", value)]);
    assert.is(parseText(single ?? "", "vacancy").value?.title, value);
    const flow = patchText("locations: { a: { title: x, lat: 1 } }\n", "vacancy", [
      set("locations/a/title", value),
    ]);
    assert.equal(plain(parseText(flow ?? "", "vacancy").value), {
      locations: { a: { title: value, lat: 1 } },
    });
  });
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));

const sentence = fc
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
      "\r\n",
      "- ",
      "# ",
      " #",
      ": ",
      "'",
      '"',
      "\\",
      ">",
      "\u0001",
      "\u00a0",
      "й",
    ),
    {
      maxLength: 60,
    },
  )
  .map((parts) => parts.join(""));
const anyText = fc.oneof(
  sentence,
  fc.string({ maxLength: 30, unit: "binary" }),
  fc.lorem({ maxCount: 30 }),
  fc.lorem({ maxCount: 5, mode: "sentences" }).map((text) => text.replaceAll(". ", ".\n")),
);
const written = fc.constantFrom(
  ...[
    "old",
    "'old'",
    '"old" # c',
    ">- # c\n  old\n  text\n",
    "|\n   old\n\n   text\n",
    "|+\n  old\n\n\n",
    ">2\n  old",
  ],
  ...["", "~ # c", "old\n  text", '"old\n\n  text"   # c', "&x old", "|2-\n    old\n  text"],
);
const document = fc.record({
  title: fc.option(written),
  description: fc.option(written),
  address: fc.option(written),
  comments: fc.boolean(),
  flow: fc.boolean(),
  eol: fc.constantFrom("\n", "\r\n"),
  mark: fc.constantFrom("", "\ufeff"),
});

test("any text at any place", () => {
  fc.assert(
    fc.property(
      document,
      anyText,
      fc.constantFrom("title", "description", "locations/a/title"),
      (from, value, at) => {
        const note = from.comments ? "\n# note\n" : "";
        const entries = (["title", "description", "address"] as const)
          .filter((name) => from[name] !== null)
          .map((name) => `${name}: ${from[name]}`.replace(/\n?$/, `\n${note}`));
        const location = from.flow ? "{ lat: 1 }" : "\n    lat: 1\n    # end";
        const text =
          from.mark + `${entries.join("")}locations:\n  a: ${location}\n  b:\n`.replaceAll("\n", from.eol);
        const before = plain(parseText(text.slice(from.mark.length), "vacancy").value);
        const patched = patchText(text, "vacancy", [set(at, value)]) ?? "";
        assert.is.not(patched, "", `not patched: ${text}`);
        assert.ok(patched.startsWith(from.mark));
        assert.is(/(?<!\r)\n/.test(patched), from.eol === "\n");
        const after = parseText(patched.slice(from.mark.length), "vacancy");
        assert.is(after.faults.length, 0);
        const [expected, found] = [before, plain(after.value)].map((all) => {
          const copy = all as { [name: string]: unknown; locations: { a: Record<string, unknown> } };
          const own = at.startsWith("locations") ? copy.locations.a : copy;
          const { title, description, ...rest } = own as Record<string, unknown>;
          const name = at.split("/").at(-1) === "title" ? "title" : "description";
          const others = name === "title" ? { description } : { title };
          return { name, value: own[name], rest, others, locations: { ...copy.locations, a: rest } };
        });
        assert.type(found?.value, "string");
        assert.is(normalText(found?.value as string), normalText(plain(value) as string));
        assert.equal(textsOf(found?.rest), textsOf(expected?.rest));
        assert.equal(textsOf(found?.others), textsOf(expected?.others));
        assert.equal(textsOf(found?.locations), textsOf(expected?.locations));
      },
    ),
    { numRuns: 1000, seed: 7 },
  );
});

/** Values with their texts as they are compared. */
const textsOf = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value ?? null), (_, item) =>
    typeof item === "string" ? normalText(item) : item,
  );

test.run();
