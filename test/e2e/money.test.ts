// What a plan costs, and what refuses to pay it.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { manyFiles, onStage, type Stage, stepsOf, vacancyFile } from "./harness.ts";

const money = suite("money");
const plain = (text: string): string => text.replaceAll("\u202f", " ");
const settings = (more = ""): string => `concurrency: 4\nprices: { job_publish: 1200 }\n${more}`;
/** Two units of a packet that fits every job, and 4 000 roubles. */
const funds = {
  balance: 4_000_00,
  otvas: {},
  packets: [{ limits: { job_publish: 2 } }],
  prices: { job_publish: 1_200_00 },
};
const spent = (stage: Stage): number =>
  stage.board.control.state().ledger.reduce((sum, { kopecks }) => sum + kopecks, 0);

money("the cost table: units first, then the wallet; the ledger takes just that", () =>
  onStage(
    { ...manyFiles(5), "_config.yaml": settings() },
    async (stage) => {
      const plan = await stage.plan();
      assert.equal(plan.cost.wallet, 3_600_00);
      assert.equal(plan.cost.rows, [
        { code: "job_publish", units: 5, packets: 2, once: 0, open: 0, wallet: 3_600_00, left: 0 },
      ]);
      assert.is(plan.cost.balance, 4_000_00);
      assert.is(plan.cost.monthly, 6_000_00);
      const { out } = await stage.run("plan");
      assert.match(
        plain(out),
        /It takes 3 600 ₽ from the wallet, which holds 4 000 ₽; about 6 000 ₽ recur a month\./,
      );
      await stage.apply();
      assert.is(spent(stage), 3_600_00);
      assert.is((await stage.run("plan", "--detailed-exitcode")).code, 0);
    },
    { funds },
  ),
);

money("a budget one rouble too small stops before the first write, with the numbers and the way out", () =>
  onStage(
    { ...manyFiles(5), "_config.yaml": settings("budget: { per_apply: { wallet: 3599 } }\n") },
    async (stage) => {
      const { code, out, err } = await stage.run("apply", "--auto-approve");
      assert.is(code, 1);
      assert.match(plain(out), /3 600 ₽ would be spent, and budget\.per_apply\.wallet is 3 599 ₽/);
      assert.match(err, /--allow budget/);
      assert.is(stage.count("POST", /\/jobs/), 0);
      assert.is((await stage.apply("--allow", "budget")).result.summary.applied, 5);
    },
    { funds },
  ),
);

money(
  "--max-cost, which nothing lifts; --no-spend, which buys nothing; --within-budget, which buys what fits",
  () =>
    onStage(
      { ...manyFiles(5), "_config.yaml": settings() },
      async (stage) => {
        const refused = await stage.run(
          "apply",
          "--auto-approve",
          "--max-cost",
          "3599.99",
          "--allow",
          "budget",
        );
        assert.is(refused.code, 1);
        assert.match(
          plain(refused.out),
          /3 600 ₽ would be taken from the wallet, and --max-cost is 3 599\.99 ₽/,
        );
        assert.match(refused.err, /raise --max-cost to 3600/);
        assert.match((await stage.run("plan", "--max-cost", "much")).err, /takes an amount in roubles/);
        const free = await stage.apply("--no-spend");
        assert.is(free.code, 0);
        assert.equal(free.result.results, []);
        assert.is(stage.jobs().length, 0);
        const { result } = await stage.apply("--within-budget", "--max-cost", "2500");
        assert.is(result.summary.applied, 4);
        assert.is(spent(stage), 2_400_00);
        assert.match(result.held[0]?.reason ?? "", /create: not within --max-cost/);
        assert.equal(stepsOf(await stage.plan()).length, 1);
      },
      { funds },
    ),
);

money("what can't be paid for is refused, whatever is allowed", () =>
  onStage(
    { ...manyFiles(6), "_config.yaml": settings() },
    async (stage) => {
      const { code, out } = await stage.run("apply", "--auto-approve", "--allow", "budget");
      assert.is(code, 1);
      assert.match(plain(out), /balance: 4 800 ₽ would be taken from the wallet, which holds 4 000 ₽/);
      assert.is(stage.count("POST", /\/jobs/), 0);
    },
    { funds },
  ),
);

money("a month's limit counts what was paid before, from the state's own ledger", () =>
  onStage(
    { ...manyFiles(4), "_config.yaml": settings("budget: { per_month: { wallet: 3000 } }\n") },
    async (stage) => {
      await stage.apply();
      assert.is(spent(stage), 2_400_00);
      await stage.write("moscow/new.yaml", vacancyFile({ title: "Новая", lat: 55.1 }));
      const { code, out } = await stage.run("apply", "--auto-approve");
      assert.is(code, 1);
      assert.match(
        plain(out),
        /1 200 ₽ would be spent, after 2 400 ₽ this month, and budget\.per_month\.wallet is 3 000 ₽/,
      );
    },
    { funds },
  ),
);

