import { suite } from "uvu";
import * as assert from "uvu/assert";
import { OpenCalls } from "../../src/model/open.ts";
import { emptyState, type State } from "../../src/model/state.ts";
import { applyEvent, copyState, reduce, type StateEvent } from "../../src/state/events.ts";
import { contradiction, faultOfEvent, faultOfState } from "../../src/state/valid.ts";
import { asText, charge, entry, intent, story } from "./samples.ts";

const test = suite("state events");

const start = (): State => emptyState("emulator", "7", "l");
const fold = (events: readonly StateEvent[]): State => events.reduce(reduce, start());

const table: readonly [string, readonly StateEvent[], (state: State) => unknown, unknown][] = [
  ["put adds", [{ event: "put", key: "a", entry: entry("1") }], (s) => s.entries.a?.job, { id: "1" }],
  [
    "put replaces",
    [
      { event: "put", key: "a", entry: entry("1") },
      { event: "put", key: "a", entry: entry("2") },
    ],
    (s) => s.entries.a?.job,
    { id: "2" },
  ],
  [
    "drop removes",
    [
      { event: "put", key: "a", entry: entry("1") },
      { event: "drop", key: "a" },
    ],
    (s) => Object.keys(s.entries),
    [],
  ],
  [
    "rename takes the entry and its open intents along",
    [
      { event: "put", key: "a", entry: entry("1") },
      { event: "intent", intent: intent("i", "a") },
      { event: "rename", from: "a", to: "b" },
    ],
    (s) => [Object.keys(s.entries), s.intents.i?.key],
    [["b"], "b"],
  ],
  [
    "what an open call takes stays with the key that it was made under",
    [
      { event: "intent", intent: { ...intent("i", "a"), charge: { code: "x", units: 1, wallet: 0 } } },
      { event: "rename", from: "a", to: "b" },
      { event: "rename", from: "b", to: "c" },
      { event: "done", id: "i", key: "c", entry: entry("1") },
    ],
    (s) => s.ledger?.map(({ key, begun, ended }) => [key, begun, ended]),
    [["a", 1, 4]],
  ],
  [
    "what is only assumed to be done is charged as such",
    [
      { event: "intent", intent: { ...intent("i", "a"), charge: { code: "x", units: 1, wallet: 0 } } },
      { event: "done", id: "i", key: "a", entry: entry("1"), assumed: true },
    ],
    (s) => s.ledger?.map(({ assumed }) => assumed),
    [true],
  ],
  [
    "background is the account's own",
    [{ event: "background", background: { file: "a", hash: "1" } }],
    (s) => s.background,
    { file: "a", hash: "1" },
  ],
  [
    "drop of the account's key takes it away",
    [
      { event: "background", background: { file: "a", hash: "1" } },
      { event: "drop", key: "_account" },
    ],
    (s) => "background" in s,
    false,
  ],
  [
    "sent marks the intent",
    [
      { event: "intent", intent: intent("i", "a") },
      { event: "sent", id: "i" },
    ],
    (s) => s.intents.i?.sent,
    true,
  ],
  [
    "unclear keeps it open",
    [
      { event: "intent", intent: intent("i", "a") },
      { event: "unclear", id: "i", cause: "reset" },
    ],
    (s) => s.intents.i?.unclear,
    "reset",
  ],
  [
    "done closes it and puts the entry",
    [
      { event: "intent", intent: intent("i", "a") },
      { event: "done", id: "i", key: "a", entry: entry("9") },
    ],
    (s) => [Object.keys(s.intents), s.entries.a?.job],
    [[], { id: "9" }],
  ],
  [
    "done without an entry leaves the one that is there",
    [
      { event: "put", key: "a", entry: entry("1") },
      { event: "intent", intent: intent("i", "a") },
      { event: "done", id: "i", key: "a", entry: null },
    ],
    (s) => [Object.keys(s.intents), s.entries.a?.job],
    [[], { id: "1" }],
  ],
  [
    "refused closes it",
    [
      { event: "intent", intent: intent("i", "a") },
      { event: "refused", id: "i" },
    ],
    (s) => [Object.keys(s.intents), Object.keys(s.entries)],
    [[], []],
  ],
  [
    "a contact that was charged goes into the ledger, and is remembered",
    [
      { event: "contact", id: "5657", contact: { at: 5, open: "sent", charge: { wallet: 1500 } } },
      { event: "contact-settled", id: "5657", as: "charged" },
    ],
    (s) => [{ ...s.contacts }, s.ledger],
    [
      { "5657": { at: 5 } },
      [{ at: 5, key: "_contacts", job: null, code: "contact_view", units: 1, wallet: 1500 }],
    ],
  ],
  [
    "a contact that was bought before is remembered, and takes nothing",
    [
      { event: "contact", id: "5657", contact: { at: 5, open: "sent", charge: { wallet: 1500 } } },
      { event: "contact-settled", id: "5657", as: "owned" },
    ],
    (s) => [{ ...s.contacts }, s.ledger],
    [{ "5657": { at: 5 } }, undefined],
  ],
  [
    "a contact that was certainly not bought is forgotten",
    [
      { event: "contact", id: "5657", contact: { at: 5, open: "intent", charge: { wallet: 0 } } },
      { event: "contact-settled", id: "5657", as: "refused" },
    ],
    (s) => [Object.keys(s.contacts ?? {}), s.ledger],
    [[], undefined],
  ],
  [
    "while nobody knows, an open contact counts as what it may have taken",
    [{ event: "contact", id: "5657", contact: { at: 5, open: "sent", charge: { wallet: 1500 } } }],
    (s) => new OpenCalls(s).charges().map(({ key, wallet }) => [key, wallet]),
    [["_contacts", 1500]],
  ],
  ["a plan is remembered", [{ event: "plan", id: "p" }], (s) => s.plans, ["p"]],
  [
    "a ledger begins: what was spent before stands before its own charges",
    [
      { event: "intent", intent: { ...intent("i", "a"), at: 5, charge: { code: "x", units: 1, wallet: 0 } } },
      { event: "done", id: "i", key: "a", entry: entry("1") },
      { event: "ledger", since: 0, charges: [charge] },
    ],
    (s) => [s.ledgerSince, s.ledger?.map(({ at }) => at)],
    [0, [1, 5]],
  ],
  [
    "an empty one too",
    [{ event: "ledger", since: 7, charges: [] }],
    (s) => [s.ledgerSince, s.ledger],
    [7, undefined],
  ],
  [
    "keys that every object has are as good as others",
    [
      { event: "put", key: "__proto__", entry: entry("1") },
      { event: "put", key: "constructor", entry: entry("2") },
    ],
    (s) => [Object.keys(s.entries), s.entries.toString === undefined],
    [["__proto__", "constructor"], true],
  ],
];

