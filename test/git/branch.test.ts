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
    assert.is((await other.push(second)).is, "moved");
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
    assert.is((await one.push(first)).is, "moved");
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

test("what git has started and left behind, such as a connection of ssh's, keeps nobody waiting", () =>
  onRemote(async (remote, clone) => {
    const branch = await clone("one", 5000);
    const ssh = join(remote, "..", "ssh");
    writeFileSync(ssh, '#!/bin/sh\nsleep 30 &\nfor last; do :; done\nexec sh -c "$last"\n', { mode: 0o755 });
    const folder = join(remote, "..", "one");
    git(folder, "remote", "set-url", "origin", `ssh://host${remote}`);
    git(folder, "config", "core.sshCommand", ssh);
    const commit = await commitOf(branch, undefined, "x");
    assert.equal(await branch.push(commit), { is: "done" });
    assert.is(await branch.tip(), commit);
  }));

test("a remote that is read elsewhere than it is pushed to keeps no state; two addresses of one are none the worse", () =>
  onRemote(async (remote, clone) => {
    const branch = await clone("one");
    const folder = join(remote, "..", "one");
    git(folder, "remote", "set-url", "--push", "origin", `file://${remote}`);
    const first = await commitOf(branch, undefined, "x");
    assert.equal(await branch.push(first), { is: "done" });
    git(remote, "clone", "-q", "--bare", remote, `${remote}.fork`);
    git(folder, "remote", "set-url", "--push", "origin", `${remote}.fork`);
    const pushed = await branch.push(await commitOf(branch, first, "y"));
    assert.is(pushed.is, "refused");
    assert.match(
      "text" in pushed ? pushed.text : "",
      /can't be seen there; origin may be pushed to another repository/,
    );
  }));

test("a branch where a folder would have to be is told of in the remote's words", () =>
  onRemote(async (remote, clone) => {
    const one = await clone("one");
    await one.push(await commitOf(one, undefined, "x"));
    const below = await openBranch(join(remote, "..", "one"), "origin", `${ref}/below`);
    const pushed = await below.push(await commitOf(one, undefined, "y"));
    assert.match("text" in pushed ? pushed.text : "", /'refs\/heads\/vac-state' exists; cannot create/);
    // Once it is gone, what was seen of it stands in nobody's way.
    assert.ok(await one.tip());
    git(remote, "update-ref", "-d", ref);
    const commit = await commitOf(one, undefined, "z");
    assert.equal(await (await openBranch(join(remote, "..", "one"), "origin", `${ref}/below`)).push(commit), {
      is: "done",
    });
    await below.keep(commit);
    assert.is(await below.last(), commit);
  }));

test("a clone that has no files but those it has asked for writes the branch as any other", () =>
  onRemote(async (remote, clone) => {
    const one = await clone("one");
    const first = await commitOf(one, undefined, "x", "");
    await one.push(first);
    git(remote, "config", "uploadpack.allowFilter", "true");
    git(remote, "config", "uploadpack.allowAnySHA1InWant", "true");
    const folder = join(remote, "..", "partial");
    git(remote, "clone", "-q", "--filter=blob:none", "--no-checkout", `file://${remote}`, folder);
    const partial = await openBranch(folder, "origin", ref);
    assert.is(await partial.tip(), first);
    const next = await commitOf(partial, first, "y", "");
    assert.equal(await partial.push(next), { is: "done" });
    assert.is(await one.tip(), next);
    assert.equal([...(await one.files(next, "")).keys()].sort(), ["x", "y"]);
  }));

test("a refusal is told in the remote's own words, without a password that an address holds", () =>
  onRemote(async (remote, clone) => {
    const branch = await clone("one");
    hook(remote, "pre-receive", "echo protected, see https://me:se@cret@example.invalid/rules >&2; exit 1");
    const pushed = await branch.push(await commitOf(branch, undefined, "x"));
    assert.is(pushed.is, "refused");
    assert.match(
      pushed.is === "refused" ? pushed.text : "",
      /protected, see https:\/\/example\.invalid\/rules/,
    );
  }));

test("neither the hooks nor the settings of people have a part in it", () =>
  onRemote(async (_remote, clone) => {
    await clone("one");
    const folder = git(join(branchRoot(_remote), "one"), "rev-parse", "--absolute-git-dir");
    for (const name of ["pre-push", "reference-transaction", "post-commit"]) hook(folder, name, "exit 1");
    git(folder, "config", "commit.gpgSign", "true");
    git(folder, "config", "push.gpgSign", "true");
    git(folder, "config", "user.useConfigOnly", "true");
    git(folder, "config", "push.followTags", "true");
    git(folder, "config", "fetch.prune", "true");
    git(folder, "config", "i18n.commitEncoding", "windows-1251");
    const theirs = {
      GIT_DIR: "/nowhere",
      GIT_INDEX_FILE: "/nowhere/index",
      GIT_AUTHOR_DATE: "whenever",
      GIT_COMMITTER_DATE: "2001-01-01T00:00:00Z",
    };
    Object.assign(process.env, theirs);
    try {
      const branch = await openBranch(join(branchRoot(_remote), "one", "вакансии"), "origin", ref);
      const commit = await commitOf(branch, undefined, "ж", "");
      assert.equal(await branch.push(commit), { is: "done" });
      assert.is(await branch.tip(), commit);
      const [told = ""] = await branch.log(commit, "%ct", 1, ["ж"]);
      assert.ok(Date.now() / 1000 - Number(told) < 3600, told);
    } finally {
      for (const name of Object.keys(theirs)) delete process.env[name];
    }
    // Read by those who have no such setting.
    const other = await clone("other");
    assert.equal(await other.log((await other.tip()) ?? "", "%s", 1, ["ж"]), ["adds ж"]);
  }));

const branchRoot = (remote: string): string => join(remote, "..");
test.run();
