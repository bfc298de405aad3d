import { suite } from "uvu";
import * as assert from "uvu/assert";
import { createVkrabota } from "../../src/board/vkrabota/index.ts";
import type { Call, Outcome } from "../../src/model/job.ts";
import { type Answer, drop, half, job, pages, type Script, withBoard } from "./server.ts";

const attributes = {
  title: "Пекарь",
  description: "Печём",
  profession_id: 3,
  address: "Москва",
  lat: 55.73,
  long: 37.57,
};
const expiresAt = Date.parse("2026-12-01T00:00:00Z");
const calls = {
  create: { do: "create", attributes, publication: "job_publish" },
  update: { do: "update", job: { id: "7" }, attributes: { salary_from: 65000 } },
  revive: { do: "revive", job: { id: "7" }, publication: "super_job_publish", expiresAt, was: "expired" },
  close: { do: "close", job: { id: "7" }, reason: "closed_found" },
  buy: { do: "buy", job: { id: "7" }, action: "job_refresh", account: "company" },
} as const satisfies Partial<Record<Call["do"], Call>>;
const paths: Record<string, string> = {
  create: "POST /jobs",
  update: "PUT /jobs/7",
  revive: "POST /jobs/7/revive",
  close: "POST /jobs/7/close",
};

const ok: Record<string, Answer> = {
  create: { json: { data: job("651", { ...attributes, status: undefined }) } },
  update: {
    json: { data: job("7", { salary_from: 65000, status: undefined, current_publication_type: undefined }) },
  },
  revive: { json: { data: job("7") } },
  close: { json: { data: job("7", { status: "closed" }) } },
};

type Want = Outcome["is"];
/** What each answer makes of each call, and how many times the call is sent. */
const table: [
  name: string,
  answer: Answer,
  want: Record<"create" | "update" | "revive" | "close", [Want, number]>,
][] = [
  [
    "422",
    { status: 422, json: { errors: [{ detail: "Поле" }] } },
    { create: ["refused", 1], update: ["refused", 1], revive: ["refused", 1], close: ["refused", 1] },
  ],
  [
    "404",
    { status: 404, json: {} },
    { create: ["refused", 1], update: ["refused", 1], revive: ["refused", 1], close: ["refused", 1] },
  ],
  [
    "500",
    { status: 500, text: "oops" },
    { create: ["unclear", 1], update: ["unclear", 4], revive: ["unclear", 1], close: ["unclear", 4] },
  ],
  [
    "408",
    { status: 408, text: "" },
    { create: ["unclear", 1], update: ["unclear", 4], revive: ["unclear", 1], close: ["unclear", 4] },
  ],
  [
    "a dropped connection",
    drop,
    { create: ["unclear", 1], update: ["unclear", 4], revive: ["unclear", 1], close: ["unclear", 4] },
  ],
  [
    "half an answer",
    half,
    { create: ["unclear", 1], update: ["unclear", 4], revive: ["unclear", 1], close: ["unclear", 4] },
  ],
  [
    "HTML",
    { text: "<html>" },
    { create: ["unclear", 1], update: ["unclear", 4], revive: ["unclear", 1], close: ["unclear", 4] },
  ],
  [
    "a redirect",
    { status: 302, headers: { location: "https://x.example" } },
    { create: ["unclear", 1], update: ["unclear", 4], revive: ["unclear", 1], close: ["unclear", 4] },
  ],
  [
    "200 with errors",
    { json: { errors: [{ detail: "нет" }] } },
    { create: ["unclear", 1], update: ["unclear", 1], revive: ["unclear", 1], close: ["unclear", 1] },
  ],
  [
    "another shape",
    { json: { data: { id: "7" } } },
    { create: ["unclear", 1], update: ["unclear", 1], revive: ["unclear", 1], close: ["unclear", 1] },
  ],
];

