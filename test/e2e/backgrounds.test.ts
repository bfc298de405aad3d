// Background pictures: set, changed, removed, refused; each story ends with an empty plan.
import { readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { wholePng } from "../pictures.ts";
import { quiet } from "./bakery.ts";
import { repoOf } from "./git.ts";
import { manyFiles, onStage, stepsOf, underBothReadings, vac, vacancyFile } from "./harness.ts";
import { background, big, cropped, deletes, given, kept, other, own, owners, puts, shop } from "./shop.ts";

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
    assert.match(out, /Its background, as it was sent last: p\/a\.png/);
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

tests("two workspaces of one repository: only one has the account's background", () =>
  onStage({ ...manyFiles(1), ...own }, async (stage) => {
    const repo = await repoOf(stage);
    await stage.apply();
    const north = join(repo.root, "north");
    const inNorth = async (...args: string[]): Promise<string> => {
      const { code, out, err } = await vac(["-C", north, "--board", stage.board.url, ...args], stage.env);
      assert.is(code, 0, err);
      return out;
    };
    await stage.write("../north/_config.yaml", own["_config.yaml"]);
    await stage.write("../north/p/a.png", other);
    repo.commit("north");
    assert.match(
      await inNorth("apply", "--auto-approve"),
      /_account\n +the account has one background, and the workspace vacancies has set it/,
    );
    assert.is(kept(stage).length, 1);

    // Moved: removed there, set here.
    await stage.write("_config.yaml", "");
    assert.equal((await given(stage)).words, ["applied"]);
    await inNorth("apply", "--auto-approve");
    assert.is(kept(stage).length, 1);
    await quiet(stage);
    await inNorth("plan", "--detailed-exitcode");
  }),
);

tests("--changed-since knows of pictures, of vacancies and of the account", () =>
  onStage(
    { ...manyFiles(2), "moscow/v0001.yaml": `${manyFiles(1)["moscow/v0001.yaml"]}${background}`, ...own },
    async (stage) => {
      const repo = await repoOf(stage);
      await stage.apply();
      const before = repo.git("rev-parse", "HEAD");
      await stage.write("p/a.png", other);
      repo.commit("another picture");
      const plan = await stage.plan("--changed-since", before);
      assert.equal(stepsOf(plan), ["_account: background", "moscow/v0001: background"]);
      await stage.apply();
      await quiet(stage);
    },
  ),
);

tests.run();
