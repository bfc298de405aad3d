// The state on a branch: two at once, runners that vanish, leases that run out.
import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { FaultAction } from "../../src/emulator/faults.ts";
import type { Plan } from "../../src/model/plan.ts";
import { type Clones, onBranch, onClones } from "./clones.ts";
import { manyFiles, type Running, type Stage } from "./harness.ts";
import { applyInside, planInside } from "./inside.ts";

const lost = suite("state on a branch, lost");
const minute = 60_000;
const day = 86_400_000;
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 10));

/** Waits until something is so; the test's own limit ends it where it never is. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await pause();
}

async function kill({ child, ended }: Running): Promise<void> {
  child.kill("SIGKILL");
  await ended;
}

/** Starts an apply, and kills it while the nth request like this is without an answer. */
async function killAt(stage: Stage, path: RegExp, nth: number, after: boolean): Promise<void> {
  const { control } = stage.board;
  const seen = (): number =>
    control.requests().filter((one) => one.method === "POST" && path.test(one.path)).length;
  const before = seen();
  const action: FaultAction = { kind: "hang", after };
  control.setFaults([{ match: { method: "POST", path: path.source, nth }, do: action }]);
  const running = stage.start("apply", "--auto-approve");
  await Promise.race([until(() => seen() >= before + nth), running.ended]);
  await pause();
  await kill(running);
  control.setFaults([]);
}

const later = (ms: number) => (): number => Date.now() + ms;
const created = ({ changes }: Plan): string[] =>
  changes.filter(({ steps }) => steps.some(({ step }) => step === "create")).map(({ key }) => key);
const active = ({ board }: Stage): number =>
  board.control.state().jobs.filter(({ status }) => status === "active").length;
const bought = ({ board }: Stage, code = "job_publish"): number =>
  board.control.state().ledger.filter((charge) => charge.code === code).length;
