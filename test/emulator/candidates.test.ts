import { suite } from "uvu";
import * as assert from "uvu/assert";
import { CITIES } from "../../src/emulator/dictionary/cities.ts";
import { makePeople } from "../../src/emulator/world/people.ts";
import { type Client, NOW } from "./client.ts";
import { charges, withPaid } from "./paid.ts";

type Found = { id: string; attributes: Record<string, unknown> };
const people = [...makePeople(1).values()];
const moscow = CITIES.find(({ name }) => name === "Москва");
const all = "region_id=00000000-0000-0000-0000-000000000000";

const search = async ({ call }: Client, query: string): Promise<{ total: number; data: Found[] }> => {
  const { status, json } = await call("GET", `/candidates?${query}`);
  assert.is(status, 200, JSON.stringify(json));
  return { total: json.meta.total, data: json.data };
};

const candidates = suite("candidates");
candidates("the people of a seed are the same each time, those of another seed others", () => {
  assert.equal(makePeople(1), makePeople(1));
  assert.not.equal(makePeople(1), makePeople(2));
  assert.ok(people.length >= 200);
  assert.is(new Set(people.map(({ id }) => id)).size, people.length);
  for (const { phone } of people) assert.match(phone, /^7\d{10}$/);
});
const filters: [query: string, fits: (person: (typeof people)[number]) => boolean][] = [
  [all, () => true],
  [`city_id=${moscow?.id}`, ({ city }) => city === moscow],
  ["region_id=0c5b2444-70a0-4932-980c-b4dc0d3f02b5", ({ city }) => city.region_id === 77],
  ["region_id=16", ({ city }) => city.region_id === 16],
  [`${all}&sex=Female`, ({ sex }) => sex === "Female"],
  [`${all}&has_avatar=1&medical_record=0`, ({ hasAvatar }) => hasAvatar],
  [`${all}&medical_record=1`, ({ medicalRecord }) => medicalRecord === true],
  [`${all}&has_comment=1`, ({ comments }) => comments > 0],
  [`${all}&nationality_id=3`, ({ nationality }) => nationality === 3],
  [`${all}&driving_license_categories=C`, ({ licences }) => licences.includes("C")],
  ["address=Москва&key_word=пекарь", ({ id }) => id === "31136"],
  [
    `${all}&key_word=кофейня+кассу`,
    ({ experiences }) => experiences.some(({ title }) => /Кофейня/.test(title)),
  ],
  [`${all}&key_word=ПЕКАРНЯ`, ({ experiences }) => experiences.some(({ title }) => /пекарня/i.test(title))],
  [
    `${all}&month_of_experience=24`,
    ({ experiences }) => experiences.reduce((sum, { duration }) => sum + (duration ?? 0), 0) >= 24,
  ],
];
for (const [query, fits] of filters) {
  candidates(
    `search: ${query}`,
    withPaid(async (client) => {
      const wanted = people.filter(fits).map(({ id }) => id);
      const { total, data } = await search(client, query);
      assert.ok(wanted.length > 0);
      assert.is(total, wanted.length);
      for (const { id } of data) assert.ok(wanted.includes(id), id);
    }),
  );
}
candidates(
  "near a place, of an age, page by page",
  withPaid(async (client) => {
    const near = (await search(client, "address=Москва,+Тверская+улица")).total;
    const wide = (await search(client, "address=Москва&distance_to=100")).total;
    assert.ok(near > 0 && wide > near);
    const point = await search(client, `lat=${moscow?.lat}&long=${moscow?.long}&distance_to=100`);
    assert.is(point.total, wide);
    const { data } = await search(client, `${all}&age_from=20&age_to=30`);
    for (const { attributes } of data)
      assert.ok(Number(attributes.age) >= 20 && Number(attributes.age) <= 30);
    const pages = await Promise.all([1, 2].map((page) => search(client, `${all}&per_page=10&page=${page}`)));
    assert.equal(
      pages.map((page) => page.data.length),
      [10, 10],
    );
    assert.is(new Set(pages.flatMap((page) => page.data.map(({ id }) => id))).size, 20);
  }),
);
const wrong = [
  "key_word=x",
  `${all}&age_from=10`,
  `${all}&sex=x`,
  `${all}&per_page=51`,
  `${all}&has_avatar=2`,
];
for (const query of [...wrong, "address=Атлантида", "region_id=999", `${all}&driving_license_categories=Z`]) {
  candidates(
    `${query} is 422`,
    withPaid(async ({ call }) => {
      const { status, json } = await call("GET", `/candidates?${query}`);
      assert.is(status, 422);
      assert.match(json.errors[0].detail, /\S/);
    }),
  );
}
candidates(
  "a phone is bought once; then it is free, and the search shows it",
  withPaid(async (client) => {
    const first = (await client.call("GET", "/candidates/31136/phone")).json.data.attributes;
    assert.equal([first.phone, first.contact_bought, first.already_contacted], ["79001111111", true, false]);
    const again = (await client.call("GET", "/candidates/31136/phone")).json.data.attributes;
    assert.equal([again.contact_bought, again.already_contacted], [false, true]);
    assert.equal(
      charges(client).map(({ code, user_id, job_id, by }) => [code, user_id, job_id, by]),
      [["contact_view", "31136", null, "phone"]],
    );
    const { data } = await search(client, `${all}&show_bought=1`);
    assert.equal(
      data.map(({ id, attributes }) => [id, attributes.already_contacted]),
      [["31136", true]],
    );
    assert.equal(client.emulator.control.state().contacts, ["31136"]);
    assert.is((await client.call("GET", "/candidates/1/phone")).status, 404);
  }),
);
candidates(
  "a search may know later what was bought",
  withPaid(
    async (client) => {
      await client.call("GET", "/candidates/31136/phone");
      assert.is((await search(client, `${all}&show_bought=1`)).total, 0);
      client.emulator.control.freeze(NOW + 60_000);
      assert.is((await search(client, `${all}&show_bought=1`)).total, 1);
    },
    { readings: { contactLagMs: 60_000 } },
  ),
);
candidates(
  "bought by a paid action: each time, with price and region; nobody without money",
  withPaid(
    async (client) => {
      const buy = (user_id: string, use_account = "company") =>
        client.call("POST", "/paid_actions", { actions: [{ action: "contact_view", user_id }], use_account });
      const { attributes } = (await buy("5657")).json.data[0];
      assert.equal([attributes.status, attributes.job], ["success", null]);
      assert.equal(attributes.origin, {
        ...{ action: "contact_view", count: 1, job_id: null, user_id: "5657", price: 1500, region_id: 78 },
      });
      assert.equal(
        [attributes.user.data.type, attributes.user.data.attributes.phone],
        ["candidate", "75345345345"],
      );
      await buy("5657");
      assert.is(charges(client).length, 2);
      assert.is((await buy("5657", "bonus")).json.data[0].attributes.status, "failed");
      const none = (await client.call("GET", "/candidates/31136/phone")).json;
      assert.match(none.errors[0].detail, /Недостаточно средств/);
    },
    { funds: { balance: 3000, packets: [], otvas: { contact_view: 0 } } },
  ),
);
candidates.run();
