// Every row of the lifecycle, as a story that ends with an empty plan or with somebody to decide.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { applies, baker, bakery, charges, day, file, holds, quiet } from "./bakery.ts";
import { onStage, stepsOf, underBothReadings, vacancyFile } from "./harness.ts";

const stories = suite("lifecycle");
const story = underBothReadings(stories);
story("publish_until: closed after that day, not before, and not published again", () =>
  onStage(
    bakery({ publish_until: new Date(Date.now() + 5 * day).toISOString().slice(0, 10) }),
    async (stage) => {
      await applies(stage, "moscow/baker: create", "moscow/cook: create");
      stage.board.control.advance(4 * day);
      await quiet(stage);
      stage.board.control.advance(3 * day);
      const plan = await stage.plan();
      assert.is(plan.changes[0]?.steps[0]?.cause, "clock");
      await applies(stage, "moscow/baker: close");
    },
  ),
);
story("status: closed, and open again", () =>
  onStage(bakery(), async (stage) => {
    await stage.apply();
    await stage.write(file, vacancyFile({ status: "closed", close_reason: "closed_found" }));
    await applies(stage, "moscow/baker: close");
    assert.is(baker(stage).close_reason, "closed_found");
    stage.board.control.putJob({ id: baker(stage).id, status: "active" });
    await holds(stage, /somebody opened it again/);
    // Also when its file gets another name meanwhile.
    await stage.remove(file);
    await stage.write("moscow/bread.yaml", vacancyFile({ status: "closed", close_reason: "closed_found" }));
    assert.equal(stepsOf(await stage.plan()), ["moscow/bread: move"]);
    await stage.apply();
    await holds(stage, /somebody opened it again/);
    await stage.remove("moscow/bread.yaml");
    await stage.write(file, vacancyFile({ status: "closed", close_reason: "closed_found" }));
    await stage.apply();
    stage.board.control.putJob({ id: baker(stage).id, status: "closed" });
    await stage.write(file, vacancyFile());
    await applies(stage, "moscow/baker: revive");
  }),
);
story("a close tells how many applications nobody has read, and shuts them", () =>
  onStage(bakery(), async (stage) => {
    await stage.apply();
    const { id } = baker(stage);
    for (const status of ["unread", "unread", "read", "invited"])
      stage.board.control.putApplication({ job_id: id, status });
    await stage.remove(file);
    const plan = await stage.plan();
    assert.equal(plan.changes[0]?.warnings, ["2 unread applications are closed with it"]);
    stage.board.control.setFaults([{ match: { path: "/applications" }, do: { kind: "html" } }]);
    const blind = await stage.run("plan");
    assert.is(blind.code, 0);
    assert.match(blind.err, /applications weren't counted/);
    stage.board.control.setFaults([]);
    await applies(stage, "moscow/baker: close");
  }),
);
story("prevent_close outlives its file, until it is lifted", () =>
  onStage(bakery({ prevent_close: true }), async (stage) => {
    await stage.apply();
    await stage.remove(file);
    await holds(stage, /prevent_close protects it/);
    await stage.write(file, vacancyFile({ prevent_close: false }));
    await applies(stage, "moscow/baker: record");
    await stage.remove(file);
    await applies(stage, "moscow/baker: close");
  }),
);
story("close_reason is remembered when the file goes", () =>
  onStage(bakery(), async (stage) => {
    await stage.apply();
    await stage.write(file, vacancyFile({ close_reason: "closed_found_other" }));
    await applies(stage, "moscow/baker: record");
    await stage.remove(file);
    await applies(stage, "moscow/baker: close");
    assert.is(baker(stage).close_reason, "closed_found_other");
  }),
);
story("on_delete: detach leaves the job alone, and a restored file takes it back", () =>
  onStage(bakery({ on_delete: "detach" }), async (stage) => {
    await stage.apply();
    await stage.remove(file);
    await applies(stage, "moscow/baker: record");
    assert.is(baker(stage).status, "active");
    await stage.write(file, vacancyFile({ on_delete: "detach" }));
    await applies(stage, "moscow/baker: record");
    assert.is(charges(stage), 2);
  }),
);
story("another vacancy under a reused key is published, and the closed job left alone", () =>
  onStage(bakery(), async (stage) => {
    await stage.apply();
    await stage.remove(file);
    await stage.apply();
    await stage.write(
      file,
      vacancyFile({
        title: "Кассир",
        profession_id: 74,
        address: "Москва, Арбат, 1",
        description: "На кассе.",
      }),
    );
    await applies(stage, "moscow/baker: create");
    assert.is(stage.jobs().length, 3);
  }),
);
story("reopen_closed revives what somebody closed", () =>
  onStage(bakery({ reopen_closed: true }), async (stage) => {
    await stage.apply();
    stage.board.control.putJob({ id: baker(stage).id, status: "closed" });
    await applies(stage, "moscow/baker: revive");
  }),
);
story("a job that is gone is held; --allow missing publishes it anew", () =>
  onStage(bakery(), async (stage) => {
    await stage.apply();
    stage.board.control.putJob({ id: baker(stage).id, gone: true });
    await holds(stage, /doesn't know job/);
    assert.equal(stepsOf(await stage.plan("--allow", "missing")), ["moscow/baker: create"]);
    await stage.apply("--allow", "missing");
    await quiet(stage);
  }),
);
story("a job that the board doesn't publish is held", () =>
  onStage(bakery(), async (stage) => {
    await stage.apply();
    stage.board.control.putJob({ id: baker(stage).id, publication: "not_published" });
    await holds(stage, /isn't published/);
  }),
);
story("renewed three days early, once", () =>
  onStage(bakery({ renew: "3d" }), async (stage) => {
    await stage.apply();
    stage.board.control.advance(26 * day);
    await quiet(stage);
    stage.board.control.advance(2 * day);
    await applies(stage, "moscow/baker: revive");
    await quiet(stage);
  }),
);
story("a revival that answers 200 and changes nothing is paid once in ten days of daily runs", () =>
  onStage(
    bakery(),
    async (stage) => {
      await stage.apply();
      const before = charges(stage);
      stage.board.control.advance(31 * day);
      const first = await stage.apply();
      assert.is(first.code, 3);
      assert.is(first.result.summary.unknown, 2);
      for (let run = 0; run < 9; run += 1) {
        stage.board.control.advance(day);
        assert.is((await stage.apply()).code, 0);
      }
      assert.is(charges(stage) - before, 2);
      const { held } = await stage.plan();
      assert.match(held[0]?.hint ?? "", /vac state resolve moscow\/baker/);
      stage.board.control.setOptions({ readings: { reviveIsNoop: false } });
      for (const { key } of held) assert.is((await stage.run("state", "resolve", key, "--not-done")).code, 0);
      await applies(stage, "moscow/baker: revive", "moscow/cook: revive");
    },
    { readings: { reviveIsNoop: true } },
  ),
);
story(
  "an edit while it is expired: the update comes first, and after the revival where the board refuses it",
  async () => {
    for (const updatesInactive of [true, false]) {
      await onStage(
        bakery(),
        async (stage) => {
          await stage.apply();
          stage.board.control.advance(31 * day);
          await stage.edit(file, "60000", "65000");
          await applies(
            stage,
            "moscow/baker: update(salary_from)",
            "moscow/baker: revive",
            "moscow/cook: revive",
          );
          assert.is(baker(stage).attributes.salary_from, 65000);
        },
        { readings: { updatesInactive } },
      );
    }
  },
);
story("the board insists: a rewrite that comes minutes later is overwritten once, then held", () =>
  onStage(
    { [file]: vacancyFile() },
    async (stage) => {
      await stage.apply();
      await quiet(stage);
      stage.board.control.advance(10 * 60_000);
      assert.equal(stepsOf(await stage.plan()), ["moscow/baker: update(address)"]);
      await stage.apply();
      await quiet(stage);
      stage.board.control.advance(10 * 60_000);
      await holds(stage, /the board insists: address/);
      await holds(stage, /the board insists: address/);
      const insisted = baker(stage).attributes.address ?? "";
      await stage.edit(file, "Москва, улица Еланского, 2", String(insisted));
      await applies(stage, "moscow/baker: record");
    },
    { readings: { rewriteAddress: 5 } },
  ),
);
stories.run();
