import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { EmulatorOptions, FundsPatch } from "../../src/emulator/index.ts";
import { type Client, EXAMPLE, withClient } from "./client.ts";
import { at, DAY } from "./paid.ts";

const money = suite("emulator: money");

const MOSCOW = "0c5b2444-70a0-4932-980c-b4dc0d3f02b5";
const KAZAN = "0c089b04-099e-4e0e-955a-6bf1ce525f1a";
const KITCHEN = "38dca0fe-8ecb-4fbb-ac92-85a698b1ab04";
const SHOP = "7a1c5f5e-3b0d-4d52-9a57-0f6f2c1d7e01";

/** A baker in Moscow, published in the ordinary way. */
const BAKER = { ...EXAMPLE, publication_type: "job_publish" };

const one = { job_publish: 1 };
const poor: FundsPatch = { balance: 0, packets: [] };

type Readings = NonNullable<EmulatorOptions["readings"]>;

/** What paid for each of the creates, in their order; "refused" for a 422. */
async function sources({ call, emulator }: Client, creates: number): Promise<string[]> {
  const found: string[] = [];
  for (let made = 0; made < creates; made += 1) {
    const { status } = await call("POST", "/jobs", BAKER);
    const charge = emulator.control.state().ledger.at(-1);
    if (status !== 200) found.push("refused");
    else
      found.push(
        charge?.packet_id ??
          (charge?.source === "wallet" ? `wallet ${charge.kopecks}` : String(charge?.source)),
      );
  }
  return found;
}

const both: FundsPatch = {
  balance: 3000,
  otvas: { job_publish: 1 },
  packets: [{ id: "7", limits: one }],
};
const SPENDING: [string, FundsPatch, Readings, string[]][] = [
  ["nothing set up: never refused", { balance: 1500, overdraft: true }, {}, ["wallet 1500", "wallet 1500"]],
  ["an empty wallet", poor, {}, ["refused"]],
  ["a wallet that is enough to the kopeck", { balance: 1500 }, {}, ["wallet 1500", "refused"]],
  ["a wallet one kopeck short", { balance: 1499 }, {}, ["refused"]],
  ["a price of its own", { balance: 100, prices: { job_publish: 100 } }, {}, ["wallet 100", "refused"]],
  ["a price of nothing", { balance: 0, prices: { job_publish: 0 } }, {}, ["wallet 0"]],
  ["not for money", { balance: 9e9, prices: { job_publish: null } }, {}, ["refused"]],
  ["packets, units, wallet", both, {}, ["7", "otvas", "wallet 1500", "wallet 1500", "refused"]],
  ["packets first", both, { spendOrder: "packets_first" }, ["7", "otvas", "wallet 1500"]],
  ["units first", both, { spendOrder: "otvas_first" }, ["otvas", "7", "wallet 1500"]],
  [
    "wallet first",
    both,
    { spendOrder: "wallet_first" },
    ["wallet 1500", "wallet 1500", "7", "otvas", "refused"],
  ],
  [
    "what ends first goes first",
    {
      ...poor,
      packets: [
        { id: "1", end: at(9), limits: one },
        { id: "2", end: at(3), limits: one },
        { id: "3", end: at(5), limits: one },
      ],
    },
    {},
    ["2", "3", "1", "refused"],
  ],
  [
    "of equal ends the lower id",
    {
      ...poor,
      packets: [
        { id: "12", limits: one },
        { id: "9", limits: one },
      ],
    },
    {},
    ["9", "12"],
  ],
  [
    "a packet that is over",
    { ...poor, packets: [{ start: at(-9), end: at(0), limits: one }] },
    {},
    ["refused"],
  ],
  ["a packet that hasn't begun", { ...poor, packets: [{ start: at(1), limits: one }] }, {}, ["refused"]],
  [
    "a packet of another type of publication",
    { ...poor, packets: [{ limits: { super_job_publish: 5 } }] },
    {},
    ["refused"],
  ],
  [
    "of a packet only the current step",
    {
      ...poor,
      packets: [
        {
          start: at(-1),
          steps: [
            { end: at(0), limits: { job_publish: 5 } },
            { end: at(1), limits: one },
            { end: at(2), limits: { job_publish: 5 } },
          ],
        },
      ],
    },
    {},
    ["151", "refused"],
  ],
  ["units that have expired", { balance: 0, otvas: one, otvas_expires_at: at(0) }, {}, ["refused"]],
  ["units without an end", { balance: 0, otvas: one, otvas_expires_at: null }, {}, ["otvas", "refused"]],
  ["the region fits", { ...poor, packets: [{ region: MOSCOW, limits: one }] }, {}, ["151", "refused"]],
  ["the region doesn't", { ...poor, packets: [{ region: KAZAN, limits: one }] }, {}, ["refused"]],
  ["the category fits", { ...poor, packets: [{ category: KITCHEN, limits: one }] }, {}, ["151"]],
  ["the category doesn't", { ...poor, packets: [{ category: SHOP, limits: one }] }, {}, ["refused"]],
  [
    "regions are passed over where the reading says so",
    { ...poor, packets: [{ region: KAZAN, category: SHOP, limits: one }] },
    { ignoreRegions: true },
    ["151", "refused"],
  ],
  [
    "an empty packet's price counts where it fits",
    { balance: 1000, packets: [{ region: MOSCOW, limits: one, prices: { job_publish: 700 } }] },
    {},
    ["151", "wallet 700", "refused"],
  ],
  [
    "and not elsewhere",
    { balance: 2000, packets: [{ region: KAZAN, limits: {}, prices: { job_publish: 700 } }] },
    {},
    ["wallet 1500", "refused"],
  ],
];
for (const [name, funds, readings, expected] of SPENDING) {
  money(`paid by: ${name}`, () =>
    withClient({ readings }, async (client) => {
      client.emulator.control.setFunds(funds);
      assert.equal(await sources(client, expected.length), expected);
    }),
  );
}

