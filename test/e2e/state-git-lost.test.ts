// The state on a branch: two at once, and leases that run out or are taken away.
import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Clones, onBranch, onClones } from "./clones.ts";
import { manyFiles } from "./harness.ts";
import { applyInside, planInside } from "./inside.ts";
import { active, bought, killAt, minute, quiet, until } from "./vanishing.ts";

const lost = suite("state on a branch, lost");

/**
 * Makes the remote hold up the second push until it is let go: by then the first one, which begins the run, has arrived.
 * Later pushes aren't held up.
 */
async function holdSecondPush(clones: Clones): Promise<{ held: Promise<void>; letGo: () => Promise<void> }> {
  const [begun, waiting, go] = ["begun", "waiting", "go"].map((name) => join(clones.remote, name)) as [
    string,
    string,
    string,
  ];
  const wait = `touch ${waiting}; while ! test -e ${go}; do sleep 0.05; done`;
  await clones.hook(
    "pre-receive",
    `if test -e ${begun} && ! test -e ${waiting}; then ${wait}; fi; touch ${begun}`,
  );
  return { held: until(() => existsSync(waiting)), letGo: () => writeFile(go, "") };
}

lost("two clones at once: one wins, the other says who it is, and nothing is done twice", () =>
  onClones(manyFiles(4), async (clones) => {
    const { first } = clones;
    const other = clones.clone("b");
    const { held, letGo } = await holdSecondPush(clones);
    const running = first.start("apply", "--auto-approve", "-o", "json");
    await held;
    const plan = await planInside(other);
    assert.equal(plan.changes, []);
    assert.match(plan.held[0]?.reason ?? "", /planned by another run/);
    assert.match(plan.held[0]?.hint ?? "", /once the run that is at work has ended/);
    assert.match(
      plan.diagnostics.map(({ message }) => message).join(),
      /a run is at work on this state: process \d+/,
    );
    const refused = await other.run("apply", "--auto-approve");
    assert.is(refused.code, 1);
    assert.match(
      refused.err,
      /another run holds the state: process \d+ on .*; without a sign of life it is free from .*\n.*force-unlock/,
    );
    await letGo();
    const { code, out } = await running.ended;
    assert.is(code, 0);
    assert.is(JSON.parse(out).summary.applied, 4);
    assert.equal(await quiet(other), []);
    assert.equal([active(first), bought(first)], [4, 4]);
  }),
);

lost("two clones that both have planned: the second one's plan is refused before a call", () =>
  onClones(manyFiles(3), async (clones) => {
    const { first } = clones;
    const [one, other] = await Promise.all(
      [first, clones.clone("b")].map((stage) => stage.run("apply", "--auto-approve")),
    );
    const codes = [one?.code, other?.code].sort();
    // Either they overlapped, or the second one found everything done.
    assert.ok(codes[0] === 0 && (codes[1] === 0 || codes[1] === 1), `${one?.err} ${other?.err}`);
    assert.equal([active(first), bought(first)], [3, 3]);
    assert.equal(await quiet(first), []);
    assert.equal([active(first), bought(first)], [3, 3]);
  }),
);

lost("a lease that runs out while its holder works: it stops, and what it did is kept", () =>
  onClones({ ...manyFiles(6), "_config.yaml": `${onBranch}concurrency: 1\n` }, async (clones) => {
    const { first } = clones;
    // The machine sleeps for a quarter of an hour, once three vacancies are published.
    const now = (): number => Date.now() + (first.jobs().length >= 3 ? 15 * minute : 0);
    const { code, result, err } = await applyInside(first, {}, { now });
    assert.is(code, 3, err);
    assert.equal([result.summary.applied, result.summary.not_started], [3, 3]);
    assert.is(active(first), 3);
    const runner = clones.clone("runner");
    assert.equal(
      (await planInside(runner)).changes.map(({ key }) => key),
      ["moscow/v0004", "moscow/v0005", "moscow/v0006"],
    );
    assert.equal(await quiet(runner), []);
    assert.is(bought(first), 6);
  }),
);

