// Whatever files hold: a value or located errors, never an exception, and formatting never changes what is meant.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { stringify } from "yaml";
import { formatText } from "../../src/config/index.ts";
import { patchText } from "../../src/config/patch/patch.ts";
import { attributeNames, type FileKind, kindOf } from "../../src/config/shapes.ts";
import { statedAt } from "../../src/config/stated.ts";
import { decode } from "../../src/config/yaml/text.ts";
import { sourcesOf } from "../config/workspace.ts";
import { checkCompiled } from "./compiled.ts";
import { fitting } from "./from-schema.ts";
import { fuzz } from "./fuzz.ts";
import { bent, damaged } from "./mutate.ts";

const test = suite("fuzz: workspace");

const names = ["a.yaml", "moscow/b.yml", "_defaults.yaml", "moscow/_defaults.yaml", "_config.yaml"];
const kinds = ["vacancy", "defaults", "config"] as const;

function checkFormat(text: string, as: readonly FileKind[] = kinds): void {
  for (const kind of as) {
    const once = formatText(text, kind);
    assert.is(formatText(once, kind), once);
  }
}

test("arbitrary bytes", () =>
  fuzz(
    fc.array(fc.tuple(fc.constantFrom(...names), fc.uint8Array({ maxLength: 200 })), { maxLength: 4 }),
    100,
    (files) => void checkCompiled(sourcesOf(Object.fromEntries(files))),
  ));

/** Every file of the example workspace and of the golden cases, by its kind's name. */
const root = fileURLToPath(new URL("../../", import.meta.url));
const real = ["vacancies", "test/config/cases"].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => ({ kind: kindOf(name), bytes: readFileSync(join(root, folder, name)) }))
    .filter(({ bytes }) => bytes.length < 2000),
);
const nameOf = { vacancy: "moscow/a.yaml", defaults: "_defaults.yaml", config: "_config.yaml" };

for (const kind of kinds) {
  const inputs = real.filter((file) => file.kind === kind).map(({ bytes }) => bytes);
  test(`damaged files of kind ${kind}`, () =>
    fuzz(damaged(inputs), 250, (bytes) => {
      checkCompiled(sourcesOf({ "a.yaml": "title: x\n", [nameOf[kind]]: bytes }));
      const text = decode(bytes);
      if (text !== undefined) checkFormat(text, [kind]);
    }));
  test(`values of the schema of kind ${kind}, and bent ones`, () => {
    const values = fitting(`${kind}.schema.json`);
    return fuzz(fc.oneof(values, bent(values)), 100, (value) => {
      const text = stringify(value, { aliasDuplicateObjects: false });
      checkCompiled(sourcesOf({ "a.yaml": "title: x\n", [nameOf[kind]]: text }));
      checkFormat(text, [kind]);
    });
  });
}

test("damaged files are patched to say what they should, or left", () => {
  const value = fc.oneof(
    fc.string({ unit: "grapheme", maxLength: 20 }),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
  );
  const path = fc.constantFrom(
    ["title"],
    ["lat"],
    ["locations", "elanskogo-2", "title"],
    ["background", "file"],
    ["x"],
  );
  const input = damaged(real.filter(({ kind }) => kind === "vacancy").map(({ bytes }) => bytes));
  return fuzz(fc.tuple(input, path, value), 200, ([bytes, at, wanted]) => {
    const text = decode(bytes);
    if (text === undefined || !Number.isFinite(typeof wanted === "number" ? wanted : 0)) return;
    const patched = patchText(text, "vacancy", [{ path: at, value: wanted }]);
    if (patched !== undefined)
      assert.is(patchText(patched, "vacancy", [{ path: at, value: wanted }]), patched);
    statedAt(text, at);
  });
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
  return fuzz(fc.tuple(fc.constantFrom(...names), text), 500, ([name, content]) => {
    checkCompiled(sourcesOf({ "a.yaml": "title: x\n", [name]: content }));
    checkFormat(content);
  });
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

test("values of the formats' names", () =>
  fuzz(fc.tuple(vacancy, layer, config), 200, ([own, defaults, settings]) => {
    checkCompiled(
      sourcesOf({
        "moscow/a.yaml": stringify(own),
        "_defaults.yaml": stringify(defaults),
        "_config.yaml": stringify(settings),
      }),
    );
  }));

test("formatting what people write", () =>
  fuzz(vacancy, 200, (own) => {
    const text = stringify(own);
    const once = formatText(text, "vacancy");
    assert.is(formatText(once, "vacancy"), once);
    assert.is([...once].sort().join(""), [...text].sort().join(""), "nothing is added or lost");
  }));

test.run();
