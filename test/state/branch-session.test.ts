// Runs on a state that lives on a branch, where a push hangs, is taken back or can't be noted.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Branch, openBranch, type Pushed } from "../../src/git/branch.ts";
import type { StateEvent } from "../../src/state/events.ts";
import { type BranchStore, branchStore } from "../../src/state/git/store.ts";
import type { Shared, StateSession } from "../../src/state/store.ts";
import { entry, identity, inFolder, intent } from "./samples.ts";

const test = suite("session on a branch");
const minute = 60_000;
const ref = "refs/heads/vac-state";

function git(cwd: string, ...args: string[]): string {
  return execFileSync("git", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
}

interface Clone {
  readonly folder: string;
  readonly store: BranchStore;
  /** Milliseconds by which its clock is ahead. */
  ahead: number;
  /** Told before each push, which it may hold up or replace. */
  pushes: ((commit: string) => Promise<Pushed | undefined>) | undefined;
}

async function onRemote(
  story: (remote: string, clone: (name: string) => Promise<Clone>) => Promise<void>,
): Promise<void> {
  await inFolder(async (given) => {
    const root = realpathSync(given);
    const remote = join(root, "remote");
    git(root, "init", "-q", "--bare", remote);
    await story(remote, async (name) => {
      const folder = join(root, name);
      git(root, "clone", "-q", remote, folder);
      mkdirSync(join(folder, "w"));
      const branch = await openBranch(join(folder, "w"), "origin", ref);
      const push: Branch["push"] = async (commit) => (await clone.pushes?.(commit)) ?? branch.push(commit);
      const store = branchStore({
        branch: async () => ({ ...branch, push }),
        folder: join(folder, "w", ".vac"),
        board: identity.board,
        workspace: "w",
        now: () => Date.now() + clone.ahead,
      });
      const clone: Clone = { folder, store, ahead: 0, pushes: undefined };
      return clone;
    });
  });
}

const put = (key: string): StateEvent => ({ event: "put", key, entry: entry(key) });

/** A run that has the lease, and means to create a vacancy. */
async function begun({ store }: Clone, key = "a"): Promise<StateSession & { shared: Shared }> {
  const session = await store.open(identity);
  await session.append({ event: "planned", intent: intent(key, key) });
  assert.ok(session.shared);
  try {
    await session.shared.begin("p1", 0);
  } catch (error) {
    await session.close();
    throw error;
  }
  return session as StateSession & { shared: Shared };
}

async function create(session: StateSession, key = "a"): Promise<void> {
  await session.append({ event: "intent", intent: intent(key, key) });
  await session.append({ event: "sent", id: key });
  await session.append({ event: "done", id: key, key, entry: entry("651") });
}

const rejection = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => "done",
    (error: Error & { hint?: string }) => `${error.message}; ${error.hint}`,
  );

test("a lease lasts longer once the others can see that: while its push hangs the old one counts", () =>
  onRemote(async (_remote, clone) => {
    const one = await clone("one");
    const session = await begun(one);
    await session.append(put("b"));
    one.ahead = 7 * minute;
    session.shared.check();
    let letGo = (): void => undefined;
    const hung = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    one.pushes = async () => {
      await hung;
      return { is: "unclear", text: "it took too long" };
    };
    const renewing = session.shared.checkpoint();
    one.ahead = 8 * minute;
    assert.throws(() => session.shared.check(), /running out/);
    one.ahead = 10 * minute;
    assert.match(session.whyLost() ?? "", /the lease ran out/);
    letGo();
    assert.match((await renewing) ?? "", /it took too long/);
    one.pushes = undefined;
    // What was done is pushed all the same: nobody else has written it.
    await session.close();
    assert.ok((await (await clone("other")).store.read())?.entries.b);
  }));

test("a lease is renewed also where nothing has happened", () =>
  onRemote(async (remote, clone) => {
    const one = await clone("one");
    const session = await begun(one);
    for (const minutes of [3, 6, 9, 12, 15]) {
      one.ahead = minutes * minute;
      assert.is(await session.shared.checkpoint(), undefined);
      assert.is(git(remote, "rev-list", "--count", ref), String(1 + minutes / 3));
    }
    await session.close();
    assert.is(await (await clone("other")).store.holder(), undefined);
  }));

