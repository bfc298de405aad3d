import { suite } from "uvu";
import * as assert from "uvu/assert";
import { CallError } from "../../src/board/vkrabota/client.ts";
import { type Answer, all, drop, half, type Script, throws, withBoard } from "./server.ts";

const zero = "00000000-0000-0000-0000-000000000000";
const link = (type: string, id: string) => ({ data: { id, type } });
const found = (id: string | number, attributes: Record<string, unknown> = {}) => ({
  id,
  type: "candidate_search",
  attributes: {
    ...{ id, first_name: "Иван", last_name: "Иванов", age: 19, city_name: "Нижний Новгород" },
    ...{
      "email_sendable?": false,
      "deleted?": false,
      certificates: { skillbox: true },
      avatar: link("a", "1"),
    },
    ...{ last_online_at: "2021-09-14T01:48:42.391+03:00", already_contacted: false, ...attributes },
  },
  relationships: {
    professions: { data: [{ id: "94", type: "profession" }] },
    nationality: link("nationality", "1"),
  },
});
const included = [
  { id: "1", type: "nationality", attributes: { id: 1, name: "Российская Федерация" } },
  { id: "94", type: "profession", attributes: { id: 94, title: "Курьер" } },
];
const paged =
  (pages: readonly (readonly unknown[])[], more: Record<string, unknown> = {}): Script =>
  ({ path }) => {
    const page = /^\/candidates\?page=(\d+)/.exec(path)?.[1];
    return page === undefined
      ? undefined
      : { json: { data: pages[Number(page) - 1] ?? [], included, ...more } };
  };

