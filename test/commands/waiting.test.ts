// Waiting for the state while somebody else has it.
import { Writable } from "node:stream";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Io } from "../../src/commands/io.ts";
import { openWithin } from "../../src/commands/waiting.ts";
import { LockError } from "../../src/model/errors.ts";
import { newSecrets } from "../../src/model/secrets.ts";

const test = suite("commands: waiting");

/** A state that is held for so long, and what happens around it. */
function scene(heldMs: number) {
  let [now, told] = [0, ""];
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const err = new Writable({
    write(chunk: Buffer, _encoding, done) {
      told += chunk.toString();
      done();
    },
  });
  const wait = async (ms: number): Promise<void> => {
    now += ms;
  };
  const io: Io = {
    ...{ out: silent, err, env: {}, secrets: newSecrets(), ask: undefined, guarded: (_stop, task) => task() },
    pace: { wait, backoffMs: 1, requestMs: 1 },
  };
  const open = async (): Promise<string> => {
    if (now < heldMs) throw new LockError("another run holds the state");
    return "open";
  };
  return { io, open, now: () => now, told: () => told };
}

const table: [heldMs: number, waitMs: number, waited: number, opens: boolean][] = [
  [0, 0, 0, true],
  [1, 0, 0, false],
  [12_000, 60_000, 15_000, true],
  [60_000, 12_000, 12_000, false],
  [12_000, 12_000, 12_000, true],
];
for (const [heldMs, waitMs, waited, opens] of table) {
  test(`held for ${heldMs} ms, waiting up to ${waitMs}`, async () => {
    const { io, open, now, told } = scene(heldMs);
    const result = await openWithin(io, waitMs, open).catch((error) => error);
    assert.is(opens ? result : result instanceof LockError, opens ? "open" : true);
    assert.is(now(), waited);
    assert.is(told().split("Waiting").length - 1, waited > 0 ? 1 : 0, "who holds it is told once");
  });
}

test("another failure isn't waited for", async () => {
  const { io, now } = scene(0);
  const failing = (): Promise<never> => Promise.reject(new Error("no"));
  assert.match(String(await openWithin(io, 60_000, failing).catch(String)), "no");
  assert.is(now(), 0);
});

test.run();
