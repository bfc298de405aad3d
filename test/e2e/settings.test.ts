// Settings that hold an error are never taken for their defaults: another board, or another state, would answer.
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { onBranch, onClones } from "./clones.ts";
import { manyFiles, onStage, Stage, vac } from "./harness.ts";
import { applyInside, planInside } from "./inside.ts";

const settings = suite("settings with an error");
const broken = "state: [\n";

const commands: readonly (readonly string[])[] = [
  ["company"],
  ["jobs", "list"],
  ["login"],
  ["applications", "list"],
  ["candidates", "phone", "1", "--max-cost", "0"],
  ["state", "list"],
  ["state", "rm", "moscow/v0001"],
  ["state", "force-unlock"],
  ["state", "history"],
  ["state", "pull"],
  ["explain", "moscow/v0001"],
  ["plan"],
  ["plan", "--offline"],
  ["drift"],
];

settings("no command goes on with the embedded board, or with a state in files", () =>
  onClones(manyFiles(1), async ({ first }) => {
    await applyInside(first);
    await first.write("_config.yaml", broken);
    for (const args of commands) {
      // Without --board: the settings would say which one.
      const { code, out, err } = await vac(["--dir", first.dir, ...args], first.env);
      assert.is(code, 1, args.join(" "));
      assert.match(err, /_config\.yaml:1:8/, args.join(" "));
      assert.match(err, /isn't closed/, args.join(" "));
      assert.is(out, "", args.join(" "));
    }
    assert.not(existsSync(join(first.dir, ".board")));
    assert.not(existsSync(join(first.dir, ".vac", "state")));
    await first.write("_config.yaml", onBranch);
    assert.equal((await planInside(first)).changes, []);
  }),
);

settings("one that can't be read isn't one that isn't there", () =>
  onStage(manyFiles(1), async (stage) => {
    await mkdir(join(stage.dir, "_config.yaml"));
    const { code, err } = await stage.run("company");
    assert.is(code, 1);
    assert.match(err, /_config\.yaml/);
  }),
);

settings("what a neighbour with broken settings manages on the branch stays its own", () =>
  onClones(manyFiles(2), async ({ first }) => {
    await applyInside(first);
    const north = new Stage(join(dirname(first.dir), "north"), first.board);
    await mkdir(north.dir);
    await north.write("_config.yaml", onBranch);
    for (const [name, text] of Object.entries(manyFiles(2))) await north.write(name, text);
    await writeFile(join(first.dir, "_config.yaml"), broken);
    const plan = await planInside(north);
    assert.equal(plan.changes, []);
    assert.is(plan.held.length, 2);
    assert.match(plan.held[0]?.reason ?? "", /the workspace vacancies has/);
  }),
);

settings.run();
