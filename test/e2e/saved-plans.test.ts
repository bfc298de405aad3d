import { readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { manyFiles, onStage, type Stage, stepsOf } from "./harness.ts";

const fileOf = (stage: Stage): string => join(dirname(stage.dir), "plan.json");
const day = 86_400_000;

const saved = suite("saved plans");
saved("a kept plan does what it showed, once", () =>
  onStage(manyFiles(4), async (stage) => {
    const file = fileOf(stage);
    const planned = await stage.run("plan", "--out", file);
    assert.is(planned.code, 0);
    assert.is((await stat(file)).mode & 0o777, 0o600);
    assert.is((await stage.run("show", file, "-o", "json")).out, await readFile(file, "utf8"));
    assert.match((await stage.run("show", file)).out, /Plan: 4 to create/);
    const { code, result } = await stage.apply(file);
    assert.is(code, 0);
    assert.is(result.plan_id, JSON.parse(await readFile(file, "utf8")).id);
    assert.is(stage.jobs().length, 4);
    const again = await stage.run("apply", file, "--auto-approve");
    assert.is(again.code, 1);
    assert.match(again.err, /used once/);
    assert.is((await stage.run("plan", "--detailed-exitcode")).code, 0);
  }),
);
saved("a plan of one cause, kept, leaves the others for later", () =>
  onStage(manyFiles(2), async (stage) => {
    await stage.apply();
    await stage.edit("moscow/v0001.yaml", "60000", "65000");
    const drifted = stage.jobs().find(({ attributes }) => attributes.title === "Пекарь 2");
    stage.board.control.putJob({ id: drifted?.id ?? "", attributes: { title: "Другое" } });
    assert.equal(stepsOf(await stage.plan("--only", "board")), ["moscow/v0002: update(title)"]);
    assert.equal(stepsOf(await stage.plan("--only", "commit", "--out", fileOf(stage))), [
      "moscow/v0001: update(salary_from)",
    ]);
    const { code, result } = await stage.apply(fileOf(stage));
    assert.equal([code, result.results.map(({ key }) => key)], [0, ["moscow/v0001"]]);
    assert.equal(stepsOf(await stage.plan()), ["moscow/v0002: update(title)"]);
    await stage.apply();
    assert.is((await stage.run("plan", "--detailed-exitcode")).code, 0);
  }),
);
saved("what no longer holds is stale, what is new doesn't run, the rest does", () =>
  onStage(manyFiles(4), async (stage) => {
    await stage.apply();
    for (const n of [1, 2, 3]) await stage.edit(`moscow/v000${n}.yaml`, "60000", "65000");
    await stage.run("plan", "--out", fileOf(stage));
    const [first, second, , fourth] = stage.jobs();
    stage.board.control.putJob({ id: first?.id ?? "", attributes: { salary_from: 65000 } });
    stage.board.control.putJob({ id: second?.id ?? "", status: "closed" });
    stage.board.control.putJob({ id: fourth?.id ?? "", attributes: { title: "Другое" } });
    stage.board.control.clearRequests();
    const { code, result } = await stage.apply(fileOf(stage));
    assert.is(code, 3);
    assert.equal(
      result.results.map(({ key, status }) => `${key} ${status}`),
      ["moscow/v0003 applied", "moscow/v0001 stale", "moscow/v0002 stale"],
    );
    assert.is(stage.count("PUT", /jobs/), 1);
    assert.is(stage.count("POST", /revive/), 0);
  }),
);
saved("a revival that was planned for one expiry isn't paid for another", () =>
  onStage(manyFiles(1), async (stage) => {
    await stage.apply();
    stage.board.control.advance(31 * day);
    await stage.run("plan", "--out", fileOf(stage));
    stage.board.control.putJob({
      id: stage.jobs()[0]?.id ?? "",
      expires_at: new Date(Date.now() + 30 * day).toISOString(),
    });
    const { code, result } = await stage.apply(fileOf(stage));
    assert.is(code, 3);
    assert.is(result.summary.stale, 1);
    assert.is(stage.count("POST", /revive/), 0);
  }),
);
const refused: Record<string, [(stage: Stage) => Promise<unknown>, RegExp]> = {
  "the files have changed": [
    (stage) => stage.edit("moscow/v0001.yaml", "60000", "61000"),
    /files have changed/,
  ],
  "another state": [
    async (stage) => {
      await stage.apply();
      await stage.edit("moscow/v0001.yaml", "60000", "61000");
      await stage.run("plan", "--out", fileOf(stage));
      await stage.forget();
      await stage.apply();
    },
    /another state/,
  ],
  "another board": [(stage) => tamper(stage, "board", "https://other.example"), /for board https:\/\/other/],
  "another account": [(stage) => tamper(stage, "account", "77"), /for account 77/],
  "no plan": [(stage) => writeFile(fileOf(stage), "{}"), /is no plan/],
  "no JSON": [(stage) => writeFile(fileOf(stage), "{"), /isn't JSON/],
  "a newer format": [(stage) => tamper(stage, "format_version", "2.0"), /its format is 2\.0/],
};
async function tamper(stage: Stage, name: string, value: string): Promise<void> {
  const plan = JSON.parse(await readFile(fileOf(stage), "utf8"));
  await writeFile(fileOf(stage), JSON.stringify({ ...plan, [name]: value }));
}
for (const [name, [change, says]] of Object.entries(refused)) {
  saved(`refused: ${name}`, () =>
    onStage(manyFiles(2), async (stage) => {
      await stage.run("plan", "--out", fileOf(stage));
      await change(stage);
      stage.board.control.clearRequests();
      const { code, err } = await stage.run("apply", fileOf(stage), "--auto-approve");
      assert.is(code, 1);
      assert.match(err, says);
      assert.is(
        stage.board.control
          .requests()
          .filter(({ method, path }) => method !== "GET" && !path.includes("session")).length,
        0,
      );
    }),
  );
}
saved("a kept part is shown, counted and guarded as that part", () =>
  onStage(manyFiles(12), async (stage) => {
    await stage.run("plan", "--target", "moscow/v0001", "--out", fileOf(stage));
    assert.match(
      (await stage.run("apply", fileOf(stage), "--auto-approve")).out,
      /job_publish +1 +1[\s\S]*Plan: 1 to create/,
    );
    await stage.apply();
    for (const n of [1, 2, 3, 4, 5, 6, 7]) await stage.remove(`moscow/v000${n}.yaml`);
    await stage.run("plan", "--target", "moscow/v0001", "--out", fileOf(stage));
    assert.is((await stage.run("apply", fileOf(stage), "--only", "commit", "--auto-approve")).code, 1);
    assert.is((await stage.run("apply", fileOf(stage), "--auto-approve")).code, 0);
    assert.is(stage.count("POST", /close$/), 1);
  }),
);
saved("a file that isn't there", async () => {
  await onStage(manyFiles(1), async (stage) => {
    const { code, err } = await stage.run("apply", "nowhere.json", "--auto-approve");
    assert.is(code, 1);
    assert.match(err, /no such file/);
  });
});
saved.run();
