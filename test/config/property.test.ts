// Whatever a file holds: a value or located errors, never an exception, and formatting never changes what is meant.
import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { stringify } from "yaml";
import { compileWorkspace, formatText, resolveProfessions, type Sources } from "../../src/config/index.ts";
import { attributeNames } from "../../src/config/shapes.ts";
import { hasErrors } from "../../src/model/diagnostic.ts";
import { sourcesOf } from "./workspace.ts";

const test = suite("config: properties");

const names = ["a.yaml", "moscow/b.yml", "_defaults.yaml", "moscow/_defaults.yaml", "_config.yaml"];

/** Compiles, and holds what comes out against what is promised of it. */
function check(sources: Sources): void {
  const compiled = resolveProfessions(compileWorkspace(sources), [{ id: 3, title: "пекарь" }]);
  const texts = new Map(sources.files.map(({ name, bytes }) => [name, new TextDecoder().decode(bytes)]));
  for (const { file, line, column, code, message, hint, excerpt } of compiled.diagnostics) {
    const lines = (texts.get(file) ?? assert.unreachable(`${code} names ${file}`) ?? "").split("\n");
    assert.ok(line >= 1 && line <= lines.length, `${code} at line ${line} of ${lines.length}`);
    assert.ok(
      column >= 1 && column <= [...(lines[line - 1] ?? "")].length + 1,
      `${code} at column ${column}`,
    );
    assert.is(excerpt, (lines[line - 1] ?? "").replace(/\r$/, "").slice(0, 500));
    assert.match(code, /^[a-z]+(-[a-z0-9]+)*$/);
    assert.ok(message.length > 0 && !message.includes("undefined") && hint, code);
  }
  for (const vacancy of compiled.vacancies) {
    for (const value of Object.values(vacancy.attributes)) {
      assert.ok(value === null || ["string", "number", "boolean"].includes(typeof value));
    }
  }
  const vacancyFiles = sources.files.some(({ name }) => !name.includes("_"));
  if (vacancyFiles && compiled.vacancies.length === 0) assert.ok(hasErrors(compiled.diagnostics));
}

test("arbitrary bytes", () => {
  const file = fc.tuple(fc.constantFrom(...names), fc.uint8Array({ maxLength: 200 }));
  fc.assert(
    fc.property(fc.array(file, { maxLength: 4 }), (files) => check(sourcesOf(Object.fromEntries(files)))),
    {
      numRuns: 300,
    },
  );
});

const fragment = fc.constantFrom(
  ...[
    "title",
    "lat",
    "locations",
    "promote",
    "background",
    "key",
    "a",
    "*a",
    "&a ",
    "<<",
    "!t ",
    "- ",
    "? ",
    ": ",
    ":",
  ],
  ...[
    "\n",
    "\n  ",
    "\n    ",
    "\t",
    "{",
    "}",
    "[",
    "]",
    ",",
    "'",
    '"',
    "|\n",
    ">-\n",
    "#",
    " #",
    "%",
    "@",
    "---\n",
    "...\n",
  ],
  ...[
    "\r\n",
    "\ufeff",
    "🥐",
    "79990000001",
    "1e3",
    ".inf",
    "null",
    "~",
    "\u0000",
    "__proto__",
    "constructor",
  ],
);

test("arbitrary pieces of YAML", () => {
  const text = fc.array(fragment, { maxLength: 30 }).map((pieces) => pieces.join(""));
  fc.assert(
    fc.property(fc.constantFrom(...names), text, (name, content) => {
      check(sourcesOf({ "a.yaml": "title: x\n", [name]: content }));
      for (const kind of ["vacancy", "defaults", "config"] as const) {
        const once = formatText(content, kind);
        assert.is(formatText(once, kind), once);
      }
    }),
    { numRuns: 1500 },
  );
});

const scalar = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    false,
    0,
    -1,
    55.7,
    1e300,
    "",
    " ",
    "3d",
    "2027-03-31",
    "job_refresh",
    "79990000001",
  ),
  fc.constantFrom<unknown>(
    "active",
    "monthly",
    "on_expiry",
    "x.png",
    "__proto__",
    "пекарь",
    "8 (999) 000-00-01",
  ),
  fc.string({ maxLength: 12, unit: "grapheme" }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const any = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    scalar,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(
      fc.constantFrom("file", "crop", "x", "w", "action", "every", "at", "title", "lat"),
      tie("value"),
    ),
  ),
})).value;
const layer = fc.dictionary(fc.constantFrom(...attributeNames), any, { maxKeys: 8 });
const vacancy = fc
  .tuple(layer, fc.option(fc.dictionary(fc.constantFrom("x", "y", "a b", "__proto__"), fc.oneof(layer, any))))
  .map(([own, locations]) => (locations === null ? own : { ...own, locations }));
const config = fc.dictionary(
  fc.constantFrom(
    "board",
    "timezone",
    "guards",
    "budget",
    "prices",
    "ignore",
    "state",
    "background",
    "settle_after",
  ),
  any,
);

test("values of the formats' names", () => {
  fc.assert(
    fc.property(vacancy, layer, config, (own, defaults, settings) => {
      check(
        sourcesOf({
          "moscow/a.yaml": stringify(own),
          "_defaults.yaml": stringify(defaults),
          "_config.yaml": stringify(settings),
        }),
      );
    }),
    { numRuns: 500 },
  );
});

test("formatting what people write", () => {
  fc.assert(
    fc.property(vacancy, (own) => {
      const text = stringify(own);
      const once = formatText(text, "vacancy");
      assert.is(formatText(once, "vacancy"), once);
      assert.is([...once].sort().join(""), [...text].sort().join(""), "nothing is added or lost");
    }),
    { numRuns: 500 },
  );
});

test.run();
