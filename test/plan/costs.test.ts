// A month's costs: what was recorded by folder and code, and the board's side of it.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Spent, SpentCharge } from "../../src/model/spent.ts";
import { emptyState, type LedgerCharge, type State } from "../../src/model/state.ts";
import { costsOf } from "../../src/plan/costs.ts";

const tests = suite("costs");
const at = Date.parse("2026-12-12T09:00:00Z");
const start = Date.parse("2026-11-30T21:00:00Z");
const code = "job_publish";
const charge = (key: string, change: Partial<LedgerCharge> = {}): LedgerCharge => ({
  ...{ at, key, job: "1", code, units: 1, wallet: 0 },
  ...change,
});
const shown = (creator = "Иван", change: Partial<SpentCharge> = {}): SpentCharge => ({
  ...{ at, code, units: 1, account: "company", creator },
  ...change,
});
const state = (ledger: LedgerCharge[], change: Partial<State> = {}): State => ({
  ...emptyState("emulator", "1", "l"),
  ledgerSince: start,
  ledger,
  ...change,
});
const of = (known: State | undefined, spent: Partial<Spent> = {}, month = "2026-12") =>
  costsOf({
    ...{ state: known, board: "emulator", account: "1", month, timezone: "Europe/Moscow" },
    spent: { charges: [], added: [], unread: [], ...spent },
  });

tests("rows by folder, code and purse; a key at the root, in a location, of nobody", () => {
  const { rows, wallet } = of(
    state([
      charge("", { wallet: 700 }),
      charge("moscow/baker@elanskogo", { wallet: 100 }),
      charge("moscow/cook", { wallet: 200 }),
      charge("moscow/center/cook"),
      charge("baker"),
      charge("/odd"),
      charge("moscow/cook", { code: "job_refresh", account: "bonus" }),
      charge("moscow/cook", { code: "job_refresh", units: 3 }),
      charge("moscow/cook", { at: start - 1, wallet: 1e9 }),
    ]),
  );
  assert.equal(
    rows.map((row) => [row.folder, row.code, row.account, row.units, row.wallet]),
    [
      [".", code, "company", 2, 0],
      ["moscow", code, "company", 2, 300],
      ["moscow", "job_refresh", "company", 3, 0],
      ["moscow", "job_refresh", "bonus", 1, 0],
      ["moscow/center", code, "company", 1, 0],
      [null, code, "company", 1, 700],
    ],
  );
  assert.is(wallet, 1000);
});
tests("equal sides have no difference; each purse is compared with its own", () => {
  const bonus = { code: "job_refresh", account: "bonus" } as const;
  const costs = of(state([charge("a"), charge("b"), charge("a", bonus)]), {
    charges: [shown("x", { units: 2 }), shown("x", bonus), shown("x", { at: start - 1 })],
  });
  assert.equal(costs.codes, [
    { code, account: "company", recorded: 2, board: 2 },
    { ...bonus, recorded: 1, board: 1 },
  ]);
  assert.equal(costs.unmatched, []);
});
const whys: Readonly<Record<string, [State | undefined, SpentCharge[], RegExp]>> = {
  "no state": [undefined, [shown()], /there is no state/],
  "more on the board": [
    state([charge("a")]),
    [shown(), shown("Автопродление")],
    /^not bought by this workspace: by people, by the board's auto renewal/,
  ],
  "more recorded, by the wallet": [
    state([charge("a", { wallet: 5 })]),
    [],
    /what the wallet paid may not be among/,
  ],
  "more recorded, in units": [state([charge("a")]), [], /whose outcome can't be told counts as bought/],
};
for (const [name, [known, charges, why]] of Object.entries(whys)) {
  tests(`a difference: ${name}`, () => {
    const { unmatched } = of(known, { charges });
    assert.is(unmatched.length, 1);
    assert.match(unmatched[0]?.why ?? "", why);
  });
}
tests("by whom the board's side is, and a call that is still open", () => {
  const call = { do: "revive", job: { id: "1" }, publication: code } as const;
  const intent = {
    id: "i",
    key: "a",
    call,
    at,
    machine: "m",
    plan: "p",
    charge: { code, units: 1, wallet: 0 },
  };
  const open = state([], { intents: { i: intent as unknown as State["intents"][string] } });
  const { unmatched } = of(open, { charges: [shown("б"), shown("а"), shown("б", { units: 2 })] });
  assert.equal(unmatched[0]?.creators, [
    { creator: "а", units: 1 },
    { creator: "б", units: 3 },
  ]);
  assert.match(unmatched[0]?.why ?? "", /^a call whose outcome isn't known yet/);
});
tests("what can't be read is told with its words, what has no time in every month", () => {
  const unread = [{ text: "?", at, creator: "Иван" }, { text: "!" }];
  assert.equal(of(state([]), { unread }).unmatched, [
    { text: "?", at: "2026-12-12T09:00:00.000Z", creator: "Иван", why: "it can't be read" },
    { text: "!", at: null, creator: null, why: "its time can't be read, so it may be of any month" },
  ]);
  assert.is(of(state([]), { unread }, "2026-11").unmatched.length, 1);
});
tests("what was put on the account is no cost", () => {
  const added = [
    { at, code, units: 5 },
    { at, code, units: 5 },
  ];
  const costs = of(state([]), { added });
  assert.equal(costs.added, [{ code, units: 10 }]);
  assert.equal(costs.unmatched, []);
});
const { ledgerSince: _, ...old } = state([]);
const ledgers: Readonly<Record<string, [State | undefined, object]>> = {
  "no state": [undefined, { known: false, since: null, whole: false }],
  "not begun": [state([], { ledgerSince: null }), { known: false, since: null, whole: false }],
  "as old as the state": [old, { known: true, since: null, whole: true }],
  "begun with the month": [state([]), { known: true, since: "2026-11-30T21:00:00.000Z", whole: true }],
  "begun within it": [
    state([], { ledgerSince: at }),
    { known: true, since: "2026-12-12T09:00:00.000Z", whole: false },
  ],
};
for (const [name, [known, ledger]] of Object.entries(ledgers))
  tests(`how much of the month the ledger holds: ${name}`, () => assert.equal(of(known).ledger, ledger));
tests("a month before the ledger, and one after its begin", () => {
  assert.is(of(state([]), {}, "2026-11").ledger.whole, false);
  assert.is(of(state([], { ledgerSince: at }), {}, "2027-01").ledger.whole, true);
});
tests.run();
