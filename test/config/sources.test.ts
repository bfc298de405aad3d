// Reading a workspace's folder.
import { execFileSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compileWorkspace, readSources } from "../../src/config/index.ts";
import { UsageError } from "../../src/model/errors.ts";
import { diagnosticsText } from "../../src/view/diagnostics.ts";

const test = suite<{ dir: string }>("config: sources");

test.before.each(async (context) => {
  context.dir = await realpath(await mkdtemp(join(tmpdir(), "vac-sources-")));
  await mkdir(join(context.dir, "w/moscow"), { recursive: true });
  await writeFile(join(context.dir, "w/moscow/a.yaml"), "title: A\n");
});

test.after.each(({ dir }) => rm(dir, { recursive: true }));

const read = async (dir: string) => {
  const { files, problems } = await readSources(join(dir, "w"));
  return { names: files.map(({ name }) => name), told: problems.map(({ code, file }) => `${code} ${file}`) };
};

test("yaml files are found in every folder, and nothing else", async ({ dir }) => {
  await mkdir(join(dir, "w/empty"));
  await mkdir(join(dir, "w/.vac"));
  await writeFile(join(dir, "w/.vac/state.yaml"), "x");
  for (const name of ["b.yml", "README.md", "a.jpg", "_config.yaml", "moscow/_defaults.yml"]) {
    await writeFile(join(dir, "w", name), "x");
  }
  assert.equal(await read(dir), {
    names: ["_config.yaml", "b.yml", "moscow/_defaults.yml", "moscow/a.yaml"],
    told: [],
  });
});

test("an empty workspace has no files", async ({ dir }) => {
  await rm(join(dir, "w/moscow"), { recursive: true });
  assert.equal(await read(dir), { names: [], told: [] });
});

test("other names with a leading underscore are passed over with a warning", async ({ dir }) => {
  await mkdir(join(dir, "w/_drafts"));
  await writeFile(join(dir, "w/_drafts/x.yaml"), "x");
  await writeFile(join(dir, "w/moscow/.hidden.yaml"), "x");
  // Of other tools, where the workspace is the repository's root.
  for (const name of [".gitlab-ci.yml", ".pre-commit-config.yaml"])
    await writeFile(join(dir, "w", name), "x");
  assert.equal(await read(dir), {
    names: ["moscow/a.yaml"],
    told: ["name-passed-over _drafts", "name-passed-over moscow/.hidden.yaml"],
  });
});

test("a folder that isn't there is no empty workspace", async ({ dir }) => {
  for (const name of ["nowhere", "w/moscow/a.yaml"]) {
    const error = await readSources(join(dir, name)).catch((cause: unknown) => cause);
    assert.instance(error, UsageError);
    assert.type((error as UsageError).hint, "string");
  }
});

test("a file over 1 MiB is an error, one of 1 MiB is not", async ({ dir }) => {
  await writeFile(join(dir, "w/just.yaml"), Buffer.alloc(1024 * 1024, "#"));
  await writeFile(join(dir, "w/over.yaml"), Buffer.alloc(1024 * 1024 + 1, "#"));
  assert.equal(await read(dir), { names: ["just.yaml", "moscow/a.yaml"], told: ["file-too-big over.yaml"] });
});

test("links are followed inside the workspace only", async ({ dir }) => {
  await mkdir(join(dir, "outside"));
  await writeFile(join(dir, "outside/x.yaml"), "title: X\n");
  await symlink(join(dir, "w/moscow"), join(dir, "w/linked"));
  await symlink("moscow/a.yaml", join(dir, "w/same.yaml"));
  await symlink(join(dir, "outside"), join(dir, "w/out"));
  await symlink(join(dir, "outside/x.yaml"), join(dir, "w/x.yaml"));
  await symlink(join(dir, "nowhere"), join(dir, "w/broken.yaml"));
  await symlink("..", join(dir, "w/moscow/up"));
  const { names, told } = await read(dir);
  assert.equal(names, ["linked/a.yaml", "moscow/a.yaml", "same.yaml"]);
  assert.equal(told.sort(), [
    "link-outside linked/up",
    "link-outside moscow/up",
    "link-outside out",
    "link-outside x.yaml",
    "unreadable broken.yaml",
  ]);
});

test("links that branch are followed to a limit, and then an error", async ({ dir }) => {
  // Each folder is led to twice by the one before it: 2 to the power of 30 ways.
  for (let level = 0; level < 30; level += 1) {
    await mkdir(join(dir, `w/l${level}`));
    for (const way of ["a", "b"]) await symlink(`../l${level + 1}`, join(dir, `w/l${level}/${way}`));
  }
  const { told } = await read(dir);
  assert.is(told.filter((one) => one.startsWith("too-many-links")).length, 1);
});

test("what has a file's name and isn't one is no file, and is never waited for", async ({ dir }) => {
  execFileSync("mkfifo", [join(dir, "w/fifo.yaml")]);
  await mkdir(join(dir, "w/folder.yaml"));
  await writeFile(join(dir, "w/folder.yaml/x.yaml"), "title: X\n");
  await symlink("../fifo.yaml", join(dir, "w/moscow/to-fifo.yaml"));
  await symlink("loop.yaml", join(dir, "w/loop.yaml"));
  const { names, told } = await read(dir);
  assert.equal(names, ["folder.yaml/x.yaml", "moscow/a.yaml"]);
  assert.equal(told.sort(), [
    "unreadable fifo.yaml",
    "unreadable loop.yaml",
    "unreadable moscow/to-fifo.yaml",
  ]);
});

test("odd names are read, or told", async ({ dir }) => {
  const long = `${"я".repeat(125)}.yaml`;
  for (const name of [
    "a\nb.yaml",
    "a\u001b[31m.yaml",
    "A.yaml",
    "a.yaml",
    "\u0435\u0308.yaml",
    "ё.yaml",
    long,
  ])
    await writeFile(join(dir, "w", name), `title: ${name.length}\n`);
  for (const bytes of [
    [0xff, 0x61],
    [0xed, 0xa0, 0x80],
  ]) {
    const name = Buffer.concat([Buffer.from(join(dir, "w/")), Buffer.from(bytes), Buffer.from(".yaml")]);
    await writeFile(name, "title: x\n");
  }
  const sources = await readSources(join(dir, "w"));
  const told = compileWorkspace(sources).diagnostics.map(({ code, file }) => `${code} ${file}`);
  for (const one of [
    "bad-file-name a\nb.yaml",
    "key-case a.yaml",
    "key-taken ё.yaml",
    "bad-file-name a\u001b[31m.yaml",
    "bad-file-name \ufffda.yaml",
    "bad-file-name \ufffd\ufffd\ufffd.yaml",
  ])
    assert.ok(told.includes(one), `${one} in ${told.filter((x) => !x.startsWith("missing")).join(", ")}`);
  const text = diagnosticsText(sources.problems, { colour: false, width: 80, verbose: true });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what is looked for.
  assert.not.match(text, /[\u0000-\u0009\u000b-\u001f]/);
});

test("a folder or file that can't be read is an error", async ({ dir }) => {
  // Root may read everything.
  if (process.getuid?.() === 0) return;
  await mkdir(join(dir, "w/closed"));
  await writeFile(join(dir, "w/closed.yaml"), "x");
  await chmod(join(dir, "w/closed"), 0);
  await chmod(join(dir, "w/closed.yaml"), 0);
  const { told } = await read(dir);
  await chmod(join(dir, "w/closed"), 0o700);
  assert.equal(told.sort(), ["unreadable closed", "unreadable closed.yaml"]);
});

test.run();