money("a price that nobody tells: told as unknown, and refused where the wallet would have to pay", () =>
  onStage(
    manyFiles(3),
    async (stage) => {
      const { code, out } = await stage.run("plan");
      assert.is(code, 0);
      assert.match(out, /price unknown/);
      assert.match(out, /price: no price is known of job_publish, and the wallet would have to pay/);
      assert.match(out, /prices: \{ job_publish: ROUBLES \}/);
      assert.is((await stage.run("apply", "--auto-approve")).code, 1);
      assert.is((await stage.run("apply", "--auto-approve", "--allow", "budget")).code, 1);
      assert.is(stage.count("POST", /\/jobs/), 0);
      const { code: part, result } = await stage.apply("--within-budget");
      assert.is(part, 0);
      assert.is(result.summary.applied, 2);
      assert.match(result.held[0]?.reason ?? "", /create: no price is known of job_publish/);
      await stage.write("_config.yaml", settings());
      assert.is((await stage.apply()).code, 0);
      assert.is(spent(stage), 1_200_00);
    },
    { funds },
  ),
);

money("a board whose funds can't be read: a plan without prices, which isn't applied", () =>
  onStage(manyFiles(2), async (stage) => {
    stage.board.control.setFaults([{ match: { path: "/packets" }, do: { kind: "html" } }]);
    const { code, out } = await stage.run("plan");
    assert.is(code, 0);
    assert.match(out, /price: what it costs can't be told/);
    assert.is((await stage.run("apply", "--auto-approve")).code, 1);
    assert.is((await stage.apply("--no-spend")).code, 0);
    assert.is(stage.jobs().length, 0);
    stage.board.control.setFaults([]);
    assert.is((await stage.apply()).result.summary.applied, 2);
  }),
);

const twenty = (more: object): object => ({
  balance: 1_000_000_00,
  otvas: {},
  packets: [{ limits: { job_publish: 100 } }],
  prices: { job_publish: 1_200_00 },
  ...more,
});

money(
  "a board that takes from the wallet what the plan took from a packet is stopped after one publication",
  () =>
    onStage(
      { ...manyFiles(30), "_config.yaml": settings() },
      async (stage) => {
        const { code, result } = await stage.apply();
        assert.is(code, 3);
        assert.is(result.summary.applied, 1);
        assert.is(result.summary.not_started, 29);
        assert.is(spent(stage), 1_200_00);
        assert.match(
          plain(result.stopped ?? ""),
          /1 200 ₽ were taken from the wallet, and the plan allows 0 ₽/,
        );
        stage.board.control.setOptions({ readings: { spendOrder: "packets_first" } });
        assert.is((await stage.apply()).code, 0);
        assert.is((await stage.run("plan", "--detailed-exitcode")).code, 0);
        assert.is(stage.jobs().length, 30);
      },
      { funds: twenty({}), readings: { spendOrder: "wallet_first" } },
    ),
);

money("a price that rises while an apply runs stops it within one batch", () =>
  onStage(
    { ...manyFiles(60), "_config.yaml": settings() },
    async (stage) => {
      const running = stage.start("apply", "--auto-approve", "-o", "json");
      // As soon as some are published the board's price list changes.
      while (stage.jobs().length < 10) await new Promise((resolve) => setImmediate(resolve));
      stage.board.control.setFunds({ prices: { job_publish: 3_000_00 } });
      const before = stage.jobs().length;
      const { code, out } = await running.ended;
      const result = JSON.parse(out);
      assert.is(code, 3);
      assert.ok(stage.jobs().length - before <= 24, `${stage.jobs().length} after ${before}`);
      assert.ok(result.summary.not_started > 0);
      assert.match(plain(result.stopped), /were taken from the wallet, and the plan allows/);
    },
    { funds: twenty({ packets: [] }) },
  ),
);

money("a kept plan isn't carried out at a higher price than it showed", () =>
  onStage(
    { ...manyFiles(2), "_config.yaml": settings() },
    async (stage) => {
      const kept = join(stage.dir, "..", "kept.json");
      await stage.run("plan", "--out", kept);
      assert.is(JSON.parse(readFileSync(kept, "utf8")).cost.wallet, 0);
      stage.board.control.setFunds({ ...funds, packets: [{ limits: { job_publish: 1 } }] });
      const { code, out } = await stage.run("apply", kept, "--auto-approve", "-o", "json");
      assert.is(code, 3);
      assert.equal(JSON.parse(out).summary, { applied: 1, failed: 0, unknown: 0, stale: 1, not_started: 0 });
      assert.is(spent(stage), 0);
    },
    { funds },
  ),
);
const V = (name: string): string =>
  vacancyFile({
    title: `Пекарь ${name}`,
    address: `Москва, улица ${name}, 1`,
    description: `Печём ${name}.`,
  });
const one = {
  balance: 10_000_00,
  otvas: {},
  packets: [{ limits: { job_publish: 1 } }],
  prices: { job_publish: 1_200_00 },
};

for (const folder of ["a", "b"])
  money(`a folder's limit holds whoever gets the last unit (${folder})`, () =>
    onStage(
      {
        "b/y.yaml": V("y"),
        "_config.yaml": settings(`budget: { folders: { ${folder}: { per_apply: { wallet: 0 } } } }\n`),
      },
      async (stage) => {
        await stage.apply();
        stage.board.control.advance(31 * 86_400_000);
        stage.board.control.setFunds({ balance: 10_000_00, packets: [{ limits: { job_publish: 1 } }] });
        await stage.write("a/x.yaml", V("x"));
        // The revival is bought first, and gets the unit: nothing is left for a/x but the wallet.
        const { result } = await stage.apply("--within-budget");
        assert.is(result.summary.failed + result.summary.not_started, 0);
        const [last] = stage.board.control.state().ledger.slice(-1);
        if (folder === "a") {
          assert.equal(
            result.held.map(({ key }) => key),
            ["a/x"],
          );
          assert.is(spent(stage), 0);
        } else {
          assert.equal(result.held, []);
          assert.is(last?.kopecks, 1_200_00);
          assert.is(stage.jobs().find(({ id }) => id === last?.job_id)?.attributes.title, "Пекарь x");
        }
      },
      { funds: one },
    ),
  );

money(
  "a kept plan's step that became dearer is stale, also where a limit would refuse it, and free ones go on",
  () =>
    onStage(
      { "a.yaml": V("a"), "_config.yaml": settings("budget: { per_apply: { wallet: 0 } }\n") },
      async (stage) => {
        await stage.apply();
        await stage.edit("a.yaml", "60000", "61000");
        await stage.write("b.yaml", V("b"));
        stage.board.control.setFunds(one);
        const kept = join(stage.dir, "..", "kept.json");
        await stage.run("plan", "--out", kept);
        stage.board.control.setFunds({ ...one, packets: [] });
        const refused = await stage.run("apply", kept, "--auto-approve", "--no-spend");
        assert.is(refused.code, 1);
        assert.match(refused.err, /carried out as it is/);
        const { code, result } = await stage.apply(kept);
        assert.is(code, 3);
        assert.equal(result.summary, { applied: 1, failed: 0, unknown: 0, stale: 1, not_started: 0 });
        assert.is(spent(stage), 0);
      },
      { funds: one },
    ),
);

money("--no-spend says how much it leaves out", () =>
  onStage(manyFiles(3), async (stage) => {
    const { code, out } = await stage.run("apply", "--auto-approve", "--no-spend");
    assert.is(code, 0);
    assert.match(out, /Nothing to do in this part of the plan; 3 paid left out/);
  }),
);

money("an early renewal that doesn't fit keeps no promotion of an active job from being bought", () =>
  onStage(
    {
      "a.yaml": vacancyFile({ renew: "3d", promote: [{ action: "job_highlight", every: "1d" }] }),
    },
    async (stage) => {
      await stage.apply();
      stage.board.control.advance(28 * 86_400_000);
      await stage.write("_config.yaml", "budget: { per_apply: { job_publish: 0 } }\n");
      const { code, result } = await stage.apply("--within-budget");
      assert.is(code, 0);
      assert.equal(
        result.results.map(({ step, status }) => [step, status]),
        [["promote", "applied"]],
      );
      assert.match(result.held[0]?.reason ?? "", /^revive: not within budget\.per_apply\.job_publish/);
    },
  ),
);

money("what bonus pays touches no limit", () =>
  onStage(
    {
      "a.yaml": vacancyFile({ promote: [{ action: "job_highlight", every: "1d", account: "bonus" }] }),
      "_config.yaml": settings("budget: { per_apply: { job_highlight: 0 } }\n"),
    },
    async (stage) => {
      assert.is((await stage.apply()).code, 0);
      assert.is((await stage.run("plan", "--detailed-exitcode")).code, 0);
    },
    { funds: { ...one, bonus: 10_000_00 } },
  ),
);
money.run();
