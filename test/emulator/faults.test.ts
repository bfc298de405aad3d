import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Fault, FaultAction } from "../../src/emulator/index.ts";
import { type Client, EXAMPLE, failureOf, login, withClient } from "./client.ts";

const faults = suite("emulator: faults");

/** A fault for creates only. */
function onCreate(action: FaultAction): Fault[] {
  return [{ match: { method: "POST", path: "/jobs$" }, do: action }];
}

const create = ({ call }: Client) => call("POST", "/jobs", EXAMPLE);
const made = ({ emulator }: Client) => emulator.control.state().jobs.length;

const ANSWERS: [string, FaultAction, number, string | RegExp, Record<string, string>, number][] = [
  ["status", { kind: "status", status: 503 }, 503, /errors/, {}, 0],
  [
    "status with Retry-After",
    { kind: "status", status: 429, retryAfter: 7 },
    429,
    /errors/,
    { "retry-after": "7" },
    0,
  ],
  ["status with a body", { kind: "status", status: 500, body: { x: 1 } }, 500, '{"x":1}', {}, 0],
  ["status with a text", { kind: "status", status: 502, body: "bad" }, 502, "bad", {}, 0],
  ["status after the work", { kind: "status", status: 502, after: true }, 502, /errors/, {}, 1],
  ["html", { kind: "html" }, 200, /^<!DOCTYPE html>/, { "content-type": "text/html; charset=utf-8" }, 0],
  ["html after the work", { kind: "html", after: true }, 200, /html/, {}, 1],
  ["redirect", { kind: "redirect", location: "http://h.test/" }, 302, "", { location: "http://h.test/" }, 0],
  [
    "redirect after the work",
    { kind: "redirect", location: "/", after: true },
    302,
    "",
    { location: "/" },
    1,
  ],
  ["errors_200", { kind: "errors_200", detail: "Нет" }, 200, '{"errors":[{"detail":"Нет"}]}', {}, 0],
  ["delay", { kind: "delay", ms: 1 }, 200, /"data"/, {}, 1],
];
for (const [name, action, status, text, headers, jobs] of ANSWERS) {
  faults(`${name}: ${status}, work ${jobs ? "done" : "not done"}`, () =>
    withClient({ faults: onCreate(action) }, async (client) => {
      const reply = await create(client);
      assert.is(reply.status, status);
      if (typeof text === "string") assert.is(reply.text, text);
      else assert.match(reply.text, text);
      for (const [header, value] of Object.entries(headers)) assert.is(reply.headers.get(header), value);
      assert.is(made(client), jobs);
      const [record] = client.emulator.control.requests();
      assert.equal([record?.status, record?.fault], [status, action.kind]);
    }),
  );
}

const CUTS: [FaultAction, number][] = [
  [{ kind: "drop_before" }, 0],
  [{ kind: "drop_after" }, 1],
  [{ kind: "truncate" }, 1],
];
for (const [action, jobs] of CUTS) {
  faults(`${action.kind}: the call fails, work ${jobs ? "done" : "not done"}, the next call is fine`, () =>
    withClient({}, async (client) => {
      client.emulator.control.setFaults([{ match: { method: "POST", times: 1 }, do: action }]);
      assert.match(await failureOf(create(client)), /^UND_ERR_SOCKET$/);
      assert.is(made(client), jobs);
      assert.is((await create(client)).status, 200);
    }),
  );
}

for (const after of [false, true]) {
  faults(`hang${after ? " after the work" : ""}: no answer, and the emulator can still be closed`, () =>
    withClient({}, async (client) => {
      const action: FaultAction = { kind: "hang", after };
      client.emulator.control.setFaults([{ match: { method: "PUT" }, do: action }]);
      client.emulator.control.putJob({});
      const hanging = failureOf(client.call("PUT", "/jobs/651", { job: { title: "x" } }));
      while (client.emulator.control.requests().length === 0) await new Promise(setImmediate);
      assert.is(client.emulator.control.state().jobs[0]?.attributes.title === "x", after);
      assert.is(client.emulator.control.requests()[0]?.status, null);
      await client.emulator.close();
      assert.is(await hanging, "UND_ERR_SOCKET");
    }),
  );
}

faults("expire_token: 401, and no token so far is valid", () =>
  withClient({}, async (client) => {
    client.emulator.control.setFaults([
      { match: { path: "/company$", times: 1 }, do: { kind: "expire_token" } },
    ]);
    const reply = await client.call("GET", "/company");
    assert.equal([reply.status, reply.text], [401, '{"errors":[{"detail":"Invalid JWT Token"}]}']);
    assert.is((await client.call("GET", "/jobs")).status, 401);
    client.token = await login(client.emulator);
    assert.is((await client.call("GET", "/company")).status, 200);
  }),
);

const ids = async ({ call }: Client, page: number) =>
  (await call("GET", `/jobs?page[number]=${page}&page[size]=2`)).json.data.map(
    ({ id }: { id: string }) => id,
  );