/** Runs on a clone until nothing is left to do; what is held by then is named. */
async function quiet(stage: Stage, now = Date.now): Promise<string[]> {
  for (let round = 0; round < 4; round += 1) {
    const { code } = await applyInside(stage, {}, { now });
    if (code === 0 && (await planInside(stage, {}, { now })).held.length === 0) break;
    stage.board.control.advance(11 * minute);
  }
  const plan = await planInside(stage, {}, { now });
  assert.equal(plan.changes, []);
  return plan.held.map(({ key }) => key);
}

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
    assert.match(
      plan.diagnostics.map(({ message }) => message).join(),
      /a run is at work on this state: process \d+/,
    );
    const refused = await other.run("apply", "--auto-approve");
    assert.is(refused.code, 1);
    assert.match(
      refused.err,
      /another run holds the state: process \d+ on .*; its lease ends at .*\n.*force-unlock/,
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

for (const after of [false, true])
  for (const nth of [1, 3])
    lost(
      `a runner vanishes at create ${nth}, ${after ? "after" : "before"} the board did it: the next finds all`,
      () =>
        onClones({ ...manyFiles(4), "_config.yaml": `${onBranch}concurrency: 1\n` }, async (clones) => {
          const { first } = clones;
          const runner = clones.clone("runner");
          await killAt(runner, /\/jobs$/, nth, after);
          const done = nth - 1 + Number(after);
          assert.is(active(first), done);
          // Its lease is respected for as long as it may be at work.
          await assertRefused(first);
          const now = later(13 * minute);
          const plan = await planInside(first, {}, { now });
          assert.is(plan.diagnostics.filter(({ message }) => /found as job/.test(message)).length, done);
          // What reads hide is sent once more, and what nothing shows waits until no board can be at it any more.
          assert.equal(created(plan), []);
          assert.is(plan.held.length, 4 - done);
          assert.equal(await quiet(first, now), []);
          assert.equal([active(first), bought(first)], [4, 4]);
        }),
    );

async function assertRefused(stage: Stage): Promise<void> {
  const { code, err } = await stage.run("apply", "--auto-approve");
  assert.is(code, 1);
  assert.match(err, /another run holds the state/);
}

lost("killed in this folder: its log tells exactly, and nobody has to wait", () =>
  onClones({ ...manyFiles(4), "_config.yaml": `${onBranch}concurrency: 1\n` }, async (clones) => {
    const { first } = clones;
    await killAt(first, /\/jobs$/, 3, true);
    const plan = await planInside(first);
    const told = plan.diagnostics.map(({ message }) => message);
    assert.is(told.filter((text) => /v0003 was interrupted: found as job/.test(text)).length, 1);
    assert.is(told.filter((text) => /v0004 was interrupted before it was sent/.test(text)).length, 1);
    assert.equal(created(plan), ["moscow/v0004"]);
    assert.is((await applyInside(first)).code, 0);
    assert.equal([active(first), bought(first)], [4, 4]);
    assert.equal(await quiet(clones.clone("b")), []);
  }),
);

lost("revivals of a runner that vanished: what was done is seen, and the funds free the rest", () =>
  onClones({ ...manyFiles(4), "_config.yaml": `${onBranch}concurrency: 1\n` }, async (clones) => {
    const { first } = clones;
    await applyInside(first);
    first.board.control.advance(31 * day);
    await killAt(clones.clone("runner"), /\/revive$/, 2, true);
    assert.is(bought(first), 6);
    const now = later(13 * minute);
    assert.equal(await quiet(first, now), []);
    assert.equal([active(first), bought(first)], [4, 8]);
  }),
);

lost("closes and updates of a runner that vanished keep their author", () =>
  onClones(
    { ...manyFiles(4), "_config.yaml": `${onBranch}concurrency: 1\nguards: { close_percent: 100 }\n` },
    async (clones) => {
      const { first } = clones;
      await applyInside(first);
      for (const name of ["v0001", "v0002"]) await first.edit(`moscow/${name}.yaml`, "60000", "61000");
      for (const name of ["v0003", "v0004"]) {
        const path = `moscow/${name}.yaml`;
        await first.edit(path, "salary_period", "status: closed\nsalary_period");
      }
      clones.share(first);
      await killAt(clones.clone("runner"), /\/close$/, 1, true);
      const now = later(13 * minute);
      assert.equal(await quiet(first, now), []);
      // That it was closed by us is known: wanted active again, it is revived, and not held.
      await first.edit("moscow/v0003.yaml", "status: closed\n", "");
      const plan = await planInside(first, {}, { now });
      assert.equal(
        plan.changes.map(({ steps }) => steps.map(({ step }) => step)),
        [["revive"]],
      );
    },
  ),
);

lost("a promotion of a runner that vanished isn't bought twice", () =>
  onClones(
    {
      ...Object.fromEntries(
        Object.entries(manyFiles(3)).map(([name, text]) => [
          name,
          `${text}promote: [{ action: job_highlight, every: 1d }]\n`,
        ]),
      ),
    },
    async (clones) => {
      const { first } = clones;
      await killAt(clones.clone("runner"), /\/paid_actions$/, 1, true);
      assert.is(bought(first, "job_highlight"), 3);
      const now = later(13 * minute);
      assert.equal(await quiet(first, now), []);
      assert.equal([bought(first), bought(first, "job_highlight")], [3, 3]);
      const [name = ""] = clones.names(".json");
      assert.ok(Object.values(clones.state(name).entries).every(({ promoted }) => promoted?.job_highlight));
    },
  ),
);

lost("killed in the middle of the first push, whether or not it arrives", () =>
  onClones(manyFiles(2), async (clones) => {
    const { first } = clones;
    for (const arrives of [false, true]) {
      const mark = join(clones.remote, `mark-${arrives}`);
      await clones.hook("pre-receive", `touch ${mark}; sleep 2; ${arrives ? "exit 0" : "exit 1"}`);
      const runner = clones.clone(`runner-${arrives}`);
      const running = runner.start("apply", "--auto-approve");
      await until(() => existsSync(mark));
      await kill(running);
      // The push goes on without the runner.
      await until(() => !existsSync(mark) || hasEnded(clones, arrives));
    }
    await clones.hook("pre-receive", "");
    assert.is(active(first), 0);
    const now = later(13 * minute);
    assert.equal(await quiet(first, now), []);
    assert.equal([active(first), bought(first)], [2, 2]);
  }),
);

/** Whether a push that was left alone has come to its end. */
function hasEnded(clones: Clones, arrives: boolean): boolean {
  const is = clones.ask("branch", "--list", "vac-state") !== "";
  return arrives ? is : !is;
}

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
