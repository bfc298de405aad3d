// What a run asks the board, to the request, and what it reads of the files: neither grows unseen.
import { existsSync } from "node:fs";
import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { manyFiles, onStage, type Stage, vac } from "./harness.ts";

const requests = suite("requests and files of a run");

/** What was asked since the last look, by method and path without ids. */
function asked({ board }: Stage): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { method, path } of board.control.requests()) {
    const name = `${method} ${path
      .replace(/^\/api\/external\/v1/, "")
      .replace(/\?.*/, "")
      .replace(/\/\d+/g, "/ID")}`;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  board.control.clearRequests();
  return counts;
}

requests(
  "session, company and the pages of the list for a plan without changes; one call a change for an apply",
  () =>
    onStage(manyFiles(120), async (stage) => {
      await stage.apply();
      asked(stage);
      assert.is((await stage.plan()).changes.length, 0);
      // Three pages hold 120 jobs, and the empty one is the end.
      assert.equal(asked(stage), { "POST /session": 1, "GET /company": 1, "GET /jobs": 4 });
      for (const name of ["v0001", "v0060", "v0120"])
        await stage.edit(`moscow/${name}.yaml`, "60000", "61000");
      assert.is((await stage.apply()).result.summary.applied, 3);
      assert.equal(asked(stage), {
        "POST /session": 1,
        "GET /company": 1,
        "GET /jobs": 4,
        "PUT /jobs/ID": 3,
      });
      assert.is((await stage.plan()).changes.length, 0);
    }),
);

requests("the list is read twice before something is created, and not a page more", () =>
  onStage(manyFiles(100), async (stage) => {
    await stage.apply();
    asked(stage);
    await stage.write(
      "kazan/new.yaml",
      (await readFile(join(stage.dir, "moscow/v0001.yaml"), "utf8")).replaceAll("1", "7"),
    );
    assert.is((await stage.apply()).result.summary.applied, 1);
    const { "POST /jobs": created, "GET /jobs": pages } = asked(stage);
    assert.is(created, 1);
    assert.is(pages, 6);
  }),
);

requests("a session that ends among many updates is renewed once, and nothing fails", () =>
  onStage(manyFiles(120), async (stage) => {
    await stage.apply();
    for (let i = 1; i <= 120; i += 1)
      await stage.edit(`moscow/v${String(i).padStart(4, "0")}.yaml`, "60000", "61000");
    asked(stage);
    stage.board.control.setFaults([{ match: { method: "PUT", nth: 60 }, do: { kind: "expire_token" } }]);
    const { code, result } = await stage.apply();
    assert.is(code, 0);
    assert.is(result.summary.applied, 120);
    const { "POST /session": sessions, "PUT /jobs/ID": updates = 0 } = asked(stage);
    assert.is(sessions, 2);
    // Those that were under way with the old session, at most as many as may be at once, are sent again.
    assert.ok(updates > 120 && updates <= 124, `${updates} updates`);
    assert.is((await stage.plan()).changes.length, 0);
  }),
);

/** The phases of --timings that there were. */
const phasesOf = (err: string): string[] =>
  [...err.matchAll(/^ {2}([a-z]+) +\d+ ms/gm)].map(([, name]) => name ?? "");

requests("--timings tells the phases on stderr, and leaves the result alone", () =>
  onStage(manyFiles(3), async (stage) => {
    const plain = await stage.run("plan");
    const { out, err, code } = await stage.run("plan", "--timings");
    assert.is(code, 0);
    assert.is(out, plain.out);
    assert.equal(phasesOf(err), [
      "start",
      "read",
      "parse",
      "validate",
      "state",
      "list",
      "diff",
      "render",
      "rest",
      "total",
    ]);
    const { err: ofApply } = await stage.run("apply", "--auto-approve", "--timings");
    assert.ok(phasesOf(ofApply).includes("send"), ofApply);
    const { err: ofHelp } = await stage.run("validate", "--timings");
    assert.equal(phasesOf(ofHelp), ["start", "read", "parse", "validate", "state", "rest", "total"]);
    const { err: ofFormat } = await stage.run("fmt", "--check", "--timings");
    assert.equal(phasesOf(ofFormat), ["start", "read", "parse", "rest", "total"]);
  }),
);

requests(
  "a large workspace keeps what it parsed; a changed or a broken file is read anew, and a plan tells the same",
  () =>
    onStage(manyFiles(120), async (stage) => {
      const parsed = join(stage.dir, ".vac", "cache", "parsed");
      const cold = await stage.plan();
      const lines = (await readFile(parsed, "utf8")).split("\n").length;
      assert.ok(lines > 120);
      assert.is((await stat(parsed)).mode & 0o777, 0o600);
      const known = ({ changes }: typeof cold) => changes.map(({ key, steps }) => [key, steps]);
      assert.equal(known(await stage.plan()), known(cold));
      await stage.edit("moscow/v0007.yaml", "60000", "75000");
      assert.match(JSON.stringify((await stage.plan()).changes), /"desired":75000/);
      assert.ok((await readFile(parsed, "utf8")).split("\n").length < lines + 4);
      await stage.edit("moscow/v0007.yaml", "title:", "title: [");
      assert.is((await stage.run("validate")).code, 1);
      assert.is((await stage.run("validate")).code, 1);
      await stage.remove("moscow/v0007.yaml");
      await writeFile(parsed, "vac cache\n");
      assert.equal((await stage.plan()).changes.length, 119);
    }),
);

requests("git is asked once the files were read, so not where they hold an error", () =>
  onStage(manyFiles(1), async (stage) => {
    const trace = join(stage.dir, "git-was-asked");
    const git = `#!/bin/sh\n: > '${trace}'\necho 'fatal: not a git repository' >&2\nexit 128\n`;
    await writeFile(join(stage.dir, "git"), git, { mode: 0o755 });
    const env = { ...stage.env, PATH: `${stage.dir}:${process.env.PATH}` };
    const plan = ["--dir", stage.dir, "--board", stage.board.url, "plan"];
    const asksGit = async (): Promise<boolean> => {
      await vac(plan, env);
      return existsSync(trace);
    };
    await stage.edit("moscow/v0001.yaml", "title:", "titel:");
    assert.not(await asksGit());
    await stage.edit("moscow/v0001.yaml", "titel:", "title:");
    assert.ok(await asksGit());
  }),
);

requests.run();
