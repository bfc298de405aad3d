import { suite } from "uvu";
import * as assert from "uvu/assert";
import { chargedOf } from "../../src/board/vkrabota/settle-funds.ts";
import type { BuyCall, Call, Funds, Source } from "../../src/model/job.ts";

const code = "job_refresh";
const buy = (action = code, account: BuyCall["account"] = "company"): BuyCall => ({
  do: "buy",
  job: { id: "7" },
  action,
  account,
});
const now = Date.parse("2026-12-01T12:00:00Z");
const packetOf = (left: number, rest: Partial<Source> = {}): Source => ({
  code,
  kind: "packet",
  left,
  ...rest,
});
const once = (left: number, rest: Partial<Source> = {}): Source => ({ code, kind: "once", left, ...rest });
const wallet = (left: number): Source => ({ code: "wallet", kind: "wallet", left });
const funds = (sources: Source[], price?: number | { min: number; max?: number }): Funds => ({
  sources,
  prices:
    price === undefined ? {} : { [code]: typeof price === "number" ? { min: price, max: price } : price },
});

type Row = [
  name: string,
  was: Funds,
  is: Funds,
  calls: Call[],
  want: "none" | "some" | "all" | undefined,
  more?: { charged?: Call[]; maybe?: Call[] },
];
const full = funds([packetOf(5), once(2), wallet(1000)], 100);
const three = [buy(), buy(), buy()];
const rows: Row[] = [
  ["nothing taken", full, full, three, "none"],
  ["all taken from a packet", full, funds([packetOf(2), once(2), wallet(1000)]), three, "all"],
  [
    "all taken, the packet used up",
    funds([packetOf(3), once(0), wallet(0)]),
    funds([once(0), wallet(0)]),
    three,
    "all",
  ],
  [
    "all taken, from packet and one-time units",
    full,
    funds([packetOf(4), once(0), wallet(1000)]),
    three,
    "all",
  ],
  ["all taken, units and wallet", full, funds([packetOf(4), once(1), wallet(900)]), three, "all"],
  ["all taken from the wallet", full, funds([packetOf(5), once(2), wallet(700)]), three, "all"],
  ["some taken", full, funds([packetOf(4), once(2), wallet(1000)]), three, "some"],
  ["more taken", full, funds([packetOf(1), once(2), wallet(1000)]), three, "some"],
  [
    "the wallet, not a multiple of the price",
    full,
    funds([packetOf(5), once(2), wallet(750)]),
    three,
    "some",
  ],
  [
    "the wallet, several prices",
    funds([once(0), wallet(1000)], { min: 100, max: 200 }),
    funds([once(0), wallet(700)]),
    three,
    "some",
  ],
  [
    "the wallet, one price known to be the least only",
    funds([once(0), wallet(1000)], { min: 100 }),
    funds([once(0), wallet(700)]),
    three,
    "some",
  ],
  ["the wallet, no price", funds([once(0), wallet(1000)]), funds([once(0), wallet(700)]), three, "some"],
  [
    "the wallet, and another code that may have been paid from it",
    full,
    funds([packetOf(5), once(2), wallet(700)]),
    [...three, buy("job_highlight")],
    "some",
  ],
  [
    "units, and another code",
    full,
    funds([packetOf(2), once(2), wallet(1000)]),
    [...three, buy("job_highlight")],
    "all",
  ],
  ["bonus", full, full, [buy(code, "bonus")], undefined],
  ["bonus beside", full, full, [...three, buy(code, "bonus")], undefined],
  ["bonus charged beside", full, full, three, undefined, { charged: [buy(code, "bonus")] }],
  [
    "one-time units unknown, nothing seen taken",
    funds([packetOf(5), wallet(0)]),
    funds([packetOf(5), wallet(0)]),
    three,
    undefined,
  ],
  [
    "one-time units unknown, all taken",
    funds([packetOf(5), wallet(0)]),
    funds([packetOf(2), wallet(0)]),
    three,
    "all",
  ],
  ["one-time units known before only", full, funds([packetOf(5), wallet(1000)]), three, undefined],
  ["the wallet unknown", funds([packetOf(5), once(0)]), funds([packetOf(5), once(0)]), three, undefined],
  ["the wallet unknown now", full, funds([packetOf(5), once(2)]), three, undefined],
  ["the wallet was filled up", full, funds([packetOf(5), once(2), wallet(2000)]), three, undefined],
  ["units were bought", full, funds([packetOf(5), once(3), wallet(1000)]), three, undefined],
  [
    "a packet came up, another went down",
    full,
    funds([packetOf(2), packetOf(3, { scope: "r/c" }), once(2), wallet(1000)]),
    three,
    undefined,
  ],
  [
    "a packet has ended",
    funds([packetOf(3, { expiresAt: now - 1 }), once(0), wallet(0)]),
    funds([once(0), wallet(0)]),
    three,
    undefined,
  ],
  [
    "one-time units have ended",
    funds([once(3, { expiresAt: now - 1 }), wallet(0)]),
    funds([once(0), wallet(0)]),
    three,
    undefined,
  ],
  [
    "one-time units whose end has moved",
    funds([once(3, { expiresAt: now + 1 }), wallet(0)]),
    funds([once(0, { expiresAt: now + 9 }), wallet(0)]),
    three,
    "all",
  ],
  [
    "two packets that look the same",
    funds([packetOf(2), packetOf(2), once(0), wallet(0)]),
    funds([packetOf(1), once(0), wallet(0)]),
    three,
    "all",
  ],
  [
    "nothing there to be taken: a free one leaves no trace",
    funds([once(0), wallet(0)]),
    funds([once(0), wallet(0)]),
    three,
    undefined,
  ],
  [
    "a wallet without a price: it may be free",
    funds([once(0), wallet(900)]),
    funds([once(0), wallet(900)]),
    three,
    undefined,
  ],
  [
    "a wallet that would have paid",
    funds([once(0), wallet(900)], 100),
    funds([once(0), wallet(900)]),
    three,
    "none",
  ],
  [
    "a wallet with too little",
    funds([once(0), wallet(50)], 100),
    funds([once(0), wallet(50)]),
    three,
    undefined,
  ],
  [
    "one known to be charged, and it alone was",
    full,
    funds([packetOf(4), once(2), wallet(1000)]),
    [buy()],
    "none",
    { charged: [buy()] },
  ],
  [
    "one known to be charged, and one more",
    full,
    funds([packetOf(3), once(2), wallet(1000)]),
    [buy()],
    "all",
    { charged: [buy()] },
  ],
  ["one known to be charged, and nothing is gone", full, full, [buy()], undefined, { charged: [buy()] }],
  [
    "one that may have been charged, one gone",
    full,
    funds([packetOf(4), once(2), wallet(1000)]),
    [buy()],
    "some",
    { maybe: [buy()] },
  ],
  [
    "one that may have been charged, two gone",
    full,
    funds([packetOf(3), once(2), wallet(1000)]),
    [buy()],
    "all",
    { maybe: [buy()] },
  ],
  ["bonus may have been charged beside", full, full, three, undefined, { maybe: [buy(code, "bonus")] }],
  [
    "less than one costs is gone from the wallet",
    full,
    funds([packetOf(5), once(2), wallet(950)]),
    [buy()],
    undefined,
  ],
  ["one that may have been charged, none gone", full, full, [buy()], "none", { maybe: [buy()] }],
  ["no funds before", funds([]), full, three, undefined],
];
const counting = suite("what the funds tell");
for (const [name, was, is, calls, want, more] of rows) {
  counting(`${name}: ${want}`, () => {
    assert.is(chargedOf(calls, { funds: was, ...more }, is, now)(code), want);
  });
}
counting.run();
