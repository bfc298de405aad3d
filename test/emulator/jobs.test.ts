import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Client, EXAMPLE, NOW, withClient } from "./client.ts";

const jobs = suite("emulator: jobs");

const FIRST = {
  id: "254",
  type: "job",
  attributes: {
    title: "Первая тестовая вакансия",
    description: "Описание первой тестовой вакансии",
    status: "active",
    lat: 55.7346276065292,
    long: 37.5734168663621,
    address: "Москва, улица Еланского, 2",
    salary_from: null,
    salary_to: null,
    salary_period: null,
    expires_at: "2019-03-11T9:21:19.001+03:00",
    current_publication_type: "job_publish",
  },
};

const SECOND = {
  id: "270",
  type: "job",
  attributes: {
    title: "Вторая тестовая вакансия",
    description: "Описание второй тестовой вакансии",
    status: "active",
    lat: 55.7346276065292,
    long: 37.5734168663621,
    address: "Москва, улица Еланского, 2",
    salary_from: 10000,
    salary_to: 50000,
    salary_period: "monthly",
    expires_at: "2019-03-14T10:37:22.813+03:00",
    remote: false,
    current_publication_type: "job_publish",
  },
};

/** The two jobs of the document's list, made by hand while they are active. */
function documentedJobs({ emulator }: Client): void {
  emulator.control.freeze(Date.parse("2019-03-01T00:00:00Z"));
  for (const [{ id, attributes }, expires] of [
    [FIRST, "2019-03-11T06:21:19.001Z"],
    [SECOND, "2019-03-14T07:37:22.813Z"],
  ] as const) {
    const { status: _status, expires_at: _end, current_publication_type: _type, ...own } = attributes;
    emulator.control.putJob({ id, attributes: own, expires_at: expires });
  }
}

/** Works on a client whose token outlives every move of the clock. */
function withJobs(work: (client: Client) => Promise<void>): () => Promise<void> {
  return () => withClient({ tokenLifeMs: 1e13 }, work);
}

jobs(
  "the list has the document's items to the letter, newest first",
  withJobs(async (client) => {
    documentedJobs(client);
    const reply = await client.call("GET", "/jobs");
    assert.is(reply.status, 200);
    assert.is(reply.text, JSON.stringify({ data: [SECOND, FIRST] }));
  }),
);

jobs(
  "a job is an array of one without current_publication_type",
  withJobs(async (client) => {
    documentedJobs(client);
    const { current_publication_type: _type, ...attributes } = FIRST.attributes;
    const reply = await client.call("GET", "/jobs/254");
    assert.is(reply.text, JSON.stringify({ data: [{ ...FIRST, attributes }] }));
  }),
);

jobs(
  "an update changes what it names, and answers the document's example",
  withJobs(async (client) => {
    const { title: _title, ...rest } = EXAMPLE.job;
    const expires = "2019-03-14T19:17:56.961Z";
    client.emulator.control.putJob({
      id: "122",
      attributes: { title: "Старая", ...rest },
      expires_at: expires,
    });
    const reply = await client.call("PUT", "/jobs/122", { job: { title: "Новая тестовая вакансия" } });
    assert.is(reply.status, 200);
    assert.is(
      reply.text,
      '{"data":{"id":"122","type":"job","attributes":{"title":"Новая тестовая вакансия","description":"Тестовое описание","lat":55.35,"long":37.55,"address":"Москва. Солянка ул., 9","salary_from":null,"salary_to":null,"salary_period":null,"expires_at":"2019-03-14T22:17:56.961+03:00","remote":true}}}',
    );
    assert.equal(client.emulator.control.state().ledger, []);
  }),
);

const UPDATES: [string, unknown, RegExp | Record<string, unknown>][] = [
  [
    "null clears an optional attribute",
    { job: { salary_from: null, remote: null } },
    { salary_from: null, remote: null },
  ],
  ["null for a required one is refused", { job: { address: null } }, /'Адрес' не может быть пустым/],
  ["an empty required one is refused", { job: { title: " " } }, /'Заголовок' не может быть пустым/],
  ["a profession at top level", { job: {}, profession_id: 85 }, { profession_id: 85 }],
  ["a profession inside the job", { job: { profession_id: 93 } }, { profession_id: 93 }],
  ["an unknown profession", { job: {}, profession_id: 12345 }, /'Профессия'/],
  ["a profession null", { job: { profession_id: null } }, /'Профессия' не может быть пустым/],
  ["a numeric string is kept as a number", { job: { lat: "1.5" } }, { lat: 1.5 }],
  ["unknown attributes are passed over", { job: { status: "closed", x: 1 } }, { title: EXAMPLE.job.title }],
  ["no job", { title: "x" }, /'Вакансия'/],
  ["the first problem keeps all from being changed", { job: { title: "x", lat: 91 } }, /'Широта'/],
];
for (const [name, body, expected] of UPDATES) {
  jobs(
    `update: ${name}`,
    withJobs(async ({ call, emulator }) => {
      await call("POST", "/jobs", { ...EXAMPLE, job: { ...EXAMPLE.job, salary_from: 5 } });
      const before = emulator.control.state().jobs[0]?.attributes;
      const reply = await call("PUT", "/jobs/651", body);
      const after = emulator.control.state().jobs[0]?.attributes;
      if (expected instanceof RegExp) {
        assert.is(reply.status, 422);
        assert.match(reply.json.errors[0].detail, expected);
        assert.equal(after, before);
      } else {
        assert.is(reply.status, 200);
        assert.equal(after, { ...before, ...expected } as typeof after);
      }
    }),
  );
}

