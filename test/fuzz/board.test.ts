// Whatever a board answers: a value, or an error that names the request; never a crash, a secret or a phone.
import type { ServerResponse } from "node:http";
import fc from "fast-check";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { VkrabotaBoard } from "../../src/board/vkrabota/index.ts";
import { readSpent } from "../../src/board/vkrabota/spent.ts";
import type { Call, JobView, Outcome } from "../../src/model/job.ts";
import { type Asked, all, company, job, withBoard } from "../board/server.ts";
import { checkShown, fuzz, phone, secrets, toldBy } from "./fuzz.ts";
import { bent, damaged, odd } from "./mutate.ts";

const test = suite("fuzz: board answers");

const one = job("651", { contact_phone: phone, autoreply_text: `звоните ${phone}`, highlighted_till: null });
const packet = {
  id: 7,
  start_time: "2026-01-01T00:00:00.000+03:00",
  end_time: "2026-12-31T00:00:00.000+03:00",
  free: true,
  current_step: {
    fias_id: "01d3b0b4",
    job_category_uuid: "c",
    limits: [{ code: "job_publish", left: 10 }],
    prices: [{ code: "job_publish", price: 1500 }],
  },
};
const paid = {
  id: "0",
  type: "paid_action",
  attributes: {
    status: "failed",
    error_message: "Уже поднята",
    origin: { action: "job_refresh", job_id: "651", count: 1 },
    job: {
      data: {
        ...one,
        attributes: { ...one.attributes, refreshable: false, refreshable_at: "2099-01-01T00:00:00+03:00" },
      },
    },
  },
};
const background = {
  data: [
    {
      id: "1",
      type: "background",
      attributes: { id: 1, assetable_id: 651, assetable_type: "Job", errors: {} },
    },
  ],
};

/** What the board is asked for by each call of the client, with a real answer to it. */
interface Row {
  readonly real: unknown;
  readonly ask: (board: VkrabotaBoard) => Promise<unknown>;
}
const ref = { id: "651" };
const create: Call = {
  do: "create",
  attributes: { title: "Пекарь", contact_phone: phone },
  publication: "job_publish",
};
const update: Call = { do: "update", job: ref, attributes: { title: "Пекарь" } };
const close: Call = { do: "close", job: ref, reason: "closed_found" };
const revive: Call = { do: "revive", job: ref, publication: "job_publish" };
const buy: Call = { do: "buy", job: ref, action: "job_refresh", account: "company" };
const picture: Call = { do: "picture", target: ref, file: "a.png", hash: "h" };
const sending = (calls: readonly Call[]) => (board: VkrabotaBoard) =>
  board
    .send(calls, {
      picture: async () => ({ bytes: new Uint8Array(3), contentType: "image/png", filename: "a.png" }),
    })
    .then((outcomes) => checkOutcomes(calls, outcomes));
const settling = (calls: readonly Call[]) => (board: VkrabotaBoard) =>
  board
    .settle(calls, {
      jobs: new Set(),
      longAgo: true,
      final: true,
      funds: { sources: [{ code: "job_refresh", kind: "once", left: 3 }], prices: {} },
    })
    .then((outcomes) => checkOutcomes(calls, outcomes));

const rows: Readonly<Record<string, Row>> = {
  jobs: {
    real: { data: [one, job(652)] },
    ask: async (board) => (await all(board.jobs())).forEach(checkView),
  },
  job: {
    real: { data: [one] },
    ask: async (board) => {
      const view = await board.job(ref);
      if (view !== "gone") checkView(view);
    },
  },
  company: {
    real: {
      data: {
        ...company.data,
        attributes: { ...company.data.attributes, otvas_refreshes_limit: 3, otvas_expires_at: null },
      },
    },
    ask: (board) => board.company(),
  },
  identity: { real: company, ask: (board) => board.identity() },
  funds: { real: { ...company, packets: [packet] }, ask: (board) => board.funds() },
  packets: {
    real: { packets: [packet], meta: { total: 1 } },
    ask: (board) => board.packets({ status: "active" }),
  },
  "packet balance": {
    real: {
      items: [
        { fias_id: "0", job_category_uuid: "c", balance: [{ code: "job_publish", free: 1, bought: 10 }] },
      ],
    },
    ask: (board) => board.packetBalance(),
  },
  transactions: {
    real: {
      data: [
        {
          id: "1",
          type: "t",
          attributes: {
            created_at: "2026-11-11T00:00:00.000+04:00",
            subscriptable_type: "OTVAS",
            creator: "Имя",
            applied_changes: ["Размещение вакансии: -1"],
          },
        },
      ],
      meta: { total: 1 },
    },
    ask: (board) => readSpent(board.transactions()),
  },
  applications: {
    real: {
      data: [
        {
          id: "1",
          type: "application",
          attributes: { job_id: 651, status: "unread", created_at: "2026-11-11T00:00:00+03:00" },
        },
      ],
    },
    ask: (board) => all(board.applications({ jobId: "651" })),
  },
  professions: {
    real: { professions: [{ id: 85, title: "пекарь" }] },
    ask: (board) => board.dictionary("professions"),
  },
  create: { real: { data: one }, ask: sending([create]) },
  update: { real: { data: one }, ask: sending([update]) },
  close: { real: { data: one }, ask: sending([close]) },
  revive: { real: { data: one }, ask: sending([revive]) },
  buy: { real: { data: [paid] }, ask: sending([buy, { ...buy, job: { id: "652" } }]) },
  picture: { real: background, ask: sending([picture]) },
  unpicture: { real: background, ask: sending([{ do: "unpicture", target: ref }]) },
  settle: {
    real: { ...company, data: [one], packets: [packet] },
    ask: settling([create, update, close, revive, buy]),
  },
};

