// What a plan takes, by tables: units first, the wallet where they run out, bounds where it is open.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Funds } from "../../src/model/job.ts";
import { Budget } from "../../src/plan/budget.ts";
import { Pricer, pricesOf, total } from "../../src/plan/cost.ts";
import { now } from "./world.ts";

type Source = Funds["sources"][number];
const code = "job_publish";
const packet = (left: number, more: Partial<Source> = {}): Source => ({
  code,
  kind: "packet",
  left,
  ...more,
});
const once = (left: number, more: Partial<Source> = {}): Source => ({ code, kind: "once", left, ...more });
const price = { [code]: { min: 1200_00, max: 1200_00 } };

const costs = suite("cost");
const rows: Record<
  string,
  { sources: Source[]; units: number; wallet: unknown; row?: object; prices?: typeof price }
> = {
  "nothing bought": { sources: [], units: 0, wallet: 0 },
  "a packet covers it": { sources: [packet(3)], units: 2, wallet: 0, row: { packets: 2, once: 0, left: 1 } },
  "packets, then one-time units": {
    sources: [packet(1), once(2)],
    units: 3,
    wallet: 0,
    row: { packets: 1, once: 2, left: 0 },
  },
  "the wallet for what is missing": {
    sources: [packet(1)],
    units: 3,
    wallet: 2400_00,
    row: { packets: 1, wallet: 2400_00 },
  },
  "an expired packet is worth nothing": {
    sources: [packet(3, { expiresAt: now })],
    units: 1,
    wallet: 1200_00,
  },
  "one that ends later counts": { sources: [packet(3, { expiresAt: now + 1 })], units: 1, wallet: 0 },
  "expired one-time units": { sources: [once(3, { expiresAt: now - 1 })], units: 1, wallet: 1200_00 },
  "another code's units": { sources: [packet(3, { code: "job_refresh" })], units: 1, wallet: 1200_00 },
  "a packet of one region may fit or not": {
    sources: [packet(1, { scope: "r/c" })],
    units: 2,
    wallet: { min: 1200_00, max: 2400_00 },
    row: { packets: 0, open: 1, wallet: { min: 1200_00, max: 2400_00 } },
  },
  "sure units before open ones": {
    sources: [packet(1), packet(5, { scope: "r/c" })],
    units: 3,
    wallet: { min: 0, max: 2400_00 },
  },
  "a price between bounds": {
    sources: [],
    units: 2,
    wallet: { min: 2000_00, max: 2400_00 },
    prices: { [code]: { min: 1000_00, max: 1200_00 } },
  },
  "no price is known": {
    sources: [packet(1)],
    units: 2,
    wallet: null,
    row: { wallet: null },
    prices: {} as typeof price,
  },
};
for (const [name, { sources, units, wallet, row, prices = price }] of Object.entries(rows)) {
  costs(name, () => {
    const pricer = new Pricer({ sources, prices: {} }, prices, now);
    const wallets = Array.from({ length: units }, () => pricer.next(code));
    assert.equal(total(wallets), wallet);
    const told = pricer.rows()[0];
    if (row) assert.equal({ ...told, ...row }, told);
    if (told) assert.equal(told.wallet, wallet);
  });
}
costs("the board's price wins over the settings', which are in roubles, and a difference is named", () => {
  const funds = { sources: [], prices: { a: { min: 100, max: 100 }, b: { min: 100, max: 200 } } };
  assert.equal(pricesOf(funds, { a: 1, b: 1.5, c: 12.34 }), {
    known: { a: { min: 100, max: 100 }, b: { min: 100, max: 200 }, c: { min: 1234, max: 1234 } },
    differing: ["b"],
  });
});
costs.run();

const budgets = suite("budget");
const spend = (key: string, wallet: number, units = 1) => ({ key, code, units, wallet });
const ledger = [
  { at: now, job: null, ...spend("moscow/a", 500_00) },
  // The last minute of November in Moscow, which is December in Omsk.
  { at: Date.parse("2026-11-30T20:59:00Z"), job: null, ...spend("kazan/b", 900_00) },
];
const limits: Record<
  string,
  { budget: object; timezone?: string; spendings: ReturnType<typeof spend>[]; want: RegExp[] }
> = {
  "no limit": { budget: {}, spendings: [spend("a", 1e9)], want: [] },
  "just enough": { budget: { per_apply: { wallet: 1200 } }, spendings: [spend("a", 1200_00)], want: [] },
  "a rouble too small": {
    budget: { per_apply: { wallet: 1199 } },
    spendings: [spend("a", 1200_00)],
    want: [/1 200 ₽ would be spent, and budget\.per_apply\.wallet is 1 199 ₽/],
  },
  "units of a code": {
    budget: { per_apply: { [code]: 1 } },
    spendings: [spend("a", 0), spend("b", 0)],
    want: [/2 × job_publish would be spent, and budget\.per_apply\.job_publish is 1 × job_publish/],
  },
  "what was spent this month counts": {
    budget: { per_month: { wallet: 600 } },
    spendings: [spend("a", 200_00)],
    want: [/200 ₽ would be spent, after 500 ₽ this month, and budget\.per_month\.wallet is 600 ₽/],
  },
  "months begin in the workspace's time zone": {
    budget: { per_month: { wallet: 600 } },
    timezone: "Asia/Omsk",
    spendings: [spend("a", 1)],
    want: [/after 1 400 ₽ this month/],
  },
  "a folder's own limit, beside the wider one": {
    budget: { per_apply: { wallet: 100 }, folders: { moscow: { per_month: { wallet: 500 } } } },
    spendings: [spend("moscow/a", 150_00), spend("kazan/b", 1)],
    want: [/budget\.per_apply\.wallet is 100 ₽/, /budget\.folders\.moscow\.per_month\.wallet is 500 ₽/],
  },
  "a folder whose name only begins alike": {
    budget: { folders: { mos: { per_apply: { wallet: 0 } } } },
    spendings: [spend("moscow/a", 1)],
    want: [],
  },
};
for (const [name, { budget, timezone = "Europe/Moscow", spendings, want }] of Object.entries(limits)) {
  budgets(name, () => {
    const own = new Budget({ config: { budget, timezone }, ledger, now });
    for (const spending of spendings) own.add(spending);
    const said = own.breaches().map((message) => message.replaceAll("\u202f", " "));
    assert.is(said.length, want.length, said.join("\n"));
    for (const [index, pattern] of want.entries()) assert.match(said[index] ?? "", pattern);
  });
}
budgets("what fits is told before it is added", () => {
  const own = new Budget({
    config: { budget: { per_apply: { wallet: 2000 } }, timezone: "UTC" },
    ledger: [],
    now,
  });
  assert.equal(own.bars(spend("a", 1200_00)), []);
  own.add(spend("a", 1200_00));
  assert.equal(own.bars(spend("b", 1200_00)), ["budget.per_apply.wallet"]);
  assert.equal(own.bars(spend("b", 0)), [], "what costs nothing fits always");
});
budgets.run();
