import { suite } from "uvu";
import * as assert from "uvu/assert";
import { account, everywhere, packet, region, zero } from "./accounts.ts";
import { withBoard } from "./server.ts";

const end = Date.parse("2021-06-26T08:49:38.515Z");

const company = suite("the company");
company("the document's example", () =>
  withBoard(account({}), async (board) =>
    assert.equal(await board.company(), {
      id: "1",
      balance: 10_000_000,
      units: {
        job_publish: 0,
        job_refresh: 1,
        job_highlight: 0,
        elevation_plus: 1,
        elevation_3d: 0,
        elevation_1d: 0,
        contact_view: 1,
      },
    }),
  ),
);
company("the other example: a wallet, an end, all publication types", () =>
  withBoard(
    account({
      balance: "67500.0",
      wallet_id: "W843633",
      otvas_expires_at: "2021-07-25T11:49:38+03:00",
      otvas_super_jobs_limit: 2,
      otvas_ultra_jobs_limit: 3,
    }),
    async (board) => {
      const { balance, walletId, unitsExpireAt, units } = await board.company();
      assert.equal(
        [balance, walletId, unitsExpireAt, units.super_job_publish, units.ultra_job_publish],
        [67_500, "W843633", Date.parse("2021-07-25T08:49:38Z"), 2, 3],
      );
    },
  ),
);
const spellings: [attribute: string, code: string][] = [
  ["otvas_elevation_3d_limit", "elevation_3d"],
  ["otvas_elevation_1d_limit", "elevation_1d"],
  ["otvas_elevation_plus_limit", "elevation_plus"],
  ["otvas_elevations_3d_limit", "elevation_3d"],
  ["otvas_elevations_1d_limit", "elevation_1d"],
  ["otvas_elevations_plus_limit", "elevation_plus"],
  ["otvas_views_limit", "contact_view"],
  ["views_limit", "contact_view"],
];
for (const [attribute, code] of spellings) {
  company(`${attribute}; every other limit is unknown, not 0`, () =>
    withBoard(
      ({ path }) =>
        path === "/company" ? { json: { data: { id: 1, attributes: { [attribute]: 7 } } } } : undefined,
      async (board) => assert.equal(await board.company(), { id: "1", units: { [code]: 7 } }),
    ),
  );
}
const balances: [shown: unknown, kopecks: number | undefined][] = [
  ["10000000.0", 10_000_000],
  ["0.0", 0],
  ["-0.0", 0],
  ["-150.0", -150],
  ["1999.99", 1999],
  ["9007199254740991.0", 9_007_199_254_740_991],
  ["9007199254740993.0", undefined],
  [1500, 1500],
  ["1e3", undefined],
  ["10 000", undefined],
  ["", undefined],
  [null, undefined],
];
for (const [shown, kopecks] of balances) {
  company(`a balance of ${JSON.stringify(shown)}`, () =>
    withBoard(account({ balance: shown }), async (board) =>
      assert.ok(Object.is((await board.company()).balance, kopecks)),
    ),
  );
}
company.run();

const funds = suite("funds");
funds("packets, one-time units, the wallet", () =>
  withBoard(
    account({ otvas_refreshes_limit: 4, otvas_expires_at: "2021-07-25T11:49:38+03:00" }, [
      packet({ job_publish: 10, job_elevate_1d: 2 }),
      packet({ job_publish: 3 }, { step: everywhere, packet: { id: 152 } }),
      packet({ job_refresh: 1 }, { step: { job_category_uuid: "c" }, packet: { end_time: null } }),
      packet({ contact_view: 5 }, { step: { fias_id: undefined } }),
    ]),
    async (board, asked) => {
      const { sources, prices } = await board.funds();
      const unitsEnd = Date.parse("2021-07-25T08:49:38Z");
      assert.equal(
        sources.filter(({ left }) => left > 0),
        [
          { code: "job_publish", kind: "packet", left: 10, expiresAt: end, scope: `${region}/${zero}` },
          { code: "elevation_1d", kind: "packet", left: 2, expiresAt: end, scope: `${region}/${zero}` },
          { code: "job_publish", kind: "packet", left: 3, expiresAt: end },
          { code: "job_refresh", kind: "packet", left: 1, scope: `${region}/c` },
          { code: "contact_view", kind: "packet", left: 5, expiresAt: end, scope: `?/${zero}` },
          { code: "job_refresh", kind: "once", left: 4, expiresAt: unitsEnd },
          { code: "elevation_plus", kind: "once", left: 1, expiresAt: unitsEnd },
          { code: "contact_view", kind: "once", left: 1, expiresAt: unitsEnd },
          { code: "wallet", kind: "wallet", left: 10_000_000 },
        ],
      );
      assert.ok(
        sources.every(({ left, kind }) => left > 0 || kind === "once"),
        "none left is told of one-time units only",
      );
      assert.equal(prices, {});
      assert.ok(asked.some(({ path }) => path === "/packets?status=active"));
    },
  ),
);
funds("prices: the least and the most that packets tell; 0 tells none", () =>
  withBoard(
    account({}, [
      packet({}, { prices: { job_publish: 150_000 }, step: everywhere }),
      packet({}, { prices: { job_publish: 120_000, job_refresh: 0, job_elevate_3d: 500 } }),
      packet({}, { prices: { job_elevate_3d: 700, job_highlight: -1 } }),
    ]),
    async (board) =>
      assert.equal((await board.funds()).prices, {
        job_publish: { min: 120_000, max: 150_000 },
        // Only for some regions: others may have another price.
        elevation_3d: { min: 500, max: 700, open: true },
      }),
  ),
);
funds("an unreadable balance is unknown, not an empty wallet", () =>
  withBoard(account({ balance: null }), async (board) =>
    assert.not((await board.funds()).sources.some(({ kind }) => kind === "wallet")),
  ),
);
for (const path of ["/company", "/packets?status=active"]) {
  funds(`without ${path} there are no funds, but an error`, () =>
    withBoard(
      (asked, count) => (asked.path === path ? { status: 403, json: {} } : account({})(asked, count)),
      async (board) => {
        const error = await board.funds().then(
          () => undefined,
          (reason: Error) => reason.message,
        );
        assert.match(error ?? "", /403/);
      },
    ),
  );
}
funds.run();
