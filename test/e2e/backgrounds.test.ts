// Background pictures: set, changed, removed, refused, interrupted; each story ends with an empty plan.
import { readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Fault } from "../../src/emulator/index.ts";
import { wholePng } from "../pictures.ts";
import { quiet } from "./bakery.ts";
import { manyFiles, onStage, type Stage, stepsOf, underBothReadings, vacancyFile } from "./harness.ts";

const big = wholePng(1200, 700);
const other = wholePng(1200, 700, 99);
const background = "background: { file: ../p/a.png }\n";
const cropped = "background: { file: ../p/a.png, crop: { x: 10, y: 20, w: 640, h: 480 } }\n";

/** n vacancies that share a picture by their folder's defaults. */
const shop = (n: number, defaults = background): Record<string, string | Uint8Array> => ({
  ...manyFiles(n),
  "moscow/_defaults.yaml": defaults,
  "p/a.png": big,
});
const own = { "_config.yaml": "background: { file: p/a.png }\n", "p/a.png": big };

const puts = (stage: Stage): number => stage.count("PUT", /\/background$/);
const deletes = (stage: Stage): number => stage.count("DELETE", /\/background$/);
const kept = (stage: Stage) => stage.board.control.state().backgrounds;
const owners = (stage: Stage): (string | null)[] => kept(stage).map(({ job_id }) => job_id);
const faults = (stage: Stage, method: string, action: Fault["do"], times = 1): void =>
  stage.board.control.setFaults([{ match: { method, path: "/background$", times }, do: action }]);

/** Applies, with what became of background steps, in a word each. */
async function given(
  stage: Stage,
  ...args: string[]
): Promise<{ code: number | null; words: string[]; errors: string }> {
  stage.board.control.clearRequests();
  const { code, result } = await stage.apply(...args);
  const results = result.results.filter(({ step }) => step === "background");
  return {
    code,
    words: results.map(({ status }) => status),
    errors: results.map(({ error }) => error ?? "").join("\n"),
  };
}

const tests = suite("backgrounds");
const story = underBothReadings(tests);

story(
  "25 vacancies share one picture: one upload; other bytes, another crop, one of its own, then none",
  () =>
    onStage(shop(25), async (stage) => {
      const plan = await stage.plan();
      assert.is(plan.summary.background, 25);
      assert.equal(
        plan.changes[0]?.steps.map(({ step }) => step),
        ["create", "background"],
      );
      assert.is(plan.changes[0]?.steps[1]?.picture?.file, "p/a.png");
      assert.equal((await given(stage)).words, Array(25).fill("applied"));
      assert.is(puts(stage), 1);
      assert.equal(new Set(owners(stage)), new Set(stage.jobs().map(({ id }) => id)));
      await quiet(stage);

      await stage.write("p/a.png", other);
      assert.is((await given(stage)).words.length, 25);
      assert.is(puts(stage), 1);
      assert.is(new Set(kept(stage).map(({ sha256 }) => sha256)).size, 1);
      await quiet(stage);

      await stage.write("moscow/_defaults.yaml", cropped);
      await given(stage);
      assert.is(puts(stage), 1);
      assert.ok(kept(stage).every(({ crop }) => crop.y === 20 && crop.h === 480));
      await quiet(stage);

      await stage.write("p/b.png", big);
      await stage.write(
        "moscow/v0003.yaml",
        `${manyFiles(3)["moscow/v0003.yaml"]}background: { file: ../p/b.png }\n`,
      );
      await stage.write("moscow/v0004.yaml", `${manyFiles(4)["moscow/v0004.yaml"]}background: null\n`);
      assert.equal((await given(stage)).words, ["applied", "applied"]);
      assert.equal([puts(stage), deletes(stage)], [1, 1]);
      assert.is(kept(stage).length, 24);
      await quiet(stage);

      await stage.remove("moscow/_defaults.yaml");
      await stage.write("moscow/v0003.yaml", manyFiles(3)["moscow/v0003.yaml"] ?? "");
      assert.equal((await given(stage)).words, Array(24).fill("applied"));
      assert.equal([puts(stage), deletes(stage)], [0, 1]);
      assert.equal(kept(stage), []);
      await quiet(stage);
    }),
);

