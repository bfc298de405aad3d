import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { BuyCall, Outcome } from "../../src/model/job.ts";
import { companyWith } from "./accounts.ts";
import { type Answer, type Asked, drop, half, withBoard } from "./server.ts";

const buy = (id: string, action = "job_highlight", account: BuyCall["account"] = "company"): BuyCall => ({
  do: "buy",
  job: { id },
  action,
  account,
});
/** The board's clock in these tests. */
const now = "Fri, 11 Nov 2011 12:00:00 GMT";

/** The job of the document's example, as an answer about a paid action shows it. */
const shown = (id: string, attributes: Record<string, unknown> = {}) => ({
  data: {
    id,
    type: "job",
    attributes: {
      title: "job_title_1",
      status: "active",
      address: "Москва, туту",
      expires_at: "2011-11-12T00:00:00.000+04:00",
      auto_renew: null,
      refreshed_at: "2011-11-11T00:00:00.000+04:00",
      refreshable: false,
      refreshable_at: "2011-11-16T00:00:00.000+04:00",
      highlighted: true,
      highlighted_till: "2011-11-12T00:00:00.000+04:00",
      ...attributes,
    },
  },
});
/** One element of the answer. */
const item = (id: string, attributes: Record<string, unknown> = {}) => ({
  id: "0",
  type: "paid_action",
  attributes: {
    id: 0,
    error_message: null,
    status: "success",
    origin: { action: "job_highlight", count: 1, job_id: id },
    job: shown(id),
    ...attributes,
  },
});
const answerOf = (...data: unknown[]): Answer => ({
  json: { data, meta: { company: companyWith() } },
  headers: { date: now },
});
const isPaid = ({ path }: Asked): boolean => path === "/paid_actions";
const script = (answer: Answer) => (asked: Asked) => (isPaid(asked) ? answer : undefined);
const words = (outcomes: readonly Outcome[]) => outcomes.map(({ is }) => is);

const buying = suite("buying");
buying("the document's example: what was sent, and what of the job is taken over", () =>
  withBoard(script(answerOf(item("1"))), async (board, asked) => {
    assert.equal(await board.send([buy("1")]), [
      {
        is: "done",
        job: {
          ref: { id: "1" },
          attributes: {},
          services: { job_highlight: Date.parse("2011-11-11T20:00:00Z") },
          refreshedAt: Date.parse("2011-11-10T20:00:00Z"),
          refreshableAt: Date.parse("2011-11-15T20:00:00Z"),
        },
      },
    ]);
    const [sent] = asked.filter(isPaid);
    assert.is(sent?.method, "POST");
    assert.equal(JSON.parse(sent?.body ?? ""), {
      actions: [{ action: "job_highlight", job_id: "1" }],
      use_account: "company",
    });
  }),
);
buying("bonuses only where they are asked for", () =>
  withBoard(script(answerOf(item("1"))), async (board, asked) => {
    await board.send([buy("1", "job_highlight", "bonus")]);
    assert.is(JSON.parse(asked.find(isPaid)?.body ?? "").use_account, "bonus");
  }),
);

const failedItem = (job: unknown, action = "job_highlight", message: unknown = "Недостаточно средств") =>
  item("1", { status: "failed", error_message: message, job, origin: { action, count: 1, job_id: 1 } });
