import { suite } from "uvu";
import * as assert from "uvu/assert";
import { failureOf } from "./client.ts";
import { at, buy, charges, DAY, jobOf, results, withPaid } from "./paid.ts";

const actions = suite("emulator: paid actions");

actions(
  "the answer is the document's example to the letter",
  withPaid(async (client) => {
    const { control } = client.emulator;
    const start = Date.parse("2011-11-10T20:00:00.000Z");
    control.freeze(start);
    control.putJob({
      id: "1",
      attributes: {
        title: "job_title_1",
        description: "Приходите работать в Бабушкины яички",
        lat: 11.23,
        long: 31.53,
        address: "Москва, туту",
        profession_id: 1,
      },
      expires_at: start + DAY,
    });
    control.setFunds({ otvas: { job_highlight: 1 }, otvas_expires_at: null });
    const reply = await buy(client, ["job_highlight 1"]);
    assert.is(reply.status, 200);
    // The example's offset is +04:00, of the Moscow of 2011; the board's other times are +03:00.
    const day = "2011-11-10T23:00:00.000+03:00";
    const next = "2011-11-11T23:00:00.000+03:00";
    const attributes = {
      title: "job_title_1",
      description: "Приходите работать в Бабушкины яички",
      status: "active",
      lat: 11.23,
      long: 31.53,
      address: "Москва, туту",
      expires_at: next,
      salary_from: null,
      salary_to: null,
      salary_period: null,
      contact_phone: null,
      call_only: false,
      auto_renew: null,
      refreshed_at: day,
      refreshable: false,
      refreshable_at: "2011-11-15T23:00:00.000+03:00",
      today_views_count: 0,
      external_id: null,
      revivable: true,
      published_at: day,
      highlighted: true,
      highlighted_till: next,
      parttime: false,
      watch: false,
      no_experience: false,
      disabilities: false,
      public_link: reply.json.data[0].attributes.job.data.attributes.public_link,
    };
    assert.match(attributes.public_link, /^https:\/\/worki\.ru\/vacancy\/[A-Z]{6}$/);
    const relationships = { profession: { data: { id: "1", type: "profession" } } };
    const job = { data: { id: "1", type: "job", attributes, relationships } };
    const origin = { action: "job_highlight", count: 1, job_id: "1" };
    const paid = { id: 0, error_message: null, status: "success", origin, job };
    const company = (await client.call("GET", "/company")).json;
    const data = [{ id: "0", type: "paid_action", attributes: paid }];
    assert.is(reply.text, JSON.stringify({ data, meta: { company } }));
    assert.is(company.data.attributes.otvas_highlights_limit, 0);
  }),
);

const FAILURES: [string, string, string, boolean][] = [
  ["an unknown action", "job_paint 651", "Неизвестное действие", true],
  ["a job that isn't there", "job_highlight 9", "Вакансия не найдена", false],
  ["a job that is gone", "job_highlight 654", "Вакансия не найдена", false],
  ["no job", "job_highlight", "Вакансия не найдена", false],
  ["a closed job", "job_highlight 652", "Вакансия неактивна", true],
  ["an expired job", "elevation_1d 653", "Вакансия неактивна", true],
  ["a refresh too early", "job_refresh 651", "Вакансию ещё нельзя поднять", true],
  ["a candidate who isn't there", "contact_view", "Кандидат не найден", false],
  [
    "want of money",
    "elevation_3d 651",
    "Недостаточно средств для оплаты услуги «Вакансия дня на 3 дня»",
    true,
  ],
];
for (const shows of [true, false]) {
  for (const [name, asked, problem, hasJob] of FAILURES) {
    actions(
      `fails: ${name}${shows ? "" : ", without the job"}`,
      withPaid(
        async (client) => {
          const { control } = client.emulator;
          for (const status of ["active", "closed", "expired"] as const) control.putJob({ status });
          control.putJob({ gone: true });
          control.setFunds({ balance: 100 });
          const { jobs, funds } = control.state();
          const reply = await buy(client, [asked]);
          assert.is(reply.status, 200);
          assert.equal(results(reply), [problem]);
          const { status, job } = reply.json.data[0].attributes;
          assert.is(status, "failed");
          assert.is(job?.data.id ?? null, hasJob && shows ? (asked.split(" ")[1] ?? null) : null);
          assert.equal([control.state().jobs, control.state().funds, charges(client)], [jobs, funds, []]);
        },
        { readings: { failedShowsJob: shows } },
      ),
    );
  }
}

