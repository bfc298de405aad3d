import { suite } from "uvu";
import * as assert from "uvu/assert";
import { NOW, withClient } from "./client.ts";

const packets = suite("emulator: packets");

const DAY = 24 * 60 * 60 * 1000;
const ANY = "00000000-0000-0000-0000-000000000000";
const REGION = "01d3b0b4-7fca-486a-8b54-73e8b729fd4d";
const KITCHEN = "38dca0fe-8ecb-4fbb-ac92-85a698b1ab04";
const CODES = [
  "job_publish",
  "super_job_publish",
  "ultra_job_publish",
  "job_refresh",
  "job_highlight",
  "contact_view",
  "job_elevate_plus",
  "job_elevate_1d",
  "job_elevate_3d",
];
const at = (days: number): string => new Date(NOW + days * DAY).toISOString();

packets("the list is the document's example", () =>
  withClient({}, async ({ call, emulator: { control } }) => {
    const start = Date.parse("2021-06-25T08:49:38.515Z");
    control.setFunds({
      packets: [
        { region: REGION, start, end: start + DAY, limits: { job_publish: { initial: 0, left: 10 } } },
      ],
    });
    control.freeze(start);
    const token = (await call("POST", "/session", { login: "test", password: "correct" })).json.token;
    const reply = await call("GET", "/packets", undefined, { Authorization: `Worki ${token}` });
    const times = {
      start_time: "2021-06-25T11:49:38.515+03:00",
      end_time: "2021-06-26T11:49:38.515+03:00",
    };
    const step = {
      ...times,
      active: true,
      packet_type: "job_packet",
      prolongable: false,
      russian_region: "Region 16",
      hidden: false,
      price: null,
      fias_id: REGION,
      prices: CODES.map((code) => ({ code, price: 0 })),
      limits: CODES.map((code) => ({ code, initial: 0, left: code === "job_publish" ? 10 : 0, default: 0 })),
      created_at: times.start_time,
      initial_views_limit: 0,
      views_limit: 0,
      buy_transaction_type: "PaymentTransaction",
      job_category_uuid: ANY,
    };
    const packet = {
      ...times,
      current_step: step,
      last_step: step,
      days_count: 1,
      left_days_count: 1,
      id: 151,
      free: null,
      auto_prolongable: false,
    };
    const meta = {
      total: 1,
      active: 1,
      archived: 0,
      active_total: 1,
      archived_total: 0,
      free_total: 0,
      paid_total: 1,
    };
    assert.is(reply.text, JSON.stringify({ packets: [packet], meta }));
  }),
);

/** 1: over; 2: of the region, free; 3: for all; 4: not begun. */
const FOUR = [
  { id: "1", region: REGION, start: at(-9), end: at(0), limits: { job_publish: 1 } },
  { id: "2", region: REGION, free: true, limits: { job_publish: 2, job_refresh: 1 } },
  { id: "3", category: KITCHEN, limits: { job_publish: 4 } },
  { id: "4", region: REGION, start: at(1), limits: { job_publish: 8 } },
];
const FILTERS: [string, number[], number, number][] = [
  ["", [1, 2, 3, 4], 3, 1],
  ["?status=active", [2, 3, 4], 3, 0],
  ["?status=archived", [1], 0, 1],
  [`?fias_id=${REGION}`, [1, 2, 4], 2, 1],
  [`?fias_id=${REGION.toUpperCase()}&status=active`, [2, 4], 2, 0],
  [`?fias_id=${ANY}`, [3], 1, 0],
  ["?fias_id=nowhere", [], 0, 0],
];
for (const [query, ids, active, archived] of FILTERS) {
  packets(`GET packets${query}: ${ids.join(", ") || "none"}`, () =>
    withClient({}, async ({ call, emulator: { control } }) => {
      control.setFunds({ packets: FOUR });
      const { json } = await call("GET", `/packets${query}`);
      assert.equal(
        json.packets.map(({ id }: { id: number }) => id),
        ids,
      );
      const totals = { active_total: 3, archived_total: 1, free_total: 1, paid_total: 2 };
      assert.equal(json.meta, { total: ids.length, active, archived, ...totals });
    }),
  );
}

