import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Client, EXAMPLE } from "./client.ts";
import { at, buy, charges, DAY, jobOf, results, withPaid } from "./paid.ts";

const services = suite("emulator: paid services on jobs");

services(
  "a refresh is possible five days after publishing, after the last refresh and after a revive",
  withPaid(async (client) => {
    const { control } = client.emulator;
    await client.call("POST", "/jobs", EXAMPLE);
    const refresh = async () => results(await buy(client, ["job_refresh 651"]))[0];
    const early = "Вакансию ещё нельзя поднять";
    control.advance(5 * DAY - 1);
    assert.is(await refresh(), early);
    control.advance(1);
    assert.is(await refresh(), "success");
    assert.is(jobOf(client)?.refreshed_at, at(5));
    assert.is(await refresh(), early);
    control.advance(5 * DAY);
    assert.is(await refresh(), "success");
    control.advance(4 * DAY);
    await client.call("POST", "/jobs/651/revive");
    assert.equal([jobOf(client)?.published_at, jobOf(client)?.refreshed_at], [at(14), at(14)]);
    control.advance(DAY);
    const reply = await buy(client, ["job_refresh 651"]);
    assert.equal(results(reply), [early]);
    const shown = reply.json.data[0].attributes.job.data.attributes;
    assert.equal([shown.refreshable, shown.refreshable_at], [false, "2019-04-01T09:41:29.237+03:00"]);
    assert.is(charges(client).filter(({ code }) => code === "job_refresh").length, 2);
  }),
);

services(
  "buying again while it runs charges again and prolongs; after it, it starts anew",
  withPaid(async (client) => {
    const { control } = client.emulator;
    control.putJob({});
    await buy(client, ["job_highlight 651", "elevation_1d 651"]);
    control.advance(DAY / 2);
    await buy(client, ["job_highlight 651", "elevation_3d 651"]);
    assert.equal([jobOf(client)?.highlighted_till, jobOf(client)?.elevated_till], [at(2), at(4)]);
    control.advance(3 * DAY);
    assert.equal([jobOf(client)?.highlighted_till, jobOf(client)?.elevated_till], [null, at(4)]);
    const reply = await buy(client, ["elevation_plus 651"]);
    const shown = reply.json.data[0].attributes.job.data.attributes;
    assert.equal([shown.highlighted, shown.highlighted_till], [false, null]);
    assert.equal([jobOf(client)?.highlighted_till, jobOf(client)?.elevated_till], [null, at(11)]);
    await buy(client, ["job_highlight 651"]);
    assert.is(jobOf(client)?.highlighted_till, at(4.5));
    assert.is(charges(client).length, 6);
  }),
);

for (const [name, lose] of [
  ["a close", ({ call }: Client) => call("POST", "/jobs/651/close")],
  ["an expiry", ({ emulator }: Client) => emulator.control.advance(2 * DAY)],
  ["a close by hand", ({ emulator }: Client) => emulator.control.putJob({ id: "651", status: "closed" })],
] as const) {
  services(
    `${name} loses what runs, also when the job is revived at once`,
    withPaid(async (client) => {
      client.emulator.control.putJob({ expires_at: at(2) });
      await buy(client, [
        "job_highlight 651",
        "job_highlight 651",
        "job_highlight 651",
        "elevation_plus 651",
      ]);
      assert.is(jobOf(client)?.elevated_till, at(7));
      await lose(client);
      await client.call("POST", "/jobs/651/revive");
      assert.equal(
        [jobOf(client)?.status, jobOf(client)?.highlighted_till, jobOf(client)?.elevated_till],
        ["active", null, null],
      );
    }),
  );
}

services(
  "a renewal keeps what runs; a job is published by a paid action too",
  withPaid(async (client) => {
    const { control } = client.emulator;
    control.putJob({ attributes: { auto_renew: true }, expires_at: at(1) });
    control.putJob({ status: "closed" });
    assert.equal(results(await buy(client, ["elevation_plus 651", "ultra_job_publish 652"])), [
      "success",
      "success",
    ]);
    assert.equal([jobOf(client, 1)?.status, jobOf(client, 1)?.publication], ["active", "ultra_job_publish"]);
    control.advance(2 * DAY);
    assert.equal([jobOf(client)?.expires_at, jobOf(client)?.elevated_till], [at(31), at(7)]);
  }),
);

services(
  "what runs is set by hand, free",
  withPaid(async (client) => {
    const { control } = client.emulator;
    control.putJob({ refreshed_at: at(-6), highlighted_till: at(1), elevated_till: at(2) });
    const { refreshed_at, highlighted_till, elevated_till } = jobOf(client) ?? {};
    assert.equal([refreshed_at, highlighted_till, elevated_till], [at(-6), at(1), at(2)]);
    assert.equal(results(await buy(client, ["job_refresh 651"])), ["success"]);
    control.putJob({ id: "651", highlighted_till: null, refreshed_at: null });
    assert.equal([jobOf(client)?.highlighted_till, jobOf(client)?.refreshed_at], [null, null]);
  }),
);

const SPELLINGS: [string, string, number][] = [
  ["job_highlight", "job_highlight", 500],
  ["elevation_1d", "elevation_1d", 1000],
  ["job_elevate_1d", "elevation_1d", 1000],
  ["elevation_3d", "elevation_3d", 2500],
  ["job_elevate_3d", "elevation_3d", 2500],
  ["elevation_plus", "elevation_plus", 5000],
  ["job_elevate_plus", "elevation_plus", 5000],
  ["job_publish", "job_publish", 1500],
  ["job_publication", "job_publish", 1500],
];
for (const [spelling, code, kopecks] of SPELLINGS) {
  services(
    `${spelling} is charged as ${code}`,
    withPaid(async (client) => {
      client.emulator.control.putJob({});
      client.emulator.control.setFunds({ otvas: { elevation_plus: 0 } });
      const reply = await buy(client, [`${spelling} 651`]);
      assert.equal(results(reply), ["success"]);
      assert.is(reply.json.data[0].attributes.origin.action, spelling);
      assert.equal(charges(client), [
        {
          source: "wallet",
          packet_id: null,
          kopecks,
          id: "1",
          at: at(0),
          action: code,
          code,
          job_id: "651",
          units: 1,
          by: "paid_action",
        },
      ] as never);
    }),
  );
}

services.run();
