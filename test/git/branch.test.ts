// A branch that is written without a checkout, against a bare remote.
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Branch, openBranch } from "../../src/git/branch.ts";

const test = suite("git branch");
const ref = "refs/heads/vac-state";

function git(folder: string, ...args: string[]): string {
  return execFileSync("git", ["-c", "init.defaultBranch=main", ...args], {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  }).trim();
}

/** A bare remote and clones of it, each with a workspace in a folder whose name isn't ASCII. */
async function onRemote(
  story: (remote: string, clone: (name: string, remoteMs?: number) => Promise<Branch>) => Promise<void>,
): Promise<void> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "vac-branch-")));
  const remote = join(root, "remote");
  git(root, "init", "-q", "--bare", remote);
  try {
    await story(remote, async (name, remoteMs) => {
      const folder = join(root, name);
      git(root, "clone", "-q", remote, folder);
      mkdirSync(join(folder, "вакансии"));
      return openBranch(join(folder, "вакансии"), "origin", ref, remoteMs);
    });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function hook(folder: string, name: string, script: string): void {
  const file = join(folder, "hooks", name);
  mkdirSync(join(folder, "hooks"), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
}

/** A commit on top of another that has one more file. */
async function commitOf(
  branch: Branch,
  on: string | undefined,
  name: string,
  folder = "a/б",
): Promise<string> {
  const changes = new Map([[name, await branch.write(Buffer.from(name))]]);
  return branch.commit({ on, folder, changes, message: `adds ${name}` });
}

test("what one clone pushes the others read; of two at once one is told that it has moved", () =>
  onRemote(async (_remote, clone) => {
    const [one, other] = [await clone("one"), await clone("other")];
    assert.is(one.folder, "вакансии");
    assert.is(await one.tip(), undefined);
    const [first, second] = [await commitOf(one, undefined, "x"), await commitOf(other, undefined, "y")];
    assert.equal(await one.push(first), { is: "done" });
    assert.equal(await other.push(second), { is: "moved" });
    assert.is(await other.last(), undefined);
    assert.is(await other.tip(), first);
    assert.is(await other.last(), first);
    const next = await commitOf(other, first, "y");
    assert.equal(await other.push(next), { is: "done" });
    assert.is(await one.tip(), next);
    const files = await one.files(next, "a/б");
    assert.equal([...files.keys()].sort(), ["x", "y"]);
    assert.is((await one.read(files.get("y") ?? "")).toString(), "y");
    assert.is((await one.files(next, "a")).size, 0);
    assert.is((await one.files(next, "nowhere")).size, 0);
    assert.equal(await one.log(next, "%s", 5, ["a/б/y"]), ["adds y"]);
    // A push of what is there already, or of something older, is none.
    assert.equal(await one.push(first), { is: "moved" });
  }));

test("a file can be taken away, and others stay as they are", () =>
  onRemote(async (_remote, clone) => {
    const branch = await clone("one");
    const first = await commitOf(branch, await commitOf(branch, undefined, "x", ""), "y", "");
    const next = await branch.commit({
      on: first,
      folder: "",
      changes: new Map([["x", null]]),
      message: "m",
    });
    assert.equal([...(await branch.files(next, "")).keys()], ["y"]);
  }));

test("a remote that hangs has a limit, and what became of the push isn't known", () =>
  onRemote(async (remote, clone) => {
    const branch = await clone("one", 1500);
    hook(remote, "pre-receive", "sleep 60");
    const pushed = await branch.push(await commitOf(branch, undefined, "x"));
    assert.equal(pushed, { is: "unclear", text: "the push took too long" });
    assert.is(await branch.tip(), undefined);
  }));

test("a refusal is told in the remote's own words, without a password that an address holds", () =>
  onRemote(async (remote, clone) => {
    const branch = await clone("one");
    hook(remote, "pre-receive", "echo protected, see https://me:secret@example.invalid/rules >&2; exit 1");
    const pushed = await branch.push(await commitOf(branch, undefined, "x"));
    assert.is(pushed.is, "refused");
    assert.match(
      pushed.is === "refused" ? pushed.text : "",
      /protected, see https:\/\/example\.invalid\/rules/,
    );
  }));

test("neither the hooks nor the settings of people have a part in it", () =>
  onRemote(async (_remote, clone) => {
    const branch = await clone("one");
    const folder = git(join(branchRoot(_remote), "one"), "rev-parse", "--absolute-git-dir");
    for (const name of ["pre-push", "reference-transaction", "post-commit"]) hook(folder, name, "exit 1");
    git(folder, "config", "commit.gpgSign", "true");
    git(folder, "config", "push.gpgSign", "true");
    git(folder, "config", "user.useConfigOnly", "true");
    git(folder, "config", "push.followTags", "true");
    git(folder, "config", "fetch.prune", "true");
    process.env.GIT_DIR = "/nowhere";
    process.env.GIT_INDEX_FILE = "/nowhere/index";
    try {
      const commit = await commitOf(branch, undefined, "x");
      const reopened = await openBranch(join(branchRoot(_remote), "one", "вакансии"), "origin", ref);
      assert.equal(await reopened.push(commit), { is: "done" });
      assert.is(await reopened.tip(), commit);
    } finally {
      delete process.env.GIT_DIR;
      delete process.env.GIT_INDEX_FILE;
    }
  }));

const branchRoot = (remote: string): string => join(remote, "..");
test.run();
