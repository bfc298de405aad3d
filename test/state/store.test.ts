import fs, { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { LockError, StateError } from "../../src/model/errors.ts";
import { emptyState } from "../../src/model/state.ts";
import { reduce, type StateEvent } from "../../src/state/events.ts";
import { fileStore } from "../../src/state/store.ts";
import { asText, entry, identity, inFolder, intent, rejection, story } from "./samples.ts";

const test = suite("state store");

test("a first run knows nothing, and leaves no file behind if nothing happens", async () => {
  await inFolder(async (root) => {
    const folder = join(root, ".vac", "state");
    const store = fileStore(folder, "emulator");
    assert.is(await store.read(), undefined);
    assert.not(existsSync(folder), "reading makes no folder");
    const session = await store.open(identity);
    assert.match(session.state.lineage, /^[0-9a-f-]{36}$/);
    await session.close();
    assert.equal(readdirSync(folder), []);
    assert.is(await store.read(), undefined);
  });
});

test("what was appended is there for the next run, from the log or the snapshot", async () => {
  await inFolder(async (folder) => {
    const store = fileStore(folder, "emulator");
    const session = await store.open(identity, { lineage: "l" });
    for (const event of story) await session.append(event);
    const expected = asText(story.reduce(reduce, emptyState("emulator", "7", "l")));
    assert.is(asText(session.state), expected);
    assert.is(asText(await store.read()), expected, "while the run is at work");
    assert.is(statSync(join(folder, "emulator.log")).mode & 0o777, 0o600);
    await session.close();
    await session.close();
    assert.equal(readdirSync(folder), ["emulator.json"]);
    assert.is(statSync(join(folder, "emulator.json")).mode & 0o777, 0o600);
    assert.is(asText(await store.read()), expected);
    const next = await store.open(identity);
    assert.is(asText(next.state), expected);
    await next.close();
  });
});

test("another's run is seen also where the file system tells old sizes and times", async () => {
  const { statSync } = fs;
  await inFolder(async (folder) => {
    const store = fileStore(folder, "emulator");
    await (await store.open(identity, { lineage: "l" })).close();
    const known = new Map<unknown, unknown>();
    const cached = (path: string, ...rest: never[]) => {
      if (!known.has(path)) known.set(path, statSync(path, ...rest));
      return known.get(path);
    };
    Object.assign(fs, { statSync: cached });
    syncBuiltinESMExports();
    try {
      await store.read();
      const other = await fileStore(folder, "emulator").open(identity, { lineage: "l" });
      for (const event of story) await other.append(event);
      const expected = asText(other.state);
      await other.close();
      assert.is(asText(await store.read()), expected);
      const session = await store.open(identity);
      assert.is(asText(session.state), expected, "under the lock");
      await session.close();
    } finally {
      Object.assign(fs, { statSync });
      syncBuiltinESMExports();
    }
  });
});

test("folder and files are their owner's alone, whatever the mask and whatever they were", async () => {
  const mask = process.umask(0);
  try {
    await inFolder(async (root) => {
      const folder = join(root, ".vac", "state");
      const store = fileStore(folder, "emulator");
      const session = await store.open(identity);
      await session.append({ event: "plan", id: "p" });
      assert.equal(modesBelow(root), {
        ".vac": "700",
        ".vac/state": "700",
        ".vac/state/emulator.lock": "600",
        ".vac/state/emulator.log": "600",
      });
      await session.close();
      const next = await store.open(identity);
      await next.append({ event: "plan", id: "q" });
      const open = [folder, ...["json", "log"].map((end) => join(folder, `emulator.${end}`))];
      for (const path of open) chmodSync(path, 0o777);
      await next.close();
      for (const path of open.slice(0, 2)) chmodSync(path, 0o777);
      // A run that changes nothing mends them too.
      await (await store.open(identity)).close();
      assert.equal(modesBelow(folder), { "emulator.json": "600" });
      assert.is(statSync(folder).mode & 0o777, 0o700);
    });
  } finally {
    process.umask(mask);
  }
});

/** The mode of everything below a folder, in octal digits. */
function modesBelow(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  return Object.fromEntries(
    names.map((name) => [name, (statSync(join(folder, name)).mode & 0o777).toString(8)]),
  );
}

test("a run without events leaves the files of the one before as they were", async () => {
  await inFolder(async (folder) => {
    const store = fileStore(folder, "emulator");
    const session = await store.open(identity);
    await session.append({ event: "plan", id: "p" });
    await session.close();
    const before = readFileSync(join(folder, "emulator.json"));
    const { mtimeMs } = statSync(join(folder, "emulator.json"));
    await (await store.open(identity)).close();
    assert.equal(readdirSync(folder), ["emulator.json"]);
    assert.ok(readFileSync(join(folder, "emulator.json")).equals(before));
    assert.is(statSync(join(folder, "emulator.json")).mtimeMs, mtimeMs);
  });
});

test("another account is refused, and both are named", async () => {
  await inFolder(async (folder) => {
    const store = fileStore(folder, "emulator");
    const session = await store.open(identity);
    await session.append({ event: "plan", id: "p" });
    await session.close();
    const error = await rejection(store.open({ ...identity, account: "8" }));
    assert.instance(error, StateError);
    assert.match(error.message, /account 7.*account 8/);
    assert.instance(await rejection(store.open({ ...identity, board: "https://x" })), StateError);
    await (await store.open(identity)).close();
  });
});

test("impossible and malformed events are never written", async () => {
  await inFolder(async (folder) => {
    const session = await fileStore(folder, "emulator").open(identity);
    const wrong: StateEvent[] = [
      { event: "rename", from: "a", to: "b" },
      { event: "put", key: "a", entry: { ...entry("1"), applied: { lat: Number.NaN } } },
      { event: "begin", lineage: "l", ...identity },
    ];
    for (const event of wrong) {
      assert.match((await rejection(session.append(event))).message, /^state event /);
      assert.throws(() => session.appendNow(event), /^state event /);
    }
    assert.is(session.state.serial, 0);
    await session.close();
    assert.equal(readdirSync(folder), []);
    assert.throws(() => session.appendNow({ event: "plan", id: "p" }), /closed/);
  });
});

test("what the caller does to an event afterwards changes nothing", async () => {
  await inFolder(async (folder) => {
    const store = fileStore(folder, "emulator");
    const session = await store.open(identity);
    const mine = entry("1");
    session.appendNow({ event: "put", key: "a", entry: mine });
    mine.job = { id: "2" };
    assert.equal(session.state.entries.a?.job, { id: "1" });
    await session.close();
    assert.equal((await store.read())?.entries.a?.job, { id: "1" });
  });
});

test("events of many calls at once keep the order in which they came", async () => {
  await inFolder(async (folder) => {
    const store = fileStore(folder, "emulator");
    const session = await store.open(identity);
    await Promise.all(
      Array.from({ length: 50 }, async (_, n) => {
        await session.append({ event: "intent", intent: intent(`i${n}`, `k${n}`) }, "fsync");
        session.appendNow({ event: "sent", id: `i${n}` });
        if (n % 2 === 0)
          await session.append({ event: "done", id: `i${n}`, key: `k${n}`, entry: entry(`${n}`) });
      }),
    );
    assert.is(asText(await store.read()), asText(session.state));
    await session.close();
    const state = await store.read();
    assert.is(state?.serial, 125);
    assert.is(Object.keys(state?.intents ?? {}).length, 25);
    assert.ok(Object.values(state?.intents ?? {}).every((open) => open.sent));
  });
});

test("a snapshot that can't be written leaves a whole log, and nothing is lost", async () => {
  await inFolder(async (folder) => {
    const store = fileStore(folder, "emulator");
    const session = await store.open(identity);
    await session.append({ event: "put", key: "a", entry: entry("1") });
    // Nothing can be renamed onto a folder that has something in it.
    mkdirSync(join(folder, "emulator.json", "x"), { recursive: true });
    await session.close();
    rmSync(join(folder, "emulator.json"), { recursive: true });
    assert.equal(readdirSync(folder), ["emulator.log"]);
    assert.equal((await store.read())?.entries.a?.job, { id: "1" });
  });
});

test("a run that lost its lock writes nothing more, and leaves the other's lock", async () => {
  await inFolder(async (folder) => {
    const store = fileStore(folder, "emulator");
    const first = await store.open(identity, { lineage: "l" });
    await first.append({ event: "plan", id: "p1" });
    assert.is(first.whyLost(), undefined);
    assert.is((await store.forceUnlock())?.pid, process.pid);
    const second = await store.open(identity);
    assert.is(second.state.serial, 1);
    assert.instance(await rejection(first.append({ event: "plan", id: "p2" })), LockError);
    assert.throws(
      () => first.appendNow({ event: "plan", id: "p2" }),
      (error: Error) => error instanceof LockError,
    );
    assert.ok(first.lost.aborted);
    assert.match(first.whyLost() ?? "", /the lock on the state was lost/);
    await first.close();
    assert.is(second.whyLost(), undefined, "the other's lock is still there");
    await second.append({ event: "plan", id: "p3" });
    await second.close();
    assert.equal((await store.read())?.plans, ["p1", "p3"]);
  });
});

test.run();
