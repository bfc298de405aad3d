// Mixed up: another account, another board, two workspaces of one repository, a folder that is empty or gone.
import { cpSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { startEmulator } from "../../src/emulator/index.ts";
import { login, password } from "./credentials.ts";
import { repoOf } from "./git.ts";
import { manyFiles, onStage, type Stage, stepsOf, vac, vacancyFile } from "./harness.ts";

const accounts = suite("accounts and workspaces");

/** Runs against another account's board at the same address. */
async function onOtherAccount(stage: Stage, work: (jobs: () => number) => Promise<void>): Promise<void> {
  const port = Number(new URL(stage.board.url).port);
  await stage.board.close();
  const board = await startEmulator({ login, password, port, companyId: "77" });
  board.control.putJob({ attributes: { title: "Чужая" } });
  try {
    await work(() => board.control.state().jobs.length);
  } finally {
    await board.close();
  }
}

accounts("another account is refused by every command, before anything of it is read into the state", () =>
  onStage(manyFiles(2), async (stage) => {
    await stage.apply();
    const state = (): string[] =>
      readdirSync(join(stage.dir, ".vac"), { recursive: true, encoding: "utf8" }).sort();
    const before = state();
    await onOtherAccount(stage, async (jobs) => {
      for (const args of [
        ["plan"],
        ["apply", "--auto-approve"],
        ["import", "--all"],
        ["import", "651"],
        ["drift"],
        ["drift", "--accept", "--all"],
        ["state", "adopt", "moscow/v0001", "651"],
      ]) {
        const { code, err } = await stage.run(...args);
        assert.is(code, 1, args.join(" "));
        assert.match(err, /state belongs to account 1, and this is account 77/, args.join(" "));
      }
      assert.is(jobs(), 1);
      assert.equal(state(), before);
      assert.is(readdirSync(stage.dir).length, 2);
    });
  }),
);

accounts("another board begins with a state of its own; a plan for one isn't carried out on the other", () =>
  onStage(manyFiles(2), async (stage) => {
    await stage.apply();
    await stage.run("plan", "--renew", "moscow/*", "--out", join(stage.dir, "..", "kept.json"));
    const other = await startEmulator({ login, password });
    try {
      const on = (...args: string[]) => vac(["--dir", stage.dir, "--board", other.url, ...args], stage.env);
      const refused = await on("apply", join(stage.dir, "..", "kept.json"), "--auto-approve");
      assert.is(refused.code, 1);
      assert.match(refused.err, /the plan is for board/);
      assert.is(other.control.state().jobs.length, 0);
      const { out } = await on("plan", "-o", "json");
      assert.is(JSON.parse(out).summary.create, 2);
    } finally {
      await other.close();
    }
    assert.equal(stepsOf(await stage.plan()), []);
  }),
);

accounts("two workspaces of one repository on one account leave each other's jobs alone", () =>
  onStage(manyFiles(3), async (stage) => {
    const repo = await repoOf(stage);
    await stage.apply();
    const north = join(repo.root, "north");
    mkdirSync(north);
    cpSync(join(stage.dir, "moscow"), join(north, "moscow"), { recursive: true });
    const inNorth = (...args: string[]) =>
      vac(["--dir", north, "--board", stage.board.url, ...args], stage.env);
    // The same texts: neither adopted, since the other workspace has them, nor bought a second time.
    const plan = JSON.parse((await inNorth("plan", "-o", "json")).out);
    assert.equal(plan.changes, []);
    assert.is(plan.held.length, 3);
    assert.match(plan.held[0].reason, /which the workspace vacancies has/);
    const imported = JSON.parse((await inNorth("import", "--all", "-o", "json")).out);
    assert.equal(
      imported.left.map(({ kind }: { kind: string }) => kind),
      ["elsewhere", "elsewhere", "elsewhere"],
    );
    const adopted = await inNorth("state", "adopt", "moscow/v0001", "651");
    assert.is(adopted.code, 1);
    assert.match(adopted.err, /belongs to the workspace vacancies/);
    // A copied state claims the same jobs twice: held on both sides, and nothing is closed on one side's word.
    cpSync(join(stage.dir, ".vac"), join(north, ".vac"), { recursive: true });
    await stage.remove("moscow/v0001.yaml");
    const both = await stage.plan();
    assert.equal(stepsOf(both), []);
    assert.match(both.held[0]?.reason ?? "", /the workspace north manages job/);
    for (const key of ["moscow/v0001", "moscow/v0002", "moscow/v0003"])
      assert.is((await inNorth("state", "rm", key)).code, 0);
    assert.equal(stepsOf(await stage.plan()), ["moscow/v0001: close"]);
  }),
);

accounts("a state of the other workspace that can't be read stops, rather than claiming nothing", () =>
  onStage({ ...manyFiles(1), "_config.yaml": "concurrency: 2\n" }, async (stage) => {
    await repoOf(stage);
    await stage.write("../north/deep/a.yaml", vacancyFile());
    const { boardFile } = await import("../../src/state/store.ts");
    await stage.write(`../north/.vac/state/${boardFile(stage.board.url)}.json`, "{ broken");
    const { code, err } = await stage.run("plan");
    assert.is(code, 1);
    assert.match(err, /north/);
  }),
);
accounts("what another workspace was about to publish is neither adopted nor imported by this one", () =>
  onStage(manyFiles(1), async (stage) => {
    const repo = await repoOf(stage);
    const north = join(repo.root, "north");
    mkdirSync(north);
    cpSync(join(stage.dir, "moscow"), join(north, "moscow"), { recursive: true });
    // The create is done, its answer lost, and the list doesn't show it yet.
    stage.board.control.setOptions({ readings: { listLagMs: 3_600_000 } });
    stage.board.control.setFaults([
      { match: { method: "POST", path: "/jobs$" }, do: { kind: "drop_after" } },
    ]);
    const { result } = await stage.apply();
    assert.is(result.summary.unknown, 1);
    stage.board.control.setFaults([]);
    stage.board.control.setOptions({ readings: { listLagMs: 0 } });
    const inNorth = (...args: string[]) =>
      vac(["--dir", north, "--board", stage.board.url, ...args], stage.env);
    const plan = JSON.parse((await inNorth("plan", "-o", "json")).out);
    assert.equal(plan.changes, []);
    assert.match(plan.held[0].reason, /has sent a create of moscow\/v0001/);
    const { code, err } = await inNorth("import", "--all");
    assert.is(code, 1);
    assert.match(err, /create of moscow\/v0001 in the workspace vacancies was interrupted/);
    await stage.apply();
    assert.is(stage.jobs().length, 1);
  }),
);
accounts.run();

const folders = suite("empty and missing");
folders("a folder that isn't there, or has become empty, never means: close all", () =>
  onStage(
    { ...manyFiles(3), "moscow/other.yaml": vacancyFile({ title: "Повар", lat: 55.9 }) },
    async (stage) => {
      await stage.apply();
      await stage.remove("moscow");
      for (const args of [
        ["plan"],
        ["apply", "--auto-approve"],
        ["apply", "--auto-approve", "--allow", "closes"],
      ]) {
        const { code, err } = await stage.run(...args);
        assert.is(code, 1, args.join(" "));
        assert.match(err, /there is no vacancy file, which would close 4 vacancies/);
      }
      const gone = await vac(
        ["--dir", join(dirname(stage.dir), "nowhere"), "--board", stage.board.url, "plan"],
        stage.env,
      );
      assert.is(gone.code, 1);
      assert.match(gone.err, /doesn't exist/);
      assert.not(existsSync(join(dirname(stage.dir), "nowhere")));
      assert.is(stage.jobs().filter(({ status }) => status === "active").length, 4);
    },
  ),
);
folders("an empty folder with nothing managed is fine", () =>
  onStage({}, async (stage) => {
    const { code, out } = await stage.run("apply", "--auto-approve");
    assert.is(code, 0);
    assert.match(out, /there is no vacancy here/);
  }),
);
folders.run();