actions(
  "a batch succeeds in part, in its order, as far as the money goes",
  withPaid(async (client) => {
    const { control } = client.emulator;
    control.putJob({});
    control.putJob({});
    control.setFunds({ balance: 1000 });
    const reply = await buy(client, [
      "job_highlight 651",
      "job_highlight 9",
      "job_highlight 652",
      "job_highlight 651",
    ]);
    assert.equal(results(reply), [
      "success",
      "Вакансия не найдена",
      "success",
      "Недостаточно средств для оплаты услуги «Выделение вакансии»",
    ]);
    assert.equal(
      reply.json.data.map(({ id, attributes }: { id: string; attributes: { id: number } }) => [
        id,
        attributes.id,
      ]),
      [
        ["0", 0],
        ["1", 1],
        ["2", 2],
        ["3", 3],
      ],
    );
    assert.is(reply.json.meta.company.data.attributes.balance, "0.0");
    assert.equal(
      charges(client).map(({ job_id }) => job_id),
      ["651", "652"],
    );
  }),
);

actions(
  "bonus pays with nothing else, and no answer shows what it has",
  withPaid(async (client) => {
    const { control } = client.emulator;
    control.putJob({});
    control.setFunds({ bonus: 500, packets: [{ limits: { job_highlight: 5 } }] });
    const before = (await client.call("GET", "/company")).json;
    const reply = await buy(client, ["job_highlight 651", "job_highlight 651"], { use_account: "bonus" });
    assert.equal(results(reply), ["success", "Недостаточно средств для оплаты услуги «Выделение вакансии»"]);
    assert.equal(reply.json.meta.company, before);
    assert.not.match(reply.text, "bonus");
    assert.is(control.state().funds.bonus, 0);
    assert.equal([charges(client)[0]?.source, charges(client)[0]?.kopecks], ["bonus", 500]);
  }),
);

actions(
  "ids may be numbers; the origin has them as they were sent",
  withPaid(async (client) => {
    client.emulator.control.putJob({});
    const list = [
      { action: "job_highlight", job_id: 651 },
      { action: "contact_view", user_id: 5657 },
    ];
    const { json } = await client.call("POST", "/paid_actions", { actions: list, use_account: "company" });
    const origins = json.data.map(({ attributes }: { attributes: { origin: unknown } }) => attributes.origin);
    assert.equal(origins, [
      { action: "job_highlight", count: 1, job_id: 651 },
      { action: "contact_view", count: 1, job_id: null, user_id: 5657, price: 1500, region_id: 78 },
    ]);
  }),
);

const good = { action: "job_highlight", job_id: "651" };
const MALFORMED: [unknown, number][] = [
  [{}, 422],
  [{ actions: [] }, 422],
  [{ actions: {} }, 422],
  [{ actions: [good, "job_highlight"] }, 422],
  [{ actions: [good, null] }, 422],
  [{ actions: [good, { job_id: "651" }] }, 422],
  [{ actions: [good, { action: 1 }] }, 422],
  [{ actions: [good, { action: "job_highlight", job_id: ["651"] }] }, 422],
  [{ actions: [good, { action: "job_highlight", job_id: 1.5 }] }, 422],
  [{ actions: [good, { action: "contact_view", user_id: {} }] }, 422],
  [{ actions: [good], use_account: "card" }, 422],
  [[good], 400],
  ["{", 400],
];
for (const [body, status] of MALFORMED) {
  actions(
    `${JSON.stringify(body)} is ${status}, nothing is done`,
    withPaid(async (client) => {
      client.emulator.control.putJob({});
      const reply = await client.call("POST", "/paid_actions", body);
      assert.is(reply.status, status);
      assert.type(reply.json.errors[0].detail, "string");
      assert.equal(charges(client), []);
    }),
  );
}

for (const [kind, done] of [
  ["drop_before", 0],
  ["drop_after", 2],
  ["truncate", 2],
] as const) {
  actions(
    `${kind}: ${done} actions done, no answer`,
    withPaid(async (client) => {
      client.emulator.control.putJob({});
      client.emulator.control.setFaults([{ match: { path: "/paid_actions$", times: 1 }, do: { kind } }]);
      assert.is(await failureOf(buy(client, ["job_highlight 651", "elevation_1d 651"])), "UND_ERR_SOCKET");
      assert.is(charges(client).length, done);
      assert.is(jobOf(client)?.highlighted_till, done ? at(1) : null);
    }),
  );
}

actions.run();
