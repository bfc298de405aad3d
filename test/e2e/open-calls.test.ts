// While it isn't known what became of a call: nothing is paid for beside it, whatever the files are called by then.
import { rename } from "node:fs/promises";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { wholePng } from "../pictures.ts";
import { onStage, type Stage, vacancyFile } from "./harness.ts";
import { applyInside, planInside } from "./inside.ts";
import { bought, cook, day, lose, minute, plenty, settings, steps, wallet } from "./paid.ts";

const open = suite("open calls");
const hour = 60 * minute;
const spent = (stage: Stage): number =>
  stage.board.control.state().ledger.reduce((sum, { kopecks }) => sum + kopecks, 0);
const move = (stage: Stage, from: string, to: string): Promise<void> =>
  rename(join(stage.dir, from), join(stage.dir, to));
const lagging = { listLagMs: 5 * minute };

for (const [how, more] of [
  ["renamed", {}],
  ["renamed and edited", { salary_from: 65000 }],
] as const)
  open(`a vacancy that is ${how} while its create is open isn't published twice`, () =>
    onStage(
      { "a.yaml": vacancyFile() },
      async (stage) => {
        lose(stage, "/jobs$");
        assert.is((await applyInside(stage)).result.summary.unknown, 1);
        await stage.remove("a.yaml");
        await stage.write("b.yaml", vacancyFile(more));
        const plan = await planInside(stage);
        assert.equal(steps(plan), []);
        assert.match(plan.held.find(({ key }) => key === "b")?.reason ?? "", /a create of a was sent/);
        await applyInside(stage);
        stage.board.control.advance(11 * minute);
        for (let round = 0; round < 3; round += 1) await applyInside(stage);
        assert.is(bought(stage, "job_publish"), 1);
        assert.is(stage.jobs().filter(({ status }) => status === "active").length, 1);
      },
      { funds: plenty, readings: lagging },
    ),
  );

open("an open create can be given the new key by hand", () =>
  onStage(
    { "a.yaml": vacancyFile() },
    async (stage) => {
      lose(stage, "/jobs$");
      await applyInside(stage);
      await move(stage, "a.yaml", "b.yaml");
      assert.is((await stage.run("state", "mv", "a", "b")).code, 0);
      stage.board.control.advance(11 * minute);
      await applyInside(stage);
      assert.equal((await planInside(stage)).changes, []);
      assert.is(bought(stage, "job_publish"), 1);
    },
    { funds: plenty, readings: lagging },
  ),
);

open("a vacancy that is renamed while its revival is open isn't revived again", () =>
  onStage(
    { "a.yaml": vacancyFile() },
    async (stage) => {
      await applyInside(stage);
      stage.board.control.advance(31 * day);
      assert.is((await applyInside(stage)).result.summary.unknown, 1);
      await move(stage, "a.yaml", "b.yaml");
      const plan = await planInside(stage);
      assert.equal(steps(plan), []);
      assert.match(plan.held[0]?.reason ?? "", /a revive was sent/);
      await applyInside(stage);
      assert.is(bought(stage, "job_publish"), 2);
    },
    { funds: plenty, readings: { reviveIsNoop: true } },
  ),
);

open("a revival that never arrived is settled by the funds, once no board can still be at it", () =>
  onStage(
    { "a.yaml": vacancyFile(), "_config.yaml": settings() },
    async (stage) => {
      await applyInside(stage);
      stage.board.control.advance(31 * day);
      lose(stage, "/revive$", "drop_before");
      assert.is((await applyInside(stage)).result.summary.unknown, 1);
      assert.match((await planInside(stage)).held[0]?.hint ?? "", /plan again in/);
      stage.board.control.advance(11 * minute);
      assert.is((await applyInside(stage)).code, 0);
      assert.equal((await planInside(stage)).changes, []);
      assert.is(bought(stage, "job_publish"), 2);
    },
    { funds: wallet },
  ),
);

open("while a purchase of a service is open, no other one of it is bought", () =>
  onStage(
    { "a.yaml": vacancyFile({ promote: [{ action: "job_highlight", every: "7d" }] }) },
    async (stage) => {
      lose(stage, "/paid_actions$", "drop_before");
      await applyInside(stage);
      await stage.write("b.yaml", cook({ promote: [{ action: "job_highlight", every: "7d" }] }));
      const { result } = await applyInside(stage);
      assert.equal(
        result.results.map(({ key, step }) => `${key} ${step}`),
        ["b create"],
      );
      assert.match(
        result.held.find(({ key }) => key === "b")?.reason ?? "",
        /an earlier purchase of it, for a, isn't known yet/,
      );
      stage.board.control.advance(11 * minute);
      await applyInside(stage);
      assert.equal((await planInside(stage)).changes, []);
      assert.is(bought(stage, "job_highlight"), 2);
    },
    { funds: plenty },
  ),
);

