import { request as rawRequest } from "node:http";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { startEmulator } from "../../src/emulator/index.ts";
import { EXAMPLE, NOW, request, withClient } from "./client.ts";

const control = suite("emulator: control over HTTP");

control("state shows everything, without a token", () =>
  withClient({}, async ({ call, emulator }) => {
    await call("POST", "/jobs", { ...EXAMPLE, job: { ...EXAMPLE.job, contact_phone: "79990000000" } });
    const reply = await request(`${emulator.url}/__emulator/state`, "GET");
    assert.is(reply.status, 200);
    assert.equal(reply.json, emulator.control.state());
    assert.is(reply.json.jobs[0].attributes.contact_phone, "79990000000");
    assert.is(reply.json.jobs[0].attributes.profession_id, 3);
    assert.is(reply.json.now, new Date(NOW).toISOString());
  }),
);

control("the log holds what was sent, without passwords, and can be cleared", () =>
  withClient({}, async ({ call }) => {
    await call("POST", "/session?password=secret-word", { login: "test", password: "secret-word" });
    await call("POST", "/session", "login=test&password=secret-word", {
      "Content-Type": "application/x-www-form-urlencoded",
    });
    await call("POST", "/jobs", "{broken secret-word");
    await call("POST", "/jobs", EXAMPLE);
    const log = await call("GET", "/__emulator/requests");
    assert.not.match(log.text, "secret-word");
    const at = new Date(NOW).toISOString();
    assert.equal(log.json.requests.at(-1), {
      at,
      method: "POST",
      path: "/api/external/v1/jobs",
      status: 200,
      body: EXAMPLE,
      fault: null,
    });
    assert.equal(
      log.json.requests.map(({ status, body }: { status: number; body: unknown }) => [status, body]),
      [
        [401, { login: "test" }],
        [401, { login: "test" }],
        [400, null],
        [200, EXAMPLE],
      ],
    );
    await call("DELETE", "/__emulator/requests");
    assert.equal((await call("GET", "/__emulator/requests")).json, { requests: [] });
  }),
);

control("the log keeps the last 10,000 requests", () =>
  withClient({}, async ({ emulator }) => {
    const { makeRequestLog } = await import("../../src/emulator/requests.ts");
    const log = makeRequestLog();
    const incoming = {
      method: "GET",
      path: "/",
      query: new URLSearchParams(),
      contentType: "",
      authorization: undefined,
      host: "",
      origin: undefined,
      raw: Buffer.alloc(0),
    };
    for (let sent = 1; sent <= 25_000; sent += 1) log.note({ ...incoming, target: `/${sent}` }, NOW);
    assert.equal([log.recent().length, log.count()], [10_000, 25_000]);
    assert.equal([log.recent()[0]?.path, log.recent().at(-1)?.path], ["/15001", "/25000"]);
    assert.equal(emulator.control.requests(), []);
  }),
);

for (const [body, now] of [
  [{ advance_ms: 1000 }, "2019-03-13T06:41:30.237Z"],
  [{ freeze: "2020-01-01T00:00:00+03:00" }, "2019-12-31T21:00:00.000Z"],
] as const) {
  control(`clock ${JSON.stringify(body)}`, () =>
    withClient({}, async ({ call }) => {
      assert.equal((await call("POST", "/__emulator/clock", body)).json, { now });
      assert.is((await call("GET", "/__emulator/state")).json.now, now);
    }),
  );
}

control("clock set lets the clock run on", () =>
  withClient({ now: () => NOW }, async ({ call, emulator }) => {
    assert.is(
      (await call("POST", "/__emulator/clock", { set: "2020-01-01" })).json.now,
      "2020-01-01T00:00:00.000Z",
    );
    assert.is(emulator.control.state().clock.frozen, false);
  }),
);