tests("the answer to a removal may name jobs, or the account's user in their place", async () => {
  for (const deletedAssetable of ["user", "job"] as const)
    await onStage(
      shop(3),
      async (stage) => {
        await stage.apply();
        await stage.remove("moscow/_defaults.yaml");
        assert.equal((await given(stage)).words, Array(3).fill("applied"));
        assert.is(deletes(stage), 1);
        assert.equal(kept(stage), []);
        await quiet(stage);
      },
      { readings: { deletedAssetable } },
    );
});

tests("the account's own: set, changed, removed; jobs' calls never go without ids", () =>
  onStage({ ...shop(2), ...own }, async (stage) => {
    assert.equal((await given(stage, "--target", "moscow/*")).words, ["applied", "applied"]);
    assert.equal(owners(stage).includes(null), false);
    assert.equal(stepsOf(await stage.plan("--target", "_account")), ["_account: background"]);
    assert.equal((await given(stage)).words, ["applied"]);
    assert.equal(
      owners(stage).filter((owner) => owner === null),
      [null],
    );
    await quiet(stage);
    const { out } = await stage.run("state", "show", "_account");
    assert.match(out, /p\/a\.png/);

    await stage.write(
      "_config.yaml",
      "background: { file: p/a.png, crop: { x: 0, y: 0, w: 640, h: 200 } }\n",
    );
    assert.equal((await given(stage)).words, ["applied"]);
    assert.is(kept(stage).find(({ job_id }) => job_id === null)?.crop.h, 200);
    await quiet(stage);

    await stage.remove("moscow/_defaults.yaml");
    assert.equal((await given(stage)).words, ["applied", "applied"]);
    assert.equal(owners(stage), [null]);
    await quiet(stage);

    await stage.write("_config.yaml", "");
    assert.equal((await given(stage)).words, ["applied"]);
    assert.equal([puts(stage), deletes(stage)], [0, 1]);
    assert.equal(kept(stage), []);
    await quiet(stage);
  }),
);

tests("free: --no-spend gives it to what is published, --only commit too, and a kept plan holds it", () =>
  onStage({ ...manyFiles(3), "p/a.png": big }, async (stage) => {
    await stage.apply();
    await stage.write("moscow/_defaults.yaml", background);
    assert.equal((await given(stage, "--only", "clock")).words, []);
    assert.equal((await given(stage, "--no-spend", "--target", "moscow/v0001")).words, ["applied"]);
    assert.equal((await given(stage, "--only", "commit", "--target", "moscow/v0002")).words, ["applied"]);
    const file = join(stage.dir, "..", "plan.json");
    await stage.run("plan", "--out", file);
    // The picture is part of what a kept plan is bound to.
    await stage.write("p/a.png", other);
    const refused = await stage.run("apply", "--auto-approve", file);
    assert.is(refused.code, 1);
    assert.match(refused.err, /the files have changed/);
    await stage.write("p/a.png", big);
    assert.match((await stage.run("show", file)).out, /▣ background: new/);
    assert.is((await stage.run("apply", "--auto-approve", file)).code, 0);
    assert.is(kept(stage).length, 3);
    await quiet(stage);
    const { out } = await stage.run("explain", "moscow/v0003");
    assert.match(out, /Its background: p\/a\.png/);
    assert.match((await stage.run("state", "show", "moscow/v0003")).out, /background +p\/a\.png/);
  }),
);

tests("an expired job has its background given after the revival, and not before", () =>
  onStage({ ...manyFiles(1), "p/a.png": big }, async (stage) => {
    await stage.apply();
    stage.board.control.advance(40 * 86_400_000);
    await stage.write("moscow/_defaults.yaml", background);
    assert.equal((await given(stage, "--no-spend")).words, []);
    assert.equal((await given(stage, "--only", "commit")).words, []);
    assert.equal(stepsOf(await stage.plan()), ["moscow/v0001: revive", "moscow/v0001: background"]);
    assert.equal((await given(stage)).words, ["applied"]);
    const asked = stage.board.control.requests().map(({ method, path }) => `${method} ${path}`);
    assert.ok(
      asked.findIndex((line) => /revive/.test(line)) <
        asked.findIndex((line) => /PUT .*background/.test(line)),
    );
    await quiet(stage);
  }),
);