const sending = suite("what an answer makes of a call");
for (const [name, answer, want] of table) {
  for (const [kind, [outcome, times]] of Object.entries(want)) {
    sending(`${kind}, ${name}: ${outcome}, sent ${times}×`, () =>
      withBoard(
        (asked) => (`${asked.method} ${asked.path}` === paths[kind] ? answer : undefined),
        async (board, asked) => {
          const marks: number[] = [];
          const [result] = await board.send([calls[kind as keyof typeof calls]], {
            onSend: (index) => marks.push(index),
          });
          assert.is(result?.is, outcome, JSON.stringify(result));
          const sent = asked.filter(({ method, path }) => `${method} ${path}` === paths[kind]).length;
          assert.is(sent, times);
          assert.is(marks.length, times);
        },
      ),
    );
  }
}
for (const kind of ["create", "update", "revive", "close"] as const) {
  sending(`${kind}, done`, () =>
    withBoard(
      (asked) => (`${asked.method} ${asked.path}` === paths[kind] ? ok[kind] : undefined),
      async (board) => {
        const [result] = await board.send([calls[kind]]);
        assert.is(result?.is, "done", JSON.stringify(result));
      },
    ),
  );
  sending(`${kind}, 429 and then done: sent twice, since a 429 is certainly not done`, () =>
    withBoard(
      (asked, count) => {
        if (`${asked.method} ${asked.path}` !== paths[kind]) return undefined;
        return count === 1 ? { status: 429, json: {}, headers: { "retry-after": "0" } } : ok[kind];
      },
      async (board) => {
        assert.is((await board.send([calls[kind]]))[0]?.is, "done");
      },
    ),
  );
  sending(`${kind}, 401 and then done: the session is renewed once`, () =>
    withBoard(
      (asked, count) => {
        if (asked.path === "/session") return { json: { token: `token-${count}` } };
        if (`${asked.method} ${asked.path}` !== paths[kind]) return undefined;
        return asked.authorization === "Worki token-1"
          ? { status: 401, json: { errors: [{ detail: "Invalid JWT Token" }] } }
          : ok[kind];
      },
      async (board, asked) => {
        assert.is((await board.send([calls[kind]]))[0]?.is, "done");
        assert.is(asked.filter(({ path }) => path === "/session").length, 2);
      },
    ),
  );
  sending(`${kind}, nobody listens: refused, since nothing was sent`, async () => {
    const board = createVkrabota({
      address: "http://127.0.0.1:9",
      credentials: { token: "t" },
      concurrency: 1,
      backoffMs: 1,
    });
    let marks = 0;
    const [result] = await board.send([calls[kind]], {
      onSend: () => {
        marks += 1;
      },
    });
    assert.is(result?.is, "refused", JSON.stringify(result));
    assert.is(marks, 0);
    await board.close();
  });
  sending(`${kind}, no session to be had: refused, since nothing was sent`, () =>
    withBoard(
      ({ path }) => (path === "/session" ? { status: 503, text: "down" } : undefined),
      async (board, asked) => {
        assert.is((await board.send([calls[kind]]))[0]?.is, "refused");
        assert.equal(
          asked.filter(({ path }) => path !== "/session"),
          [],
        );
      },
    ),
  );
}
sending("what has to be noted before the bytes leave and can't be: they don't leave", () =>
  withBoard(
    () => undefined,
    async (board, asked) => {
      const [result] = await board.send([calls.create], {
        onSend: () => {
          throw new Error("the disk is full");
        },
      });
      assert.is(result?.is, "refused");
      assert.is(asked.filter(({ path }) => path === "/jobs").length, 0);
    },
  ),
);
sending.run();

const bodies = suite("bodies");
const body =
  (call: Call, want: unknown): (() => Promise<void>) =>
  () =>
    withBoard(
      (asked) => (asked.path.startsWith("/jobs") ? ok[call.do] : undefined),
      async (board, asked) => {
        await board.send([call]);
        const sent = asked.find(({ path }) => path.startsWith("/jobs"));
        assert.equal(JSON.parse(sent?.body ?? ""), want);
        assert.match(sent?.contentType ?? "", /application\/json/);
        assert.is(sent?.authorization, "Worki token-1");
      },
    );
const { profession_id, ...inJob } = attributes;
bodies(
  "a create: the profession and the publication type stand beside the job",
  body(calls.create, { job: inJob, profession_id, publication_type: "job_publish" }),
);
bodies("an update holds only what differs", body(calls.update, { job: { salary_from: 65000 } }));
bodies(
  "an update of the profession",
  body({ do: "update", job: { id: "7" }, attributes: { profession_id: 9 } }, { job: {}, profession_id: 9 }),
);
bodies(
  "null clears",
  body({ do: "update", job: { id: "7" }, attributes: { salary_to: null } }, { job: { salary_to: null } }),
);
bodies("a close with its reason", body(calls.close, { reason: "closed_found" }));
bodies("a revival with its type", body(calls.revive, { publication_type: "super_job_publish" }));
bodies.run();