lost("a lease that has run out before the first call: nothing is sent, also of what costs nothing", () =>
  onClones({ ...manyFiles(3), "_config.yaml": `${onBranch}concurrency: 1\n` }, async (clones) => {
    const { first } = clones;
    await applyInside(first);
    await first.edit("moscow/v0001.yaml", "60000", "61000");
    await first.edit("moscow/v0002.yaml", "salary_period", "status: closed\nsalary_period");
    const before = clones.happened().length;
    // The machine sleeps for a quarter of an hour, once its lease has arrived.
    const now = (): number => Date.now() + (clones.happened().length > before ? 15 * minute : 0);
    first.board.control.clearRequests();
    const { code, result } = await applyInside(first, {}, { now });
    assert.equal([code, result.summary.not_started, result.summary.applied], [3, 2, 0]);
    assert.match(result.results[0]?.error ?? "", /the lease ran out/);
    assert.equal([first.count("PUT", /jobs/), first.count("POST", /close/)], [0, 0]);
    assert.equal(await quiet(first), []);
    assert.is(active(first), 2);
  }),
);

lost("a lease that can't be read can be taken away", () =>
  onClones(manyFiles(2), async (clones) => {
    const { first } = clones;
    await killAt(clones.clone("runner"), /\/jobs$/, 1, true);
    const [name = ""] = clones.names(".lease");
    const other = clones.clone("other", "--branch=vac-state");
    await writeFile(join(other.dir, "..", name), '{"format":2}\n');
    clones.share(other, "vac-state");
    const refused = await first.run("apply", "--auto-approve");
    assert.is(refused.code, 1);
    assert.match(refused.err, /the lease can't be read\n.*force-unlock/);
    const unlocked = await first.run("state", "force-unlock");
    assert.is(unlocked.code, 0, unlocked.err);
    assert.match((await first.run("state", "force-unlock")).err, /Nobody held the lock/);
    assert.equal(await quiet(first), []);
    assert.equal([active(first), bought(first)], [2, 2]);
  }),
);

lost("a lease that was taken: nothing more is begun, what was done is told, and both agree", () =>
  onClones({ ...manyFiles(4), "_config.yaml": `${onBranch}concurrency: 1\n` }, async (clones) => {
    const { first } = clones;
    const other = clones.clone("b");
    const { held, letGo } = await holdSecondPush(clones);
    // Its lease is running out after two vacancies, so that it renews it before the next.
    const now = (): number => Date.now() + (first.jobs().length >= 2 ? 8 * minute : 0);
    const running = applyInside(first, {}, { now });
    await held;
    const unlocked = await other.run("state", "force-unlock");
    assert.match(unlocked.err, /lock of process \d+ on .* is gone/);
    await letGo();
    const { code, result, err } = await running;
    assert.is(code, 3);
    assert.equal([result.summary.applied, result.summary.not_started], [2, 2]);
    assert.match(err, /took the lease away.*\n.*what was done was added to the state/);
    assert.equal(await quiet(other), []);
    assert.equal([active(first), bought(first)], [4, 4]);
    assert.equal((await planInside(first)).changes, []);
  }),
);

lost("the local copy is gone with the runner, the remote's branch too: it begins anew, and adopts", () =>
  onClones(manyFiles(2), async (clones) => {
    const { first } = clones;
    await applyInside(first);
    clones.ask("update-ref", "-d", "refs/heads/vac-state");
    // With the copy, the branch is made anew from it.
    assert.equal((await planInside(first)).changes, []);
    assert.is((await first.run("state", "push")).code, 0);
    assert.equal((await planInside(clones.clone("b"))).changes, []);
    clones.ask("update-ref", "-d", "refs/heads/vac-state");
    await rm(join(first.dir, ".vac"), { recursive: true });
    assert.equal(await quiet(first), []);
    assert.equal([active(first), bought(first)], [2, 2]);
  }),
);
lost.run();
