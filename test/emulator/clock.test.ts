import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Client, EXAMPLE, NOW, withClient } from "./client.ts";

const DAY = 24 * 60 * 60 * 1000;
const clock = suite("emulator: clock");

function withTime(work: (client: Client) => Promise<void>): () => Promise<void> {
  return () => withClient({ tokenLifeMs: 1e13 }, work);
}

async function status({ call }: Client): Promise<string> {
  return (await call("GET", "/jobs/651")).json.data[0].attributes.status;
}

clock(
  "a publication lasts 30 days to the millisecond, and is shown as expired after",
  withTime(async (client) => {
    await client.call("POST", "/jobs", EXAMPLE);
    client.emulator.control.advance(30 * DAY - 1);
    assert.is(await status(client), "active");
    client.emulator.control.advance(1);
    assert.is(await status(client), "expired");
    assert.is((await client.call("GET", "/jobs")).json.data[0].attributes.status, "expired");
    client.emulator.control.setClock(NOW);
    assert.is(await status(client), "active");
  }),
);

clock(
  "an expired job can be closed",
  withTime(async (client) => {
    await client.call("POST", "/jobs", EXAMPLE);
    client.emulator.control.advance(31 * DAY);
    assert.is((await client.call("POST", "/jobs/651/close")).json.data.attributes.status, "closed");
  }),
);

for (const [touch, path] of [
  ["a read", "/jobs/651"],
  ["the list", "/jobs"],
] as const) {
  clock(
    `auto_renew renews at each expiry, charged, when ${touch} touches it`,
    withTime(async ({ call, emulator }) => {
      await call("POST", "/jobs", { ...EXAMPLE, job: { ...EXAMPLE.job, auto_renew: true } });
      await call("POST", "/jobs", EXAMPLE);
      emulator.control.advance(65 * DAY);
      await call("GET", path);
      const { jobs, ledger } = emulator.control.state();
      assert.equal(
        jobs.map((job) => job.status),
        ["active", "expired"],
      );
      assert.is(Date.parse(jobs[0]?.expires_at ?? ""), NOW + 90 * DAY);
      assert.equal(
        ledger.slice(2).map(({ id, at, by, action }) => [id, Date.parse(at), by, action]),
        [
          ["3", NOW + 30 * DAY, "auto_renew", "super_job_publish"],
          ["4", NOW + 60 * DAY, "auto_renew", "super_job_publish"],
        ],
      );
    }),
  );
}

clock(
  "a closed job does not renew itself",
  withTime(async ({ call, emulator }) => {
    await call("POST", "/jobs", { ...EXAMPLE, job: { ...EXAMPLE.job, auto_renew: true } });
    await call("POST", "/jobs/651/close");
    emulator.control.advance(65 * DAY);
    assert.is(emulator.control.state().ledger.length, 1);
  }),
);

clock("runs with the real time that it is given, moved, set and frozen", () => {
  let real = NOW;
  return withClient({ now: () => real }, async ({ emulator }) => {
    const now = () => Date.parse(emulator.control.state().now);
    emulator.control.setClock(NOW + DAY);
    real += 5;
    assert.is(now(), NOW + DAY + 5);
    emulator.control.advance(-DAY);
    assert.is(now(), NOW + 5);
    emulator.control.freeze(NOW);
    real += 5;
    assert.is(now(), NOW);
    emulator.control.advance(7);
    assert.is(now(), NOW + 7);
    assert.throws(() => emulator.control.advance(Number.NaN), /not an instant/);
    assert.is(now(), NOW + 7);
  });
});

clock.run();