control("faults and options are switched, and aren't applied to the control itself", () =>
  withClient({}, async ({ call }) => {
    await call("POST", "/__emulator/faults", [{ match: {}, do: { kind: "status", status: 503 } }]);
    assert.is((await call("GET", "/jobs")).status, 503);
    assert.is((await call("GET", "/__emulator/state")).status, 200);
    await call("POST", "/__emulator/faults", { faults: [] });
    assert.is((await call("GET", "/jobs")).status, 200);
    const options = await call("POST", "/__emulator/options", {
      readings: { listInactive: false },
      latencyMs: 0,
    });
    assert.is(options.json.readings.listInactive, false);
  }),
);

control("jobs are made and edited by hand, behind the client's back and free", () =>
  withClient({}, async ({ call, emulator }) => {
    const made = await call("POST", "/__emulator/jobs", {
      attributes: { title: "Чужая", contact_phone: "не телефон" },
    });
    assert.equal(made.json, { id: "651" });
    await call("POST", "/__emulator/jobs", { id: "651", attributes: { salary_from: 7 }, status: "closed" });
    const [job] = (await call("GET", "/jobs/651")).json.data;
    assert.equal(
      [job.attributes.title, job.attributes.salary_from, job.attributes.status],
      ["Чужая", 7, "closed"],
    );
    await call("POST", "/__emulator/jobs", {
      id: "651",
      status: "active",
      expires_at: "2019-03-14T00:00:00Z",
    });
    assert.is(
      (await call("GET", "/jobs/651")).json.data[0].attributes.expires_at,
      "2019-03-14T3:00:00.000+03:00",
    );
    await call("POST", "/__emulator/jobs", { id: "651", gone: true });
    assert.is((await call("GET", "/jobs/651")).status, 404);
    assert.is((await call("GET", "/jobs")).text, '{"data":[]}');
    assert.is((await call("POST", "/__emulator/jobs", { id: "9000" })).json.id, "9000");
    assert.is((await call("POST", "/__emulator/jobs", {})).json.id, "9001");
    assert.equal(emulator.control.state().ledger, []);
  }),
);

const REFUSED: [string, unknown, number][] = [
  ["/__emulator/clock", {}, 422],
  ["/__emulator/clock", { set: "yesterday" }, 422],
  ["/__emulator/clock", "{", 400],
  ["/__emulator/faults", "[", 400],
  ["/__emulator/faults", [{ do: { kind: "?" } }], 422],
  ["/__emulator/options", { readings: { x: 1 } }, 422],
  ["/__emulator/jobs", { attributes: { titel: "x" } }, 422],
  ["/__emulator/jobs", { id: "x" }, 422],
  ["/__emulator/jobs", { status: "rejected" }, 422],
  ["/__emulator/jobs", { id: 651 }, 422],
  ["/__emulator/jobs", { attributes: { title: 5 } }, 422],
  ["/__emulator/jobs", { attributes: "title" }, 422],
  ["/__emulator/jobs", { gone: "yes" }, 422],
  ["/__emulator/jobs", [], 422],
  ["/__emulator/clock", { advance_ms: 1, set: "2020-01-01" }, 422],
  ["/__emulator/clock", { advance_ms: "1" }, 422],
  ["/__emulator/faults", { match: {} }, 422],
  ["/__emulator/faults", [null], 422],
  ["/__emulator/faults", [{ match: { method: 5 }, do: { kind: "html" } }], 422],
  ["/__emulator/faults", [{ match: { nth: "1" }, do: { kind: "html" } }], 422],
  ["/__emulator/faults", [{ match: { pth: "1" }, do: { kind: "html" } }], 422],
  ["/__emulator/faults", [{ do: { kind: "html", aftr: true } }], 422],
  ["/__emulator/faults", [{ do: { kind: "status", status: 200.5 } }], 422],
  ["/__emulator/faults", [{ do: { kind: "status", status: 429, retryAfter: "1\r\nX: y" } }], 422],
  ["/__emulator/faults", [{ do: { kind: "redirect", location: "http://x/\r\n" } }], 422],
  ["/__emulator/options", { rateLimit: { requests: "5", perMs: 1 } }, 422],
  ["/__emulator/options", { latencyMs: "5" }, 422],
  ["/__emulator/options", { readings: [] }, 422],
  ["/__emulator/funds", { packets: {} }, 422],
  ["/__emulator/funds", { packets: [{ id: 7 }] }, 422],
  ["/__emulator/funds", { packets: [{ region: 7 }] }, 422],
  ["/__emulator/funds", { packets: [{ steps: [] }] }, 422],
  ["/__emulator/funds", { overdraft: "yes" }, 422],
  ["/__emulator/funds", { blance: 1 }, 422],
  ["/__emulator/applications", { job_id: 651 }, 422],
  ["/__emulator/applications", { job_id: "651", first_name: 5 }, 422],
  ["/__emulator/nothing", {}, 404],
];
for (const [path, body, status] of REFUSED) {
  control(`${path} ${JSON.stringify(body)} is ${status}`, () =>
    withClient({}, async ({ call, emulator }) => {
      const before = emulator.control.state();
      const reply = await call("POST", path, body);
      assert.is(reply.status, status);
      assert.type(reply.json.errors[0].detail, "string");
      assert.equal(emulator.control.state(), before);
    }),
  );
}

