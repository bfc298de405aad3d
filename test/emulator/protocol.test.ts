import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Client, EXAMPLE, withClient } from "./client.ts";

const pages = suite("emulator: pages");

/** Makes that many jobs by hand: ids from 651. */
function fill({ emulator }: Client, count: number): void {
  for (let made = 0; made < count; made += 1) emulator.control.putJob({});
}

const PAGES: [string, number, string | undefined, string | undefined][] = [
  ["", 50, "770", "721"],
  ["?page[number]=1&page[size]=50", 50, "770", "721"],
  ["?page%5Bnumber%5D=2&page%5Bsize%5D=50", 50, "720", "671"],
  ["?page[number]=3", 20, "670", "651"],
  ["?page[number]=4", 0, undefined, undefined],
  ["?page[number]=999999", 0, undefined, undefined],
  ["?page[size]=500", 50, "770", "721"],
  ["?page[size]=7&page[number]=2", 7, "763", "757"],
  ["?page[size]=0&page[number]=0", 50, "770", "721"],
  ["?page[size]=x&page[number]=-3", 50, "770", "721"],
];
for (const [query, count, first, last] of PAGES) {
  pages(`${query || "no parameters"}: ${count} items`, () =>
    withClient({}, async (client) => {
      fill(client, 120);
      const reply = await client.call("GET", `/jobs${query}`);
      assert.equal(Object.keys(reply.json), ["data"]);
      assert.is(reply.json.data.length, count);
      assert.is(reply.json.data[0]?.id, first);
      assert.is(reply.json.data.at(-1)?.id, last);
    }),
  );
}

pages("an empty board has an empty page", () =>
  withClient({}, async ({ call }) => {
    assert.is((await call("GET", "/jobs")).text, '{"data":[]}');
  }),
);

pages.run();

const protocol = suite("emulator: protocol");

for (const [method, path, status, allow] of [
  ["GET", "/nothing", 404, null],
  ["GET", "/jobs/651/nothing", 404, null],
  ["GET", "/session", 405, "POST"],
  ["DELETE", "/jobs", 405, "GET, POST"],
  ["DELETE", "/jobs/651", 405, "GET, PUT"],
  ["POST", "/jobs/651", 405, "GET, PUT"],
  ["GET", "/jobs/651/close", 405, "POST"],
  ["GET", "/jobs/%E0%A4%A", 400, null],
  ["GET", "/jobs/", 200, null],
] as const) {
  protocol(`${method} ${path} is ${status}`, () =>
    withClient({}, async ({ call }) => {
      const reply = await call(method, path);
      assert.is(reply.status, status);
      assert.is(reply.headers.get("allow"), allow);
      assert.is(reply.headers.get("content-type"), "application/json; charset=utf-8");
      if (status !== 200) assert.type(reply.json.errors[0].detail, "string");
    }),
  );
}

protocol("a path outside the API is 404 with errors", () =>
  withClient({}, async ({ emulator }) => {
    const response = await fetch(`${emulator.url}/`);
    assert.is(response.status, 404);
    assert.ok((await response.text()).startsWith('{"errors":'));
  }),
);

protocol("Date is the emulator's clock", () =>
  withClient({}, async ({ call }) => {
    assert.is((await call("GET", "/jobs")).headers.get("date"), "Wed, 13 Mar 2019 06:41:29 GMT");
  }),
);

protocol("professions begin with the document's five and have no doubles", () =>
  withClient({}, async ({ call }) => {
    const reply = await call("GET", "/professions");
    assert.is(reply.status, 200);
    assert.equal(Object.keys(reply.json), ["professions"]);
    assert.equal(reply.json.professions.slice(0, 5), [
      { id: 85, title: "актер" },
      { id: 93, title: "массовка" },
      { id: 79, title: "рекламщик" },
      { id: 87, title: "GO-GO DANCE" },
      { id: 74, title: "IT-специалист" },
    ]);
    const rows: { id: number; title: string }[] = reply.json.professions;
    assert.is(new Set(rows.map(({ id }) => id)).size, rows.length);
    assert.is(new Set(rows.map(({ title }) => title)).size, rows.length);
    assert.ok(rows.length >= 100);
  }),
);

protocol("the company is the document's example", () =>
  withClient({}, async ({ call }) => {
    assert.is(
      (await call("GET", "/company")).text,
      '{"data":{"id":"1","type":"company","attributes":{"id":1,"otvas_expires_at":null,"balance":"10000000.0","wallet_id":null,"otvas_user_limit":1,"otvas_jobs_limit":0,"otvas_refreshes_limit":1,"otvas_highlights_limit":0,"otvas_views_limit":1,"otvas_elevations_plus_limit":1,"otvas_elevations_1d_limit":0,"otvas_elevations_3d_limit":0}}}',
    );
  }),
);

protocol("another company", () =>
  withClient({ companyId: "77" }, async ({ call }) => {
    const { data } = (await call("GET", "/company")).json;
    assert.equal([data.id, data.attributes.id], ["77", 77]);
  }),
);

protocol("equal creates sent at once make as many jobs and charges", () =>
  withClient({}, async ({ call, emulator }) => {
    await Promise.all(Array.from({ length: 20 }, () => call("POST", "/jobs", EXAMPLE)));
    const { jobs, ledger, counters } = emulator.control.state();
    assert.is(new Set(jobs.map(({ id }) => id)).size, 20);
    assert.is(new Set(ledger.map(({ id }) => id)).size, 20);
    assert.equal(counters, { requests: 21, next_job_id: "671" });
  }),
);

protocol.run();
