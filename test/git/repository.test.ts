// Against real repositories in folders of their own.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { openRepository, type Repository } from "../../src/git/repository.ts";
import { VacError } from "../../src/model/errors.ts";

const test = suite("git repository");

const me = ["-c", "user.name=Test", "-c", "user.email=test@example.invalid", "-c", "commit.gpgsign=false"];

function git(folder: string, ...args: string[]): string {
  return execFileSync("git", [...me, "-c", "init.defaultBranch=main", ...args], {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  }).trim();
}

function commit(folder: string, file: string, text: string): string {
  mkdirSync(join(folder, file, ".."), { recursive: true });
  writeFileSync(join(folder, file), text);
  git(folder, "add", "--all");
  git(folder, "commit", "--quiet", "--message", `change ${file}`);
  return git(folder, "rev-parse", "HEAD");
}

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "vac-git-")));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function opened(folder: string, listed?: number): Promise<Repository> {
  const repository = await openRepository(folder, listed);
  if (repository === undefined) throw new Error("no repository was found");
  return repository;
}

test("without a repository there is none", async () => {
  await inFolder(async (folder) => {
    assert.is(await openRepository(folder), undefined);
    assert.is(await openRepository(join(folder, "no")), undefined);
    mkdirSync(join(folder, ".git"));
    assert.is(await openRepository(folder), undefined, "an empty .git");
    git(folder, "init", "--quiet", "--bare", "bare.git");
    assert.is(await openRepository(join(folder, "bare.git")), undefined, "no work tree");
  });
});

test("a folder whose name holds the end of a line, before its first commit and after it", async () => {
  await inFolder(async (folder) => {
    const place = join(folder, "a\nb ");
    mkdirSync(place);
    git(place, "init", "--quiet");
    const { root, commit: none, prefix } = await opened(place);
    assert.equal([root, none, prefix], [place, null, ""]);
    const id = commit(place, "x.yaml", "1");
    const after = await opened(place);
    assert.equal([after.root, after.commit, after.prefix], [place, id, ""]);
    assert.is(await after.contains(id), "yes");
  });
});

test("without git there is none", async () => {
  await inFolder(async (folder) => {
    git(folder, "init", "--quiet");
    const { PATH } = process.env;
    process.env.PATH = join(folder, "nothing");
    try {
      assert.is(await openRepository(folder), undefined);
    } finally {
      process.env.PATH = PATH;
    }
  });
});

test("root, prefix and commit", async () => {
  await inFolder(async (folder) => {
    git(folder, "init", "--quiet");
    mkdirSync(join(folder, "работа", "vacancies"), { recursive: true });
    const before = await opened(join(folder, "работа", "vacancies"));
    assert.is(before.root, folder);
    assert.is(before.prefix, "работа/vacancies");
    assert.is(before.commit, null, "before the first commit");
    const first = commit(folder, "a.yaml", "1");
    const after = await opened(folder);
    assert.is(after.prefix, "");
    assert.is(after.commit, first);
    symlinkSync(join(folder, "работа"), join(folder, "link"));
    assert.is((await opened(join(folder, "link"))).prefix, "работа");
  });
});

test("HEAD contains its ancestors and nothing else", async () => {
  await inFolder(async (folder) => {
    git(folder, "init", "--quiet");
    const first = commit(folder, "a.yaml", "1");
    const second = commit(folder, "a.yaml", "2");
    git(folder, "checkout", "--quiet", "-b", "other", first);
    const branch = commit(folder, "b.yaml", "1");
    git(folder, "checkout", "--quiet", "main");
    const rows: readonly [string, string][] = [
      [first, "yes"],
      [second, "yes"],
      [branch, "no"],
      // The whole history is there, and this isn't in it.
      ["0".repeat(40), "no"],
      ["HEAD", "unknown"],
      ["--all", "unknown"],
      ["", "unknown"],
      [first.slice(0, 10), "unknown"],
    ];
    for (const listed of [10_000, 2, 1]) {
      const repository = await opened(folder, listed);
      for (const [other, expected] of rows)
        assert.is(await repository.contains(other), expected, `${other}, ${listed} listed`);
    }
    git(folder, "merge", "--quiet", "--no-edit", "other");
    assert.is(await (await opened(folder)).contains(branch), "yes", "after the merge");
  });
});

test("nothing is known before the first commit", async () => {
  await inFolder(async (folder) => {
    git(folder, "init", "--quiet");
    assert.is(await (await opened(folder)).contains("0".repeat(40)), "unknown");
  });
});

