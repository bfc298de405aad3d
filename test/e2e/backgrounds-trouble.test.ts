// Background pictures when the board refuses, the line drops, or a run is cut short; each story ends with an empty plan.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { quiet } from "./bakery.ts";
import { manyFiles, onStage } from "./harness.ts";
import { background, big, faults, given, kept, other, own, puts, removeByHand, shop } from "./shop.ts";

const tests = suite("backgrounds in trouble");

const element = (id: string, errors: object, background: string | null) => ({
  id: background,
  type: "background_extended",
  attributes: { id: background, assetable_type: "Job", assetable_id: Number(id), errors },
});
tests("a 200 with errors inside is a failure with the board's text, for that job alone", () =>
  onStage({ ...manyFiles(3), "p/a.png": big }, async (stage) => {
    await stage.apply();
    await stage.write("moscow/_defaults.yaml", background);
    const [a = "", b = ""] = stage.jobs().map(({ id }) => id);
    const body = { data: [element(a, {}, "1"), element(b, { base: ["Слишком темно"] }, null)] };
    faults(stage, "PUT", { kind: "status", status: 200, body });
    const { code, words, errors } = await given(stage);
    assert.is(code, 3);
    assert.equal(words.sort(), ["applied", "failed", "failed"]);
    assert.match(errors, /Слишком темно/);
    assert.match(errors, /the board's answer lacks it/);
    assert.equal((await given(stage)).words, ["applied", "applied"]);
    await quiet(stage);
  }),
);

for (const kind of ["drop_before", "drop_after", "truncate"] as const)
  tests(`a PUT ends with ${kind}, then the DELETE does: asked for again within the run, or by the next`, () =>
    onStage(shop(2), async (stage) => {
      faults(stage, "PUT", { kind });
      await given(stage);
      await stage.apply();
      assert.is(kept(stage).length, 2);
      await quiet(stage);
      await stage.remove("moscow/_defaults.yaml");
      faults(stage, "DELETE", { kind });
      await given(stage);
      await stage.apply();
      assert.equal(kept(stage), []);
      await quiet(stage);
    }),
  );

tests("no answer to any removal, which was done all the same: unknown, then done", () =>
  onStage({ ...shop(2), ...own }, async (stage) => {
    await stage.apply();
    await stage.remove("moscow/_defaults.yaml");
    await stage.write("_config.yaml", "");
    faults(stage, "DELETE", { kind: "drop_after" }, 99);
    const { code, words, errors } = await given(stage);
    assert.is(code, 3);
    assert.equal(words, ["unknown", "unknown", "unknown"]);
    assert.match(errors, /the next apply sends it once more/);
    stage.board.control.setFaults([]);
    assert.equal((await given(stage)).words, ["applied", "applied", "applied"]);
    await quiet(stage);
  }),
);

tests(
  "unknown, and then removed from the files: the removal is sent, whether or not it had arrived",
  async () => {
    for (const kind of ["drop_before", "drop_after"] as const)
      await onStage({ ...manyFiles(2), "p/a.png": big }, async (stage) => {
        await stage.apply();
        await stage.write("moscow/_defaults.yaml", background);
        faults(stage, "PUT", { kind }, 99);
        assert.equal((await given(stage)).words, ["unknown", "unknown"]);
        stage.board.control.setFaults([]);
        await stage.remove("moscow/_defaults.yaml");
        assert.equal((await given(stage)).words, ["applied", "applied"]);
        assert.equal(kept(stage), []);
        await quiet(stage);
      });
  },
);

tests(
  "one that somebody removed on the board: the first removal fails, the second sees that there is none",
  () =>
    onStage(shop(1), async (stage) => {
      await stage.apply();
      const [id = ""] = stage.jobs().map((job) => job.id);
      await removeByHand(stage, id);
      await stage.remove("moscow/_defaults.yaml");
      const { words, errors } = await given(stage);
      assert.equal(words, ["failed"]);
      assert.match(errors, /if it does once more, there is none any more/);
      assert.equal((await given(stage)).words, ["applied"]);
      await quiet(stage);
    }),
);

tests("killed while a picture is on its way: the next apply says so and sends it once more", () =>
  onStage({ ...shop(3), ...own }, async (stage) => {
    await stage.apply();
    await stage.write("p/a.png", other);
    faults(stage, "PUT", { kind: "hang", after: true }, 99);
    stage.board.control.clearRequests();
    const running = stage.start("apply", "--auto-approve");
    while (puts(stage) < 2) await new Promise((resolve) => setImmediate(resolve));
    running.child.kill("SIGKILL");
    await running.ended;
    stage.board.control.setFaults([]);
    const plan = await stage.plan();
    assert.is(plan.summary.background, 4);
    assert.is(plan.diagnostics.filter(({ code }) => code === "interrupted").length, 3);
    assert.equal((await given(stage)).words, Array(4).fill("applied"));
    await quiet(stage);
  }),
);

tests("interrupted between: what wasn't sent is sent by the next apply", () =>
  onStage({ ...manyFiles(2), "p/a.png": big }, async (stage) => {
    await stage.write("moscow/v0001.yaml", `${manyFiles(1)["moscow/v0001.yaml"]}${background}`);
    stage.board.control.setOptions({ latencyMs: 100 });
    stage.board.control.clearRequests();
    const running = stage.start("apply", "--auto-approve");
    while (stage.count("POST", /\/jobs$/) < 1) await new Promise((resolve) => setImmediate(resolve));
    running.child.kill("SIGINT");
    assert.is((await running.ended).code, 130);
    stage.board.control.setOptions({ latencyMs: 0 });
    assert.is(puts(stage), 0);
    assert.equal((await given(stage)).words, ["applied"]);
    await quiet(stage);
  }),
);

tests.run();
