// What was parsed before: it says what the parser would, or nothing.
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { openCache, type ParseCache } from "../../src/config/cache/file.ts";
import { compileWorkspace } from "../../src/config/compile.ts";
import { readSources, type Sources } from "../../src/config/sources.ts";
import { vacancyFile } from "../e2e/harness.ts";

const tests = suite("cache of parsed files");

const folders: string[] = [];
const folder = (): string => {
  const made = realpathSync(mkdtempSync(join(tmpdir(), "vac-cache-")));
  folders.push(made);
  return made;
};
tests.after(() => {
  for (const each of folders) rmSync(each, { recursive: true, force: true });
});

/** Counts what a cache answers. */
function counting(cache: ParseCache): ParseCache & { found: number; kept: number } {
  const all = {
    found: 0,
    kept: 0,
    find: (kind: "vacancy" | "defaults" | "config", hash: string) => {
      const value = cache.find(kind, hash);
      if (value) all.found += 1;
      return value;
    },
    keep: (...kept: Parameters<ParseCache["keep"]>) => {
      all.kept += 1;
      cache.keep(...kept);
    },
    save: () => cache.save(),
  };
  return all;
}

/** Compiles with the cache in a folder, and saves it. */
function compile(sources: Sources, place: string, build = "1") {
  const cache = counting(openCache(place, build));
  const compiled = compileWorkspace(sources, { cache });
  cache.save();
  return { compiled, found: cache.found, kept: cache.kept };
}

const sourcesOf = (files: Record<string, string>): Sources => ({
  root: "/workspace",
  files: Object.entries(files).map(([name, text]) => ({ name, bytes: Buffer.from(text) })),
  problems: [],
});

const three = sourcesOf({
  "a.yaml": vacancyFile(),
  "b.yaml": vacancyFile({ title: "Повар" }),
  "c.yaml": vacancyFile({ title: "Бариста" }),
});

tests("the workspace of the example: with a cache it compiles to what it does without", async () => {
  const sources = await readSources("vacancies");
  const plain = compileWorkspace(sources);
  const place = folder();
  const cold = compile(sources, place);
  const warm = compile(sources, place);
  assert.is(cold.found, 0);
  assert.is(cold.kept, sources.files.length);
  assert.is(warm.found, sources.files.length);
  assert.is(warm.kept, 0);
  assert.equal(cold.compiled, plain);
  assert.equal(warm.compiled, plain);
});

/** Files whose values JSON or an object might give back otherwise. */
const awkward: Readonly<Record<string, string>> = {
  "minus zero": vacancyFile({ lat: undefined }).concat("lat: -0.0\n"),
  "an exponent": vacancyFile({ lat: undefined }).concat("lat: 5.57e1\n"),
  "locations called as what objects have": `${vacancyFile()}locations:\n  constructor: { address: Казань }\n  __proto__: { address: Пермь }\n`,
  "line ends of JavaScript": vacancyFile({ title: "Пекарь\u2028ночной" }),
  "a byte order mark": `\ufeff${vacancyFile()}`,
  anchors: "title: &t Пекарь\ndescription: *t\nprofession_id: 85\naddress: Казань\nsalary_from: 1\n",
  locations: `${vacancyFile()}locations:\n  one: { address: Казань }\n  two: { address: Пермь, lat: 58 }\n`,
  "a warning": vacancyFile({ promote: [{ action: "job_refresh", every: "1h" }] }),
  "an unknown attribute": vacancyFile({ titel: 1 }),
  "an unclear number": vacancyFile({ salary_from: undefined }).concat("salary_from: 60.000\n"),
  "a text that says null": vacancyFile({ contact_phone: null }),
  nothing: "",
  "no YAML": "title: [",
};

/** Those with a fault of YAML or of the schema, and what JSON can't write. */
const parsedEachTime: ReadonlySet<string> = new Set([
  "minus zero",
  "an unknown attribute",
  "an unclear number",
  "nothing",
  "no YAML",
]);

for (const [name, text] of Object.entries(awkward)) {
  tests(`${name}: the second run says what the first one did`, () => {
    const sources = sourcesOf({ "a.yaml": text, "shop/_defaults.yaml": "salary_period: monthly\n" });
    const plain = compileWorkspace(sources);
    const place = folder();
    compile(sources, place);
    const again = compile(sources, place);
    assert.equal(again.compiled, plain);
    assert.is(again.found, parsedEachTime.has(name) ? 1 : 2);
  });
}

tests("one changed file is the only one that is parsed", () => {
  const place = folder();
  compile(three, place);
  const changed = {
    ...three,
    files: three.files.with(1, {
      name: "b.yaml",
      bytes: Buffer.from(vacancyFile({ title: "Повар ночной" })),
    }),
  };
  const { found, kept, compiled } = compile(changed, place);
  assert.is(found, 2);
  assert.is(kept, 1);
  assert.equal(compiled, compileWorkspace(changed));
  assert.is(compile(changed, place).found, 3);
});