const wrong: [name: string, files: Record<string, string | Uint8Array>, column: number, says: RegExp][] = [
  ["missing", { "moscow/_defaults.yaml": background }, 21, /there is no picture "p\/a\.png"/],
  [
    "outside",
    { "moscow/_defaults.yaml": "background: { file: ../../a.png }\n" },
    21,
    /"\.\.\/\.\.\/a\.png" isn't in the workspace/,
  ],
  [
    "a text named .jpg",
    { "moscow/_defaults.yaml": "background: { file: ../p/a.jpg }\n", "p/a.jpg": "text" },
    21,
    /neither JPEG nor PNG/,
  ],
  ["too small", { ...shop(1), "p/a.png": wholePng(100, 100) }, 21, /100×100/],
  ["a crop outside", { ...shop(1, cropped), "p/a.png": wholePng(649, 600) }, 39, /reaches beyond/],
  ["a truncated PNG", { ...shop(1), "p/a.png": big.subarray(0, 300) }, 21, /damaged or cut off/],
];
for (const [name, files, column, says] of wrong)
  tests(`${name}: validate and plan say where, and nothing is sent`, () =>
    onStage({ ...manyFiles(1), ...files }, async (stage) => {
      for (const command of [["validate"], ["plan"], ["apply", "--auto-approve"]]) {
        const { code, out, err } = await stage.run(...command);
        assert.is(code, 1);
        assert.match(out + err, says);
        assert.ok((out + err).includes(`moscow/_defaults.yaml:1:${column}`), out + err);
      }
      assert.is(stage.count("POST", /\/jobs/) + puts(stage), 0);
      await stage.write("moscow/_defaults.yaml", "{}");
      await stage.apply();
      await quiet(stage);
    }),
  );
tests("a link out of the workspace isn't followed", () =>
  onStage({ ...manyFiles(1), "../secret/a.png": big, "p/x.txt": "" }, async (stage) => {
    await symlink("../../secret/a.png", join(stage.dir, "p", "a.png"));
    await stage.write("moscow/_defaults.yaml", background);
    const { code, out } = await stage.run("validate");
    assert.is(code, 1);
    assert.match(out, /picture-outside.*\n.*_defaults\.yaml:1:21/);
    await stage.write("moscow/_defaults.yaml", "{}");
    await stage.apply();
    await quiet(stage);
  }),
);

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

tests("a lost state: jobs are adopted, pictures sent once more, which is free", () =>
  onStage({ ...shop(3), ...own }, async (stage) => {
    await stage.apply();
    const charged = stage.board.control.state().ledger.length;
    await stage.forget();
    assert.equal((await given(stage)).words, Array(4).fill("applied"));
    assert.is(puts(stage), 2);
    assert.is(stage.board.control.state().ledger.length, charged);
    await quiet(stage);
  }),
);

tests("a deleted file closes its job and takes nothing away; a restored one keeps what it had", () =>
  onStage(shop(2), async (stage) => {
    await stage.apply();
    const text = await readFile(join(stage.dir, "moscow/v0001.yaml"), "utf8");
    await stage.remove("moscow/v0001.yaml");
    assert.equal(stepsOf(await stage.plan()), ["moscow/v0001: close"]);
    assert.equal((await given(stage)).words, []);
    await quiet(stage);
    await stage.write("moscow/v0001.yaml", text);
    assert.equal(stepsOf(await stage.plan()), ["moscow/v0001: revive"]);
    await stage.apply();
    assert.equal([puts(stage), deletes(stage)], [0, 0]);
    await quiet(stage);
  }),
);

tests("a vacancy file whose picture is the only thing of it, beside others", () =>
  onStage({ "a.yaml": `${vacancyFile()}background: { file: фон.png }\n`, "фон.png": big }, async (stage) => {
    assert.equal((await given(stage)).words, ["applied"]);
    assert.is(kept(stage)[0]?.filename, "фон.png");
    await quiet(stage);
  }),
);

/** Takes a job's background away as somebody does on the board's site. */
async function removeByHand(stage: Stage, id: string): Promise<void> {
  const login = await fetch(`${stage.board.url}/api/external/v1/session`, {
    method: "POST",
    body: new URLSearchParams({ login: "test", password: "correct" }),
  });
  const token = JSON.stringify(await login.json()).match(/"(?:jwt|token)":"([^"]+)"/)?.[1];
  const answer = await fetch(`${stage.board.url}/api/external/v1/background`, {
    method: "DELETE",
    headers: { Authorization: `Worki ${token}`, "Content-Type": "application/json" },
    body: JSON.stringify({ job_ids: [id] }),
  });
  assert.is(answer.status, 200);
  assert.equal(kept(stage), []);
}

tests.run();
