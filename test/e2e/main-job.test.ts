import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { manyFiles, onStage, stepsOf, underBothReadings, vacancyFile } from "./harness.ts";

const day = 86_400_000;
const stories = suite("the main job");
const story = underBothReadings(stories);

story("n new vacancies are n POSTs, and the plan after is empty", () =>
  onStage(manyFiles(7), async (stage) => {
    const first = await stage.plan();
    assert.is(first.summary.create, 7);
    assert.is(stage.count("POST", /\/jobs$/), 0);
    const { code, result } = await stage.apply();
    assert.is(code, 0);
    assert.equal(result.summary, { applied: 7, failed: 0, unknown: 0, stale: 0, not_started: 0 });
    assert.is(stage.count("POST", /\/jobs$/), 7);
    assert.is(stage.jobs().length, 7);
    const after = await stage.run("plan", "--detailed-exitcode");
    assert.is(after.code, 0, after.err);
    assert.match(after.out, /Nothing to do/);
  }),
);

story("one edited salary is one update of one field, in one PUT", () =>
  onStage(
    {
      "moscow/baker.yaml": vacancyFile(),
      "moscow/cook.yaml": vacancyFile({ title: "Повар", description: "Готовим." }),
    },
    async (stage) => {
      await stage.apply();
      await stage.edit("moscow/baker.yaml", "60000", "65000");
      const plan = await stage.plan();
      assert.equal(stepsOf(plan), ["moscow/baker: update(salary_from)"]);
      assert.equal(plan.changes[0]?.steps[0]?.fields, [
        { name: "salary_from", prior: 60000, desired: 65000 },
      ]);
      stage.board.control.clearRequests();
      assert.is((await stage.apply()).code, 0);
      const puts = stage.board.control.requests().filter((request) => request.method === "PUT");
      assert.equal(
        puts.map((put) => put.body),
        [{ job: { salary_from: 65000 } }],
      );
      assert.is((await stage.run("plan", "--detailed-exitcode")).code, 0);
    },
  ),
);

story("a deleted file is one close; restored it is one revive and no create", () =>
  onStage(manyFiles(4), async (stage) => {
    await stage.apply();
    const file = "moscow/v0002.yaml";
    await stage.remove(file);
    assert.equal(stepsOf(await stage.plan()), ["moscow/v0002: close"]);
    stage.board.control.clearRequests();
    await stage.apply();
    assert.is(stage.count("POST", /\/close$/), 1);
    assert.is((await stage.run("plan", "--detailed-exitcode")).code, 0);
    await stage.write(file, manyFiles(4)[file] ?? "");
    assert.equal(stepsOf(await stage.plan()), ["moscow/v0002: revive"]);
    stage.board.control.clearRequests();
    await stage.apply();
    assert.is(stage.count("POST", /\/revive$/), 1);
    assert.is(stage.count("POST", /\/jobs$/), 0);
    assert.is((await stage.run("plan", "--detailed-exitcode")).code, 0);
  }),
);

story("a title changed on the board is drift, with prior, live and desired", () =>
  onStage({ "moscow/baker.yaml": vacancyFile() }, async (stage) => {
    const { result } = await stage.apply();
    const id = result.results[0]?.job_id ?? "";
    stage.board.control.putJob({ id, attributes: { title: "Пекарь-кондитер" } });
    const plan = await stage.plan();
    const step = plan.changes[0]?.steps[0];
    assert.is(step?.reason, "drift");
    assert.is(step?.cause, "board");
    assert.equal(step?.fields, [
      { name: "title", prior: "Пекарь", desired: "Пекарь", live: "Пекарь-кондитер" },
    ]);
    const { out } = await stage.run("plan");
    assert.match(out, /drift/);
    assert.match(out, /Пекарь-кондитер/);
    await stage.apply();
    assert.is(stage.jobs()[0]?.attributes.title, "Пекарь");
    assert.is((await stage.run("plan", "--detailed-exitcode")).code, 0);
  }),
);

