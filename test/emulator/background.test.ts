import { createHash } from "node:crypto";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { clientOf, failureOf, NOW, withClient } from "./client.ts";
import { run, withFolder } from "./folder.ts";
import { BIG, form, kept, png, put, send } from "./pictures.ts";

const background = suite("emulator: background");

background("a picture for several jobs, cropped; jobs that aren't there are left out", () =>
  withClient({}, async (client) => {
    for (const id of ["39085", "39086", "39087"]) client.emulator.control.putJob({ id });
    client.emulator.control.putJob({ id: "39087", gone: true });
    const crop = { crop_h: 480, crop_w: 640, crop_x: 120, crop_y: 200 };
    const data = await put(client, BIG, ["39085", "39086", "39087", "1", "39085"], crop);
    assert.is(data.length, 2);
    const { original, cropped } = data[0].attributes;
    assert.match(original, /^https:\/\/example\.com\/.+\/bg\.jpg$/);
    assert.match(cropped, /\/croped\/bg\.jpg$/);
    assert.equal(data[0], {
      id: "4913",
      type: "background_extended",
      attributes: {
        id: 4913,
        assetable_type: "Job",
        assetable_id: 39085,
        content_type: "image/jpeg",
        original,
        cropped,
        errors: {},
      },
    });
    assert.equal([data[1].id, data[1].attributes.assetable_id], ["4914", 39086]);
    assert.equal(kept(client)[0], {
      id: "4913",
      job_id: "39085",
      content_type: "image/jpeg",
      filename: "bg.jpg",
      sha256: createHash("sha256").update(BIG).digest("hex"),
      width: 1200,
      height: 700,
      bytes: BIG.length,
      crop: { w: 640, h: 480, x: 120, y: 200 },
    });
  }),
);

for (const ids of [[], [""]]) {
  background(`job ids ${JSON.stringify(ids)} are the account's own`, () =>
    withClient({}, async (client) => {
      const [element] = await put(client, png(640, 180), ids);
      assert.equal(
        [element.id, element.attributes.assetable_type, element.attributes.assetable_id],
        ["4913", "User", 2138],
      );
      assert.is(element.attributes.content_type, "image/png");
      assert.equal([kept(client)[0]?.job_id, kept(client)[0]?.crop], [null, { w: 640, h: 180, x: 0, y: 0 }]);
    }),
  );
}

background("a picture replaces the one before, a refused one doesn't", () =>
  withClient({}, async (client) => {
    client.emulator.control.putJob({});
    await put(client, BIG, ["651"]);
    assert.is((await put(client, png(800, 600), ["651"]))[0].id, "4914");
    await put(client, png(1, 1), ["651"]);
    assert.equal(
      kept(client).map(({ id, width }) => [id, width]),
      [["4914", 800]],
    );
  }),
);

for (const [reading, type] of [
  ["user", "User"],
  ["job", "Job"],
] as const) {
  background(`deletes those of jobs; the answer says ${type}`, () =>
    withClient({ readings: { deletedAssetable: reading } }, async (client) => {
      for (let made = 0; made < 3; made += 1) client.emulator.control.putJob({});
      await put(client, BIG, ["651", "652"]);
      await put(client, BIG, []);
      const job_ids = ["651", 653, "9"];
      const reply = await client.call("DELETE", "/background", { job_ids });
      assert.is(reply.status, 200);
      const [element] = reply.json.data;
      assert.is(reply.json.data.length, 1);
      assert.equal([element.id, element.attributes.assetable_type], ["4913", type]);
      assert.is(element.attributes.assetable_id, reading === "user" ? 2138 : 651);
      assert.equal(
        kept(client).map(({ job_id }) => job_id),
        ["652", null],
      );
      assert.equal((await client.call("DELETE", "/background", { job_ids })).json, { data: [] });
    }),
  );
}

for (const [name, path, body] of [
  ["no body", "/background", undefined],
  ["an empty object", "/background", {}],
  ["an empty list", "/background", { job_ids: [] }],
  ["null", "/background", { job_ids: null }],
] as const) {
  background(`DELETE with ${name} takes the account's own`, () =>
    withClient({}, async (client) => {
      client.emulator.control.putJob({});
      await put(client, BIG, ["651"]);
      await put(client, BIG, []);
      const reply = await client.call("DELETE", path, body);
      assert.equal(
        reply.json.data.map(({ id }: { id: string }) => id),
        ["4914"],
      );
      assert.is(kept(client).length, 1);
    }),
  );
}

background("DELETE takes ids from the query too", () =>
  withClient({}, async (client) => {
    client.emulator.control.putJob({});
    await put(client, BIG, ["651"]);
    await client.call("DELETE", "/background?job_ids[]=651");
    assert.equal(kept(client), []);
  }),
);

for (const [body, status] of [
  [{ job_ids: "651" }, 422],
  [{ job_ids: [{}] }, 422],
  ["{", 400],
] as const) {
  background(`DELETE with ${JSON.stringify(body)} is ${status}`, () =>
    withClient({}, async (client) => {
      await put(client, BIG, []);
      assert.is((await client.call("DELETE", "/background", body)).status, status);
      assert.is(kept(client).length, 1);
    }),
  );
}

background("drop_after does the work; the log tells the parts of a form", () =>
  withClient({}, async (client) => {
    const { control } = client.emulator;
    control.setFaults([{ match: { method: "PUT" }, do: { kind: "drop_after" } }]);
    assert.is(await failureOf(send(client, form(BIG, [], { crop_w: 700 }))), "UND_ERR_SOCKET");
    assert.is(kept(client).length, 1);
    assert.equal(control.requests()[0]?.body, [
      { name: "data", filename: "bg.jpg", content_type: "image/jpeg", bytes: BIG.length },
      { name: "crop_w", value: "700" },
    ]);
  }),
);

background("backgrounds are kept in the folder, and their ids aren't used again", () =>
  withFolder(async (dataDir) => {
    await run({ dataDir }, async (emulator) => {
      emulator.control.freeze(NOW);
      const client = await clientOf(emulator);
      await put(client, BIG, []);
      await put(client, BIG, []);
      await client.call("DELETE", "/background");
    });
    await run({ dataDir }, async (emulator) => {
      const client = await clientOf(emulator);
      assert.is((await put(client, BIG, []))[0].id, "4915");
      assert.is(kept(client).length, 1);
    });
  }),
);

background.run();
