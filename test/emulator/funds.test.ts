import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { FundsPatch } from "../../src/emulator/index.ts";
import { clientOf, EXAMPLE, withClient } from "./client.ts";
import { run, withFolder } from "./folder.ts";
import { at, DAY } from "./paid.ts";

const funding = suite("emulator: funds");

const MOSCOW = "0c5b2444-70a0-4932-980c-b4dc0d3f02b5";
const KAZAN = "0c089b04-099e-4e0e-955a-6bf1ce525f1a";
const BAKER = { ...EXAMPLE, publication_type: "job_publish" };
const one = { job_publish: 1 };

funding("the funds are shown, and what is shown puts them back", () =>
  withClient({}, async ({ call, emulator: { control } }) => {
    const set = await call("POST", "/__emulator/funds", {
      balance: 250,
      bonus: 7,
      wallet_id: "W843633",
      otvas: { job_elevate_3d: 2 },
      prices: { job_publication: 200, job_refresh: null },
      packets: [
        { region: KAZAN.toUpperCase(), free: true, limits: { job_publish: { initial: 0, left: 10 } } },
        { id: "9", start: at(-1), steps: [{ end: at(1), limits: one }, { end: at(2) }] },
      ],
    });
    const { funds } = control.state();
    assert.equal(set.json, funds);
    assert.equal([funds.balance, funds.overdraft, funds.bonus, funds.wallet_id], [250, false, 7, "W843633"]);
    assert.equal(funds.otvas, { job_refresh: 1, contact_view: 1, elevation_plus: 1, elevation_3d: 2 });
    assert.is(funds.otvas_expires_at, at(30));
    assert.equal([funds.prices.job_publish, funds.prices.job_refresh], [200, null]);
    assert.equal(funds.packets[0], {
      id: "151",
      type: "job_packet",
      region: KAZAN,
      category: "00000000-0000-0000-0000-000000000000",
      free: true,
      prices: {},
      start: at(0),
      steps: [{ end: at(30), limits: { job_publish: { initial: 0, left: 10, default: 0 } } }],
    });
    await call("POST", "/jobs", BAKER);
    control.setFunds(funds);
    assert.equal(control.state().funds, funds);
  }),
);

funding("new one-time units don't bring expired ones back", () =>
  withClient({}, async ({ emulator: { control } }) => {
    control.setFunds({ otvas: { job_publish: 4 } });
    control.advance(30 * DAY);
    control.setFunds({ otvas: { job_highlight: 2 } });
    assert.equal(control.state().funds.otvas, { job_highlight: 2 });
  }),
);

const WRONG: [unknown, RegExp][] = [
  [{ balanse: 1 }, /has no balanse/],
  [{ balance: "100.0" }, /balance must be a whole number/],
  [{ balance: 1.5 }, /whole number/],
  [{ otvas: { job: 1 } }, /otvas has no job; it has job_publish/],
  [{ otvas: { job_publish: -1 } }, /otvas\.job_publish must not be below 0/],
  [{ otvas: 1 }, /must be an object of codes/],
  [{ prices: { job_publish: "1" } }, /whole number/],
  [{ packets: [{ limit: {} }] }, /packet 1 has no limit/],
  [{ packets: [{ id: "x" }] }, /not a string of digits/],
  [{ packets: [{ id: "1" }, { id: "1" }] }, /the same id/],
  [{ packets: [{ end: at(0) }] }, /ends before it starts/],
  [{ packets: [{ end: "soon" }] }, /not an instant/],
  [{ packets: [{ steps: [] }] }, /needs a step/],
];
for (const [patch, message] of WRONG) {
  funding(`funds ${JSON.stringify(patch)} are refused`, () =>
    withClient({}, async ({ call, emulator: { control } }) => {
      const before = control.state().funds;
      assert.throws(() => control.setFunds(patch as FundsPatch), message);
      assert.is((await call("POST", "/__emulator/funds", patch)).status, 422);
      assert.equal(control.state().funds, before);
    }),
  );
}

funding("funds are kept in the folder; the option counts for a folder without any", () =>
  withFolder(async (dataDir) => {
    await run({ dataDir, funds: { balance: 5000 } }, async ({ control }) => {
      assert.is(control.state().funds.balance, 5000);
      control.setFunds({ balance: 4000, packets: [{ limits: one }] });
    });
    await run({ dataDir, funds: { balance: 9000 } }, async ({ control }) => {
      const { balance, packets } = control.state().funds;
      assert.equal([balance, packets.length], [4000, 1]);
    });
  }),
);

const PLACES: [string, string | null][] = [
  ["Москва. Солянка ул., 9", MOSCOW],
  ["г. Москва, ул. Еланского, д. 2", MOSCOW],
  ["125009, Россия, г.Москва, Тверская", MOSCOW],
  ["Московская область, Химки, Победы, 1", "29251dcf-00a1-4e34-98d4-5c47484a36d4"],
  ["Санкт-Петербург, Московский проспект, 1", "c2deb16a-0330-4f05-821f-1d09c93331e6"],
  ["Омск, улица Москва, 1", null],
  ["Деревня Гадюкино", null],
];
for (const [address, region] of PLACES) {
  funding(`the region of ${address}`, () =>
    withClient({}, async ({ emulator }) => {
      emulator.control.putJob({ attributes: { address } });
      assert.is(emulator.control.state().jobs[0]?.region, region);
    }),
  );
}

funding("a folder of an earlier version, without money, is read", () =>
  withFolder(async (dataDir) => {
    const job = {
      id: "651",
      attributes: { ...EXAMPLE.job, profession_id: 3 },
      status: "active",
      publication: "job_publish",
      createdAt: 0,
      expiresAt: 9e12,
      closeReason: null,
      rewriteAt: null,
      gone: false,
    };
    const charge = { id: "1", at: at(0), action: "job_publish", job_id: "651", units: 1, by: "create" };
    const changes = [
      { table: "job", record: job },
      { table: "charge", record: charge },
    ];
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(join(dataDir, "journal.jsonl"), `${JSON.stringify(changes)}\n`);
    await run({ dataDir }, async (emulator) => {
      const { call } = await clientOf(emulator);
      const [transaction] = (await call("GET", "/vas_transactions")).json.data;
      assert.equal(transaction.attributes.applied_changes, ["Размещение вакансии: -1"]);
      const actions = [{ action: "job_refresh", job_id: "651" }];
      const [paid] = (await call("POST", "/paid_actions", { actions })).json.data;
      assert.is(paid.attributes.status, "success");
    });
  }),
);

funding.run();
