// A ledger that begins late: from when on it counts, and what is reckoned of the time before.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { monthOf, startOfMonth } from "../../src/model/month.ts";
import type { Spent, SpentCharge } from "../../src/model/spent.ts";
import { emptyState, type LedgerCharge, type State } from "../../src/model/state.ts";
import { Budget } from "../../src/plan/budget.ts";
import { beginNote, ledgerGuard, ledgerStart, reckon, wantsSpent } from "../../src/plan/ledger.ts";

const timezone = "Europe/Moscow";
const now = Date.parse("2026-12-12T09:00:00Z");
const start = Date.parse("2026-11-30T21:00:00Z");
const code = "job_publish";

const months = suite("months");
const zones: readonly [zone: string, at: string, month: string, start: string][] = [
  ["Europe/Moscow", "2026-12-12T09:00:00Z", "2026-12", "2026-11-30T21:00:00Z"],
  ["Europe/Moscow", "2026-11-30T21:00:00Z", "2026-12", "2026-11-30T21:00:00Z"],
  ["Europe/Moscow", "2026-11-30T20:59:59.999Z", "2026-11", "2026-10-31T21:00:00Z"],
  ["Asia/Vladivostok", "2026-12-31T14:00:00Z", "2027-01", "2026-12-31T14:00:00Z"],
  ["UTC", "2024-02-29T23:59:59Z", "2024-02", "2024-02-01T00:00:00Z"],
  // The clocks go back within the month, and on its first day.
  ["Europe/Berlin", "2026-10-31T12:00:00Z", "2026-10", "2026-09-30T22:00:00Z"],
  ["America/New_York", "2026-11-02T12:00:00Z", "2026-11", "2026-11-01T04:00:00Z"],
];
for (const [zone, at, month, first] of zones) {
  months(`${at} in ${zone}`, () => {
    assert.is(monthOf(Date.parse(at), zone), month);
    assert.is(new Date(startOfMonth(Date.parse(at), zone)).getTime(), Date.parse(first));
  });
}
months.run();

const ledgers = suite("the ledger's begin");
const own: LedgerCharge = { at: now - 1000, key: "a", job: "1", code, units: 1, wallet: 5 };
const state = (change: Partial<State> = {}): State => ({ ...emptyState("emulator", "1", "l"), ...change });
const { ledgerSince: _, ...old } = state();
const budget = { per_month: { wallet: 3000 } };
const starts: Readonly<Record<string, [State, start: number, wanted: boolean]>> = {
  "a state that begins now": [state(), Number.POSITIVE_INFINITY, true],
  "one from before ledgers had a beginning": [old, Number.NEGATIVE_INFINITY, false],
  "one whose first charge came before it was begun": [state({ ledger: [own] }), own.at, true],
  "begun this month": [state({ ledgerSince: now - 1000 }), now - 1000, true],
  "begun with the month": [state({ ledgerSince: start }), start, false],
  "begun long ago": [state({ ledgerSince: start - 1 }), start - 1, false],
};
for (const [name, [one, since, wanted]] of Object.entries(starts)) {
  ledgers(name, () => {
    assert.is(ledgerStart(one), since);
    assert.is(wantsSpent(one, { budget, timezone }, now), wanted);
    assert.is(wantsSpent(one, { budget: { per_apply: { wallet: 1 } }, timezone }, now), false);
    assert.is(wantsSpent(one, { timezone }, now), false);
  });
}
ledgers("a folder's monthly limit wants it too", () =>
  assert.ok(wantsSpent(state(), { budget: { folders: { a: { per_month: { [code]: 1 } } } }, timezone }, now)),
);
ledgers.run();

const reckoning = suite("what was spent before");
const taken = (at: number, change: Partial<SpentCharge> = {}): SpentCharge => ({
  ...{ at, code, units: 1, account: "company" },
  ...change,
});
const spent = (change: Partial<Spent>): Spent => ({ charges: [], added: [], unread: [], ...change });
const prices = { [code]: { min: 1000_00, max: 1200_00 } };
const before = (one: Partial<Spent>, of: State = state()) =>
  reckon(spent(one), { state: of, timezone, now, prices });
const counted = (at: number, units: number, wallet: number) => ({
  ...{ at, key: "", job: null, code, units, wallet },
});