test("a clock that is set back in the middle of a run takes nothing from its lease", () =>
  onRemote(async (_remote, clone) => {
    const one = await clone("one");
    const session = await begun(one);
    one.ahead = -60 * minute;
    await session.append(put("b"));
    assert.is(await session.shared.checkpoint(), undefined);
    assert.is((await (await clone("other")).store.holder())?.pid, process.pid);
    session.shared.check();
    await session.close();
    assert.is(await (await clone("third")).store.holder(), undefined);
  }));

test("a push that has arrived counts, also where this clone can't note it", () =>
  onRemote(async (_remote, clone) => {
    const one = await clone("one");
    const session = await begun(one);
    // Somebody's git was killed while it wrote the very reference.
    const [name = ""] = git(one.folder, "for-each-ref", "--format=%(refname)", "refs/vac").split("\n");
    const lock = join(one.folder, ".git", `${name}.lock`);
    assert.ok(existsSync(join(lock, "..")));
    writeFileSync(lock, "");
    for (const key of ["b", "c"]) {
      await session.append(put(key));
      assert.is(await session.shared.checkpoint(), undefined);
    }
    await session.close();
    const state = await (await clone("other")).store.read();
    assert.equal(Object.keys(state?.entries ?? {}), ["b", "c"]);
  }));

test("a push gives way to those of other workspaces for as long as they come", () =>
  onRemote(async (remote, clone) => {
    const one = await clone("one");
    const session = await begun(one);
    await session.append(put("b"));
    const { random } = Math;
    Math.random = () => 0;
    let others = 0;
    one.pushes = async () => {
      others += 1;
      if (others > 20) return undefined;
      const me = ["-c", "user.name=t", "-c", "user.email=t@t.invalid"];
      const commit = git(remote, ...me, "commit-tree", "-m", "another's", "-p", ref, `${ref}^{tree}`);
      git(remote, "update-ref", ref, commit);
      return undefined;
    };
    assert.is(await session.shared.checkpoint(), undefined);
    assert.is(others, 21);
    await session.close();
    Math.random = random;
  }));

test("where the lease was taken away and nobody else is at work, what was done gets onto the branch", () =>
  onRemote(async (_remote, clone) => {
    const [one, other] = [await clone("one"), await clone("other")];
    const session = await begun(one);
    await create(session);
    assert.is((await other.store.forceUnlock())?.pid, process.pid);
    assert.is(await other.store.forceUnlock(), undefined);
    assert.match(
      await rejection(session.close()),
      /took the lease away.*was added to the state all the same/,
    );
    const state = await (await clone("third")).store.read();
    assert.equal(state?.entries.a?.job, { id: "651" });
    assert.equal(Object.keys(state?.intents ?? {}), []);
    assert.is(await other.store.holder(), undefined);
  }));

test("where another run has it by then, nothing of the sort is said", () =>
  onRemote(async (_remote, clone) => {
    const [one, other] = [await clone("one"), await clone("other")];
    const session = await begun(one);
    await create(session);
    await other.store.forceUnlock();
    const next = await begun(other, "b");
    assert.match(await rejection(session.close()), /process \d+ on .* has it; what was done is kept in/);
    await next.close();
  }));

for (const [what, after] of [
  ["vac state pull", async ({ store }: Clone) => void (await store.pull())],
  [
    "a run that is refused before its first call",
    async (one: Clone) => {
      one.pushes = async () => ({ is: "refused", text: "protected" });
      assert.match(await rejection(begun(one, "b")), /protected; Nothing was sent/);
      one.pushes = undefined;
    },
  ],
] as const)
  test(`what only this folder knows of open calls outlasts ${what}`, () =>
    onRemote(async (_remote, clone) => {
      const [one, other] = [await clone("one"), await clone("other")];
      const session = await begun(one);
      await create(session);
      // It was killed: nothing of that has arrived.
      one.pushes = async () => ({ is: "refused", text: "gone" });
      await rejection(session.close());
      one.pushes = undefined;
      await other.store.forceUnlock();
      const next = await other.store.open(identity);
      await next.append(put("z"));
      await next.close();
      await after(one);
      assert.ok(await fresh(one).push());
      const state = await (await clone("third")).store.read();
      assert.equal([state?.entries.a?.job, state?.entries.z?.job], [{ id: "651" }, { id: "z" }]);
    }));

/** The store as the next command has it. */
function fresh({ folder }: Clone): BranchStore {
  const branch = openBranch(join(folder, "w"), "origin", ref);
  return branchStore({
    branch: () => branch,
    folder: join(folder, "w", ".vac"),
    board: identity.board,
    workspace: "w",
  });
}
test.run();
