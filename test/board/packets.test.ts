import { suite } from "uvu";
import * as assert from "uvu/assert";
import { packet, region, zero } from "./accounts.ts";
import { type Answer, half, throws, withBoard } from "./server.ts";

const packets = suite("packets");
packets("the document's example: the step that is being spent counts", () =>
  withBoard(
    ({ path }) => (path === "/packets" ? { json: { packets: [packet({ job_publish: 10 })] } } : undefined),
    async (board) => {
      const [one, ...rest] = await board.packets();
      assert.equal(rest, []);
      const zeros = {
        super_job_publish: 0,
        ultra_job_publish: 0,
        job_refresh: 0,
        job_highlight: 0,
        contact_view: 0,
        elevation_plus: 0,
        elevation_1d: 0,
        elevation_3d: 0,
      };
      assert.equal(one, {
        id: "151",
        startsAt: Date.parse("2021-06-25T08:49:38.515Z"),
        endsAt: Date.parse("2021-06-26T08:49:38.515Z"),
        region,
        category: zero,
        left: { job_publish: 10, ...zeros },
        prices: { job_publish: 0, ...zeros },
        free: false,
      });
    },
  ),
);
packets("filters are sent under the document's names", () =>
  withBoard(
    ({ path }) => (path.startsWith("/packets") ? { json: { packets: [] } } : undefined),
    async (board, asked) => {
      await board.packets({ fiasId: region, status: "archived" });
      assert.is(asked.at(-1)?.path, `/packets?fias_id=${region}&status=archived`);
    },
  ),
);
const odd: [name: string, packet: unknown, want: Record<string, unknown>][] = [
  ["no step", packet({}, { packet: { current_step: null } }), { left: {}, prices: {}, region: undefined }],
  ["free", packet({}, { packet: { free: true } }), { free: true }],
  ["an unreadable end", packet({}, { packet: { end_time: "soon" } }), { endsAt: undefined }],
  [
    "no limits, no prices",
    packet({}, { step: { limits: null, prices: undefined } }),
    { left: {}, prices: {} },
  ],
  [
    "both spellings, and units that aren't a number",
    packet(
      {},
      {
        step: {
          limits: [
            { code: "elevation_1d", left: 3 },
            { code: "job_elevate_1d", left: 4 },
            { code: "job_refresh", left: null },
            { code: "job_refresh", left: 2 },
            { code: "new_service", left: 5 },
          ],
        },
      },
    ),
    { left: { elevation_1d: 3, job_refresh: 2, new_service: 5 } },
  ],
  [
    "prices as numbers and texts of kopecks",
    packet(
      {},
      {
        step: {
          prices: [
            { code: "job_publish", price: "1500.0" },
            { code: "job_refresh", price: null },
          ],
        },
      },
    ),
    { prices: { job_publish: 1500 } },
  ],
];
for (const [name, shown, want] of odd) {
  packets(name, () =>
    withBoard(
      ({ path }) => (path === "/packets" ? { json: { packets: [shown] } } : undefined),
      async (board) => {
        const [one] = await board.packets();
        for (const [key, value] of Object.entries(want))
          assert.equal((one as unknown as Record<string, unknown>)[key], value, key);
      },
    ),
  );
}
const bad: [name: string, answer: Answer, says: RegExp][] = [
  ["no list", { json: { data: [] } }, /packets should be a list/],
  ["errors", { json: { errors: [{ detail: "Неизвестный статус" }] } }, /200 with errors: Неизвестный статус/],
  [
    "no id",
    { json: { packets: [packet({}, { packet: { id: null } })] } },
    /packets\[0\]\.id should be an id/,
  ],
  [
    "limits of another kind",
    { json: { packets: [packet({}, { step: { limits: {} } })] } },
    /packets\[0\]\.current_step\.limits should be a list/,
  ],
  [
    "a limit without a code",
    { json: { packets: [packet({}, { step: { limits: [{ left: 1 }] } })] } },
    /limits\[0\]\.code should be a text/,
  ],
  ["half", half, /cut short/],
  ["a Ruby hash", { text: '{"packets"=>[]}' }, /isn't JSON/],
  ["a redirect", { status: 302, headers: { location: "https://x.example" } }, /isn't followed/],
  ["422", { status: 422, json: { errors: [{ detail: "Регион" }] } }, /422: Регион/],
];
for (const [name, answer, says] of bad) {
  packets(`${name} is an error, never "no packets"`, () =>
    withBoard(
      ({ path }) => (path === "/packets" ? answer : undefined),
      (board) => throws(() => board.packets(), says),
    ),
  );
}
packets.run();

const category = "38dca0fe-8ecb-4fbb-ac92-85a698b1ab04";
const balance = suite("the balance of packets");
balance("the document's example", () =>
  withBoard(
    ({ path }) =>
      path === "/packets/categories_balance"
        ? {
            json: {
              items: [
                {
                  fias_id: zero,
                  job_category_uuid: zero,
                  balance: [
                    { bought: 10, free: 0, code: "job_publish" },
                    { bought: 0, free: 0, code: "job_elevate_3d" },
                  ],
                },
                {
                  fias_id: zero,
                  job_category_uuid: category,
                  balance: [{ code: "job_publish", free: 1, bought: 0 }],
                },
              ],
              last_view_access_group_packet: { id: 141, free: true },
              meta: { hidden_packet_expires_at: null },
            },
          }
        : undefined,
    async (board) =>
      assert.equal(await board.packetBalance(), [
        { region: zero, category: zero, code: "job_publish", free: 0, bought: 10 },
        { region: zero, category: zero, code: "elevation_3d", free: 0, bought: 0 },
        { region: zero, category, code: "job_publish", free: 1, bought: 0 },
      ]),
  ),
);
for (const [name, items, says] of [
  ["no items", undefined, /items should be a list/],
  ["no balance", [{ fias_id: zero, job_category_uuid: zero }], /items\[0\]\.balance should be a list/],
  [
    "units as a flag",
    [{ fias_id: zero, job_category_uuid: zero, balance: [{ code: "job_publish", free: true, bought: 0 }] }],
    /free should be a whole number/,
  ],
] as const) {
  balance(`${name}: an error`, () =>
    withBoard(
      ({ path }) => (path.startsWith("/packets") ? { json: { items } } : undefined),
      (board) => throws(() => board.packetBalance(), says),
    ),
  );
}
balance.run();
