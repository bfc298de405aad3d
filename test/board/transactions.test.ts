import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Answer, all, drop, half, type Script, throws, withBoard } from "./server.ts";

const transaction = (id: string | number, attributes: Record<string, unknown> = {}) => ({
  id,
  type: "vas_transaction",
  attributes: {
    created_at: "2011-11-11T00:00:00.000+04:00",
    updated_at: "2011-11-11T00:00:00.000+04:00",
    subscriptable_type: "OTVAS",
    creator: "Внешний пользователь(ibs) #4",
    applied_changes: ["Размещение вакансии: -1"],
    ...attributes,
  },
});
const numbered = (n: number) => Array.from({ length: n }, (_, index) => transaction(n - index));

/** `data` page by page; `total` as the board tells it. */
function paged(pages: readonly (readonly unknown[])[], total?: unknown): Script {
  return ({ path }) => {
    const match = /^\/vas_transactions\?page\[number\]=(\d+)&page\[size\]=50$/.exec(path);
    if (!match) return undefined;
    return {
      json: {
        data: pages[Number(match[1]) - 1] ?? [],
        ...(total !== undefined && { meta: { total } }),
      },
    };
  };
}
function slices(items: readonly unknown[]): unknown[][] {
  return Array.from({ length: Math.ceil(items.length / 50) }, (_, n) => items.slice(n * 50, n * 50 + 50));
}

const reading = suite("transactions");
reading("the document's example, in one request", () =>
  withBoard(
    paged([[transaction("4"), transaction("5", { applied_changes: ["Выделение вакансии: -1"] })]], 2),
    async (board, asked) => {
      const createdAt = Date.parse("2011-11-10T20:00:00Z");
      const creator = "Внешний пользователь(ibs) #4";
      assert.equal(await all(board.transactions()), [
        { id: "4", createdAt, kind: "OTVAS", creator, changes: ["Размещение вакансии: -1"] },
        { id: "5", createdAt, kind: "OTVAS", creator, changes: ["Выделение вакансии: -1"] },
      ]);
      assert.is(asked.filter(({ method }) => method === "GET").length, 1);
    },
  ),
);
const counts: [name: string, n: number, total: unknown, requests: number][] = [
  ["none", 0, 0, 1],
  ["a full page and its total", 50, 50, 1],
  ["a full page without a total", 50, undefined, 2],
  ["several pages", 120, 120, 3],
  ["several pages without a total", 120, undefined, 4],
  ["a total that promises more", 120, 500, 4],
  ["a total that isn't a number", 51, "51", 3],
];
for (const [name, n, total, requests] of counts) {
  reading(`${name}: ${n} in ${requests} requests`, () =>
    withBoard(paged(slices(numbered(n)), total), async (board, asked) => {
      const found = await all(board.transactions());
      assert.is(new Set(found.map(({ id }) => id)).size, n);
      assert.is(found.length, n);
      assert.is(asked.filter(({ path }) => path.startsWith("/vas")).length, requests);
    }),
  );
}
reading("one that comes twice, since the list has moved, is told once", () =>
  withBoard(
    paged(
      [
        [transaction(3), transaction(2)],
        [transaction(2), transaction(1)],
      ],
      3,
    ),
    async (board) =>
      assert.equal(
        (await all(board.transactions())).map(({ id }) => id),
        ["3", "2", "1"],
      ),
  ),
);
reading("missing parts are unknown", () =>
  withBoard(
    paged([[{ id: 1, attributes: { created_at: "?", applied_changes: null, creator: 4 } }]]),
    async (board) => assert.equal(await all(board.transactions()), [{ id: "1", changes: [] }]),
  ),
);
reading(
  "a board that ignores page numbers: without a total it was told, with one it is an error",
  async () => {
    const same = [numbered(50), numbered(50), numbered(50)];
    await withBoard(paged(same), async (board) => assert.is((await all(board.transactions())).length, 50));
    await withBoard(paged(same, 70), (board) =>
      throws(() => all(board.transactions()), /50 of 70\): the list repeats itself/),
    );
  },
);
const bad: [name: string, answer: Answer, says: RegExp][] = [
  ["no data", { json: {} }, /data should be a list/],
  ["errors", { json: { errors: [{ detail: "Ошибка" }] } }, /200 with errors: Ошибка/],
  ["no id", { json: { data: [{ attributes: {} }] } }, /data\[0\]\.id should be an id/],
  [
    "changes of another kind",
    { json: { data: [transaction(1, { applied_changes: "x" })] } },
    /applied_changes should be a list/,
  ],
  ["half", half, /cut short/],
  ["a reset", drop, /reset|closed|hang up/],
];
for (const [name, answer, says] of bad) {
  reading(`${name}: an error, never a list that is too short`, () =>
    withBoard(
      ({ path }) => (path.startsWith("/vas") ? answer : undefined),
      (board) => throws(() => all(board.transactions()), says),
    ),
  );
}
reading.run();
