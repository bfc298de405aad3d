import { suite } from "uvu";
import * as assert from "uvu/assert";
import { createVkrabota } from "../../src/board/vkrabota/index.ts";
import { readTime } from "../../src/board/vkrabota/times.ts";
import {
  type Answer,
  all,
  company,
  drop,
  half,
  job,
  pages,
  type Script,
  throws,
  withBoard,
} from "./server.ts";

const numbered = (n: number) => Array.from({ length: n }, (_, index) => job(String(1000 - index)));
const isList = ({ path }: { path: string }): boolean => path.startsWith("/jobs?");

const paging = suite("the list");
/** Timers that keep the process alive. */
const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === "Timeout").length;
paging("pages that were read ahead keep nothing waiting once the board is let go of", () =>
  withBoard(
    (asked, count) => (/number\]=[56]&/.test(asked.path) ? drop : pages(numbered(101))(asked, count)),
    async (board) => {
      const before = timers();
      assert.is((await all(board.jobs())).length, 101);
      await board.close();
      for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      assert.ok(timers() <= before, `${timers()} timers, ${before} before`);
    },
    { backoffMs: 60_000, totalMs: 600_000 },
  ),
);
for (const n of [0, 1, 49, 50, 51, 100, 101, 400]) {
  paging(`${n} jobs, each once, in few requests`, () =>
    withBoard(pages(numbered(n)), async (board, asked) => {
      const jobs = await all(board.jobs());
      assert.is(jobs.length, n);
      assert.is(new Set(jobs.map(({ ref }) => JSON.stringify(ref))).size, n);
      const least = Math.ceil(n / 50) + 1;
      const requests = asked.filter(isList).length;
      assert.ok(requests >= least && requests <= least + 3, `${requests} requests, at least ${least}`);
    }),
  );
}
for (const [n, expected] of [
  [0, 0],
  [50, 50],
  [51, 51],
  [101, 101],
  [400, 400],
  [400, 50],
  [400, 390],
  [120, 121],
  [120, 200],
  [3, 1000],
] as const) {
  paging(
    `${n} jobs where ${expected} are expected: each once, and no page too many where that is right`,
    () =>
      withBoard(pages(numbered(n)), async (board, asked) => {
        assert.is((await all(board.jobs(expected))).length, n);
        const least = Math.ceil(n / 50) + 1;
        const wanted = Math.ceil(expected / 50) + 1;
        const requests = asked.filter(isList).length;
        assert.ok(
          requests >= least && requests <= least + (wanted === least ? 0 : 3),
          `${requests}, at least ${least}`,
        );
      }),
  );
}
paging("a short page isn't the end, and a job that comes twice comes once", () =>
  withBoard(
    ({ path }) => {
      const page = Number(/number\]=(\d+)/.exec(path)?.[1]);
      if (!page) return undefined;
      return { json: { data: [[job("3"), job("2")], [job("2"), job("1")], []][page - 1] ?? [] } };
    },
    async (board) => {
      assert.equal(
        (await all(board.jobs())).map(({ ref }) => ref),
        [{ id: "3" }, { id: "2" }, { id: "1" }],
      );
    },
  ),
);
paging("a list that repeats itself is an error, not endless", () =>
  withBoard(
    (asked) => (isList(asked) ? { json: { data: numbered(50) } } : undefined),
    (board) => throws(() => all(board.jobs()), /repeats itself/),
  ),
);
paging("a board that answers past its end with its last page: that is the end", () =>
  withBoard(
    (asked) => (isList(asked) ? { json: { data: numbered(3) } } : undefined),
    async (board, asked) => {
      assert.is((await all(board.jobs())).length, 3);
      assert.is(asked.filter(isList).length, 3);
    },
  ),
);
const bad: Record<string, [Answer, RegExp]> = {
  "an HTML answer": [{ text: "<html><h1>Сервис приостановлен</h1></html>" }, /isn't JSON: <html>/],
  "half a page": [half, /cut short/],
  "a dropped connection": [drop, /reset|closed|hang up/],
  "a 200 with errors": [{ json: { errors: [{ detail: "Технические работы" }] } }, /Технические работы/],
  "no data": [{ json: {} }, /data should be a list/],
  "data of another kind": [{ json: { data: { id: 1 } } }, /data should be a list/],
  "a job without an id": [{ json: { data: [{ attributes: {} }] } }, /data\[0\]\.id should be an id/],
  "a job without attributes": [
    { json: { data: [{ id: "1" }] } },
    /data\[0\]\.attributes should be an object/,
  ],
  "a redirect": [
    { status: 301, headers: { location: "https://elsewhere.example/" } },
    /redirects \(301\) to https:\/\/elsewhere/,
  ],
  "a 500": [{ status: 500, json: { errors: [{ detail: "Ошибка" }] } }, /answers 500: Ошибка/],
};
for (const [name, [answer, says]] of Object.entries(bad)) {
  paging(`${name} is an error, never "no jobs"`, () =>
    withBoard(
      (asked) => (isList(asked) ? answer : undefined),
      (board) => throws(() => all(board.jobs()), says),
    ),
  );
}
paging.run();

const one = suite("one job");
const shapes: Record<string, Answer> = {
  "an object": { json: { data: job(7) } },
  "a list of one": { json: { data: [job("7")] } },
  "unknown attributes and a meta": {
    json: { data: job("7", { call_only: false, public_link: "x" }), meta: { total: 1 } },
  },
};
for (const [name, answer] of Object.entries(shapes)) {
  one(`data is ${name}`, () =>
    withBoard(
      ({ path }) => (path === "/jobs/7" ? answer : undefined),
      async (board) => {
        const view = await board.job({ id: "7" });
        assert.ok(view !== "gone");
        assert.equal(view.ref, { id: "7" });
        assert.is(view.status, "active");
        assert.is(view.expiresAt, Date.parse("2026-12-31T09:21:19.001+03:00"));
        assert.is(view.publication, "job_publish");
        assert.is(view.attributes.salary_from, null);
        assert.not("remote" in view.attributes);
      },
    ),
  );
}
for (const status of [404, 422]) {
  one(`${status} is gone`, () =>
    withBoard(
      ({ path }) =>
        path === "/jobs/7" ? { status, json: { errors: [{ detail: "Вакансия не найдена" }] } } : undefined,
      async (board) => assert.is(await board.job({ id: "7" }), "gone"),
    ),
  );
}
one("a 500 isn't gone", () =>
  withBoard(
    ({ path }) => (path === "/jobs/7" ? { status: 500 } : undefined),
    (board) => throws(() => board.job({ id: "7" }), /500/),
  ),
);
one("a highlight that runs is told where the answer tells it", () =>
  withBoard(
    ({ path }) =>
      path === "/jobs/7"
        ? { json: { data: job("7", { highlighted_till: "2026-11-12T00:00:00.000+04:00" }) } }
        : undefined,
    async (board) => {
      const view = await board.job({ id: "7" });
      assert.equal(view !== "gone" && view.services, {
        job_highlight: Date.parse("2026-11-12T00:00:00+04:00"),
      });
    },
  ),
);
one("active and not published is hidden; a status that nobody knows too, with a note", () =>
  withBoard(
    ({ path }) => {
      if (path === "/jobs/1")
        return { json: { data: job("1", { current_publication_type: "not_published" }) } };
      return path === "/jobs/2" ? { json: { data: job("2", { status: "moderation" }) } } : undefined;
    },
    async (board) => {
      const views = [await board.job({ id: "1" }), await board.job({ id: "2" })];
      assert.equal(
        views.map((view) => view !== "gone" && [view.status, view.note]),
        [
          ["hidden", undefined],
          ["hidden", "status moderation"],
        ],
      );
    },
  ),
);
one.run();

const sessions = suite("sessions");
sessions("one log-in serves calls that come at once, form-encoded", () =>
  withBoard(pages([]), async (board, asked) => {
    await Promise.all([board.identity(), all(board.jobs()), board.job({ id: "1" })]);
    const logins = asked.filter(({ path }) => path === "/session");
    assert.is(logins.length, 1);
    assert.is(logins[0]?.body, "login=test&password=correct-horse");
    assert.match(logins[0]?.contentType ?? "", /x-www-form-urlencoded/);
  }),
);
sessions("one renewal serves four calls that are refused at once", () =>
  withBoard(
    (asked, count) => {
      if (asked.path === "/session") return { json: { token: `token-${count}` } };
      return asked.authorization === "Worki token-1"
        ? { status: 401, json: { errors: [{ detail: "Invalid JWT Token" }] } }
        : { json: { data: [job(asked.path.slice(6))] } };
    },
    async (board, asked) => {
      const views = await Promise.all(["1", "2", "3", "4"].map((id) => board.job({ id })));
      assert.is(views.length, 4);
      assert.is(asked.filter(({ path }) => path === "/session").length, 2);
    },
  ),
);
for (const [status, detail] of [
  [401, "Invalid Auth params"],
  [422, "Invalid Login"],
] as const) {
  sessions(`${status} from the session is final`, () =>
    withBoard(
      ({ path }) => (path === "/session" ? { status, json: { errors: [{ detail }] } } : undefined),
      async (board, asked) => {
        await throws(() => board.identity(), new RegExp(detail));
        assert.is(asked.length, 1);
      },
    ),
  );
}
sessions("a new token that is refused as well is final", () =>
  withBoard(
    (asked) =>
      asked.path === "/company"
        ? { status: 401, json: { errors: [{ detail: "Invalid JWT Token" }] } }
        : undefined,
    async (board, asked) => {
      await throws(() => board.identity(), /refuses the session/);
      assert.is(asked.filter(({ path }) => path === "/company").length, 2);
    },
  ),
);
sessions("VAC_TOKEN is used as it is and can't be renewed", () =>
  withBoard(
    (asked) => (asked.authorization === "Worki given" ? { status: 401, json: {} } : undefined),
    (board) => throws(() => board.identity(), /VAC_TOKEN/),
    { credentials: { token: "given" } },
  ),
);
sessions("no secret in any error, also where the board echoes it", async () => {
  const echo: Script = (asked) => ({
    status: 401,
    json: { errors: [{ detail: `bad: ${asked.body} ${Buffer.from("correct-horse").toString("base64")}` }] },
  });
  await withBoard(echo, async (board) => {
    const error = await board.identity().then(
      () => undefined,
      (thrown) => thrown as Error,
    );
    assert.not.match(`${error?.message} ${JSON.stringify(error)}`, /correct-horse|Y29ycmVjdC1ob3JzZQ/);
  });
});
sessions("no secret in what is said of a 200 either", async () => {
  for (const json of [{ data: "Worki token-1" }, { errors: [{ detail: "Worki token-1" }] }]) {
    await withBoard(
      (asked) => (isList(asked) ? { json } : undefined),
      async (board) => {
        const error = await all(board.jobs()).then(
          () => undefined,
          (thrown) => thrown as Error,
        );
        assert.ok(error);
        assert.not.match(error.message, /token-1/);
      },
    );
  }
});
sessions.run();

const applications = suite("applications");
const application = (id: number, status = "unread") => ({
  id: String(id),
  type: "application",
  attributes: { id, recruiter_id: 888, job_id: 298, status, created_at: "2017-10-11T20:57:43.411+03:00" },
  relationships: { candidate: { data: { id: "889", type: "candidate" } } },
});
applications("page by page until an empty one, each once, filters sent", () =>
  withBoard(
    ({ path }) => {
      if (!path.startsWith("/applications?")) return undefined;
      const page = Number(/number\]=(\d+)/.exec(path)?.[1]);
      return {
        json: {
          data: [[application(1), application(2)], [application(2), application(3)], []][page - 1],
          included: [],
        },
      };
    },
    async (board, asked) => {
      const found = await all(board.applications({ jobId: "298", status: ["unread", "read"] }));
      assert.equal(
        found.map(({ id, jobId }) => [id, jobId]),
        [
          ["1", "298"],
          ["2", "298"],
          ["3", "298"],
        ],
      );
      assert.is(found[0]?.createdAt, Date.parse("2017-10-11T20:57:43.411+03:00"));
      assert.match(asked.at(-1)?.path ?? "", /job_id=298&status\[\]=unread&status\[\]=read$/);
    },
  ),
);
applications.run();