const past = "2011-11-11T01:00:00.000+04:00";
const items: [name: string, action: string, item: unknown, want: Outcome["is"], says?: RegExp][] = [
  ["success without a job", "job_highlight", item("1", { job: null }), "done"],
  [
    "an id as a number",
    "job_highlight",
    item("1", { origin: { action: "job_highlight", job_id: 1 } }),
    "done",
  ],
  ["failed", "job_highlight", failedItem(null), "refused", /^Недостаточно средств$/],
  ["failed without a text", "job_highlight", failedItem(null, "job_highlight", null), "refused", /no text/],
  ["failed, while it runs", "job_highlight", failedItem(shown("1")), "done", /runs until 2011-11-11T20:00/],
  [
    "failed, and it has ended",
    "job_highlight",
    failedItem(shown("1", { highlighted_till: past })),
    "refused",
  ],
  ["failed, while another job's runs", "job_highlight", failedItem(shown("2")), "refused", /Недостаточно/],
  [
    "failed, not possible yet",
    "job_refresh",
    failedItem(shown("1"), "job_refresh"),
    "done",
    /before 2011-11-15T20:00:00.000Z; the board says: Недостаточно/,
  ],
  [
    "failed, though it is possible",
    "job_refresh",
    failedItem(shown("1", { refreshable: true }), "job_refresh"),
    "refused",
  ],
  [
    "failed, and possible since",
    "job_refresh",
    failedItem(shown("1", { refreshable_at: past }), "job_refresh"),
    "refused",
  ],
  ["an elevation, which nothing shows", "elevation_1d", failedItem(shown("1"), "elevation_1d"), "refused"],
  ["the other spelling", "elevation_1d", failedItem(null, "job_elevate_1d"), "refused"],
  ["another job", "job_highlight", item("2"), "unclear", /origin\.job_id should be 1/],
  ["another action", "job_refresh", item("1"), "unclear", /origin\.action should be job_refresh/],
  ["no origin", "job_highlight", item("1", { origin: null }), "unclear"],
  ["no status", "job_highlight", item("1", { status: null }), "unclear", /success or failed/],
  ["an unknown status", "job_highlight", item("1", { status: "pending" }), "unclear"],
  ["no attributes", "job_highlight", { id: "0" }, "unclear"],
  ["null", "job_highlight", null, "unclear"],
];
for (const [name, action, element, want, says] of items) {
  buying(`${name}: ${want}`, () =>
    withBoard(script(answerOf(element)), async (board) => {
      const [outcome] = await board.send([buy("1", action)]);
      assert.is(outcome?.is, want, JSON.stringify(outcome));
      if (says) assert.match(JSON.stringify(outcome), new RegExp(says.source.replaceAll(/^\^|\$$/g, "")));
    }),
  );
}
buying("each item has its own outcome, by its place", () =>
  withBoard(
    script(answerOf(item("1"), item("2", { status: "failed", error_message: "Нет" }), item("9"))),
    async (board) => {
      const outcomes = await board.send([buy("1"), buy("2"), buy("3"), buy("4")]);
      // The second one's job shows that the service runs.
      assert.equal(words(outcomes), ["done", "done", "unclear", "unclear"]);
      assert.match(JSON.stringify(outcomes[3]), /lacks this action/);
    },
  ),
);

const whole: [name: string, answer: Answer, want: Outcome["is"], requests?: number][] = [
  ["422", { status: 422, json: { errors: [{ detail: "Нет средств" }] } }, "refused"],
  ["402", { status: 402, json: {} }, "refused"],
  ["500", { status: 500, text: "oops" }, "unclear"],
  ["408", { status: 408, text: "" }, "unclear"],
  ["a reset", drop, "unclear"],
  ["half an answer", half, "unclear"],
  ["HTML", { text: "<html>" }, "unclear"],
  ["a redirect", { status: 302, headers: { location: "https://x.example" } }, "unclear"],
  ["200 with errors", { json: { errors: [{ detail: "нет" }] } }, "unclear"],
  ["no list", { json: { data: { id: "0" } } }, "unclear"],
  ["an empty list", { json: { data: [] } }, "unclear"],
];
for (const [name, answer, want] of whole) {
  buying(`${name}: all ${want}, sent once`, () =>
    withBoard(script(answer), async (board, asked) => {
      const marks: number[] = [];
      const outcomes = await board.send([buy("1"), buy("2")], { onSend: (index) => marks.push(index) });
      assert.equal(words(outcomes), [want, want]);
      assert.is(asked.filter(isPaid).length, 1);
      assert.equal(marks, [0, 1]);
    }),
  );
}
buying("429 is certainly not done: sent again", () =>
  withBoard(
    (asked, count) => {
      if (!isPaid(asked)) return undefined;
      return count === 1 ? { status: 429, json: {}, headers: { "retry-after": "0" } } : answerOf(item("1"));
    },
    async (board) => assert.equal(words(await board.send([buy("1")])), ["done"]),
  ),
);
buying("what has to be noted before the bytes leave and can't be: nothing is bought", () =>
  withBoard(script(answerOf(item("1"), item("2"))), async (board, asked) => {
    const outcomes = await board.send([buy("1"), buy("2")], {
      onSend: (index) => {
        if (index === 1) throw new Error("the disk is full");
      },
    });
    assert.equal(words(outcomes), ["refused", "refused"]);
    assert.is(asked.filter(isPaid).length, 0);
  }),
);
buying("a job without an id isn't sent", () =>
  withBoard(script(answerOf(item("1"))), async (board, asked) => {
    const ticket: BuyCall = { ...buy("1"), job: { ticket: "t1" } };
    assert.equal(words(await board.send([ticket, buy("1")])), ["refused", "done"]);
    assert.is(JSON.parse(asked.find(isPaid)?.body ?? "").actions.length, 1);
  }),
);
buying("a secret that the board echoes is shown in no outcome", () =>
  withBoard(
    script(
      answerOf(
        failedItem(null, "job_highlight", "correct-horse"),
        failedItem(shown("1"), "job_highlight", "correct-horse"),
      ),
    ),
    async (board) => {
      const outcomes = await board.send([buy("1"), buy("1")]);
      assert.equal(words(outcomes), ["refused", "done"]);
      assert.not.match(JSON.stringify(outcomes), /correct-horse/);
    },
  ),
);
buying.run();