for (const status of ["paid", ""]) {
  packets(`status "${status}" is 422`, () =>
    withClient({}, async ({ call }) => {
      const reply = await call("GET", `/packets?status=${status}`);
      assert.is(reply.status, 422);
      assert.match(reply.json.errors[0].detail, /'status' имеет недопустимое значение/);
    }),
  );
}

packets("a packet of several steps: the current one is spent, the last one waits", () =>
  withClient({}, async ({ call, emulator: { control } }) => {
    const steps = [1, 2].map((days) => ({
      end: at(days),
      limits: { contact_view: { initial: 250, left: 251 - days, default: 150 } },
    }));
    control.setFunds({ packets: [{ type: "temporary_view_1d", steps }] });
    const [packet] = (await call("GET", "/packets")).json.packets;
    const brief = ({ active, views_limit, initial_views_limit, end_time }: Record<string, unknown>) => [
      active,
      views_limit,
      initial_views_limit,
      end_time,
    ];
    assert.equal(brief(packet.current_step), [true, 250, 250, "2019-03-14T09:41:29.237+03:00"]);
    assert.equal(brief(packet.last_step), [false, 249, 250, "2019-03-15T09:41:29.237+03:00"]);
    assert.equal([packet.days_count, packet.left_days_count], [2, 2]);
    control.freeze(NOW + 9 * DAY);
    assert.is(control.state().funds.packets.length, 1);
  }),
);

const PRICES: ["zero" | "absent" | "list", [string, number][]][] = [
  ["zero", [...CODES.map((code): [string, number] => [code, code === "job_refresh" ? 111 : 0])]],
  ["absent", [["job_refresh", 111]]],
  [
    "list",
    [
      ["job_publish", 1500],
      ["super_job_publish", 3000],
      ["ultra_job_publish", 4500],
      ["job_refresh", 111],
      ["job_highlight", 500],
      ["contact_view", 1500],
      ["job_elevate_plus", 5000],
      ["job_elevate_1d", 1000],
      ["job_elevate_3d", 2500],
    ],
  ],
];
for (const [packetPrices, expected] of PRICES) {
  packets(`packetPrices ${packetPrices}`, () =>
    withClient({ readings: { packetPrices } }, async ({ call, emulator: { control } }) => {
      control.setFunds({ packets: [{ prices: { job_refresh: 111 } }] });
      const [{ current_step }] = (await call("GET", "/packets")).json.packets;
      assert.equal(
        current_step.prices.map(({ code, price }: { code: string; price: number }) => [code, price]),
        expected,
      );
    }),
  );
}

packets("the balance: units left of what runs by region and category, views beside them", () =>
  withClient({}, async ({ call, emulator: { control } }) => {
    control.setFunds({
      packets: [
        ...FOUR,
        { id: "5", region: REGION, limits: { job_publish: 16 } },
        { id: "6", free: true, type: "temporary_view_1d", limits: { contact_view: 250 } },
      ],
    });
    const { json } = await call("GET", "/packets/categories_balance");
    assert.equal(Object.keys(json), ["items", "last_view_access_group_packet", "meta"]);
    const balance = (bought: Record<string, number>, free: Record<string, number>) =>
      CODES.map((code) => ({ bought: bought[code] ?? 0, free: free[code] ?? 0, code }));
    assert.equal(json.items, [
      {
        fias_id: REGION,
        job_category_uuid: ANY,
        balance: balance({ job_publish: 16 }, { job_publish: 2, job_refresh: 1 }),
      },
      { fias_id: ANY, job_category_uuid: KITCHEN, balance: balance({ job_publish: 4 }, {}) },
    ]);
    assert.is(json.last_view_access_group_packet.id, 6);
    assert.is(json.last_view_access_group_packet.current_step.views_limit, 250);
    assert.equal(json.meta, { hidden_packet_expires_at: null });
  }),
);

packets("without packets", () =>
  withClient({ funds: { packets: [] } }, async ({ call }) => {
    assert.equal((await call("GET", "/packets")).json.packets, []);
    assert.equal((await call("GET", "/packets/categories_balance")).json, {
      items: [],
      last_view_access_group_packet: null,
      meta: { hidden_packet_expires_at: null },
    });
  }),
);

packets.run();
