import { suite } from "uvu";
import * as assert from "uvu/assert";
import { fits } from "../../src/board/vkrabota/applications.ts";
import { CallError } from "../../src/board/vkrabota/client.ts";
import { type Answer, all, drop, half, type Script, throws, withBoard } from "./server.ts";

const created = "2017-10-11T20:57:43.411+03:00";
const application = (
  id: string | number,
  attributes: Record<string, unknown> = {},
  candidate: unknown = { id: "889", type: "candidate" },
) => ({
  id,
  type: "application",
  attributes: { id, recruiter_id: 888, job_id: 298, status: "unread", created_at: created, ...attributes },
  relationships: { candidate: { data: candidate } },
});
const person = (attributes: Record<string, unknown> = {}, relationships: unknown = undefined) => ({
  id: "889",
  type: "candidate",
  attributes: { id: 889, first_name: "Иван", last_name: "Петров", phone: "79995225324", ...attributes },
  ...(relationships !== undefined && { relationships }),
});
/** Pages of a list, each with what it includes. */
const paged =
  (pages: readonly (readonly unknown[])[], included: unknown = []): Script =>
  ({ path }) => {
    const number = /^\/applications\?page\[number\]=(\d+)/.exec(path)?.[1];
    return number === undefined ? undefined : { json: { data: pages[Number(number) - 1] ?? [], included } };
  };

const listing = suite("applications");
listing("candidates, experiences and nationalities of the page are joined in", () =>
  withBoard(
    paged(
      [[application(1)]],
      [
        person(
          {
            email: null,
            last_online_time: "2017-06-28 11:17:13 +0300",
            driving_license_categories: ["B", 7],
            medical_record: null,
            accept_calls: false,
            oddity: { data: [] },
          },
          {
            experiences: {
              data: [
                { id: "360", type: "experience" },
                { id: "999", type: "experience" },
              ],
            },
            nationality: { data: { id: 1, type: "nationality" } },
            avatar: { data: null },
          },
        ),
        { id: "360", type: "experience", attributes: { title: "Пекарня", duration: null, current: true } },
        { id: 1, type: "nationality", attributes: { name: "Российская Федерация" } },
        null,
        "odd",
      ],
    ),
    async (board) => {
      assert.equal(await all(board.applications()), [
        {
          id: "1",
          jobId: "298",
          status: "unread",
          createdAt: Date.parse(created),
          recruiterId: "888",
          candidate: {
            id: "889",
            first_name: "Иван",
            last_name: "Петров",
            phone: "79995225324",
            accept_calls: false,
            onlineAt: Date.parse("2017-06-28T11:17:13+03:00"),
            driving_license_categories: ["B"],
            nationality: "Российская Федерация",
            experiences: [{ title: "Пекарня", current: true }],
          },
        },
      ]);
    },
  ),
);
const mutated: [name: string, item: unknown, included: unknown, candidate: string | undefined][] = [
  ["ids as numbers, phone too", application(1), [person({ phone: 79995225324 })], "889"],
  ["nothing included", application("1"), null, "889"],
  ["a candidate's id among the attributes", application(1, { candidate_id: 7 }, null), [], "7"],
  ["no candidate at all", application(1, {}, null), [], undefined],
  ["no relationships", { ...application(1), relationships: undefined }, [], undefined],
  ["no recruiter, no time", application(1, { recruiter_id: null, created_at: "вчера" }), [], "889"],
  ["a candidate without attributes", application(1), [{ id: "889", type: "candidate" }], "889"],
];
for (const [name, item, included, candidate] of mutated) {
  listing(name, () =>
    withBoard(paged([[item]], included), async (board) => {
      const [one] = await all(board.applications());
      assert.equal([one?.id, one?.jobId, one?.candidate?.id], ["1", "298", candidate]);
    }),
  );
}
listing("the filters as the document has them; created_from a day early, in the board's zone", () =>
  withBoard(paged([]), async (board, asked) => {
    const since = Date.parse("2019-03-01T21:00:00Z");
    await all(board.applications({ jobId: "298", status: ["unread", "read"], since }));
    assert.is(
      asked.at(-1)?.path,
      "/applications?page[number]=1&page[size]=50&job_id=298&status[]=unread&status[]=read&created_from=2019-03-01+00:00:00",
    );
  }),
);
const filtered: [name: string, filter: Parameters<typeof fits>[1], fit: boolean][] = [
  ["no filter", {}, true],
  ["its status", { status: ["read", "unread"] }, true],
  ["another status", { status: ["read"] }, false],
  ["another job", { jobId: "1" }, false],
  ["made later", { since: Date.parse(created) }, true],
  ["made before", { since: Date.parse(created) + 1 }, false],
];
for (const [name, filter, fit] of filtered) {
  listing(`what the board may have let through: ${name}`, () =>
    assert.is(fits({ id: "1", jobId: "298", status: "unread", createdAt: Date.parse(created) }, filter), fit),
  );
}
listing("a board that ignores page numbers is an error, not a list without end", () =>
  withBoard(
    ({ path }) =>
      path.startsWith("/applications")
        ? { json: { data: Array.from({ length: 50 }, (_, id) => application(id + 1)) } }
        : undefined,
    (board) => throws(() => all(board.applications()), /the list repeats itself/),
  ),
);
listing("a phone in an answer of another shape gets into no error", () =>
  withBoard(paged([[{ id: "1", attributes: "79995225324, ivan@example.com" }]]), (board) =>
    throws(() => all(board.applications()), /should be an object, and is "\[phone\], \[e-mail\]"/),
  ),
);
listing.run();

const proceeding = suite("proceed");
const path = "/applications/1/proceed";
proceeding("the document's body, and the application back", () =>
  withBoard(
    (asked) =>
      asked.path === path
        ? { json: { data: application(1, { status: "invited" }), included: [person()] } }
        : undefined,
    async (board, asked) => {
      const { status, candidate } = await board.proceed("1", "invited");
      assert.equal([status, candidate?.first_name], ["invited", "Иван"]);
      const [{ method, body } = {}] = asked.filter((one) => one.path === path);
      assert.equal([method, body], ["POST", '{"application":{"status":"invited"}}']);
    },
  ),
);
const failures: [name: string, answer: Answer, fate: string | undefined, says: RegExp][] = [
  [
    "an unknown status",
    { status: 422, json: { errors: [{ detail: "Неизвестный статус" }] } },
    "refused",
    /^application 1: the board answers 422: Неизвестный статус$/,
  ],
  ["no such application", { status: 404 }, "refused", /^application 1: the board answers 404/],
  ["a fault of the board", { status: 500 }, "unclear", /500/],
  ["a cut connection", drop, "unclear", /proceed/],
  ["half an answer", half, "unclear", /cut short/],
  ["another shape", { json: { data: [] } }, undefined, /data should be an object/],
  ["another application", { json: { data: application(2) } }, undefined, /data.id should be 1, and is "?2/],
];
for (const [name, answer, fate, says] of failures) {
  proceeding(`${name}: sent once, told as it is`, () =>
    withBoard(
      (asked) => (asked.path === path ? answer : undefined),
      async (board, asked) => {
        try {
          await board.proceed("1", "invited");
          assert.unreachable("it should have thrown");
        } catch (error) {
          assert.match((error as Error).message, says);
          assert.is(error instanceof CallError ? error.fate : undefined, fate);
        }
        assert.is(asked.filter((one) => one.path === path).length, 1);
      },
    ),
  );
}
proceeding.run();
