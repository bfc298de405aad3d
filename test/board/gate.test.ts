// How many requests are in flight while the board answers 429, and after.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { gateOf } from "../../src/board/vkrabota/gate.ts";
import { job, withBoard } from "./server.ts";

const gates = suite("the gate");
const open = new AbortController().signal;

/** Requests that are all in flight until they are told to end. */
function flight(gate: ReturnType<typeof gateOf>, count: number) {
  let most = 0;
  let now = 0;
  const ends: (() => void)[] = [];
  const all = Array.from({ length: count }, () =>
    gate.run(async () => {
      now += 1;
      most = Math.max(most, now);
      await new Promise<void>((resolve) => ends.push(resolve));
      now -= 1;
      gate.faster();
    }),
  );
  const settle = async (): Promise<void> => {
    for (let left = count; left > 0; ) {
      await new Promise((resolve) => setImmediate(resolve));
      for (const end of ends.splice(0)) {
        end();
        left -= 1;
      }
    }
    await Promise.all(all);
  };
  return { settle, most: () => most };
}

gates("no more than wanted", async () => {
  const some = flight(gateOf(4, open), 20);
  await some.settle();
  assert.is(some.most(), 4);
});
gates("half as many after a 429, never none", async () => {
  const gate = gateOf(8, open);
  const widths: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    await gate.run(async () => gate.slower(undefined));
    widths.push(gate.width);
  }
  assert.equal(widths, [4, 2, 1, 1, 1]);
  const some = flight(gate, 5);
  await some.settle();
  assert.is(some.most(), 1);
});
gates("those that were in flight together halve it once", async () => {
  const gate = gateOf(8, open);
  await Promise.all(
    Array.from({ length: 8 }, () =>
      gate.run(async () => {
        await new Promise((resolve) => setImmediate(resolve));
        gate.slower(undefined);
      }),
    ),
  );
  assert.is(gate.width, 4);
});
gates("rises by one after four rounds, up to what is wanted", async () => {
  const gate = gateOf(4, open);
  await gate.run(async () => gate.slower(undefined));
  assert.is(gate.width, 2);
  for (let answer = 0; answer < 7; answer += 1) await gate.run(async () => gate.faster());
  assert.is(gate.width, 2);
  await gate.run(async () => gate.faster());
  assert.is(gate.width, 3);
  for (let answer = 0; answer < 100; answer += 1) await gate.run(async () => gate.faster());
  assert.is(gate.width, 4);
});
gates("a pause is kept by all, and by nobody once the board is let go of", async () => {
  const closed = new AbortController();
  const gate = gateOf(4, closed.signal);
  gate.slower(50_000);
  let ran = false;
  const waiting = gate.run(async () => {
    ran = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  assert.is(ran, false);
  closed.abort();
  await waiting;
});
for (const [form, value] of [
  ["seconds", () => "1"],
  ["a date", () => new Date(Date.now() + 1000).toUTCString()],
] as const)
  gates(`Retry-After in ${form}: nothing is asked before, and then all goes on`, () => {
    let until = 0;
    let early = 0;
    return withBoard(
      ({ path }, count) => {
        if (!path.startsWith("/jobs")) return undefined;
        if (until === 0) {
          const header = value();
          until = form === "seconds" ? Date.now() + 1000 : Date.parse(header);
          return { status: 429, json: {}, headers: { "retry-after": header } };
        }
        if (Date.now() < until - 20) early += 1;
        return { json: { data: count > 3 ? [] : [job(count)] } };
      },
      async (board) => {
        const found = [];
        for await (const one of board.jobs()) found.push(one);
        assert.is(early, 0);
        assert.ok(found.length > 0);
      },
    );
  });
gates.run();
