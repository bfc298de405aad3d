import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { FundsPatch } from "../../src/emulator/index.ts";
import { type Client, EXAMPLE, NOW, withClient } from "./client.ts";

const company = suite("emulator: company");

const DAY = 24 * 60 * 60 * 1000;
const BAKER = { ...EXAMPLE, publication_type: "job_publish" };

const SHOWN: [string, FundsPatch, Record<string, unknown>][] = [
  ["a wallet", { balance: 67500, wallet_id: "W843633" }, { balance: "67500.0", wallet_id: "W843633" }],
  ["a wallet below zero", { balance: -500, overdraft: true }, { balance: "-500.0" }],
  [
    "units under the example's names, with their end",
    {
      otvas: {
        job_publish: 1,
        job_refresh: 2,
        job_highlight: 3,
        contact_view: 4,
        elevation_plus: 5,
        elevation_1d: 6,
        elevation_3d: 7,
      },
    },
    {
      otvas_jobs_limit: 1,
      otvas_refreshes_limit: 2,
      otvas_highlights_limit: 3,
      otvas_views_limit: 4,
      otvas_elevations_plus_limit: 5,
      otvas_elevations_1d_limit: 6,
      otvas_elevations_3d_limit: 7,
      otvas_expires_at: "2019-04-12T09:41:29.237+03:00",
    },
  ],
  [
    "limits that the example lacks, once there were such units",
    { otvas: { super_job_publish: 1, ultra_job_publish: 0 } },
    { otvas_super_jobs_limit: 1, otvas_ultra_jobs_limit: 0 },
  ],
  [
    "expired units are worth nothing",
    { otvas: { job_publish: 9 }, otvas_expires_at: NOW },
    { otvas_jobs_limit: 0, otvas_refreshes_limit: 0, otvas_expires_at: "2019-03-13T09:41:29.237+03:00" },
  ],
  ["a bonus shows nowhere", { bonus: 123456 }, { balance: "10000000.0" }],
];
for (const [name, funds, attributes] of SHOWN) {
  company(`shows ${name}`, () =>
    withClient({}, async ({ call, emulator: { control } }) => {
      const before = (await call("GET", "/company")).json.data.attributes;
      control.setFunds(funds);
      const shown = (await call("GET", "/company")).json.data.attributes;
      for (const [attribute, value] of Object.entries(attributes)) assert.is(shown[attribute], value);
      if (!funds.otvas?.super_job_publish) assert.equal(Object.keys(shown), Object.keys(before));
    }),
  );
}

company("what is spent is gone from it", () =>
  withClient({}, async ({ call, emulator: { control } }) => {
    control.setFunds({ otvas: { job_publish: 1 } });
    await call("POST", "/jobs", BAKER);
    await call("POST", "/jobs", BAKER);
    const { balance, otvas_jobs_limit } = (await call("GET", "/company")).json.data.attributes;
    assert.equal([otvas_jobs_limit, balance], [0, "9998500.0"]);
  }),
);

company.run();

const transactions = suite("emulator: transactions");

/** One charge from each source: packet, one-time units, wallet, bonus, and a renewal. */
async function spend({ call, emulator: { control } }: Client): Promise<void> {
  control.setFunds({
    bonus: 500,
    otvas: { job_publish: 1 },
    packets: [{ limits: { job_publish: 1 } }],
  });
  for (let made = 0; made < 3; made += 1) await call("POST", "/jobs", BAKER);
  const actions = [{ action: "job_highlight", job_id: "651" }];
  await call("POST", "/paid_actions", { actions, use_account: "bonus" });
  control.putJob({ attributes: { auto_renew: true }, expires_at: NOW + DAY / 2 });
  control.advance(DAY - 1);
}

const brief = ({ id, attributes }: { id: string; attributes: Record<string, unknown> }) => [
  id,
  attributes.subscriptable_type,
  attributes.creator,
  ...(attributes.applied_changes as string[]),
];

transactions("every charge is one, oldest first, in the document's words", () =>
  withClient({}, async (client) => {
    await spend(client);
    const { json } = await client.call("GET", "/vas_transactions?page[number]=1&page[size]=10");
    const by = "Внешний пользователь(test) #1";
    assert.equal(json.data.map(brief), [
      ["1", "MVAS", by, "Размещение вакансии: -1"],
      ["2", "OTVAS", by, "Размещение вакансии: -1"],
      ["3", "OTVAS", by, "Размещение вакансии: -1"],
      ["4", "BVAS", by, "Выделение вакансии: -1"],
      ["5", "OTVAS", "Автопродление", "Размещение вакансии: -1"],
    ]);
    assert.equal(json.meta, { total: 5 });
    assert.equal(json.data[0], {
      id: "1",
      type: "vas_transaction",
      attributes: {
        created_at: "2019-03-13T09:41:29.237+03:00",
        updated_at: "2019-03-13T09:41:29.237+03:00",
        subscriptable_type: "MVAS",
        creator: by,
        applied_changes: ["Размещение вакансии: -1"],
      },
    });
    assert.is(json.data[4].attributes.created_at, "2019-03-13T21:41:29.237+03:00");
  }),
);

transactions("without payments from the wallet, where the reading says so", () =>
  withClient({ readings: { walletTransactions: false } }, async (client) => {
    await spend(client);
    const { json } = await client.call("GET", "/vas_transactions");
    assert.equal(
      json.data.map(({ id }: { id: string }) => id),
      ["1", "2", "4"],
    );
    assert.equal(json.meta, { total: 3 });
  }),
);

transactions("pages", () =>
  withClient({}, async ({ call }) => {
    assert.is((await call("GET", "/vas_transactions")).text, '{"data":[],"meta":{"total":0}}');
    for (let made = 0; made < 5; made += 1) await call("POST", "/jobs", BAKER);
    for (const [query, ids] of [
      ["page[number]=1&page[size]=2", ["1", "2"]],
      ["page[number]=3&page[size]=2", ["5"]],
      ["page[number]=4&page[size]=2", []],
    ] as const) {
      const { json } = await call("GET", `/vas_transactions?${query}`);
      assert.equal(
        json.data.map(({ id }: { id: string }) => id),
        ids,
      );
      assert.equal(json.meta, { total: 5 });
    }
  }),
);

transactions.run();
