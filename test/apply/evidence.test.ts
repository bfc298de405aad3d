import { suite } from "uvu";
import * as assert from "uvu/assert";
import { assumedOf, takenSince } from "../../src/apply/evidence.ts";
import type { Call, JobView } from "../../src/model/job.ts";
import type { Intent, LedgerCharge } from "../../src/model/state.ts";

const code = "job_highlight";
const line = (more: Partial<LedgerCharge>): LedgerCharge => ({
  ...{ at: 1_000_000, key: "a", job: "1", code, units: 1, wallet: 0 },
  ...more,
});
const open = (id: string, more: Partial<Intent> = {}): Intent => ({
  ...{ id, key: id, plan: "p", at: 1, machine: "m" },
  call: { do: "buy", job: { id: "1" }, action: code, account: "company" },
  entry: {
    ...{ file: "a.yaml", textHash: "0", commit: null, applied: {} },
    keep: { preventClose: false, closeReason: "closed_irrelevant", onDelete: "close" },
  },
  ...more,
});

/** The mark was taken after 10 events. */
const rows: [
  name: string,
  world: { ledger?: LedgerCharge[]; open?: Intent[] },
  charged: number,
  maybe: number,
][] = [
  [
    "over before the mark, whatever the clock says",
    { ledger: [line({ begun: 8, ended: 10, at: 9e9 })] },
    0,
    0,
  ],
  ["begun after it, whatever the clock says", { ledger: [line({ begun: 11, ended: 12, at: 0 })] }, 1, 0],
  ["several units", { ledger: [line({ begun: 11, ended: 12, units: 3 })] }, 3, 0],
  ["open when it was taken", { ledger: [line({ begun: 9, ended: 12 })] }, 0, 1],
  ["assumed", { ledger: [line({ begun: 11, ended: 12, assumed: true })] }, 0, 1],
  ["assumed before it", { ledger: [line({ begun: 8, ended: 9, assumed: true })] }, 0, 0],
  ["without a place in the log, after it by the clock", { ledger: [line({ at: 1_000_001 })] }, 0, 1],
  ["without one, a little before it", { ledger: [line({ at: 999_000 })] }, 0, 1],
  ["without one, well before it", { ledger: [line({ at: 900_000 })] }, 0, 0],
  [
    "of another code, from the wallet",
    { ledger: [line({ begun: 11, ended: 12, code: "x", wallet: 1 })] },
    1,
    0,
  ],
  ["of another code, in units", { ledger: [line({ begun: 11, ended: 12, code: "x" })] }, 0, 0],
  ["another open call", { open: [open("other")] }, 0, 1],
  ["the call itself", { open: [open("own")] }, 0, 0],
  [
    "an open call that is free",
    { open: [open("other", { call: { do: "update", job: { id: "1" }, attributes: {} } })] },
    0,
    0,
  ],
  [
    "an open call of another code, in units",
    { open: [open("other", { charge: { code: "x", units: 1, wallet: 0 } })] },
    0,
    0,
  ],
];

const since = suite("what was taken since a mark");
for (const [name, world, charged, maybe] of rows) {
  since(name, () => {
    const state = {
      ledger: world.ledger ?? [],
      intents: Object.fromEntries((world.open ?? []).map((intent) => [intent.id, intent])),
    };
    const mark = { at: 1_000_000, serial: 10, sources: [], prices: {} };
    const found = takenSince(state, mark, { codes: [code], except: new Set(["own"]), at: 0 });
    assert.equal([found.charged.length, found.maybe.length], [charged, maybe]);
  });
}

const revive: Call = { do: "revive", job: { id: "1" }, publication: "job_publish", expiresAt: 5 };
const shown = (expiresAt?: number): JobView => ({
  ...{ ref: { id: "1" }, attributes: {} },
  ...(expiresAt !== undefined && { expiresAt }),
});
const assumptions: [
  name: string,
  call: Call,
  view: JobView | undefined,
  recognised: boolean,
  assumed: boolean,
][] = [
  ["a purchase, answered", open("x").call, shown(), false, false],
  ["a purchase, told by the funds", open("x").call, undefined, true, true],
  ["a create, found", { do: "create", attributes: {}, publication: "job_publish" }, shown(9), true, false],
  ["a revival, answered with a later expiry", revive, shown(9), false, false],
  ["a revival, answered with the expiry of before", revive, shown(5), false, true],
  ["a revival, answered without an expiry", revive, shown(), false, false],
  ["a revival, seen with a later expiry", revive, shown(9), true, false],
  ["a revival, seen with the expiry of before", revive, shown(5), true, true],
  ["a revival, seen without an expiry", revive, shown(), true, true],
];
for (const [name, call, view, recognised, assumed] of assumptions)
  since(`${name}: ${assumed ? "assumed" : "certain"}`, () => {
    assert.is(assumedOf({ call, view, recognised }).assumed === true, assumed);
  });

since("a mark of an older version: nothing is certain, and its time tells", () => {
  const state = {
    intents: {},
    ledger: [line({ begun: 11, ended: 12 }), line({ begun: 2, ended: 3, at: 0 })],
  };
  const found = takenSince(
    state,
    { sources: [], prices: {} },
    { codes: [code], except: new Set(), at: 1_000_000 },
  );
  assert.equal([found.charged.length, found.maybe.length], [0, 1]);
});
since.run();
