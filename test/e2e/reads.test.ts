// Complete reads: whatever the list leaves out, repeats or moves, nothing is concluded from it that isn't so.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Fault } from "../../src/emulator/index.ts";
import { manyFiles, onStage, type Stage, stepsOf, underBothReadings, vacancyFile } from "./harness.ts";

const reads = suite("complete reads");
const story = underBothReadings(reads);
const list = { method: "GET", path: "/jobs\\?" };
const quiet = async (stage: Stage): Promise<void> => {
  stage.board.control.setFaults([]);
  const { code, out } = await stage.run("plan", "--detailed-exitcode");
  assert.is(code, 0, out);
};
const fresh = vacancyFile({ title: "Новая", description: "Иная.", address: "Тверь", lat: 56.8, long: 35.9 });
const titled = (stage: Stage, title: string): number =>
  stage.jobs().filter(({ attributes }) => attributes.title === title).length;

for (const count of [49, 50, 51, 100]) {
  story(`${count} jobs: every one is seen, and each once`, () =>
    onStage(manyFiles(count), async (stage) => {
      await stage.apply();
      assert.is(stage.jobs().length, count);
      await quiet(stage);
      await stage.forget();
      const plan = await stage.plan();
      assert.is(plan.summary.adopt, count);
      assert.is(plan.summary.create, 0);
      stage.board.control.clearRequests();
      await stage.run("plan");
      const pages = stage.count("GET", /\/jobs$/);
      assert.ok(pages <= Math.ceil(count / 50) + 4, `${pages} pages`);
    }),
  );
}

/** Each fault of the list, in the first read, in a later one, or in all of them. */
const faults: readonly [string, Fault[]][] = [
  ["the list moves in the first read", [{ match: { ...list, nth: 1 }, do: { kind: "moving_list" } }]],
  ["the list moves between two pages", [{ match: { ...list, nth: 2 }, do: { kind: "moving_list" } }]],
  ["the list moves with every page", [{ match: { ...list, times: 6 }, do: { kind: "moving_list" } }]],
  ["the first page shrinks", [{ match: { ...list, nth: 1 }, do: { kind: "short_page" } }]],
  ["a page in the middle shrinks", [{ match: { ...list, nth: 2 }, do: { kind: "short_page" } }]],
  ["every page shrinks", [{ match: list, do: { kind: "short_page" } }]],
  ["the first read is empty", [{ match: { ...list, nth: 1 }, do: { kind: "empty_list" } }]],
  ["every read is empty", [{ match: list, do: { kind: "empty_list" } }]],
  ["the second page breaks off", [{ match: { ...list, times: 1 }, do: { kind: "reset_mid_list" } }]],
  ["a page is cut in half", [{ match: { ...list, nth: 2, times: 1 }, do: { kind: "truncate" } }]],
];
for (const [name, list] of faults) {
  story(`${name}: nothing is created, closed or revived that shouldn't be`, () =>
    onStage(manyFiles(120), async (stage) => {
      await stage.apply();
      await stage.write("kazan/new.yaml", fresh);
      const ledger = stage.board.control.state().ledger.length;
      stage.board.control.setFaults(list);
      // It may refuse, but never do something else.
      const { code } = await stage.run("apply", "--auto-approve");
      assert.ok(code === 0 || code === 1, `exit ${code}`);
      stage.board.control.setFaults([]);
      await stage.apply();
      assert.is(titled(stage, "Новая"), 1);
      assert.is(stage.board.control.state().ledger.length, ledger + 1);
      assert.is(
        stage
          .jobs()
          .filter(({ status, attributes }) => status === "active" && attributes.title !== "Чужая вакансия")
          .length,
        121,
      );
      await quiet(stage);
    }),
  );
}

story("a job that leaves the list while it is read is asked for by its id, and held", () =>
  onStage(manyFiles(60), async (stage) => {
    await stage.apply();
    stage.board.control.setFaults([{ match: { ...list, nth: 2 }, do: { kind: "leaving_list" } }]);
    const { held, changes } = await stage.plan();
    assert.equal(changes, []);
    assert.ok(held.length <= 1);
    assert.equal((await stage.plan()).held.length, 1);
    assert.match((await stage.plan()).held[0]?.reason ?? "", /somebody closed it/);
  }),
);

reads(
  "with the state lost and a list that hides inactive jobs, what can't be seen isn't taken for new without a word",
  () =>
    onStage(
      manyFiles(3),
      async (stage) => {
        await stage.apply();
        stage.board.control.putJob({ id: "652", status: "closed" });
        // As long as the state knows it, the job is found by its id.
        assert.equal(
          (await stage.plan()).held.map(({ job_id }) => job_id),
          ["652"],
        );
        assert.equal(stepsOf(await stage.plan()), []);
      },
      { readings: { listInactive: false } },
    ),
);

story("an import of a list that never rests says so, and writes nothing", () =>
  onStage({}, async (stage) => {
    for (let made = 0; made < 60; made += 1)
      stage.board.control.putJob({ attributes: { title: `Пекарь ${made}` } });
    stage.board.control.setFaults([
      { match: { method: "GET", path: "number.=1&" }, do: { kind: "moving_list" } },
    ]);
    const { code, err } = await stage.run("import", "--all");
    assert.is(code, 1);
    assert.match(err, /list of jobs changes from one read to the next/);
    stage.board.control.setFaults([]);
    assert.is((await stage.run("import", "--all")).code, 0);
    await quiet(stage);
  }),
);

reads.run();