for (const [name, events, look, expected] of table) {
  test(name, () => {
    assert.equal(look(fold(events)), expected);
    assert.is(fold(events).serial, events.length, "each event counts one");
  });
}

test("a state from before ledgers had a beginning is read as it is", () => {
  const { ledgerSince: _, ...old } = fold([]);
  assert.is(faultOfState(old), undefined);
  assert.is(reduce(old, { event: "plan", id: "p" }).ledgerSince, undefined);
});

test("reduce leaves the state before it as it was", () => {
  let state = start();
  for (const event of story) {
    const before = JSON.stringify(state);
    const next = reduce(state, event);
    assert.is(JSON.stringify(state), before, event.event);
    state = next;
  }
  assert.is(faultOfState(state), undefined);
});

test("a copy doesn't feel what is applied to the original", () => {
  const state = fold(story);
  const copy = copyState(state);
  const before = asText(copy);
  applyEvent(state, { event: "drop", key: "constructor" });
  applyEvent(state, { event: "plan", id: "another" });
  assert.is(asText(copy), before);
});

test("every event of the story is well formed and possible", () => {
  let state = start();
  for (const event of story) {
    assert.is(faultOfEvent({ ...event }), undefined, event.event);
    assert.is(contradiction(state, event), undefined, event.event);
    state = reduce(state, event);
  }
});

const impossible: readonly [StateEvent, RegExp][] = [
  [{ event: "rename", from: "no", to: "b" }, /no entry no/],
  [{ event: "rename", from: "gone", to: "gone" }, /no entry gone/],
  [{ event: "rename", from: "constructor", to: "moscow/пекарь" }, /moscow\/пекарь already/],
  [{ event: "intent", intent: intent("i2", "x") }, /i2 already/],
  [{ event: "base", lineage: "l", serial: 1 }, /first line/],
];

for (const [event, why] of impossible) {
  test(`impossible: ${JSON.stringify(event).slice(0, 60)}`, () => {
    assert.match(contradiction(fold(story), event) ?? "", why);
  });
}

const malformed: readonly [Record<string, unknown>, RegExp][] = [
  [{ event: "teleport" }, /unknown/],
  [{ event: "toString" }, /unknown/],
  [{ event: "put", key: "a", entry: { job: { id: "1" } } }, /required/],
  [{ event: "put", key: "a", entry: { ...entry("1"), extra: 1 } }, /additional/],
  [{ event: "put", key: "a", entry: { ...entry("1"), applied: { lat: Number.NaN } } }, /must be/],
  [{ event: "done", id: "i", key: "a" }, /must be object/],
  [{ event: "intent", intent: {} }, /required/],
  [{ event: "sent" }, /id is no text/],
  [{ event: "base", lineage: "l", serial: 1.5 }, /serial/],
  [{ event: "ledger", since: 1.5, charges: [] }, /since/],
  [{ event: "ledger", since: 1 }, /must be array/],
  [{ event: "ledger", since: 1, charges: [{ ...charge, units: 0 }] }, /must be >= 1/],
];

for (const [event, why] of malformed) {
  test(`malformed: ${JSON.stringify(event).slice(0, 60)}`, () => {
    assert.match(faultOfEvent(event) ?? "", why);
  });
}

test.run();
