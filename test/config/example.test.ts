// The workspace that comes with the repository, the tables that follow the schemas, and the time that compiling takes.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compileWorkspace, formatSources, readSources, resolveProfessions } from "../../src/config/index.ts";
import { type Shape, sent, shapes } from "../../src/config/shapes.ts";
import { PROFESSIONS } from "../../src/emulator/professions.ts";
import { enough, sourcesOf } from "./workspace.ts";

const test = suite("config: example and schemas");

const root = new URL("../../", import.meta.url);
const example = fileURLToPath(new URL("vacancies", root));

test("the example has nothing to complain of", async () => {
  const compiled = resolveProfessions(compileWorkspace(await readSources(example)), PROFESSIONS);
  assert.equal(compiled.diagnostics, []);
  assert.ok(compiled.vacancies.length > 25);
  const contents = compiled.vacancies.map(({ attributes }) => JSON.stringify(attributes));
  assert.is(new Set(contents).size, contents.length, "no two are equal");
  assert.ok(compiled.vacancies.every(({ attributes }) => typeof attributes.profession_id === "number"));
});

test("the example is in canonical form, and its files name their schema", async () => {
  const sources = await readSources(example);
  assert.equal(formatSources(sources), { changed: [], broken: [] });
  for (const { name, bytes } of sources.files) {
    const schema =
      /^# yaml-language-server: \$schema=(\S+)\n/.exec(new TextDecoder().decode(bytes))?.[1] ?? "";
    const kind = /_(config|defaults)\.yaml$/.exec(name)?.[1] ?? "vacancy";
    const path = new URL(schema, new URL(`vacancies/${name}`, root));
    assert.is(path.href, new URL(`schemas/${kind}.schema.json`, root).href, name);
  }
});

interface Schema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly definitions?: Readonly<Record<string, Schema>>;
}

const schemaOf = (kind: string): Schema =>
  JSON.parse(readFileSync(new URL(`schemas/${kind}.schema.json`, root), "utf8")) as Schema;

/** The names of a schema in their order, as shapes have them. */
function shapeOf(schema: Schema, home: Schema): Shape {
  if (schema.$ref !== undefined) {
    const [file = "", pointer = ""] = schema.$ref.split("#/definitions/");
    const there = file === "" ? home : schemaOf(file.replace(".schema.json", ""));
    return shapeOf(there.definitions?.[pointer] ?? {}, there);
  }
  if (schema.items) return { "*": shapeOf(schema.items, home) };
  const { properties, additionalProperties: other } = schema;
  if (properties) {
    return Object.fromEntries(
      Object.entries(properties).map(([name, inner]) => [name, shapeOf(inner, home)]),
    );
  }
  return typeof other === "object" ? { "*": shapeOf(other, home) } : {};
}

for (const kind of ["vacancy", "defaults", "config"] as const) {
  test(`the names of ${kind} files are those of the schema, in its order`, () => {
    const schema = schemaOf(kind);
    assert.is(JSON.stringify(shapes[kind]), JSON.stringify(shapeOf(schema, schema)));
  });
}

test("what is sent are the board's attributes", async () => {
  const { traits } = await import("../../src/board/vkrabota/traits.ts");
  assert.equal(sent, Object.keys(traits.attributes));
});

test("a thousand files with a location each compile to a thousand vacancies", () => {
  const files: Record<string, string> = { "_defaults.yaml": enough };
  for (let index = 0; index < 1000; index++) {
    files[`f${index % 20}/v${index}.yaml`] =
      `title: Пекарь ${index}\nsalary_from: ${index}\nsalary_period: monthly\nlocations:\n  a: {}\n`;
  }
  const sources = sourcesOf(files);
  assert.is(compileWorkspace(sources).vacancies.length, 1000);
});

test("many keys, many faults and deep nesting come to an end", () => {
  const many = Array.from({ length: 30_000 }, (_, index) => `k${index}: ${index}`).join("\n");
  const list = `promote: [${"1,".repeat(100_000)}1]`;
  const wide = `locations:\n${Array.from({ length: 4000 }, (_, index) => `  l${index}: { lat: x }`).join("\n")}`;
  const bomb = `a: &a [${"x,".repeat(1000)}]\nb: [${"*a,".repeat(100_000)}]`;
  const deep = "[".repeat(500_000);
  const tabs = "\ta: 1\n".repeat(100_000);
  // What grows with the square of any of these doesn't end within the time that a test file has.
  for (const text of [many, list, wide, bomb, deep, tabs]) {
    const { diagnostics } = compileWorkspace(sourcesOf({ "a.yaml": text }));
    assert.ok(diagnostics.length > 0 && diagnostics.length <= 200, String(diagnostics.length));
  }
});

test.run();
