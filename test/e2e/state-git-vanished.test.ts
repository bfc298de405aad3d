// The state on a branch: runners that vanish in the middle of something.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Clones, onBranch, onClones } from "./clones.ts";
import { manyFiles, type Stage } from "./harness.ts";
import { applyInside, planInside } from "./inside.ts";
import { active, bought, created, kill, killAt, later, minute, quiet, until } from "./vanishing.ts";

const vanished = suite("state on a branch, vanished");
const day = 86_400_000;

for (const [nth, after] of [
  [1, false],
  [3, true],
] as const)
  vanished(
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

vanished("killed in this folder: its log tells exactly, and nobody has to wait", () =>
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

vanished("revivals of a runner that vanished: what was done is seen, and the funds free the rest", () =>
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

vanished("closes and updates of a runner that vanished keep their author", () =>
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

vanished("a promotion of a runner that vanished isn't bought twice", () =>
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

vanished("killed in the middle of the first push, whether or not it arrives", () =>
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
vanished("a contact that was bought by a runner that vanished isn't bought again", () =>
  onClones(
    { "_config.yaml": `${onBranch}prices: { contact_view: 15 }\n` },
    async (clones) => {
      const { first } = clones;
      const { control } = first.board;
      const bought = (): number => control.state().ledger.length;
      const phone = (stage: Stage) => stage.run("candidates", "phone", "31136", "--max-cost", "100");
      await clones.hook("pre-receive", "echo protected >&2; exit 1");
      const refused = await phone(first);
      assert.is(refused.code, 1);
      assert.match(refused.err, /protected/);
      assert.is(bought(), 0);
      await clones.hook("pre-receive", "");
      control.setFaults([{ match: { path: "/31136/phone" }, do: { kind: "hang", after: true } }]);
      const running = clones.clone("runner").start("candidates", "phone", "31136", "--max-cost", "100");
      await until(() => bought() === 1);
      await kill(running);
      control.setFaults([]);
      assert.match((await phone(first)).err, /another run holds the state/);
      assert.is((await first.run("state", "force-unlock")).code, 0);
      const again = await phone(first);
      assert.is(again.code, 0, again.err);
      assert.match(again.out, /\+?7\d{10}/);
      assert.is(bought(), 1);
      assert.is((await phone(first)).code, 0);
      assert.is(bought(), 1);
    },
    { funds: { balance: 100_000, packets: [], otvas: { contact_view: 0 } } },
  ),
);
vanished.run();