reckoning("of this month, oldest first, at the highest price", () => {
  const charges = [taken(now - 5), taken(start, { units: 2 }), taken(start - 1)];
  assert.equal(before({ charges }), {
    charges: [counted(start, 2, 2400_00), counted(now - 5, 1, 1200_00)],
  });
});
reckoning("only what the ledger doesn't hold itself", () => {
  const charges = [taken(now - 2000), taken(now - 1000), taken(now)];
  const late = state({ ledgerSince: now - 1000 });
  assert.equal(before({ charges }, late).charges, [counted(now - 2000, 1, 1200_00)]);
});
reckoning("bonus counts in units and takes nothing from the wallet, priced or not", () => {
  const charges = [taken(now, { account: "bonus", code: "x" })];
  assert.equal(before({ charges }), {
    charges: [{ ...counted(now, 1, 0), code: "x", account: "bonus" }],
  });
});
reckoning("what can't be priced or read is a doubt; of another month it isn't", () => {
  const { charges, doubt } = before({
    charges: [taken(now, { code: "z" }), taken(now, { code: "b" }), taken(now, { code: "z" })],
    unread: [{ text: "now", at: now }, { text: "then", at: start - 1 }, { text: "ever" }],
  });
  assert.equal(doubt, { texts: ["now", "ever"], codes: ["b", "z"] });
  assert.equal(
    charges.map(({ wallet }) => wallet),
    [0, 0, 0],
  );
});
reckoning.run();

const guards = suite("the guard ledger");
const wallet = { texts: [], codes: ["job_refresh"] };
const texts = { texts: ["a", "b", "c", "d", "x".repeat(200)], codes: [] };
const spending = (key: string, units: number, kopecks: number) => ({ key, code, units, wallet: kopecks });
const cases: readonly [
  name: string,
  doubt: typeof texts | typeof wallet | undefined,
  budget: object,
  spent: ReturnType<typeof spending>,
  refuses: boolean,
][] = [
  ["no doubt", undefined, budget, spending("a", 1, 1), false],
  ["no price, and the wallet would pay", wallet, budget, spending("a", 1, 1), true],
  ["no price, and a unit pays", wallet, budget, spending("a", 1, 0), false],
  ["no price, and only units are limited", wallet, { per_month: { [code]: 9 } }, spending("a", 1, 1), false],
  ["unreadable, and units are limited", texts, { per_month: { [code]: 9 } }, spending("a", 1, 0), true],
  ["unreadable, and another code is limited", texts, { per_month: { x: 9 } }, spending("a", 1, 1), false],
  ["only an apply is limited", texts, { per_apply: { wallet: 1e9 } }, spending("a", 1, 1), false],
  [
    "another folder is limited",
    texts,
    { folders: { b: { per_month: { wallet: 1 } } } },
    spending("a/x", 1, 1),
    false,
  ],
  [
    "its folder is limited",
    texts,
    { folders: { a: { per_month: { wallet: 1 } } } },
    spending("a/x", 1, 1),
    true,
  ],
];
for (const [name, doubt, limits, one, refuses] of cases) {
  guards(name, () => {
    const own = new Budget({ config: { budget: limits, timezone }, ledger: [], now });
    own.add(one);
    assert.is(ledgerGuard(doubt, own).length, refuses ? 1 : 0);
  });
}
guards("it names some of the texts, the limits, and the ways out", () => {
  const own = new Budget({ config: { budget, timezone }, ledger: [], now });
  own.add(spending("a", 1, 1));
  const [guard] = ledgerGuard({ texts: [...texts.texts], codes: ["x", "y"] }, own);
  assert.match(guard?.message ?? "", /budget\.per_month\.wallet has to/);
  assert.match(guard?.message ?? "", /5 can't be read: “a”, “b”, “c” and 2 more; no price is known of x, y/);
  assert.match(
    guard?.allow ?? "",
    /^write prices: \{ x: ROUBLES, y: ROUBLES \} .* vac costs --confirm-ledger/,
  );
});
guards("what nobody knows the folder of counts against every folder", () => {
  const limits = { folders: { a: { per_month: { wallet: 1500 } }, b: { per_month: { wallet: 1500 } } } };
  const { charges: ledger } = before({ charges: [taken(now)] });
  const own = new Budget({ config: { budget: limits, timezone }, ledger, now });
  own.add(spending("a/x", 1, 300_01));
  own.add(spending("b/x", 1, 300_00));
  const said = own.breaches();
  assert.is(said.length, 1);
  assert.match(said[0] ?? "", /budget\.folders\.a\.per_month\.wallet/);
});
guards("nothing is said of a new account", () => {
  const about = { timezone, now };
  assert.equal(beginNote({ charges: [] }, { ...about, hasJobs: false }), []);
  assert.match(
    beginNote({ charges: [] }, { ...about, hasJobs: true })[0]?.message ?? "",
    /show: nothing\. What/,
  );
  const [note] = beginNote(before({ charges: [taken(now), taken(now)] }), { ...about, hasJobs: true });
  assert.match((note?.message ?? "").replaceAll("\u202f", " "), /2 × job_publish, 2 400 ₽ at most\./);
});
guards.run();