money("an unknown place fits packets for all of Russia only", () =>
  withClient({}, async ({ call, emulator }) => {
    const nowhere = { ...BAKER, job: { ...BAKER.job, address: "Гадюкино" } };
    emulator.control.setFunds({ ...poor, packets: [{ region: MOSCOW, limits: one }, { limits: one }] });
    await call("POST", "/jobs", nowhere);
    assert.is(emulator.control.state().ledger[0]?.packet_id, "152");
    assert.is((await call("POST", "/jobs", nowhere)).status, 422);
  }),
);

money("a refusal is a Russian 422 and takes nothing: create, revive", () =>
  withClient({}, async ({ call, emulator }) => {
    emulator.control.putJob({ status: "closed" });
    emulator.control.setFunds({ balance: 100 });
    const before = emulator.control.state();
    const text = "Возникли ошибки: Недостаточно средств для оплаты услуги «Продвинутое размещение вакансии»";
    for (const [path, body] of [
      ["/jobs", EXAMPLE],
      ["/jobs/651/revive", { publication_type: "super_job_publish" }],
    ] as const) {
      const reply = await call("POST", path, body);
      assert.equal([reply.status, reply.json], [422, { errors: [{ detail: text }] }]);
    }
    const after = emulator.control.state();
    assert.equal({ ...after, counters: 0 }, { ...before, counters: 0 });
  }),
);

money("what is wrong with a job is told before the want of money", () =>
  withClient({}, async ({ call, emulator }) => {
    emulator.control.setFunds({ balance: 0 });
    const reply = await call("POST", "/jobs", { job: {} });
    assert.match(reply.json.errors[0].detail, "'Адрес'");
  }),
);

money("a revive without effect costs as much", () =>
  withClient({ readings: { reviveIsNoop: true } }, async ({ call, emulator }) => {
    emulator.control.putJob({ status: "closed" });
    emulator.control.setFunds({ balance: 1500 });
    assert.is((await call("POST", "/jobs/651/revive")).status, 200);
    assert.is(emulator.control.state().funds.balance, 0);
    assert.is((await call("POST", "/jobs/651/revive")).status, 422);
  }),
);

money("auto-renewals are paid in the order of their times, and lapse for good without money", () =>
  withClient({ tokenLifeMs: 1e13 }, async ({ call, emulator }) => {
    const { control } = emulator;
    const attributes = { auto_renew: true };
    control.putJob({ attributes, expires_at: at(2) });
    control.putJob({ attributes, expires_at: at(1) });
    control.setFunds({ balance: 1500, packets: [{ end: at(1.5), limits: {} }] });
    control.advance(3 * DAY);
    const status = () => control.state().jobs.map(({ status }) => status);
    assert.equal(status(), ["expired", "active"]);
    assert.equal(
      control.state().ledger.map(({ job_id, by, at: when }) => [job_id, by, when]),
      [["652", "auto_renew", at(1)]],
    );
    control.setFunds({ balance: 9000 });
    assert.equal(status(), ["expired", "active"]);
    await call("POST", "/jobs/651/revive");
    assert.equal(status(), ["active", "active"]);
    assert.is(control.state().funds.balance, 7500);
  }),
);

money("a packet pays for a renewal as of the time of the renewal", () =>
  withClient({}, async ({ emulator: { control } }) => {
    control.putJob({ attributes: { auto_renew: true, address: "Москва" }, expires_at: at(1) });
    control.setFunds({ ...poor, packets: [{ region: MOSCOW, end: at(2), limits: one }] });
    control.advance(20 * DAY);
    assert.is(control.state().ledger[0]?.packet_id, "151");
  }),
);

money.run();
