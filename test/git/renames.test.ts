import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { renamesSince } from "../../src/git/renames.ts";

const text = (title: string): string =>
  `title: ${title}\ndescription: Печём хлеб по сменам\naddress: Москва\nlat: 55.7\nlong: 37.5\nsalary_from: 60000\n`;

/** A repository with a workspace `w` in it, and what was done to it since its first commit. */
async function since(
  files: Record<string, string>,
  change: (at: (name: string) => string, git: (...args: string[]) => string) => void,
) {
  const root = mkdtempSync(join(tmpdir(), "vac-renames-"));
  try {
    const git = (...args: string[]): string =>
      execFileSync(
        "git",
        ["-c", "user.name=t", "-c", "user.email=t@t.invalid", "-c", "commit.gpgsign=false", ...args],
        { cwd: root, encoding: "utf8" },
      ).trim();
    const at = (name: string): string => join(root, "w", name);
    git("init", "-q");
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(join(at(name), ".."), { recursive: true });
      writeFileSync(at(name), content);
    }
    git("add", "-A");
    git("commit", "-qm", "first");
    const first = git("rev-parse", "HEAD");
    const before = git("status", "--porcelain");
    change(at, git);
    const status = git("status", "--porcelain");
    const found = await renamesSince(join(root, "w"), first);
    assert.is(git("status", "--porcelain"), status, "the index was touched");
    assert.is(before, "");
    return Object.fromEntries(found);
  } finally {
    rmSync(root, { recursive: true });
  }
}

const renames = suite("renames");
renames("not committed, edited at once, Cyrillic names", async () => {
  const found = await since({ "москва/пекарь.yaml": text("Пекарь") }, (at) => {
    renameSync(at("москва/пекарь.yaml"), at("москва/хлебник.yaml"));
    writeFileSync(at("москва/хлебник.yaml"), text("Хлебник"));
  });
  assert.equal(found, { "москва/хлебник.yaml": "москва/пекарь.yaml" });
});
renames("committed", async () => {
  const found = await since({ "a.yaml": text("Пекарь") }, (at, git) => {
    mkdirSync(at("moscow"));
    renameSync(at("a.yaml"), at("moscow/b.yaml"));
    git("add", "-A");
    git("commit", "-qm", "second");
  });
  assert.equal(found, { "moscow/b.yaml": "a.yaml" });
});
renames("a whole folder", async () => {
  const names = Array.from({ length: 200 }, (_, index) => `v${index}.yaml`);
  const files = Object.fromEntries(names.map((name) => [`old/${name}`, text(name)]));
  const found = await since(files, (at) => renameSync(at("old"), at("new")));
  assert.equal(found, Object.fromEntries(names.map((name) => [`new/${name}`, `old/${name}`])));
});
renames("another file isn't a rename", async () => {
  const found = await since({ "a.yaml": text("Пекарь") }, (at) => {
    rmSync(at("a.yaml"));
    writeFileSync(at("b.yaml"), "title: Кассир\nprofession: кассир\n");
  });
  assert.equal(found, {});
});
renames("a commit that isn't there", async () => {
  assert.is((await renamesSince(tmpdir(), "a".repeat(40))).size, 0);
  assert.is((await renamesSince(tmpdir(), "--output=x")).size, 0);
});
renames.run();
