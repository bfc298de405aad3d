// A branch and the one that it is to be merged into: whose limits count, and what comes of being behind.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Plan } from "../../src/model/plan.ts";
import { repoOf } from "./git.ts";
import { onStage, type Stage, vac, vacancyFile } from "./harness.ts";

const baker = (change = {}) => vacancyFile(change);
const cook = vacancyFile({
  title: "Повар",
  description: "Готовим.",
  address: "Тверь",
  lat: 56.8,
  long: 35.9,
});
const limits = "budget:\n  per_apply: { job_publish: 1, wallet: 5000 }\nguards: { close_percent: 30 }\n";

const planOf = async (stage: Stage, ...args: string[]): Promise<Plan> =>
  (await stage.plan(...args)) as unknown as Plan;

const tests = suite("base");
tests(
  "a branch can't lift its own limits: those of its base count, and the change is told first",
  async () => {
    const files = { "_config.yaml": limits, "moscow/baker.yaml": baker() };
    await onStage(files, async (stage) => {
      const repo = await repoOf(stage);
      repo.git("switch", "-qc", "branch");
      await stage.write("tver/cook.yaml", cook);
      await stage.write(
        "_config.yaml",
        "budget:\n  per_apply: { job_publish: 10 }\nguards: { close_percent: 100 }\nignore: ['7', '8']\nconcurrency: 2\n",
      );
      repo.commit("two vacancies, and room for them");
      assert.equal((await planOf(stage)).guards, [], "by its own word there is nothing in the way");
      const plan = await planOf(stage, "--base", "main");
      assert.equal(
        plan.guards.map(({ name }) => name),
        ["budget"],
      );
      assert.equal(plan.base, { ref: "main", commit: repo.git("rev-parse", "main") });
      assert.equal(plan.config_changes, [
        { name: "budget.per_apply.job_publish", base: 1, branch: 10, counts: "base" },
        { name: "budget.per_apply.wallet", base: 5000, branch: null, counts: "base" },
        { name: "concurrency", base: null, branch: 2, counts: "branch" },
        { name: "guards.close_percent", base: 30, branch: 100, counts: "base" },
        { name: "ignore", base: null, branch: "7, 8", counts: "base" },
      ]);
      const text = (await stage.run("plan", "--base", "main")).out;
      assert.match(
        text,
        /^vacancies on .*\n\nThis branch changes the workspace's settings:\n {2}budget\.per_apply\.job_publish: 1 → 10; here that of main still counts\n/,
      );
      const page = (await stage.run("plan", "--base", "main", "-o", "markdown")).out;
      assert.match(
        page,
        /^### vac plan: .*\n\n\*\*This branch changes .*:\*\*\n\n- \*\*budget\.per_apply\.job_publish: 1 → 10; here that of main still counts\*\*\n/,
      );
      const offline = await planOf(stage, "--base", "main", "--offline");
      assert.is(offline.config_changes?.length, 5);
    });
  },
);
tests("what only the base has changed is none of the branch's doing, and counts nevertheless", async () => {
  const files = { "_config.yaml": "concurrency: 3\n", "moscow/baker.yaml": baker(), "tver/cook.yaml": cook };
  await onStage(files, async (stage) => {
    const repo = await repoOf(stage);
    repo.git("branch", "branch");
    await stage.write("_config.yaml", limits);
    repo.commit("limits");
    repo.git("switch", "-q", "branch");
    const plan = await planOf(stage, "--base", "main");
    assert.equal(plan.config_changes, []);
    assert.equal(
      plan.guards.map(({ name }) => name),
      ["budget"],
    );
  });
});
tests("a branch leads nowhere else: the board is the base's", async () => {
  await onStage({ "_config.yaml": "board: emulator\n", "moscow/baker.yaml": baker() }, async (stage) => {
    const repo = await repoOf(stage);
    repo.git("switch", "-qc", "branch");
    await stage.write("_config.yaml", "board: https://board.invalid\n");
    repo.commit("elsewhere");
    const { code, out, err } = await vac(
      ["--dir", stage.dir, "plan", "--base", "main", "-o", "json"],
      stage.env,
    );
    assert.is(code, 0, err);
    const plan = JSON.parse(out) as Plan;
    assert.is(plan.board, "emulator");
    assert.equal(plan.config_changes, [
      { name: "board", base: "emulator", branch: "https://board.invalid", counts: "base" },
    ]);
  });
});
tests("changes that come of being behind are told as such, until the base is merged", async () => {
  await onStage({ "moscow/baker.yaml": baker(), "tver/cook.yaml": cook }, async (stage) => {
    const repo = await repoOf(stage);
    assert.is((await stage.apply()).code, 0);
    repo.git("branch", "branch");
    await stage.edit("tver/cook.yaml", "Повар", "Старший повар");
    repo.commit("a better title");
    assert.is((await stage.apply()).code, 0);
    repo.git("switch", "-q", "branch");
    await stage.edit("moscow/baker.yaml", "60000", "65000");
    repo.commit("more money");
    const plan = await planOf(stage, "--base", "main");
    const told = plan.changes.map(({ key, behind, warnings }) => [key, behind ?? false, warnings.length]);
    assert.equal(told, [
      ["moscow/baker", false, 0],
      ["tver/cook", true, 1],
    ]);
    assert.match(plan.diagnostics.map(({ message }) => message).join(), /behind main: 1 of the changes/);
    const page = (await stage.run("plan", "--base", "main", "-o", "markdown")).out;
    assert.match(page, /<code>tver\/cook<\/code>.*\*\*Warning:\*\* this comes of what main has changed/);
    repo.git("merge", "-q", "--no-edit", "main");
    const merged = await planOf(stage, "--base", "main");
    assert.equal(
      merged.changes.map(({ key, behind }) => [key, behind]),
      [["moscow/baker", undefined]],
    );
    assert.equal(merged.diagnostics, []);
  });
});
tests("a base that can't be read lifts nothing", async () => {
  await onStage({ "_config.yaml": limits, "moscow/baker.yaml": baker() }, async (stage) => {
    const refused = async (want: RegExp, ...args: string[]): Promise<void> => {
      const { code, err } = await stage.run("plan", ...args);
      assert.is(code, 1, err);
      assert.match(err, want);
    };
    await refused(/--base needs git, and the workspace lies in no repository/, "--base", "main");
    const repo = await repoOf(stage);
    await refused(
      /git knows no branch or commit origin\/main\nhint: fetch it first/,
      "--base",
      "origin/main",
    );
    await refused(/git knows no branch or commit --all/, "--base=--all");
    await stage.write("_config.yaml", "budget: { per_aply: { job_publish: 1 } }\n");
    repo.commit("broken");
    repo.git("switch", "-qc", "branch");
    await stage.write("_config.yaml", "concurrency: 3\n");
    repo.commit("mended");
    await refused(
      /the settings of main can't be read, so its limits aren't known: .*per_aply/,
      "--base",
      "main",
    );
  });
});
tests.run();