faults("moving_list: a foreign job comes first, so that pages shift", () =>
  withClient({}, async (client) => {
    for (let made = 0; made < 4; made += 1) client.emulator.control.putJob({});
    client.emulator.control.setFaults([{ match: { nth: 2 }, do: { kind: "moving_list" } }]);
    await client.call("GET", "/jobs/651");
    assert.equal(await ids(client, 1), ["654", "653"]);
    assert.equal(await ids(client, 2), ["653", "652"]);
    assert.equal(await ids(client, 3), ["651"]);
    assert.equal(client.emulator.control.state().ledger, []);
  }),
);

faults("leaving_list: the newest active job is closed, so that pages of active ones shift back", () =>
  withClient({ readings: { listInactive: false } }, async (client) => {
    for (let made = 0; made < 3; made += 1) client.emulator.control.putJob({});
    client.emulator.control.setFaults([{ match: {}, do: { kind: "leaving_list" } }]);
    assert.is((await client.call("GET", "/jobs")).json.data.length, 2);
    assert.equal(
      client.emulator.control.state().jobs.map(({ status }) => status),
      ["active", "active", "closed"],
    );
  }),
);
faults("short_page: the first half of the page", () =>
  withClient({}, async (client) => {
    for (let made = 0; made < 5; made += 1) client.emulator.control.putJob({});
    client.emulator.control.setFaults([{ match: {}, do: { kind: "short_page" } }]);
    assert.is((await client.call("GET", "/jobs")).json.data.length, 3);
  }),
);
faults("empty_list: the list only", () =>
  withClient({}, async (client) => {
    client.emulator.control.putJob({});
    client.emulator.control.setFaults([{ match: {}, do: { kind: "empty_list" } }]);
    assert.is((await client.call("GET", "/jobs")).text, '{"data":[]}');
    assert.is((await client.call("GET", "/jobs/651")).json.data.length, 1);
  }),
);

faults("reset_mid_list: the first page comes, the second breaks", () =>
  withClient({ faults: [{ match: {}, do: { kind: "reset_mid_list" } }] }, async (client) => {
    assert.equal(await ids(client, 1), []);
    assert.is(await failureOf(ids(client, 2)), "ECONNRESET");
  }),
);

faults("nth, times, method, path and order say which requests", () =>
  withClient({}, async ({ call, emulator }) => {
    emulator.control.setFaults([
      { match: { method: "get", path: "page\\[number\\]=2" }, do: { kind: "status", status: 501 } },
      { match: { path: "^/api/external/v1/jobs$", nth: 2 }, do: { kind: "status", status: 502 } },
      { match: { path: "/jobs", times: 2 }, do: { kind: "status", status: 503 } },
    ]);
    const seen: number[] = [];
    for (const path of ["/jobs?page%5Bnumber%5D=2", "/jobs", "/jobs?x=1", "/jobs", "/jobs/9", "/company"]) {
      seen.push((await call("GET", path)).status);
    }
    assert.equal(seen, [501, 502, 503, 503, 404, 200]);
  }),
);

faults("a fault that can't be used is refused, and the list stays", () =>
  withClient({}, async ({ call, emulator }) => {
    emulator.control.setFaults([{ match: {}, do: { kind: "html" } }]);
    const wrong: [unknown, RegExp][] = [
      [[{ match: {}, do: { kind: "explode" } }], /fault 1 of the list.*"explode".*must be one of status/],
      [[{ match: {} }], /must be one of/],
      [[{ match: { path: "(" }, do: { kind: "html" } }], /fault 1/],
      [[{ match: { url: "x" }, do: { kind: "html" } }], /match has no url/],
      [[{ match: {}, do: { kind: "status" } }], /status needs a valid "status"/],
      ["html", /must be a list/],
    ];
    for (const [list, message] of wrong)
      assert.throws(() => emulator.control.setFaults(list as never), message);
    assert.match((await call("GET", "/jobs")).text, /html/);
  }),
);

faults("rateLimit: 429 with Retry-After in seconds, lifted by null", () =>
  withClient({}, async (client) => {
    client.emulator.control.setOptions({ rateLimit: { requests: 2, perMs: 3_600_000 } });
    const replies = [];
    for (let sent = 0; sent < 3; sent += 1) replies.push(await create(client));
    assert.equal(
      replies.map(({ status }) => status),
      [200, 200, 429],
    );
    assert.match(replies[2]?.headers.get("retry-after") ?? "", /^3[56]\d\d$/);
    assert.is(made(client), 2);
    client.emulator.control.setOptions({ rateLimit: null });
    assert.is((await create(client)).status, 200);
  }),
);

faults("latency: requests wait side by side; what still waits at the close is not done", () =>
  withClient({}, async (client) => {
    client.emulator.control.setOptions({ latencyMs: 5 });
    await Promise.all(Array.from({ length: 5 }, () => create(client)));
    assert.is(made(client), 5);
    client.emulator.control.setOptions({ latencyMs: 3_600_000 });
    const waiting = failureOf(create(client));
    while (client.emulator.control.requests().length < 6) await new Promise(setImmediate);
    await client.emulator.close();
    assert.is(await waiting, "UND_ERR_SOCKET");
    assert.is(made(client), 5);
  }),
);

faults.run();