const statuses = new Set([undefined, "pending", "active", "expired", "closed", "rejected", "hidden"]);

/** What is read of a job can be kept in the state and shown. */
function checkView({ ref: found, attributes, status, expiresAt, services = {} }: JobView): void {
  assert.ok("id" in found && found.id !== "");
  for (const value of Object.values(attributes))
    assert.ok(value === null || ["string", "number", "boolean"].includes(typeof value));
  assert.ok(statuses.has(status), String(status));
  for (const at of [expiresAt, ...Object.values(services)])
    if (at !== undefined) assert.match(new Date(at).toISOString(), /^\d{4}-/);
}

function checkOutcomes(calls: readonly Call[], outcomes: readonly Outcome[]): void {
  assert.is(outcomes.length, calls.length);
  for (const outcome of outcomes) {
    const told =
      outcome.is === "refused"
        ? outcome.message
        : outcome.is === "unclear"
          ? outcome.cause
          : outcome.is === "done"
            ? (outcome.note ?? "")
            : "";
    checkShown(told);
    assert.ok(!told.includes(phone), told);
    assert.ok(told.length < 1500);
    if (outcome.is === "done" && outcome.job) checkView(outcome.job);
  }
}

interface Wire {
  readonly status: number;
  readonly body: string | Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

/** A board that hands back what it was sent: plainly and encoded. */
const echoesOf = (known: readonly string[]) =>
  known.flatMap((secret) => [secret, Buffer.from(secret).toString("base64"), encodeURIComponent(secret)]);
const echoed = (known: readonly string[] = Object.values(secrets)) =>
  fc.constantFrom<unknown>(
    ...echoesOf(known).flatMap((echo) => [
      echo,
      { errors: [{ detail: `не принято: ${echo}` }] },
      { data: { id: { echo } } },
      { data: { contact_phone: phone } },
      [phone, echo],
    ]),
  );

function answersTo(real: unknown, echo = echoed()): fc.Arbitrary<Wire> {
  const json = fc
    .oneof(
      { weight: 6, arbitrary: bent(fc.constant(real)) },
      { weight: 1, arbitrary: fc.constant(real) },
      { weight: 2, arbitrary: odd },
      { weight: 1, arbitrary: echo },
    )
    .map((value) => JSON.stringify(value) ?? "");
  const body = fc.oneof(
    { weight: 6, arbitrary: json },
    { weight: 2, arbitrary: damaged([JSON.stringify(real), `<html>${phone} ${secrets.token}</html>`]) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        "",
        "null",
        "[".repeat(100_000) + "]".repeat(100_000),
        `${`{"data":`.repeat(50_000)}1${"}".repeat(50_000)}`,
      ),
    },
  );
  return fc.record({
    status: fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom(200, 201) },
      {
        weight: 1,
        arbitrary: fc.constantFrom(
          204,
          206,
          299,
          301,
          302,
          307,
          399,
          400,
          401,
          403,
          404,
          408,
          409,
          422,
          425,
          429,
          451,
          500,
          503,
          599,
          999,
        ),
      },
    ),
    body,
    headers: fc.dictionary(
      fc.constantFrom("date", "retry-after", "location", "content-type", "content-encoding"),
      fc.constantFrom(
        "",
        "0",
        "soon",
        "-1",
        "gzip",
        "text/html",
        "Sat, 13 Sep 275760 00:00:00 GMT",
        `https://me:${secrets.password}@elsewhere.example/x?token=${secrets.token}`,
        "//x",
        "/login",
        "%",
      ),
      { maxKeys: 2 },
    ),
  });
}

const isSession = ({ path }: Asked): boolean => path === "/session";
const put =
  ({ status, body, headers }: Wire) =>
  (response: ServerResponse): void => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(status === 204 ? undefined : body);
  };

for (const [name, { real, ask }] of Object.entries(rows)) {
  test(name, async () => {
    let answer: Wire = { status: 200, body: "", headers: {} };
    await withBoard(
      (asked) => (isSession(asked) ? { json: { token: secrets.token } } : put(answer)),
      (board) =>
        fuzz(answersTo(real), 60, async (next) => {
          answer = next;
          const told = await toldBy(() => ask(board));
          if (told !== undefined)
            assert.match(told, /(GET|POST|PUT|DELETE) (\/|http)|job 651|refuses the session/);
        }),
      { credentials: { login: secrets.login, password: secrets.password } },
    );
  });
}

test("the session's own answer", () => {
  let answer: Wire = { status: 200, body: "", headers: {} };
  return fuzz(answersTo({ token: secrets.token }, echoed([secrets.login, secrets.password])), 150, (next) =>
    withBoard(
      (asked) => (isSession(asked) ? put(answer) : undefined),
      async (board) => {
        answer = next;
        const told = await toldBy(() => board.identity());
        if (told !== undefined)
          assert.match(told, /login and password|POST (\/|http)|reached|refuses the session/);
      },
      { credentials: { login: secrets.login, password: secrets.password } },
    ),
  );
});

test.run();
