// Damaged and bent state: an error that says so, or the state; never an empty one in its place, never a crash.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { State } from "../../src/model/state.ts";
import { emptyState } from "../../src/model/state.ts";
import { reduce } from "../../src/state/events.ts";
import { writeLine } from "../../src/state/lines.ts";
import { fileStore } from "../../src/state/store.ts";
import { entry, identity, inFolder, story } from "../state/samples.ts";
import { fitting } from "./from-schema.ts";
import { fuzz, phone, toldBy } from "./fuzz.ts";
import { bent, damaged } from "./mutate.ts";

const test = suite("fuzz: state");

const full: State = {
  ...story.reduce(reduce, emptyState(identity.board, identity.account, "l")),
  entries: { "moscow/baker": { ...entry("651"), applied: { title: "Пекарь", contact_phone: phone } } },
};
const snapshot = JSON.stringify(full);
const log = [writeLine({ event: "begin", lineage: "l", ...identity }), ...story.map(writeLine)].join("");

/** Reads a state of these files, for reading and for writing; undefined where there is none. */
async function readState(files: { snapshot?: string | Uint8Array; log?: string | Uint8Array }): Promise<{
  told: string | undefined;
  state: State | undefined;
}> {
  let state: State | undefined;
  let told: string | undefined;
  await inFolder(async (folder) => {
    if (files.snapshot !== undefined) writeFileSync(join(folder, "emulator.json"), files.snapshot);
    if (files.log !== undefined) writeFileSync(join(folder, "emulator.log"), files.log);
    const store = fileStore(folder, "emulator");
    told = await toldBy(async () => {
      state = await store.read();
    });
    const again = await toldBy(async () => {
      const session = await store.open({ board: state?.board ?? "emulator", account: state?.account ?? "7" });
      await session.close();
    });
    assert.is(again, told);
  });
  if (told !== undefined) assert.match(told, /hint: /);
  return { told, state };
}

test("a damaged snapshot is never no state", () =>
  fuzz(damaged([snapshot]), 200, async (bytes) => {
    const { told, state } = await readState({ snapshot: bytes });
    assert.ok(told ?? state);
  }));

test("arbitrary bytes as a snapshot", () =>
  fuzz(fc.uint8Array({ maxLength: 60 }), 100, async (bytes) => {
    assert.ok((await readState({ snapshot: bytes })).told);
  }));

test("a damaged log reads as some beginning of it, or is an error", () =>
  fuzz(damaged([log]), 200, async (bytes) => {
    const { told, state } = await readState({ log: bytes });
    if (told !== undefined) return;
    // Nothing at all is what is left where the very first write was cut.
    const rest = bytes.toString("latin1").replace(/\0+$/, "");
    const torn = /^[0-9a-f]{0,8}$/.test(rest) || Buffer.from(log).toString("latin1").startsWith(rest);
    if (state === undefined) assert.ok(torn, rest);
    else assert.ok(state.serial <= story.length);
  }));

test("a damaged log beside a good snapshot never takes anything from it", () =>
  fuzz(
    damaged([
      `${writeLine({ event: "base", lineage: "l", serial: full.serial })}${writeLine({ event: "plan", id: "p" })}`,
    ]),
    150,
    async (bytes) => {
      const { told, state } = await readState({ snapshot, log: bytes });
      if (told === undefined) assert.ok(state?.entries["moscow/baker"]);
    },
  ));

const checked = (value: unknown): string => writeLine(value as never);

test("lines with a checksum that fits, and odd events", () => {
  const event = fc.oneof(
    bent(fc.constantFrom<unknown>(...story)),
    fc.record({ event: fc.constant("put"), key: fc.string(), entry: fitting("state.schema.json", "entry") }),
    fc.record({ event: fc.constant("intent"), intent: fitting("state.schema.json", "intent") }),
    fc.jsonValue(),
  );
  return fuzz(fc.array(event, { maxLength: 3 }), 200, async (events) => {
    const { told, state } = await readState({
      log: [checked({ event: "begin", lineage: "l", ...identity }), ...events.map(checked)].join(""),
    });
    assert.ok(told ?? state);
  });
});

test("any first line", () =>
  fuzz(fc.jsonValue(), 100, async (value) => {
    assert.ok((await readState({ log: checked(value) + checked({ event: "plan", id: "p" }) })).told);
  }));

test("states of the schema, and bent ones", () => {
  const states = fitting("state.schema.json");
  return fuzz(fc.oneof(states, bent(states)), 200, async (value) => {
    const { told, state } = await readState({ snapshot: JSON.stringify(value) });
    assert.ok(told ?? state);
  });
});

test("arbitrary lock files", () =>
  fuzz(
    fc.oneof(
      fc.string(),
      fc.jsonValue().map((value) => JSON.stringify(value)),
      bent(fc.constant({ pid: 1, host: "h", space: "s", token: "t", since: "2026-01-01" })).map((value) =>
        JSON.stringify(value),
      ),
    ),
    200,
    (text) =>
      inFolder(async (folder) => {
        mkdirSync(folder, { recursive: true });
        writeFileSync(join(folder, "emulator.lock"), text);
        const store = fileStore(folder, "emulator");
        await toldBy(() => store.holder());
        await toldBy(async () => (await store.open(identity)).close());
        await toldBy(() => store.forceUnlock());
      }),
  ));

test.run();
