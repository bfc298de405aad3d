// Promotions: bought when they are due, each at most once, whatever becomes of the answer.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { manyFiles, onStage, type Stage, stepsOf, vacancyFile } from "./harness.ts";

const promotions = suite("promotions");
const hour = 3_600_000;
const day = 24 * hour;
const promoted = (promote: object[], more: Record<string, unknown> = {}): string =>
  vacancyFile({ promote, ...more });
const bought = (stage: Stage, code: string): number =>
  stage.board.control.state().ledger.filter((charge) => charge.code === code).length;
const quiet = async (stage: Stage): Promise<void> => {
  const { code, out } = await stage.run("plan", "--detailed-exitcode");
  assert.is(code, 0, out);
};
const highlight = { action: "job_highlight", every: "1d" };
const refresh = { action: "job_refresh", every: "5d" };

promotions("with the publication what is due at once; then each when its period has run", () =>
  onStage({ "a.yaml": promoted([highlight, refresh]) }, async (stage) => {
    const plan = await stage.plan();
    assert.equal(stepsOf(plan), ["a: create", "a: promote"]);
    assert.equal(
      plan.cost.rows?.map(({ code, units }) => [code, units]),
      [
        ["job_highlight", 1],
        ["job_publish", 1],
      ],
    );
    assert.match((await stage.run("plan")).out, /↑ promote job_highlight: declared; buys 1 × job_highlight/);
    assert.is((await stage.apply()).result.summary.applied, 2);
    await quiet(stage);
    assert.is(bought(stage, "job_highlight"), 1);
    stage.board.control.advance(21 * hour);
    await quiet(stage);
    stage.board.control.advance(hour);
    await stage.apply();
    assert.is(bought(stage, "job_highlight"), 2);
    // A publication counts as a refresh: the first one is due five days after it.
    assert.is(bought(stage, "job_refresh"), 0);
    stage.board.control.advance(4 * day + 2 * hour);
    assert.is((await stage.apply()).code, 0);
    assert.is(bought(stage, "job_refresh"), 1);
    await quiet(stage);
  }),
);

