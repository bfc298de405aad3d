import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Client, EXAMPLE, withClient } from "./client.ts";

const MINUTE = 60_000;
const ADDRESS = "Москва, улица Еланского, 2";
const SPELLED = "г. Москва, ул. Еланского, д. 2";
const JOB = { ...EXAMPLE, job: { ...EXAMPLE.job, address: ADDRESS } };

const readings = suite("emulator: readings");

async function listed({ call }: Client): Promise<string[]> {
  return (await call("GET", "/jobs")).json.data.map(({ id }: { id: string }) => id);
}

readings("listInactive: the list with and without closed and expired jobs", () =>
  withClient({}, async (client) => {
    const { control } = client.emulator;
    for (const status of ["active", "closed", "expired"] as const) control.putJob({ status });
    assert.equal(await listed(client), ["653", "652", "651"]);
    control.setOptions({ readings: { listInactive: false } });
    assert.equal(await listed(client), ["651"]);
    assert.is((await client.call("GET", "/jobs/652")).status, 200);
  }),
);

readings("updatesInactive: PUT on a closed or expired job", () =>
  withClient({ readings: { updatesInactive: false } }, async ({ call, emulator }) => {
    for (const status of ["active", "closed", "expired"] as const) emulator.control.putJob({ status });
    const put = async (id: string) => (await call("PUT", `/jobs/${id}`, { job: { title: "x" } })).status;
    assert.equal([await put("651"), await put("652"), await put("653")], [200, 422, 422]);
    emulator.control.setOptions({ readings: { updatesInactive: true } });
    assert.equal([await put("652"), await put("653")], [200, 200]);
  }),
);

readings("rewriteAddress no: the address stays as written", () =>
  withClient({}, async ({ call }) => {
    assert.is((await call("POST", "/jobs", JOB)).json.data.attributes.address, ADDRESS);
    assert.is((await call("GET", "/jobs/651")).json.data[0].attributes.address, ADDRESS);
  }),
);

readings("rewriteAddress at_once: answers already show the board's spelling", () =>
  withClient({ readings: { rewriteAddress: "at_once" } }, async ({ call }) => {
    assert.is((await call("POST", "/jobs", JOB)).json.data.attributes.address, SPELLED);
    const put = await call("PUT", "/jobs/651", { job: { address: "Казань, Мира пр., 1" } });
    assert.is(put.json.data.attributes.address, "г. Казань, пр-т Мира, д. 1");
  }),
);

readings("rewriteAddress in minutes: the spelling changes that long after a write of the address", () =>
  withClient({ readings: { rewriteAddress: 5 } }, async ({ call, emulator }) => {
    const shown = async () => (await call("GET", "/jobs/651")).json.data[0].attributes.address;
    assert.is((await call("POST", "/jobs", JOB)).json.data.attributes.address, ADDRESS);
    emulator.control.advance(5 * MINUTE - 1);
    await call("PUT", "/jobs/651", { job: { title: "x" } });
    assert.is(await shown(), ADDRESS);
    emulator.control.advance(1);
    assert.is((await call("GET", "/jobs")).json.data[0].attributes.address, SPELLED);
    await call("PUT", "/jobs/651", { job: { address: ADDRESS } });
    assert.is(await shown(), ADDRESS);
    emulator.control.advance(5 * MINUTE);
    assert.is(await shown(), SPELLED);
  }),
);

readings("reviveIsNoop: 200, charged, nothing changed", () =>
  withClient({ readings: { reviveIsNoop: true } }, async ({ call, emulator }) => {
    emulator.control.putJob({ status: "expired" });
    const before = emulator.control.state().jobs;
    const reply = await call("POST", "/jobs/651/revive");
    assert.is(reply.status, 200);
    assert.is(reply.json.data.attributes.status, "expired");
    assert.equal(emulator.control.state().jobs, before);
    assert.equal(
      emulator.control.state().ledger.map(({ action, by }) => [action, by]),
      [["job_publish", "revive"]],
    );
  }),
);

readings("jobAnswer: an array of one, or the object", () =>
  withClient({}, async ({ call, emulator }) => {
    emulator.control.putJob({});
    const [inArray] = (await call("GET", "/jobs/651")).json.data;
    emulator.control.setOptions({ readings: { jobAnswer: "object" } });
    assert.equal((await call("GET", "/jobs/651")).json.data, inArray);
  }),
);

readings("listLagMs: the list shows a new job later than the job itself is there", () =>
  withClient({ readings: { listLagMs: 1000 } }, async (client) => {
    await client.call("POST", "/jobs", EXAMPLE);
    client.emulator.control.advance(999);
    assert.equal(await listed(client), []);
    assert.is((await client.call("GET", "/jobs/651")).status, 200);
    client.emulator.control.advance(1);
    assert.equal(await listed(client), ["651"]);
  }),
);

readings("a patch leaves what it doesn't name, and refuses what doesn't exist", () =>
  withClient({ latencyMs: 1, readings: { listLagMs: 5 } }, async ({ emulator }) => {
    const { control } = emulator;
    control.setOptions({ readings: { reviveIsNoop: true } });
    const { settings } = control.state();
    assert.equal(
      [settings.latencyMs, settings.readings.listLagMs, settings.readings.reviveIsNoop],
      [1, 5, true],
    );
    const wrong: [unknown, RegExp][] = [
      [{ readings: { listInactiv: false } }, /readings\.listInactiv: expected one of listInactive/],
      [
        { readings: { rewriteAddress: "later" } },
        /readings\.rewriteAddress: expected "no", "at_once" or a number/,
      ],
      [{ readings: { listInactive: 0 } }, /expected true or false/],
      [{ latencyMs: -1 }, /latencyMs/],
      [{ rateLimit: { requests: 0, perMs: 1 } }, /rateLimit/],
      [{ latency: 1 }, /latency: expected one of readings/],
    ];
    for (const [patch, message] of wrong) assert.throws(() => control.setOptions(patch as never), message);
    assert.equal(control.state().settings, settings);
  }),
);

readings.run();
