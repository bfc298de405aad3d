import { suite } from "uvu";
import * as assert from "uvu/assert";
import { CITIES } from "../../src/emulator/dictionary/cities.ts";
import { REGIONS, regionBy } from "../../src/emulator/dictionary/regions.ts";
import { request, withClient } from "./client.ts";

type Resource = { id: string; type: string; attributes: Record<string, unknown> };

const dictionaries = suite("dictionaries");
dictionaries("each in one answer of the document's shape; categories are open, the others aren't", () =>
  withClient({}, async ({ call, emulator }) => {
    for (const name of ["categories", "professions", "regions", "cities", "nationalities"]) {
      const { status } = await request(`${emulator.url}/api/external/v1/${name}`, "GET");
      assert.is(status, name === "categories" ? 200 : 401, name);
    }
    const categories: Resource[] = (await call("GET", "/categories")).json.data;
    assert.equal(
      categories.slice(0, 2).map(({ id, attributes }) => [id, attributes.id, attributes.name]),
      [
        ["1", 1, "Общепит"],
        ["2", 10, "Магазины"],
      ],
    );
    const { professions } = (await call("GET", "/professions")).json;
    assert.ok(professions.length >= 100);
    assert.equal(professions[0], { id: 85, title: "актер" });
    const { regions } = (await call("GET", "/regions")).json;
    assert.equal(regions[1], { name: "Москва", fias_id: "0c5b2444-70a0-4932-980c-b4dc0d3f02b5" });
    assert.is(new Set(regions.map(({ fias_id }: { fias_id: string }) => fias_id)).size, regions.length);
    const cities: Resource[] = (await call("GET", "/cities")).json.data;
    assert.equal(cities[0], {
      id: "286214595",
      type: "city",
      attributes: { id: 286214595, region_id: 19, name: "Абаза" },
    });
    const { data, links } = (await call("GET", "/nationalities")).json;
    assert.is(data.length, 12);
    assert.equal(data[3], {
      id: "4",
      type: "nationality",
      attributes: { id: 4, name: "Республика Беларусь" },
    });
    assert.match(links.last, /staging/);
  }),
);
dictionaries("some fifty cities, each in a region that is there, none twice", () => {
  assert.ok(CITIES.length >= 50);
  assert.is(new Set(CITIES.map(({ id }) => id)).size, CITIES.length);
  assert.is(new Set(CITIES.map(({ name }) => name)).size, CITIES.length);
  for (const { name, region_id, lat, long } of CITIES) {
    assert.ok(regionBy(String(region_id)), name);
    assert.ok(lat > 41 && lat < 70 && long > 20 && long < 140, name);
  }
  assert.is(regionBy("29251DCF-00A1-4E34-98D4-5C47484A36D4")?.number, 50);
  assert.is(REGIONS.length, 86);
});
dictionaries.run();