promotions("at a time: once, from its time on, never more than 48 hours late", () =>
  onStage({}, async (stage) => {
    const in_ = (ms: number): string => new Date(Date.now() + ms).toISOString();
    await stage.write(
      "a.yaml",
      promoted([
        { action: "elevation_1d", at: in_(5 * hour) },
        { action: "elevation_3d", at: in_(-60 * hour) },
      ]),
    );
    await stage.apply();
    await quiet(stage);
    assert.match((await stage.run("plan")).out, /elevation_3d of a was wanted at .* isn't bought any more/);
    stage.board.control.advance(6 * hour);
    assert.equal(
      (await stage.plan()).changes[0]?.steps.map(({ step, cause }) => [step, cause]),
      [["promote", "clock"]],
    );
    await stage.apply();
    await stage.apply();
    assert.is(bought(stage, "elevation_1d"), 1);
    assert.is(bought(stage, "elevation_3d"), 0);
    await quiet(stage);
  }),
);

promotions("45 vacancies go out in batches of at most 20, and each is bought once", () =>
  onStage(
    { ...manyFiles(45), "_defaults.yaml": "promote: [{ action: job_highlight, every: 1d }]\n" },
    async (stage) => {
      await stage.apply();
      assert.is(stage.count("POST", /\/paid_actions$/), 3);
      assert.is(bought(stage, "job_highlight"), 45);
      await quiet(stage);
    },
  ),
);

for (const kind of ["drop_after", "truncate"] as const) {
  promotions(`an answer that is lost after the work (${kind}) is settled by the funds`, () =>
    onStage(
      { "a.yaml": promoted([highlight]), "b.yaml": promoted([highlight], { title: "Повар" }) },
      async (stage) => {
        stage.board.control.setFaults([{ match: { path: "/paid_actions$", times: 1 }, do: { kind } }]);
        await stage.apply();
        await stage.apply();
        assert.is(bought(stage, "job_highlight"), 2);
        await quiet(stage);
      },
    ),
  );
}

promotions("one that never arrived is bought by the next apply, once", () =>
  onStage({ "a.yaml": promoted([highlight]) }, async (stage) => {
    stage.board.control.setFaults([
      { match: { path: "/paid_actions$", times: 1 }, do: { kind: "drop_before" } },
    ]);
    const { code } = await stage.apply();
    assert.is(code, 3);
    await stage.apply();
    stage.board.control.advance(hour);
    await stage.apply();
    assert.ok(bought(stage, "job_highlight") <= 1);
    await quiet(stage);
  }),
);

promotions("on bonus, whose balance nothing shows, a lost answer counts as bought", () =>
  onStage(
    { "a.yaml": promoted([{ ...highlight, account: "bonus" }]) },
    async (stage) => {
      stage.board.control.setFaults([
        { match: { path: "/paid_actions$", times: 1 }, do: { kind: "drop_after" } },
      ]);
      const { code, result } = await stage.apply();
      assert.is(code, 3);
      assert.is(result.summary.unknown, 1);
      await quiet(stage);
      assert.is(bought(stage, "job_highlight"), 1);
      stage.board.control.advance(day);
      await stage.apply();
      assert.is(bought(stage, "job_highlight"), 2);
    },
    { funds: { balance: 100_000_00, bonus: 100_000_00, packets: [{ limits: { job_publish: 10 } }] } },
  ),
);

promotions(
  "killed while a batch is on its way: the funds tell that it was bought, and it isn't bought again",
  () =>
    onStage({ "a.yaml": promoted([highlight]) }, async (stage) => {
      stage.board.control.setFaults([
        { match: { path: "/paid_actions$", times: 1 }, do: { kind: "hang", after: true } },
      ]);
      const running = stage.start("apply", "--auto-approve");
      while (stage.count("POST", /\/paid_actions$/) === 0)
        await new Promise((resolve) => setImmediate(resolve));
      running.child.kill("SIGKILL");
      await running.ended;
      stage.board.control.setFaults([]);
      assert.match((await stage.run("plan")).out, /job_highlight of a was interrupted: it was done/);
      await stage.apply();
      assert.is(bought(stage, "job_highlight"), 1);
      await quiet(stage);
    }),
);

promotions("what isn't active isn't promoted, and what was adopted begins a period later", () =>
  onStage(
    { "a.yaml": promoted([highlight]), "b.yaml": promoted([highlight], { title: "Повар", renew: "never" }) },
    async (stage) => {
      await stage.apply();
      await stage.forget();
      await stage.apply();
      assert.is(bought(stage, "job_highlight"), 2);
      await quiet(stage);
      const id = stage.jobs().find(({ attributes }) => attributes.title === "Повар")?.id ?? "";
      stage.board.control.putJob({ id, status: "closed" });
      stage.board.control.advance(day);
      await stage.apply();
      assert.is(bought(stage, "job_highlight"), 3);
    },
  ),
);

promotions(
  "thirty daily runs at changing hours charge just what is declared, and each ends with an empty plan",
  () =>
    onStage(
      {
        ...manyFiles(6),
        "_defaults.yaml":
          "promote: [{ action: job_highlight, every: 1d }, { action: job_refresh, every: 7d }]\n",
      },
      async (stage) => {
        for (let round = 0; round < 30; round += 1) {
          const { code, err } = await stage.apply();
          assert.is(code, 0, err);
          await quiet(stage);
          // Twenty minutes earlier or later each day.
          stage.board.control.advance(day + (round % 3 === 0 ? 20 : round % 3 === 1 ? -20 : 0) * 60_000);
        }
        assert.is(bought(stage, "job_publish"), 6);
        assert.is(bought(stage, "job_highlight"), 6 * 30);
        assert.is(bought(stage, "job_refresh"), 6 * 4);
      },
    ),
);

promotions("one rouble too little for a promotion stops before the first write", () =>
  onStage(
    {
      "a.yaml": promoted([highlight]),
      "_config.yaml":
        "prices: { job_publish: 1200, job_highlight: 500 }\nbudget: { per_apply: { wallet: 1699 } }\n",
    },
    async (stage) => {
      const { code, out } = await stage.run("apply", "--auto-approve");
      assert.is(code, 1);
      assert.match(
        out.replaceAll("\u202f", " "),
        /1 700 ₽ would be spent, and budget\.per_apply\.wallet is 1 699 ₽/,
      );
      assert.is(stage.count("POST", /\/(jobs|paid_actions)$/), 0);
    },
    {
      funds: {
        balance: 10_000_00,
        otvas: {},
        packets: [],
        prices: { job_publish: 1_200_00, job_highlight: 500_00 },
      },
    },
  ),
);

promotions(
  "a board that takes from the wallet what the plan took from a packet is stopped after one batch",
  () =>
    onStage(
      {
        ...manyFiles(45),
        "_defaults.yaml": "promote: [{ action: job_highlight, every: 1d }]\n",
        "_config.yaml": "prices: { job_publish: 1200, job_highlight: 500 }\n",
      },
      async (stage) => {
        const { result: first } = await stage.apply();
        assert.is(first.summary.applied, 90);
        stage.board.control.advance(day);
        stage.board.control.setOptions({ readings: { spendOrder: "wallet_first" } });
        const { code, result } = await stage.apply();
        assert.is(code, 3);
        assert.is(result.summary.applied, 20);
        assert.is(result.summary.not_started, 25);
        assert.match(
          result.results.find(({ status }) => status === "not_started")?.error ?? "",
          /the plan allows/,
        );
        assert.is(bought(stage, "job_highlight"), 65);
      },
      {
        funds: {
          balance: 1_000_000_00,
          otvas: {},
          packets: [{ limits: { job_publish: 100, job_highlight: 200 } }],
          prices: { job_publish: 1_200_00, job_highlight: 500_00 },
        },
      },
    ),
);

promotions("explain tells what was bought and what comes next", () =>
  onStage(
    { "a.yaml": promoted([highlight, { action: "elevation_1d", at: "2099-01-01T09:00" }]) },
    async (stage) => {
      await stage.apply();
      const { out } = await stage.run("explain", "a");
      assert.match(out, /job_highlight: bought last on .*, next due on /);
      assert.match(out, /elevation_1d: next due on 1 Jan 2099, 09:00/);
      const offline = await stage.run("explain", "a", "--offline");
      assert.is(offline.code, 0);
    },
  ),
);

promotions.run();