const revival = suite("a revival is done only where it is seen");
const answered: [
  name: string,
  was: "expired" | "closed" | "active",
  answer: Record<string, unknown>,
  read: Record<string, unknown>,
  want: Want,
][] = [
  ["later expiry in the answer", "expired", { expires_at: "2026-12-31T00:00:00Z" }, {}, "done"],
  [
    "nothing changed",
    "expired",
    { status: "expired", expires_at: "2026-12-01T00:00:00Z" },
    { status: "expired", expires_at: "2026-12-01T00:00:00Z" },
    "unclear",
  ],
  [
    "active, but the expiry of before",
    "expired",
    { expires_at: "2026-12-01T00:00:00Z" },
    { expires_at: "2026-12-01T00:00:00Z" },
    "unclear",
  ],
  [
    "closed, back within the time that was paid for",
    "closed",
    { expires_at: "2026-12-01T00:00:00Z" },
    {},
    "done",
  ],
  [
    "active and not longer",
    "active",
    { expires_at: "2026-12-01T00:00:00Z" },
    { expires_at: "2026-12-01T00:00:00Z" },
    "unclear",
  ],
  [
    "an answer that tells nothing, a read that does",
    "expired",
    { status: undefined, expires_at: undefined },
    { expires_at: "2026-12-31T00:00:00Z" },
    "done",
  ],
];
for (const [name, was, answer, read, want] of answered) {
  revival(`${name}: ${want}`, () =>
    withBoard(
      ({ method, path }) => {
        if (path === "/jobs/7/revive") return { json: { data: job("7", answer) } };
        return method === "GET" && path === "/jobs/7" ? { json: { data: [job("7", read)] } } : undefined;
      },
      async (board) => {
        const call: Call = { do: "revive", job: { id: "7" }, publication: "job_publish", expiresAt, was };
        assert.is((await board.send([call]))[0]?.is, want);
      },
    ),
  );
}
revival.run();

const settling = suite("settling by reads");
const settle = (name: string, call: Call, script: Script, want: Want, known: string[] = []): void => {
  settling(`${call.do}, ${name}: ${want}`, () =>
    withBoard(script, async (board, asked) => {
      const [result] = await board.settle([call], { jobs: new Set(known) });
      assert.is(result?.is, want, JSON.stringify(result));
      assert.equal(
        asked.filter(({ method, path }) => method !== "GET" && path !== "/session"),
        [],
      );
    }),
  );
};
const made = job("651", { ...attributes, profession_id: undefined });
const get =
  (attributes: Record<string, unknown>): Script =>
  ({ path }) =>
    path === "/jobs/7" ? { json: { data: job(7, attributes) } } : undefined;
settle("there", calls.create, pages([job("1"), made]), "done");
settle(
  "there with another spelling of the address",
  calls.create,
  pages([job("651", { ...attributes, address: "г. Москва" })]),
  "done",
);
settle("only one that was there before", calls.create, pages([made]), "unclear", ["651"]);
settle("only a similar one", calls.create, pages([job("651", { ...attributes, title: "Повар" })]), "unclear");
settle("an unreadable list", calls.create, () => ({ text: "<html>" }), "unclear");
settle("shown", calls.update, get({ salary_from: 65000 }), "done");
settle("not shown", calls.update, get({ salary_from: 60000 }), "refused");
settle(
  "hidden from reads",
  { do: "update", job: { id: "7" }, attributes: { contact_phone: "79990000000" } },
  get({}),
  "unclear",
);
settle("still active", calls.close, get({}), "refused");
settle("closed", calls.close, get({ status: "closed" }), "done");
settle("longer", calls.revive, get({}), "done");
settle("as before", calls.revive, get({ status: "expired", expires_at: "2026-12-01T00:00:00Z" }), "unclear");
settling("of two equal creates and one job, one is done", () =>
  withBoard(pages([made]), async (board) => {
    const results = await board.settle([calls.create, calls.create], { jobs: new Set() });
    assert.equal(
      results.map(({ is }) => is),
      ["done", "unclear"],
    );
  }),
);
settling.run();