story("an address that the board rewrites when it is written leaves the next plan empty", () =>
  onStage(
    manyFiles(3),
    async (stage) => {
      await stage.apply();
      assert.match(stage.jobs()[0]?.attributes.address ?? "", /ул\./);
      assert.is((await stage.run("plan", "--detailed-exitcode")).code, 0);
    },
    { readings: { rewriteAddress: "at_once" } },
  ),
);

story("after 31 days what should be active is revived, in the order of update and revive", () =>
  onStage(
    {
      "moscow/baker.yaml": vacancyFile(),
      "moscow/never.yaml": vacancyFile({
        title: "Сезонный пекарь",
        description: "До весны.",
        renew: "never",
      }),
      "moscow/closed.yaml": vacancyFile({ title: "Кассир", description: "На кассе.", status: "closed" }),
    },
    async (stage) => {
      await stage.apply();
      stage.board.control.advance(31 * day);
      const plan = await stage.plan();
      assert.equal(stepsOf(plan), ["moscow/baker: revive"]);
      assert.is(plan.changes[0]?.steps[0]?.cause, "clock");
      assert.equal(
        plan.held.map((held) => held.key),
        ["moscow/never"],
      );
      await stage.apply();
      assert.is(stage.count("POST", /\/revive$/), 1);
      assert.is((await stage.run("plan", "--detailed-exitcode")).code, 0);
    },
  ),
);

story("a job closed by hand is held with a warning, not revived", () =>
  onStage({ "moscow/baker.yaml": vacancyFile() }, async (stage) => {
    await stage.apply();
    stage.board.control.putJob({ id: stage.jobs()[0]?.id ?? "", status: "closed" });
    const plan = await stage.plan();
    assert.equal(stepsOf(plan), []);
    assert.match(plan.held[0]?.reason ?? "", /closed it on the board/);
    const { code, out } = await stage.run("apply", "--auto-approve");
    assert.is(code, 0);
    assert.match(out, /moscow\/baker/);
    assert.is(stage.count("POST", /\/revive$/), 0);
  }),
);

story("with the state lost everything that matches is adopted", () =>
  onStage(manyFiles(6), async (stage) => {
    await stage.apply();
    await stage.forget();
    const plan = await stage.plan();
    assert.is(plan.summary.adopt, 6);
    assert.is(plan.summary.create, 0);
    stage.board.control.clearRequests();
    await stage.apply();
    assert.is(stage.count("POST", /\/jobs$/), 0);
    assert.is(stage.jobs().length, 6);
    assert.is((await stage.run("plan", "--detailed-exitcode")).code, 0);
  }),
);

story("with the state lost and the addresses rewritten nothing is created: twins are held", () =>
  onStage(
    manyFiles(6),
    async (stage) => {
      await stage.apply();
      await stage.forget();
      const plan = await stage.plan();
      assert.is(plan.summary.create, 0);
      assert.is(plan.held.length, 6);
    },
    { readings: { rewriteAddress: "at_once" } },
  ),
);

story("a plan writes nothing beside the files", () =>
  onStage(manyFiles(2), async (stage) => {
    await stage.plan();
    assert.equal((await readdir(join(stage.dir))).sort(), ["moscow"]);
  }),
);

story("one apply of nothing asks for session, company and the pages, no more", () =>
  onStage(manyFiles(3), async (stage) => {
    await stage.apply();
    stage.board.control.clearRequests();
    await stage.plan();
    const asked = stage.board.control.requests().map(({ method, path }) => `${method} ${path.split("?")[0]}`);
    assert.equal(asked.sort(), [
      "GET /api/external/v1/company",
      "GET /api/external/v1/jobs",
      "GET /api/external/v1/jobs",
      "POST /api/external/v1/session",
    ]);
  }),
);

stories.run();
