// Reading a workspace's folder.
import { chmod, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readSources } from "../../src/config/index.ts";
import { UsageError } from "../../src/model/errors.ts";

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