tests("the same bytes under another kind of name are another file", () => {
  const place = folder();
  compile(sourcesOf({ "_defaults.yaml": "salary_period: monthly\n" }), place);
  const { found, compiled } = compile(sourcesOf({ "a.yaml": "salary_period: monthly\n" }), place);
  assert.is(found, 0);
  assert.ok(compiled.diagnostics.some(({ code }) => code === "missing-attribute"));
});

/** What may have become of a cache's file. */
const spoiled: Readonly<Record<string, { do: (path: string) => void; found: number }>> = {
  "another value under the same name": {
    do: (path) => writeFileSync(path, readFileSync(path, "utf8").replaceAll("Повар", "Вотер")),
    found: 2,
  },
  "cut in the middle of the last line": {
    do: (path) => writeFileSync(path, readFileSync(path).subarray(0, -30)),
    found: 2,
  },
  "a line that is none": {
    do: (path) => writeFileSync(path, "\n\u0000\nvacancy\n{}\n", { flag: "a" }),
    found: 3,
  },
  "a copy, as a checkout makes": {
    do: (path) => {
      copyFileSync(path, `${path}.copy`);
      rmSync(path);
      cpSync(`${path}.copy`, path);
    },
    found: 0,
  },
  empty: { do: (path) => writeFileSync(path, ""), found: 0 },
  "a mode that lets others write": { do: (path) => chmodSync(path, 0o666), found: 0 },
  "a link in its place": {
    do: (path) => {
      renameSync(path, `${path}.far`);
      symlinkSync(`${path}.far`, path);
    },
    found: 0,
  },
};

for (const [name, { do: spoil, found }] of Object.entries(spoiled)) {
  tests(`a cache with ${name}: what isn't sound is parsed, and the next run has it again`, () => {
    const place = folder();
    compile(three, place);
    spoil(join(place, "parsed"));
    const second = compile(three, place);
    assert.is(second.found, found);
    assert.equal(second.compiled, compileWorkspace(three));
    assert.is(compile(three, place).found, 3);
  });
}

tests("another version of the program parses everything", () => {
  const place = folder();
  compile(three, place, "1");
  assert.is(compile(three, place, "2").found, 0);
  assert.is(compile(three, place, "2").found, 3);
});

tests("what isn't used any more goes after a while", () => {
  const place = folder();
  const many = sourcesOf(
    Object.fromEntries(
      Array.from({ length: 40 }, (_, i) => [`v${i}.yaml`, vacancyFile({ title: `Пекарь ${i}` })]),
    ),
  );
  compile(many, place);
  const size = readFileSync(join(place, "parsed")).length;
  compile(three, place);
  assert.is(compile(three, place).found, 3);
  assert.ok(readFileSync(join(place, "parsed")).length < size / 4);
});

tests("a folder that can't be written to is no trouble", () => {
  const place = folder();
  writeFileSync(join(place, "cache"), "a file in its place");
  const { compiled, kept } = compile(three, join(place, "cache"));
  assert.is(kept, 3);
  assert.equal(compiled, compileWorkspace(three));
});

tests("a folder that a link leads to is left alone, and so is what a link in the folder leads to", () => {
  const far = folder();
  const near = folder();
  symlinkSync(far, join(near, "cache"));
  compile(three, join(near, "cache"));
  assert.equal(readdirSync(far), []);
  compile(three, far);
  assert.is(compile(three, join(near, "cache")).found, 0);

  const precious = join(near, "precious");
  writeFileSync(precious, "kept");
  const place = join(near, "own");
  mkdirSync(place);
  symlinkSync(precious, join(place, ".gitignore"));
  symlinkSync(precious, join(place, `parsed.${process.pid}.tmp`));
  compile(three, place);
  assert.is(readFileSync(precious, "utf8"), "kept");
  assert.is(compile(three, place).found, 3);
});

tests("two versions at once: what the one adds isn't told to the other", () => {
  const place = folder();
  compile(three, place, "1");
  const before = openCache(place, "1");
  const found = compileWorkspace(three, { cache: before });
  before.keep("vacancy", "0".repeat(64), { title: "as version 1 reads it" });
  compile(three, place, "2");
  before.save();
  assert.is(openCache(place, "2").find("vacancy", "0".repeat(64)), undefined);
  assert.is(compile(three, place, "2").found, 3);
  assert.equal(found, compileWorkspace(three));
});

tests("what a run left that was ended while it wrote is cleared away", () => {
  const place = folder();
  const left = join(place, "parsed.1.tmp");
  writeFileSync(left, "79990000000");
  compile(three, place);
  assert.is(existsSync(left), false);
});

tests.run();