const searching = suite("search");
searching("candidates with what the page includes, and how many there are", () =>
  withBoard(paged([[found("29638")]], { meta: { total: 3443, total_all_time: 3443 } }), async (board) => {
    const { candidates, total } = board.candidates({ address: "Москва" });
    assert.is(total(), undefined);
    const [one] = await all(candidates);
    assert.equal(
      [one?.id, one?.age, one?.city_name, one?.nationality, one?.professions, one?.already_contacted],
      ["29638", 19, "Нижний Новгород", "Российская Федерация", ["Курьер"], false],
    );
    assert.is(one?.onlineAt, Date.parse("2021-09-14T01:48:42.391+03:00"));
    assert.is(total(), 3443);
  }),
);
searching("every filter under its name; flags that are off are left out, several licences as a list", () =>
  withBoard(paged([]), async (board, asked) => {
    await all(
      board.candidates({
        ...{
          address: "Москва, Тверская",
          city_id: "1",
          region_id: zero,
          lat: 55.5,
          long: 37.5,
          distance_to: 5,
        },
        ...{ month_of_experience: 6, key_word: "пекарь", nationality_id: "1", has_avatar: true },
        ...{
          medical_record: false,
          sex: "Male",
          has_comment: true,
          show_bought: true,
          age_from: 18,
          age_to: 40,
        },
        driving_license_categories: ["B", "C"],
      }).candidates,
    );
    assert.is(
      asked.at(-1)?.path,
      `/candidates?page=1&per_page=50&address=Москва,+Тверская&city_id=1&region_id=${zero}&lat=55.5&long=37.5&distance_to=5&month_of_experience=6&key_word=пекарь&nationality_id=1&has_avatar=1&sex=Male&has_comment=1&show_bought=1&age_from=18&age_to=40&driving_license_categories[]=B&driving_license_categories[]=C`,
    );
    await all(board.candidates({ city_id: "1", driving_license_categories: ["B"] }).candidates);
    assert.match(asked.at(-1)?.path ?? "", /city_id=1&driving_license_categories=B$/);
  }),
);
searching("missing optional parts and other envelopes break nothing", () =>
  withBoard(
    ({ path }) =>
      path.startsWith("/candidates?page=1&")
        ? {
            json: {
              data: [{ id: 7, type: "candidate_search" }, found(8, { age: null, extra: [] })],
              links: {},
            },
          }
        : path.startsWith("/candidates")
          ? { json: { data: [] } }
          : undefined,
    async (board) =>
      assert.equal(
        (await all(board.candidates({ city_id: "1" }).candidates)).map(({ id, age }) => [id, age]),
        [
          ["7", undefined],
          ["8", undefined],
        ],
      ),
  ),
);
searching("a refused search has the board's words", () =>
  withBoard(
    ({ path }) =>
      path.startsWith("/candidates")
        ? { status: 422, json: { errors: [{ detail: "Укажите адрес" }] } }
        : undefined,
    (board) =>
      throws(
        () => all(board.candidates({}).candidates),
        /^the search for candidates: the board answers 422: Укажите адрес$/,
      ),
  ),
);
const mine = { already_contacted: true };
searching("who is bought and comes online while the search is read isn't overlooked", () => {
  let pass = 0;
  // The third one moves to the first page, which was read before.
  const pages = [
    [[found(1, mine), found(2, mine)], [found(4, mine)]],
    [
      [found(3, mine), found(1, mine)],
      [found(2, mine), found(4, mine)],
    ],
  ];
  return withBoard(
    (asked, count) => {
      if (/^\/candidates\?page=1&/.test(asked.path)) pass += 1;
      return paged(pages[pass - 1] ?? [], { meta: { total: 4 } })(asked, count);
    },
    async (board, asked) => {
      assert.equal([...(await board.bought(["3"])).keys()], ["3"]);
      assert.is(pass, 2);
      assert.is((await board.bought(["9"])).size, 0);
      assert.ok(asked.filter(({ path }) => path.startsWith("/candidates")).length < 20);
    },
  );
});
searching("who is bought: looked for among all that are, believing only what is said of each", () =>
  withBoard(
    paged([
      [found(1, { already_contacted: true }), found(2)],
      [found(3, { already_contacted: true }), found(4, { already_contacted: undefined })],
    ]),
    async (board, asked) => {
      assert.equal([...(await board.bought(["1", "2", "3"])).keys()], ["1", "3"]);
      await throws(() => board.bought(["2", "4"]), /doesn't say whether 4 is bought/);
      assert.match(
        asked.find(({ path }) => path.startsWith("/cand"))?.path ?? "",
        /region_id=0{8}-.*&show_bought=1$/,
      );
    },
  ),
);
searching.run();

const item = (id: string, attributes: Record<string, unknown> = {}) => ({
  id: "0",
  type: "paid_action",
  attributes: {
    ...{ id: 0, error_message: null, status: "success", job: null },
    origin: { action: "contact_view", count: 1, job_id: null, user_id: id, price: 1500, region_id: 80 },
    user: {
      data: { id, type: "candidate", attributes: { first_name: "Иван", phone: "79990000000", email: null } },
    },
    ...attributes,
  },
});
const ok = (...data: unknown[]): Answer => ({ json: { data, meta: {} } });
const buying = suite("buy");
const outcomes: [name: string, answer: Answer, is: string[]][] = [
  ["bought, with the candidate", ok(item("1"), item("2")), ["done", "done"]],
  [
    "bought, ids as numbers",
    ok(item("1", { origin: { action: "contact_view", user_id: 1 } }), item("2")),
    ["done", "done"],
  ],
  [
    "bought, without the candidate",
    ok(item("1", { user: null }), item("2", { user: undefined })),
    ["done", "done"],
  ],
  [
    "one of them failed",
    ok(item("1"), item("2", { status: "failed", error_message: "Нет средств" })),
    ["done", "refused"],
  ],
  ["one is missing", ok(item("1")), ["done", "unclear"]],
  ["in another order", ok(item("2"), item("1")), ["unclear", "unclear"]],
  [
    "another action",
    ok(item("1", { origin: { action: "job_refresh", user_id: "1" } }), item("2")),
    ["unclear", "done"],
  ],
  ["an unknown status", ok(item("1", { status: "pending" }), item("2")), ["unclear", "done"]],
  ["errors under 200", { json: { errors: [{ detail: "Сбой" }] } }, ["unclear", "unclear"]],
  ["refused as a whole", { status: 422, json: { errors: [{ detail: "Нет" }] } }, ["refused", "refused"]],
  ["a fault of the board", { status: 502 }, ["unclear", "unclear"]],
  [
    "a redirect",
    { status: 302, headers: { location: "https://elsewhere.example/" } },
    ["unclear", "unclear"],
  ],
  ["a cut connection", drop, ["unclear", "unclear"]],
  ["half an answer", half, ["unclear", "unclear"]],
];
for (const [name, answer, is] of outcomes) {
  buying(`${name}: ${is.join(", ")}, and sent once`, () =>
    withBoard(
      ({ path }) => (path === "/paid_actions" ? answer : undefined),
      async (board, asked) => {
        let sent = 0;
        const result = await board.buyContacts(["1", "2"], "company", () => {
          sent += 1;
        });
        assert.equal(
          result.map((one) => one.is),
          is,
        );
        const calls = asked.filter(({ path }) => path === "/paid_actions");
        assert.equal([calls.length, sent], [1, 1]);
        assert.equal(JSON.parse(calls[0]?.body ?? ""), {
          actions: [
            { action: "contact_view", user_id: "1" },
            { action: "contact_view", user_id: "2" },
          ],
          use_account: "company",
        });
      },
    ),
  );
}
buying.run();

const phone = (attributes: Record<string, unknown> = {}): Answer => ({
  json: { data: { id: "31136", type: "user", attributes: { phone: "79001111111", ...attributes } } },
});
const counts = { count_for_packets: 1, count_for_company: 0, count_for_services: "?" };
const phones = suite("phone");
const shown: [name: string, answer: Answer, told: unknown][] = [
  [
    "bought by this call",
    phone({ contact_bought: true, already_contacted: false, spent_counts: counts, subscription: null }),
    { phone: "79001111111", charged: true, spent: { count_for_packets: 1 } },
  ],
  [
    "bought before",
    phone({ contact_bought: false, already_contacted: true }),
    { phone: "79001111111", charged: false, spent: {} },
  ],
  [
    "bought before, in other words",
    phone({ already_contacted: true }),
    { phone: "79001111111", charged: false, spent: {} },
  ],
  ["the board doesn't say", phone({ phone: 79001111111 }), { phone: "79001111111", spent: {} }],
];
for (const [name, answer, told] of shown) {
  phones(name, () =>
    withBoard(
      ({ path }) => (path === "/candidates/31136/phone" ? answer : undefined),
      async (board) => assert.equal(await board.phone("31136", () => undefined), told),
    ),
  );
}
const failures: [name: string, answer: Answer, fate: string | undefined, says: RegExp][] = [
  ["nobody", { status: 404 }, "refused", /the phone of candidate 31136: the board answers 404/],
  [
    "no money",
    { status: 422, json: { errors: [{ detail: "Недостаточно средств" }] } },
    "refused",
    /Недостаточно средств/,
  ],
  ["a fault of the board", { status: 500 }, "unclear", /500/],
  [
    "a redirect",
    { status: 302, headers: { location: "https://elsewhere.example/" } },
    "unclear",
    /redirects/,
  ],
  ["HTML", { text: "<html>79001111111</html>" }, "unclear", /isn't JSON: <html>\[phone\]<\/html>/],
  ["a cut connection", drop, "unclear", /phone/],
  ["half an answer", half, "unclear", /cut short/],
  [
    "another shape",
    { json: { data: { attributes: {} } } },
    undefined,
    /data.attributes.phone should be a text/,
  ],
  [
    "somebody else",
    { json: { data: { id: 7, attributes: { phone: "79001111111" } } } },
    undefined,
    /data.id should be 31136, and is 7/,
  ],
];
for (const [name, answer, fate, says] of failures) {
  phones(`${name}: sent once, ${fate ?? "an answer that can't be read"}`, () =>
    withBoard(
      ({ path }) => (path === "/candidates/31136/phone" ? answer : undefined),
      async (board, asked) => {
        try {
          await board.phone("31136", () => undefined);
          assert.unreachable("it should have thrown");
        } catch (error) {
          assert.match((error as Error).message, says);
          assert.not.match((error as Error).message, /79001111111/);
          assert.is(error instanceof CallError ? error.fate : undefined, fate);
        }
        assert.is(asked.filter(({ path }) => path.endsWith("/phone")).length, 1);
      },
    ),
  );
}
phones("a busy board certainly didn't do it: asked again", () =>
  withBoard(
    ({ path }, count) =>
      !path.endsWith("/phone")
        ? undefined
        : count === 1
          ? { status: 429, headers: { "retry-after": "0" } }
          : phone(),
    async (board) => assert.is((await board.phone("31136", () => undefined)).phone, "79001111111"),
  ),
);
phones.run();