test("a shallow clone can't tell what it doesn't have", async () => {
  await inFolder(async (folder) => {
    const origin = join(folder, "origin");
    mkdirSync(origin);
    git(origin, "init", "--quiet");
    const first = commit(origin, "a.yaml", "1");
    git(origin, "checkout", "--quiet", "-b", "other");
    const branch = commit(origin, "b.yaml", "1");
    git(origin, "checkout", "--quiet", "main");
    const last = commit(origin, "a.yaml", "2");
    git(folder, "clone", "--quiet", "--depth=1", "--no-single-branch", pathToFileURL(origin).href, "clone");
    const clone = await opened(join(folder, "clone"));
    assert.is(clone.commit, last);
    assert.is(await clone.contains(last), "yes");
    assert.is(await clone.contains(first), "unknown", "its object is missing");
    assert.is(await clone.contains(branch), "unknown", "it is there, and its history isn't");
  });
});

test("a work tree of its own is a repository like any other", async () => {
  await inFolder(async (folder) => {
    const main = join(folder, "main");
    mkdirSync(main);
    git(main, "init", "--quiet");
    const first = commit(main, "a.yaml", "1");
    git(main, "worktree", "add", "--quiet", "-b", "side", join(folder, "side"));
    const side = await opened(join(folder, "side"));
    assert.is(side.root, join(folder, "side"));
    assert.is(side.commit, first);
  });
});

const changes: readonly [string, (folder: string) => void, boolean][] = [
  ["nothing", () => {}, false],
  ["an edit", (folder) => writeFileSync(join(folder, "vacancies", "пекарь.yaml"), "2"), true],
  ["a new file", (folder) => writeFileSync(join(folder, "vacancies", "new.yaml"), "1"), true],
  ["a deletion", (folder) => rmSync(join(folder, "vacancies", "пекарь.yaml")), true],
  ["a rename", (folder) => void git(folder, "mv", "vacancies/пекарь.yaml", "vacancies/## x"), true],
  [
    "a staged edit",
    (folder) => {
      writeFileSync(join(folder, "vacancies", "пекарь.yaml"), "2");
      git(folder, "add", "--all");
    },
    true,
  ],
  ["an ignored file", (folder) => writeFileSync(join(folder, "vacancies", "x.tmp"), "1"), false],
  ["an edit elsewhere", (folder) => writeFileSync(join(folder, "readme"), "2"), false],
  [
    "a file below a path that is passed over",
    (folder) => {
      mkdirSync(join(folder, "vacancies", ".vac"));
      writeFileSync(join(folder, "vacancies", ".vac", "x.json"), "1");
    },
    false,
  ],
];

for (const [name, change, expected] of changes) {
  test(`${name} makes the workspace ${expected ? "dirty" : "no dirtier"}`, async () => {
    await inFolder(async (folder) => {
      git(folder, "init", "--quiet");
      writeFileSync(join(folder, ".gitignore"), "*.tmp\n");
      commit(folder, "vacancies/пекарь.yaml", "1");
      commit(folder, "readme", "1");
      change(folder);
      const repository = await opened(join(folder, "vacancies"));
      assert.is((await repository.uncommitted([".vac"])).size > 0, expected);
    });
  });
}

test("what isn't committed is named from the workspace's folder", async () => {
  await inFolder(async (folder) => {
    git(folder, "init", "--quiet");
    commit(folder, "vacancies/a.yaml", "1");
    commit(folder, "vacancies/b.yaml", "1");
    writeFileSync(join(folder, "vacancies", "a.yaml"), "2");
    rmSync(join(folder, "vacancies", "b.yaml"));
    mkdirSync(join(folder, "vacancies", "новая папка"));
    writeFileSync(join(folder, "vacancies", "новая папка", "c.yaml"), "1");
    const repository = await opened(join(folder, "vacancies"));
    assert.equal([...(await repository.uncommitted())].sort(), ["a.yaml", "b.yaml", "новая папка/c.yaml"]);
  });
});

test("a repository that git doesn't trust is an error, not the lack of one", async () => {
  // Only root can give folders away.
  if (process.getuid?.() !== 0) return;
  await inFolder(async (folder) => {
    git(folder, "init", "--quiet");
    execFileSync("chown", ["-R", "12345", folder]);
    const { HOME } = process.env;
    process.env.HOME = folder;
    try {
      await openRepository(folder);
      assert.unreachable();
    } catch (error) {
      assert.instance(error, VacError);
      assert.match((error as VacError).hint ?? "", "safe.directory");
    } finally {
      process.env.HOME = HOME;
    }
  });
});

test.run();