const PLACES: [
  string,
  (path: string, name: string, value: string) => [string, unknown?, Record<string, string>?],
][] = [
  ["JSON", (path, name, value) => [path, { [name]: value }]],
  ["the query", (path, name, value) => [`${path}?${name}=${value}`]],
  [
    "a form",
    (path, name, value) => [
      path,
      `${name}=${value}`,
      { "Content-Type": "application/x-www-form-urlencoded" },
    ],
  ],
];
for (const [place, put] of PLACES) {
  jobs(
    `close takes the reason and revive the publication from ${place}`,
    withJobs(async ({ call, emulator }) => {
      await call("POST", "/jobs", EXAMPLE);
      const closed = await call("POST", ...put("/jobs/651/close", "reason", "closed_found"));
      assert.is(closed.json.data.attributes.status, "closed");
      assert.is(emulator.control.state().jobs[0]?.close_reason, "closed_found");
      const revived = await call("POST", ...put("/jobs/651/revive", "publication_type", "ultra_job_publish"));
      assert.is(revived.json.data.attributes.status, "active");
      assert.is(emulator.control.state().jobs[0]?.publication, "ultra_job_publish");
    }),
  );
}

jobs(
  "closing a closed job is success and changes nothing",
  withJobs(async ({ call, emulator }) => {
    await call("POST", "/jobs", EXAMPLE);
    await call("POST", "/jobs/651/close");
    const before = emulator.control.state().jobs;
    assert.is(before[0]?.close_reason, "closed_irrelevant");
    const again = await call("POST", "/jobs/651/close", { reason: "closed_found" });
    assert.is(again.status, 200);
    assert.equal(emulator.control.state().jobs, before);
  }),
);

jobs(
  "an unknown reason or publication is 422 and does nothing",
  withJobs(async ({ call, emulator }) => {
    await call("POST", "/jobs", EXAMPLE);
    assert.is((await call("POST", "/jobs/651/close", { reason: "tired" })).status, 422);
    assert.is((await call("POST", "/jobs/651/revive", { publication_type: "job_refresh" })).status, 422);
    assert.is(emulator.control.state().jobs[0]?.status, "active");
    assert.is(emulator.control.state().ledger.length, 1);
  }),
);

const DAY = 24 * 60 * 60 * 1000;
const REVIVES: [string, (client: Client) => unknown, number][] = [
  ["an active job: 30 days on top of the old end", ({ emulator }) => emulator.control.advance(10 * DAY), 60],
  ["an expired job: 30 days from now", ({ emulator }) => emulator.control.advance(40 * DAY), 70],
  [
    "a closed job: 30 days from now",
    async ({ emulator, call }) => {
      await call("POST", "/jobs/651/close");
      emulator.control.advance(10 * DAY);
    },
    40,
  ],
];
for (const [name, prepare, days] of REVIVES) {
  jobs(
    `revives ${name}, charged`,
    withJobs(async (client) => {
      await client.call("POST", "/jobs", EXAMPLE);
      await prepare(client);
      const reply = await client.call("POST", "/jobs/651/revive");
      assert.is(reply.status, 200);
      const [job] = client.emulator.control.state().jobs;
      assert.is(job?.status, "active");
      assert.is(Date.parse(job?.expires_at ?? ""), NOW + days * DAY);
      const charges = client.emulator.control.state().ledger.map(({ action, by }) => [action, by]);
      assert.equal(charges, [
        ["super_job_publish", "create"],
        ["job_publish", "revive"],
      ]);
    }),
  );
}

for (const [method, path, status] of [
  ["GET", "/jobs/1", 404],
  ["PUT", "/jobs/1", 404],
  ["POST", "/jobs/1/close", 404],
  ["POST", "/jobs/x/revive", 404],
] as const) {
  jobs(
    `${method} ${path} of no job is ${status}`,
    withJobs(async ({ call }) => {
      const reply = await call(method, path, method === "GET" ? undefined : { job: {} });
      assert.is(reply.status, status);
      assert.is(reply.text, '{"errors":[{"detail":"Вакансия не найдена"}]}');
    }),
  );
}

jobs.run();