control("the place of a fault is told", () =>
  withClient({}, async ({ call }) => {
    const detail = async (path: string, body: unknown) =>
      (await call("POST", `/__emulator/${path}`, body)).json.errors[0].detail;
    assert.is(await detail("jobs", { attributes: { titel: "x" } }), "Emulator: jobs.attributes has no titel");
    assert.is(
      await detail("faults", [{ match: { nth: 0 }, do: {} }]),
      "Emulator: faults.0.match.nth must be >= 1",
    );
  }),
);

control("nothing asked of the funds changes nothing; a packet may bear the endless one's id", () =>
  withClient({}, async ({ call }) => {
    const before = (await call("GET", "/__emulator/state")).json.funds;
    assert.equal((await call("POST", "/__emulator/funds", {})).json, before);
    await call("POST", "/__emulator/funds", { packets: [{ id: "1", limits: { job_publish: 3 } }] });
    const after = (await call("POST", "/__emulator/funds", { balance: 5 })).json;
    assert.equal(
      after.packets.map(({ id }: { id: string }) => id),
      ["1"],
    );
  }),
);

control("half of an answer that is no list is that answer", () =>
  withClient({}, async ({ call }) => {
    await call("POST", "/__emulator/faults", [{ do: { kind: "short_page" } }]);
    assert.is((await call("GET", "/jobs", undefined, { Authorization: "Bearer none" })).status, 401);
  }),
);

for (const [headers, wanted] of [
  [{ Host: "evil.test" }, 403],
  [{ Origin: "http://evil.test" }, 403],
  [{ Origin: "null" }, 403],
  [{}, 200],
] as const) {
  control(`a request with ${JSON.stringify(headers)} is answered ${wanted}`, () =>
    withClient({}, async ({ emulator }) => {
      const status = await new Promise((resolve, reject) => {
        rawRequest(`${emulator.url}/__emulator/state`, { headers }, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
          .on("error", reject)
          .end();
      });
      assert.is(status, wanted);
    }),
  );
}

control("its page loads what it is made of from itself alone", () =>
  withClient({}, async ({ emulator }) => {
    for (const path of ["/__emulator", "/__emulator/"]) {
      const { status, text, headers } = await request(emulator.url + path, "GET");
      assert.equal([status, headers.get("content-type")], [200, "text/html; charset=utf-8"]);
      assert.match(headers.get("content-security-policy") ?? "", "default-src 'self'");
      const parts = [...text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, part]) => part ?? "");
      assert.equal(parts, ["/__emulator/style.css", "/__emulator/script.js"]);
      for (const part of parts) assert.is((await request(emulator.url + part, "GET")).status, 200);
    }
  }),
);

control("a taken port is a clear error", async () => {
  const first = await startEmulator();
  const port = Number(new URL(first.url).port);
  try {
    await startEmulator({ port });
    assert.unreachable();
  } catch (thrown) {
    assert.is((thrown as Error).name, "EmulatorError");
    assert.match((thrown as Error).message, `port ${port} on 127.0.0.1 is taken`);
  } finally {
    await first.close();
    await first.close();
  }
});

control.run();