open("a monthly limit counts what an open call may have taken", () =>
  onStage(
    { "a.yaml": vacancyFile(), "_config.yaml": settings("budget: { per_month: { wallet: 1200 } }\n") },
    async (stage) => {
      lose(stage, "/jobs$");
      await applyInside(stage);
      await stage.write("b.yaml", cook());
      const plan = await planInside(stage);
      assert.match(plan.guards[0]?.message ?? "", /after 1.200.₽ this month/);
      assert.is((await stage.run("apply", "--auto-approve")).code, 1);
      assert.is(spent(stage), 1_200_00);
      // Bound by hand, what the create took is in the ledger.
      const id = stage.jobs()[0]?.id ?? "";
      assert.is((await stage.run("state", "adopt", "a", id)).code, 0);
      stage.board.control.advance(6 * minute);
      assert.match((await planInside(stage)).guards[0]?.message ?? "", /after 1.200.₽ this month/);
    },
    { funds: wallet, readings: lagging },
  ),
);

open("a kept plan that showed no price isn't carried out at one", () =>
  onStage(
    { "a.yaml": vacancyFile(), "_config.yaml": settings() },
    async (stage) => {
      const kept = join(stage.dir, "..", "kept.json");
      stage.board.control.setFaults([{ match: { path: "/packets$" }, do: { kind: "status", status: 400 } }]);
      assert.match((await stage.run("plan", "--out", kept)).out, /what it costs can't be told/);
      stage.board.control.setFaults([]);
      const { code, result } = await applyInside(stage, { file: kept });
      assert.is(code, 3);
      assert.is(result.summary.stale, 1);
      assert.is(spent(stage), 0);
    },
    { funds: wallet },
  ),
);

open("after a lost state vac promote asks before it buys what may still run", () =>
  onStage(
    { "a.yaml": vacancyFile() },
    async (stage) => {
      await applyInside(stage);
      const args = ["promote", "a", "--action", "elevation_1d", "--max-cost", "0"];
      assert.is((await stage.run(...args)).code, 0);
      await stage.forget();
      await applyInside(stage);
      const held = await stage.run(...args);
      assert.is(held.code, 3);
      assert.match(held.out, /whether elevation_1d still runs can't be told/);
      assert.is(bought(stage, "elevation_1d"), 1);
      assert.is((await stage.run(...args, "--again")).code, 0);
      assert.is(bought(stage, "elevation_1d"), 2);
    },
    { funds: plenty },
  ),
);

open("a lost vac promote waits for a person, whose word counts", () =>
  onStage(
    { "a.yaml": vacancyFile() },
    async (stage) => {
      await applyInside(stage);
      stage.board.control.setFaults([
        { match: { path: "/paid_actions$", times: 1 }, do: { kind: "drop_before" } },
      ]);
      const args = ["promote", "a", "--action", "elevation_1d", "--account", "bonus", "--max-cost", "0"];
      const { code, out } = await stage.run(...args);
      assert.is(code, 3);
      assert.match(out, /vac state resolve a --done\|--not-done/);
      assert.is((await stage.run("state", "resolve", "a", "--not-done")).code, 0);
      assert.is((await stage.run(...args)).code, 0);
      assert.is(bought(stage, "elevation_1d"), 1);
    },
    { funds: plenty },
  ),
);

open("a time that the board puts off is bought by the clock's run", () =>
  onStage(
    { "a.yaml": vacancyFile() },
    async (stage) => {
      await applyInside(stage);
      stage.board.control.advance(4 * day + 2 * hour);
      const now = Date.parse(stage.board.control.state().now);
      const at = new Date(now - hour).toISOString();
      await stage.write("a.yaml", vacancyFile({ promote: [{ action: "job_refresh", at }] }));
      await applyInside(stage, { only: "commit" });
      stage.board.control.advance(day);
      await applyInside(stage, { only: "clock" });
      assert.is(bought(stage, "job_refresh"), 1);
      assert.equal((await planInside(stage)).changes, []);
    },
    { funds: plenty },
  ),
);

open("a picture that is refused keeps no promotion from being bought", () =>
  onStage(
    {
      "a.yaml": vacancyFile({
        promote: [{ action: "job_highlight", every: "1d" }],
        background: { file: "p.png" },
      }),
      "p.png": wholePng(1200, 700),
    },
    async (stage) => {
      stage.board.control.setFaults([
        { match: { method: "PUT", path: "/background$" }, do: { kind: "errors_200" } },
      ]);
      const { code, result } = await applyInside(stage);
      assert.is(code, 3);
      assert.is(result.summary.failed, 1);
      assert.is(bought(stage, "job_highlight"), 1);
      stage.board.control.setFaults([]);
      await applyInside(stage);
      assert.equal((await planInside(stage)).changes, []);
    },
    { funds: plenty },
  ),
);

open("a board that has no funds to ask for: unit limits hold, and promotions are bought", () =>
  onStage(
    {
      "a.yaml": vacancyFile(),
      "b.yaml": cook({ promote: [{ action: "job_highlight", every: "1d" }] }),
      "_config.yaml": settings("budget: { per_apply: { job_publish: 1 } }\n"),
    },
    async (stage) => {
      stage.board.control.setFaults([{ match: { path: "/packets$" }, do: { kind: "status", status: 404 } }]);
      assert.is((await stage.run("apply", "--auto-approve")).code, 1);
      await stage.write("_config.yaml", settings());
      assert.is((await applyInside(stage)).code, 0);
      assert.equal((await planInside(stage)).changes, []);
      assert.is(bought(stage, "job_highlight"), 1);
    },
    { funds: plenty },
  ),
);

for (const [how, flags] of [
  ["isn't within the budget", { withinBudget: true }],
  ["is refused by the board", {}],
] as const)
  open(`a job that makes way for another one stays while that ${how}`, () =>
    onStage(
      { "a.yaml": vacancyFile(), "_config.yaml": settings("budget: { per_month: { job_publish: 1 } }\n") },
      async (stage) => {
        await applyInside(stage);
        await stage.write("b.yaml", vacancyFile({ description: "Совсем другой текст." }));
        await stage.remove("a.yaml");
        if (!("withinBudget" in flags)) {
          await stage.write("_config.yaml", settings());
          stage.board.control.setFaults([
            { match: { method: "POST", path: "/jobs$", times: 1 }, do: { kind: "status", status: 422 } },
          ]);
        }
        await applyInside(stage, { allow: ["replace"], ...flags });
        assert.equal(
          stage.jobs().map(({ status }) => status),
          ["active"],
        );
        await stage.write("_config.yaml", settings());
        assert.is((await applyInside(stage, { allow: ["replace"] })).code, 0);
        assert.equal(
          stage.jobs().map(({ status }) => status),
          ["closed", "active"],
        );
      },
      { funds: plenty },
    ),
  );

const drifted = async (stage: Stage): Promise<void> => {
  const plan = await planInside(stage);
  const fields = plan.changes.flatMap((change) => change.steps.flatMap(({ fields: all = [] }) => all));
  assert.equal(
    fields.map(({ name, live, desired }) => [name, live, desired]),
    [["salary_from", 70000, 60000]],
  );
};
const edit = (stage: Stage): string =>
  stage.board.control.putJob({ id: stage.jobs()[0]?.id ?? "", attributes: { salary_from: 70000 } });

open("drift outlives steps that don't send it: a revival, a move, a close, a record", async () => {
  const stories: Record<string, (stage: Stage) => Promise<void>> = {
    revival: async (stage) => {
      stage.board.control.advance(31 * day);
      edit(stage);
      await applyInside(stage, { only: "clock" });
    },
    move: async (stage) => {
      edit(stage);
      await move(stage, "a.yaml", "b.yaml");
      await applyInside(stage, { only: "commit" });
    },
    "kept move": async (stage) => {
      await move(stage, "a.yaml", "b.yaml");
      const kept = join(stage.dir, "..", "kept.json");
      await stage.run("plan", "--out", kept);
      edit(stage);
      await applyInside(stage, { file: kept });
    },
    close: async (stage) => {
      edit(stage);
      await stage.write("a.yaml", vacancyFile({ status: "closed" }));
      await applyInside(stage);
      await stage.write("a.yaml", vacancyFile());
    },
    record: async (stage) => {
      await stage.write("a.yaml", vacancyFile({ status: "closed" }));
      await applyInside(stage);
      edit(stage);
      await stage.write("a.yaml", vacancyFile({ status: "closed", prevent_close: true }));
      await applyInside(stage);
      await stage.write("a.yaml", vacancyFile({ prevent_close: true }));
    },
  };
  for (const [, story] of Object.entries(stories))
    await onStage(
      { "a.yaml": vacancyFile() },
      async (stage) => {
        await applyInside(stage);
        await story(stage);
        await drifted(stage);
        await applyInside(stage);
        assert.is(stage.jobs()[0]?.attributes.salary_from, 60000);
        assert.equal((await planInside(stage)).changes, []);
      },
      { funds: plenty },
    );
});

open("--no-spend sends no update that would have to wait for the revival", () =>
  onStage(
    { "a.yaml": vacancyFile() },
    async (stage) => {
      await applyInside(stage);
      stage.board.control.advance(31 * day);
      await stage.write("a.yaml", vacancyFile({ salary_from: 65000 }));
      assert.is((await applyInside(stage, { noSpend: true })).code, 0);
      await applyInside(stage);
      assert.equal((await planInside(stage)).changes, []);
    },
    { funds: plenty, readings: { updatesInactive: false } },
  ),
);

open("what is paid in while an apply runs hides no excess", () =>
  onStage(
    { "a.yaml": vacancyFile(), "b.yaml": cook(), "_config.yaml": settings() },
    async (stage) => {
      const running = applyInside(stage);
      while (stage.jobs().length < 1) await new Promise((resolve) => setImmediate(resolve));
      const { balance } = stage.board.control.state().funds;
      stage.board.control.setFunds({ balance: balance + 1_000 });
      const { result } = await running;
      assert.match(result.stopped ?? "", /were taken from the wallet/);
      assert.is(result.summary.applied, 1);
    },
    {
      funds: { ...wallet, otvas: { ...wallet.otvas, job_publish: 9 } },
      readings: { spendOrder: "wallet_first" },
    },
  ),
);
open.run();
