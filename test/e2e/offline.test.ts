// Plans from the state alone: for pull requests of forks, which have neither credentials nor a network.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { manyFiles, onStage, type Stage, stepsOf, vac, vacancyFile } from "./harness.ts";

const offline = suite("offline");
/** Without credentials, and with a board that isn't there any more. */
const plan = (stage: Stage, ...args: string[]) =>
  vac(["--dir", stage.dir, "--board", stage.board.url, "plan", "--offline", ...args]);

offline(
  "the same plan as with the board, marked as what it is, without credentials and without a request",
  () =>
    onStage(manyFiles(5), async (stage) => {
      await stage.apply();
      await stage.edit("moscow/v0001.yaml", "60000", "61000");
      await stage.remove("moscow/v0002.yaml");
      await stage.write("moscow/new.yaml", vacancyFile({ title: "Новая", lat: 55.1 }));
      const live = await stage.plan();
      stage.board.control.clearRequests();
      const { code, out, err } = await plan(stage, "-o", "json");
      assert.is(code, 0, err);
      assert.is(stage.board.control.requests().length, 0);
      const told = JSON.parse(out);
      assert.is(told.offline, true);
      assert.equal(stepsOf(told), stepsOf(live));
      // What it costs only the board can tell.
      const bare = (changes: typeof live.changes): string =>
        JSON.stringify(changes).replace(/"wallet":(null|0)/g, "");
      assert.is(bare(told.changes), bare(live.changes));
      assert.equal(told.summary, live.summary);
      assert.is((await plan(stage, "--detailed-exitcode")).code, 2);
      assert.match((await plan(stage)).out, /offline/i);
      await stage.board.close();
      assert.is((await plan(stage)).code, 0);
    }),
);

offline("hand edits aren't seen, time is", () =>
  onStage(manyFiles(2), async (stage) => {
    await stage.apply();
    stage.board.control.putJob({ id: "651", attributes: { salary_from: 1 } });
    assert.match((await plan(stage)).out, /Nothing to do/);
    stage.board.control.setClock(Date.now() - 40 * 86_400_000);
    await stage.forget();
    stage.board.control.putJob({ id: "651", status: "active", expires_at: Date.now() - 86_400_000 });
    await stage.apply();
    const { out } = await plan(stage, "-o", "json");
    assert.ok(stepsOf(JSON.parse(out)).some((step) => step.endsWith(": revive")));
  }),
);

offline("what was never applied is all new, and says that nothing is known", () =>
  onStage(manyFiles(2), async (stage) => {
    const { code, out } = await plan(stage);
    assert.is(code, 0);
    assert.match(out, /2 to create/);
    assert.match(out, /offline/i);
  }),
);

offline("professions by title, with no dictionary at hand, count as they were applied", () =>
  onStage({ "a.yaml": vacancyFile({ profession_id: undefined, profession: "актер" }) }, async (stage) => {
    await stage.apply();
    await stage.remove(".vac/dictionaries");
    const { code, out, err } = await plan(stage, "-o", "json");
    assert.is(code, 0, err);
    assert.equal(JSON.parse(out).changes, []);
    assert.match(out, /professions-unchecked/);
    await stage.edit("a.yaml", "актер", "пекарь");
    assert.match((await plan(stage)).out, /whether its profession has can't be told/);
  }),
);

offline("an open call holds its vacancy; a kept offline plan is shown, and never carried out", () =>
  onStage(manyFiles(1), async (stage) => {
    stage.board.control.setFaults([
      { match: { method: "POST", path: "/jobs$" }, do: { kind: "drop_before" } },
    ]);
    await stage.apply();
    stage.board.control.setFaults([]);
    const kept = `${stage.dir}/../kept.json`;
    const { out } = await plan(stage, "--out", kept);
    assert.match(out, /what became of it isn't known yet/);
    assert.match((await stage.run("show", kept)).out, /offline/i);
    const { code, err } = await stage.run("apply", kept, "--auto-approve");
    assert.is(code, 1);
    assert.match(err, /made offline/);
  }),
);
offline.run();