interface Sent {
  actions: { action: string; job_id: string }[];
  use_account: string;
}
/** Answers every batch with success. */
const obliging = (asked: Asked): Answer | undefined => {
  if (!isPaid(asked)) return undefined;
  const { actions } = JSON.parse(asked.body) as Sent;
  return answerOf(
    ...actions.map((origin) => item(origin.job_id, { origin: { ...origin, count: 1 }, job: null })),
  );
};
const batches = suite("batches");
const sizes: [name: string, calls: BuyCall[], want: string[]][] = [
  ["one", [buy("1")], ["job_highlight company 1"]],
  ["20", Array.from({ length: 20 }, (_, n) => buy(String(n))), ["job_highlight company 20"]],
  [
    "45",
    Array.from({ length: 45 }, (_, n) => buy(String(n))),
    ["job_highlight company 20", "job_highlight company 20", "job_highlight company 5"],
  ],
  [
    "two codes and two accounts, mixed",
    [buy("1"), buy("1", "job_refresh"), buy("2"), buy("3", "job_refresh", "bonus")],
    ["job_highlight company 2", "job_refresh company 1", "job_refresh bonus 1"],
  ],
];
for (const [name, calls, want] of sizes) {
  batches(name, () =>
    withBoard(obliging, async (board, asked) => {
      const marks: number[] = [];
      const outcomes = await board.send(calls, { onSend: (index) => marks.push(index) });
      assert.ok(outcomes.every(({ is }) => is === "done"));
      assert.equal(
        marks.sort((a, b) => a - b),
        [...calls.keys()],
      );
      const sent = asked.filter(isPaid).map(({ body }) => JSON.parse(body) as Sent);
      assert.equal(
        sent.map(({ actions, use_account }) => `${actions[0]?.action} ${use_account} ${actions.length}`),
        want,
      );
    }),
  );
}
batches("after a batch that isn't clear nothing more is bought", () =>
  withBoard(
    (asked, count) => (isPaid(asked) && count === 2 ? drop : obliging(asked)),
    async (board, asked) => {
      const calls = Array.from({ length: 60 }, (_, n) => buy(String(n)));
      const outcomes = await board.send(calls);
      assert.equal(
        [0, 20, 40].map((index) => outcomes[index]?.is),
        ["done", "unclear", "refused"],
      );
      assert.match(JSON.stringify(outcomes[59]), /not sent, since/);
      assert.is(asked.filter(isPaid).length, 2);
    },
  ),
);
batches("a refused session stops", () =>
  withBoard(
    (asked) => (isPaid(asked) ? { status: 401, json: {} } : undefined),
    async (board) => {
      const calls = Array.from({ length: 21 }, (_, n) => buy(String(n)));
      const outcomes = await board.send(calls);
      assert.ok(outcomes.every((outcome) => outcome.is === "refused" && outcome.stop));
    },
  ),
);
batches.run();
