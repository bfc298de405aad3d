// What crashes and damage leave behind, and what is made of it.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { StateError } from "../../src/model/errors.ts";
import { emptyState } from "../../src/model/state.ts";
import { reduce, type StateEvent } from "../../src/state/events.ts";
import { fileStore, type StateSession } from "../../src/state/store.ts";
import { contradiction } from "../../src/state/valid.ts";
import { asText, charge, entry, identity, inFolder, intent, rejection, story } from "./samples.ts";

const test = suite("state recovery");

/** Leaves a log behind as a crash would: everything but the end of `close`. */
async function crash(folder: string, session: StateSession): Promise<void> {
  const log = readFileSync(join(folder, "emulator.log"));
  const snapshot = join(folder, "emulator.json");
  const before = existsSync(snapshot) ? readFileSync(snapshot) : undefined;
  await session.close();
  writeFileSync(join(folder, "emulator.log"), log);
  if (before) writeFileSync(snapshot, before);
  else rmSync(snapshot, { force: true });
}

test("a crash between the snapshot and the end of the log is harmless", async () => {
  for (const first of [[], story.slice(0, 4)]) {
    await inFolder(async (folder) => {
      const store = fileStore(folder, "emulator");
      if (first.length > 0) {
        const earlier = await store.open(identity);
        for (const event of first) await earlier.append(event);
        await earlier.close();
      }
      const session = await store.open(identity);
      for (const event of story.slice(first.length)) await session.append(event);
      const log = readFileSync(join(folder, "emulator.log"));
      await session.close();
      writeFileSync(join(folder, "emulator.log"), log);
      assert.is(asText(await store.read()), asText(session.state));
      const next = await store.open(identity);
      assert.is(asText(next.state), asText(session.state));
      await next.append({ event: "plan", id: "next" });
      assert.is((await store.read())?.serial, story.length + 1);
      await crash(folder, next);
      assert.equal((await store.read())?.plans?.at(-1), "next");
    });
  }
});

test("a log that doesn't belong to its snapshot is refused, and both stay", async () => {
  await inFolder(async (folder) => {
    const store = fileStore(folder, "emulator");
    const files = { log: join(folder, "emulator.log"), snapshot: join(folder, "emulator.json") };
    const run = async (lineage: string, events: readonly StateEvent[]): Promise<Buffer> => {
      const session = await store.open(identity, { lineage });
      for (const event of events) await session.append(event);
      const log = readFileSync(files.log);
      await session.close();
      return log;
    };
    await run("l", story.slice(0, 3));
    const old = readFileSync(files.snapshot);
    await run("l", story.slice(3, 6));
    const next = await run("l", story.slice(6));
    rmSync(files.snapshot);
    const other = await run("other", story.slice(0, 3));
    const cases: readonly [Buffer | undefined, Buffer, RegExp][] = [
      [old, next, /continues a newer snapshot/],
      [old, other, /doesn't belong/],
      [undefined, next, /snapshot .* is missing/],
      [undefined, next.subarray(next.indexOf(10) + 1), /doesn't begin/],
    ];
    for (const [snapshot, log, why] of cases) {
      if (snapshot) writeFileSync(files.snapshot, snapshot);
      else rmSync(files.snapshot, { force: true });
      writeFileSync(files.log, log);
      for (const work of [() => store.read(), () => store.open(identity)]) {
        const error = await rejection(work());
        assert.instance(error, StateError);
        assert.match(error.message, why);
      }
      assert.ok(readFileSync(files.log).equals(log));
      assert.not(existsSync(join(folder, "emulator.lock")), "the lock is let go of");
    }
  });
});

const good = { ...emptyState("emulator", "7", "l"), entries: { a: entry("1") } };
const snapshots: readonly [string, string, RegExp][] = [
  ["no JSON", "{", /emulator\.json: the state is damaged/],
  ["an empty file", "", /damaged/],
  ["no state", "[]", /damaged/],
  ["null", "null", /damaged/],
  ["an entry without a job", JSON.stringify({ ...good, entries: { a: {} } }), /damaged: \/entries\/a/],
  ["a newer format", JSON.stringify({ ...good, format: 2, more: 1 }), /newer vac/],
];

for (const [name, text, why] of snapshots) {
  test(`a snapshot with ${name} is refused and never written over`, async () => {
    await inFolder(async (folder) => {
      writeFileSync(join(folder, "emulator.json"), text);
      const store = fileStore(folder, "emulator");
      for (const work of [() => store.read(), () => store.open(identity)]) {
        const error = await rejection(work());
        assert.instance(error, StateError);
        assert.match(error.message, why);
        assert.ok(error.hint);
      }
      assert.is(readFileSync(join(folder, "emulator.json"), "utf8"), text);
      assert.equal(readdirSync(folder), ["emulator.json"]);
    });
  });
}

test("wherever runs end or crash, snapshot and log add up to the same state", async () => {
  const key = fc.constantFrom("a", "b", "constructor", "__proto__", "к/л");
  const id = fc.constantFrom("i1", "i2", "i3");
  const event: fc.Arbitrary<StateEvent> = fc.oneof(
    fc.record({
      event: fc.constant("put" as const),
      key,
      entry: fc.string().map((title) => entry("1", title)),
    }),
    fc.record({ event: fc.constant("drop" as const), key }),
    fc.record({ event: fc.constant("rename" as const), from: key, to: key }),
    fc.tuple(id, key).map(([i, k]) => ({ event: "intent" as const, intent: intent(i, k) })),
    fc.record({ event: fc.constant("sent" as const), id }),
    fc.record({ event: fc.constant("unclear" as const), id, cause: fc.string() }),
    fc.record({
      event: fc.constant("done" as const),
      id,
      key,
      entry: fc.option(fc.nat().map((job) => entry(`${job}`))),
    }),
    fc.record({ event: fc.constant("refused" as const), id }),
    fc.record({
      event: fc.constant("ledger" as const),
      since: fc.nat(),
      charges: fc.array(
        fc.nat().map((at) => ({ ...charge, at })),
        { maxLength: 3 },
      ),
    }),
    fc.record({ event: fc.constant("plan" as const), id: fc.string() }),
  );
  const runs = fc.array(
    fc.record({
      events: fc.array(event, { maxLength: 8 }),
      ends: fc.constantFrom("closed", "crashed", "unreset"),
    }),
    { maxLength: 5 },
  );
  await fc.assert(
    fc.asyncProperty(runs, (list) =>
      inFolder(async (folder) => {
        const store = fileStore(folder, "emulator");
        let expected = emptyState("emulator", "7", "l");
        for (const { events, ends } of list) {
          const session = await store.open(identity, { lineage: "l" });
          let appended = false;
          for (const one of events) {
            if (contradiction(expected, one)) continue;
            await session.append(one);
            expected = reduce(expected, one);
            appended = true;
          }
          const log = join(folder, "emulator.log");
          if (appended && ends === "crashed") await crash(folder, session);
          else if (appended && ends === "unreset") {
            const bytes = readFileSync(log);
            await session.close();
            writeFileSync(log, bytes);
          } else await session.close();
          if (expected.serial > 0) assert.is(asText(await store.read()), asText(expected));
        }
      }),
    ),
    { numRuns: 150 },
  );
});

test.run();
