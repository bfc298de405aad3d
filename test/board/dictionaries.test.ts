import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { dictionaryNames } from "../../src/board/vkrabota/names.ts";
import { type Answer, type Script, throws, withBoard } from "./server.ts";

const resource = (id: string | number, attributes: Record<string, unknown>) => ({
  id,
  type: "x",
  attributes,
});
const only =
  (path: string, answer: Answer): Script =>
  (asked) =>
    asked.path === path ? answer : undefined;

const reading = suite("dictionaries");
const shapes: [name: (typeof dictionaryNames)[number], json: unknown, entries: unknown[]][] = [
  [
    "categories",
    { data: [resource("2", { id: 10, name: "Магазины", popular: true, salary_to: null, odd: {} })] },
    [{ id: "2", title: "Магазины", attributes: { name: "Магазины", popular: true, salary_to: null } }],
  ],
  [
    "professions",
    { professions: [{ id: 85, title: "актер" }], meta: { total: 1 } },
    [{ id: "85", title: "актер", attributes: { title: "актер" } }],
  ],
  [
    "regions",
    { regions: [{ name: "Москва", fias_id: "0c5b" }] },
    [{ id: "0c5b", title: "Москва", attributes: { name: "Москва", fias_id: "0c5b" } }],
  ],
  [
    "cities",
    { data: [resource(286214595, { id: 286214595, region_id: 19, name: "Абаза" })] },
    [{ id: "286214595", title: "Абаза", attributes: { region_id: 19, name: "Абаза" } }],
  ],
  [
    "nationalities",
    { data: [resource("1", { id: 1, name: "Российская Федерация" })], links: null },
    [{ id: "1", title: "Российская Федерация", attributes: { name: "Российская Федерация" } }],
  ],
];
for (const [name, json, entries] of shapes) {
  reading(`${name}: in one request`, () =>
    withBoard(only(`/${name}`, { json }), async (board, asked) => {
      assert.equal(await board.entries(name), entries);
      assert.is(asked.filter(({ method }) => method === "GET").length, 1);
    }),
  );
  reading(`${name}: an answer of another shape is an error, never an empty dictionary`, () =>
    withBoard(only(`/${name}`, { json: { items: [] } }), (board) =>
      throws(() => board.entries(name), new RegExp(`GET /${name}: the answer isn't as documented`)),
    ),
  );
}
reading("categories are asked for without a session, also where there are no credentials", async () => {
  const script = only("/categories", { json: { data: [] } });
  await withBoard(
    script,
    async (board, asked) => {
      assert.equal(await board.entries("categories"), []);
      assert.equal(
        asked.map(({ method, path, authorization }) => [method, path, authorization]),
        [["GET", "/categories", undefined]],
      );
      await throws(() => board.entries("cities"), /the board wants credentials/);
      assert.is(asked.length, 1);
    },
    { credentials: undefined },
  );
});
reading("links tell how many pages there are, and are never followed", () => {
  const last = "http://elsewhere.example/api/external/v1/nationalities?page%5Bnumber%5D=2";
  const page = (id: number): Answer => ({
    json: { data: [resource(id, { name: `№ ${id}` })], links: { last } },
  });
  return withBoard(
    ({ path }) =>
      path === "/nationalities" ? page(1) : path === "/nationalities?page[number]=2" ? page(2) : undefined,
    async (board) =>
      assert.equal(
        (await board.entries("nationalities")).map(({ id }) => id),
        ["1", "2"],
      ),
  );
});
reading("an unknown name is the board's error, not a request", () =>
  withBoard(
    () => undefined,
    async (board, asked) => {
      await throws(() => board.dictionary("streets"), /no dictionary streets/);
      assert.is(asked.length, 0);
    },
  ),
);
reading.run();
