// The state on a branch that can't be pushed: before the first call nothing is sent, later nothing of it is lost.
import { existsSync } from "node:fs";
import { rename } from "node:fs/promises";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { onBranch, onClones } from "./clones.ts";
import { git } from "./git.ts";
import { manyFiles } from "./harness.ts";
import { applyInside, planInside } from "./inside.ts";

const refused = suite("state on a branch, refused");
const declined = 'echo "GH013: Repository rule violations found" >&2; exit 1';

refused("by a rule of the remote, before the first call: nothing is sent, and its own words are told", () =>
  onClones(manyFiles(2), async (clones) => {
    const { first } = clones;
    await clones.hook("pre-receive", declined);
    for (let round = 0; round < 2; round += 1) {
      const { code, err } = await first.run("apply", "--auto-approve");
      assert.is(code, 1);
      assert.match(
        err,
        /the state couldn't be pushed to refs\/heads\/vac-state: .*GH013: Repository rule violations/,
      );
      assert.match(err, /Nothing was sent\. grant the run `contents: write`/);
      assert.is(first.jobs().length, 0);
    }
    // What it had planned isn't left behind here either.
    assert.is((await planInside(first)).changes.length, 2);
    await clones.hook("pre-receive", "");
    assert.is((await applyInside(first)).code, 0);
    assert.equal((await planInside(clones.clone("b"))).changes, []);
  }),
);

refused("in the middle: what was done is told and kept, and the next run brings it", () =>
  onClones({ ...manyFiles(3), "_config.yaml": `${onBranch}concurrency: 1\n` }, async (clones) => {
    const { first } = clones;
    const taken = join(clones.remote, "taken");
    await clones.hook("pre-receive", `test -e ${taken} && { ${declined}; }; touch ${taken}`);
    const { code, result, err } = await applyInside(first);
    assert.is(code, 3);
    assert.is(result.summary.applied, 3);
    assert.match(err, /GH013.*\nhint: What was done is kept in .*\.vac\/branch\/.*\.log.*vac state push/);
    assert.equal((await planInside(first)).changes, []);
    const again = await first.run("state", "push");
    assert.is(again.code, 1);
    assert.match(again.err, /GH013/);
    await clones.hook("pre-receive", "");
    assert.is((await first.run("state", "push")).code, 0);
    assert.match((await first.run("state", "push")).err, /has everything already/);
    assert.equal((await planInside(clones.clone("b"))).changes, []);
    assert.is(first.jobs().length, 3);
  }),
);

refused("in the middle, and another clone settles it first: what is left here is no harm", () =>
  onClones({ ...manyFiles(3), "_config.yaml": `${onBranch}concurrency: 1\n` }, async (clones) => {
    const { first } = clones;
    const taken = join(clones.remote, "taken");
    await clones.hook("pre-receive", `test -e ${taken} && { ${declined}; }; touch ${taken}`);
    assert.is((await applyInside(first)).code, 3);
    await clones.hook("pre-receive", "");
    const other = clones.clone("b");
    const now = (): number => Date.now() + 13 * 60_000;
    for (let round = 0; round < 2; round += 1) await applyInside(other, {}, { now });
    assert.equal((await planInside(other, {}, { now })).changes, []);
    assert.equal((await planInside(first)).changes, []);
    assert.is((await applyInside(first)).code, 0);
    assert.is(first.jobs().length, 3);
    assert.is(first.board.control.state().ledger.length, 3);
  }),
);

refused("between two batches: the one that couldn't be told isn't bought", () =>
  onClones(
    {
      ...Object.fromEntries(
        Object.entries(manyFiles(2)).map(([name, text]) => [
          name,
          `${text}promote: [{ action: job_highlight, every: 1d }]\n`,
        ]),
      ),
    },
    async (clones) => {
      const { first } = clones;
      const taken = join(clones.remote, "taken");
      await clones.hook("pre-receive", `test -e ${taken} && { ${declined}; }; touch ${taken}`);
      const { code, result } = await applyInside(first);
      assert.is(code, 3);
      assert.equal([result.summary.applied, result.summary.not_started], [2, 2]);
      assert.match(result.results.find(({ step }) => step === "promote")?.error ?? "", /couldn't be pushed/);
      await clones.hook("pre-receive", "");
      assert.is((await applyInside(first)).code, 0);
      assert.equal((await planInside(clones.clone("b"))).changes, []);
      assert.is(first.board.control.state().ledger.length, 4);
    },
  ),
);

refused("a remote that takes fast-forwards alone is all that is needed", () =>
  onClones(manyFiles(1), async (clones) => {
    const { first } = clones;
    clones.ask("config", "receive.denyNonFastForwards", "true");
    clones.ask("config", "receive.denyDeletes", "true");
    for (const salary of ["61000", "62000"]) {
      assert.is((await applyInside(first)).code, 0);
      await first.write(
        "moscow/v0001.yaml",
        manyFiles(1)["moscow/v0001.yaml"]?.replace("60000", salary) ?? "",
      );
    }
    assert.is(clones.happened().length, 4);
  }),
);

refused(
  "a remote that can't be reached is no first run, and one that goes away in the middle loses nothing",
  () =>
    onClones({ ...manyFiles(3), "_config.yaml": `${onBranch}concurrency: 1\n` }, async (clones) => {
      const { first, remote } = clones;
      const runner = clones.clone("runner");
      git(runner.dir, "remote", "set-url", "origin", `${remote}.gone`);
      const { code, err } = await runner.run("apply", "--auto-approve");
      assert.is(code, 1);
      assert.match(err, /the state can't be read from origin/);
      assert.is(first.jobs().length, 0);
      // Gone after the first push.
      const hidden = `${remote}.hidden`;
      const apply = first.start("apply", "--auto-approve", "-o", "json");
      first.board.control.setFaults([
        { match: { method: "POST", path: "/jobs$" }, do: { kind: "delay", ms: 500 } },
      ]);
      while (first.count("POST", /\/jobs$/) === 0) await new Promise((resolve) => setTimeout(resolve, 10));
      await rename(remote, hidden);
      const ended = await apply.ended;
      assert.is(ended.code, 3);
      assert.is(JSON.parse(ended.out).summary.applied, 3);
      assert.match(ended.err, /couldn't be pushed to origin.*\n.*What was done is kept in/);
      await rename(hidden, remote);
      assert.ok(existsSync(remote));
      assert.is((await applyInside(first)).code, 0);
      assert.equal((await planInside(clones.clone("b"))).changes, []);
      assert.is(first.jobs().length, 3);
    }),
);

refused("an import or an edit of the state that can't be pushed is kept here, and said", () =>
  onClones(manyFiles(2), async (clones) => {
    const { first } = clones;
    await applyInside(first);
    await clones.hook("pre-receive", declined);
    const { code, err } = await first.run("state", "rm", "moscow/v0002");
    assert.is(code, 1);
    assert.match(err, /GH013.*\nhint: What was done is kept in/);
    await clones.hook("pre-receive", "");
    assert.is((await first.run("state", "push")).code, 0);
    const list = JSON.parse((await clones.clone("b").run("state", "list", "-o", "json")).out);
    assert.is(list.items.length, 1);
  }),
);
refused.run();
