// The hooks that other repositories take from this one.
import { readFileSync } from "node:fs";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parse } from "yaml";
import { vac } from "../e2e/harness.ts";

const test = suite("pipeline: hooks");

const root = fileURLToPath(new URL("../../", import.meta.url));
const hooks = parse(readFileSync(join(root, ".pre-commit-hooks.yaml"), "utf8")) as Record<string, unknown>[];

/** Runs a hook as pre-commit does: its entry, then the arguments that a repository gives. */
async function run(id: string, cwd: string, ...args: string[]) {
  const hook = hooks.find((one) => one.id === id);
  assert.is(hook?.pass_filenames, false);
  const [command, ...entry] = String(hook?.entry).split(" ");
  assert.is(command, "vac");
  return vac([...entry, ...args], {}, cwd);
}

test("they check and format the files of a workspace, wherever it is", async () => {
  const folder = await mkdtemp(join(tmpdir(), "vac-hooks-"));
  try {
    await cp(join(root, "vacancies/moscow"), join(folder, "vacancies/moscow"), { recursive: true });
    assert.is((await run("vac-validate", folder)).code, 0);
    const file = join(folder, "vacancies/moscow/baker.yaml");
    const text = await readFile(file, "utf8");
    await writeFile(file, text.replace("title: Пекарь", "titel: Пекарь"));
    const { code, out } = await run("vac-validate", folder);
    assert.is(code, 1);
    assert.match(out, /moscow\/baker\.yaml:2:1/);
    await writeFile(file, `remote: false\n${text}`);
    await run("vac-fmt", folder, "--dir", "vacancies");
    assert.not.match(await readFile(file, "utf8"), /^remote: false\n#/);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test.run();