const facts = suite("facts");
facts("the company is the account; ids may be numbers", () =>
  withBoard(
    ({ path }) => (path === "/company" ? { json: { data: { ...company.data, id: 77 } } } : undefined),
    async (board) => assert.is((await board.identity()).account, "77"),
  ),
);
facts("professions", () =>
  withBoard(
    ({ path }) =>
      path === "/professions" ? { json: { professions: [{ id: 85, title: "актер" }] } } : undefined,
    async (board) => assert.equal(await board.dictionary("professions"), [{ id: "85", title: "актер" }]),
  ),
);
facts("the board's clock is its Date", () =>
  withBoard(
    ({ path }) =>
      path === "/company" ? { json: company, headers: { date: "Mon, 01 Mar 2032 12:00:00 GMT" } } : undefined,
    async (board) => {
      await board.identity();
      assert.ok(Math.abs(board.now() - Date.parse("2032-03-01T12:00:00Z")) < 60_000);
    },
  ),
);
for (const status of ["constructor", "toString", "__proto__", "", "х".repeat(500)]) {
  facts(`a status that the document doesn't name, ${JSON.stringify(status).slice(0, 20)}, is hidden`, () =>
    withBoard(
      ({ path }) => (path === "/jobs/7" ? { json: { data: job("7", { status }) } } : undefined),
      async (board) => {
        const view = await board.job({ id: "7" });
        assert.is(view === "gone" ? view : view.status, "hidden");
        assert.ok(view !== "gone" && (view.note ?? "").length < 60);
      },
    ),
  );
}
for (const date of ["Sat, 13 Sep 275760 00:00:00 GMT", "Mon, 01 Jan 1900 00:00:00 GMT", "soon", ""]) {
  facts(`the date "${date}" is no clock`, () =>
    withBoard(
      ({ path }) => (path === "/company" ? { json: company, headers: { date } } : undefined),
      async (board) => {
        await board.identity();
        assert.ok(Math.abs(board.now() - Date.now()) < 60_000);
      },
    ),
  );
}
const times: [unknown, string | undefined][] = [
  ["2019-03-11T9:21:19.001+03:00", "2019-03-11T06:21:19.001Z"],
  ["2017-06-28 11:17:13 +0300", "2017-06-28T08:17:13.000Z"],
  ["2011-11-11T00:00:00.000+04:00", "2011-11-10T20:00:00.000Z"],
  ["2026-12-31T09:21:19Z", "2026-12-31T09:21:19.000Z"],
  ["2017-06-28 11:17:13+03", "2017-06-28T08:17:13.000Z"],
  ["2017-06-28 08:17:13 UTC", "2017-06-28T08:17:13.000Z"],
  ["2019-03-01 00:00:00", "2019-02-28T21:00:00.000Z"],
  ["9999-12-31T23:59:59-12:00", "9999-12-31T23:59:59.999Z"],
  ["0000-01-01T00:00:00+12:00", "0000-01-01T00:00:00.000Z"],
  ["soon", undefined],
  [null, undefined],
  [5, undefined],
];
for (const [text, iso] of times) {
  facts(`the time ${JSON.stringify(text)}`, () => {
    const time = readTime(text);
    assert.is(time === undefined ? undefined : new Date(time).toISOString(), iso);
  });
}
for (const address of ["http://board.example", "ftp://x", "nonsense", "https://me:pw@board.example"]) {
  facts(`the address ${address} is refused`, () => {
    assert.throws(() => createVkrabota({ address, credentials: { token: "t" }, concurrency: 1 }));
  });
}
facts.run();
