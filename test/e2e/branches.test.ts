// Branches: what one of them brought, the others neither close nor take back; guards that a commit lifts; parts.
import { cpSync, readFileSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { git, repoOf } from "./git.ts";
import { manyFiles, onStage, type Stage, stepsOf, vac, vacancyFile } from "./harness.ts";
import { applyInside } from "./inside.ts";

const quiet = async (stage: Stage): Promise<void> => {
  const { code, out } = await stage.run("plan", "--detailed-exitcode");
  assert.is(code, 0, out);
};
const heldKeys = async (stage: Stage): Promise<string[]> => (await stage.plan()).held.map(({ key }) => key);

const branches = suite("branches");
branches("an import on a branch closes nothing when main is applied before the merge", () =>
  onStage(manyFiles(2), async (stage) => {
    const repo = await repoOf(stage);
    await stage.apply();
    for (const title of ["Кассир", "Повар"])
      stage.board.control.putJob({
        attributes: { title, address: "Тула, проспект Ленина, 1", lat: 54.2, long: 37.6 },
      });
    repo.git("checkout", "-q", "-b", "import");
    assert.is((await stage.run("import", "--all")).code, 0);
    await quiet(stage);
    repo.commit("two jobs taken over");
    await quiet(stage);
    repo.git("checkout", "-q", "main");
    const before = stage.jobs();
    await stage.edit("moscow/v0001.yaml", "60000", "61000");
    repo.commit("an edit on main");
    const { result } = await stage.apply();
    assert.is(result.summary.applied, 1);
    assert.equal(
      result.held.map(({ key }) => key),
      ["tula/kassir", "tula/povar"],
    );
    assert.match(result.held[0]?.reason ?? "", /no commit of this history has had it/);
    assert.equal(
      stage.jobs().map(({ status }) => status),
      before.map(({ status }) => status),
    );
    repo.git("merge", "-q", "--no-edit", "import");
    await quiet(stage);
    // Merged, a deletion is a deletion.
    await stage.remove("tula/povar.yaml");
    assert.equal(stepsOf(await stage.plan()), ["tula/povar: close"]);
    repo.commit("povar is gone");
    await stage.apply();
    await quiet(stage);
  }),
);

branches("the same when the branch is squashed", () =>
  onStage(manyFiles(1), async (stage) => {
    const repo = await repoOf(stage);
    await stage.apply();
    repo.git("checkout", "-q", "-b", "import");
    await stage.edit("moscow/v0001.yaml", "60000", "61000");
    repo.commit("something before");
    const id = stage.board.control.putJob({ attributes: { title: "Кассир" } });
    await stage.run("import", id);
    repo.commit("taken over");
    repo.git("checkout", "-q", "main");
    assert.equal(await heldKeys(stage), ["moscow/kassir"]);
    repo.git("merge", "-q", "--squash", "import");
    repo.commit("squashed");
    await stage.apply();
    await stage.remove("moscow/kassir.yaml");
    assert.equal(stepsOf(await stage.plan()), ["moscow/kassir: close"]);
  }),
);

branches("a vacancy that was published from files that no commit has isn't closed by a checkout", () =>
  onStage(manyFiles(1), async (stage) => {
    const repo = await repoOf(stage);
    await stage.write(
      "moscow/new.yaml",
      vacancyFile({ title: "Новая", description: "Иная.", address: "Тверь" }),
    );
    await stage.apply();
    repo.git("checkout", "-q", "-b", "other");
    repo.commit("committed on another branch");
    repo.git("checkout", "-q", "main");
    assert.equal(await heldKeys(stage), ["moscow/new"]);
    repo.git("checkout", "-q", "other");
    await quiet(stage);
  }),
);

branches("an accepted drift on a branch is not taken back when main is applied before the merge", () =>
  onStage(
    { "a.yaml": vacancyFile(), "b.yaml": vacancyFile({ title: "Повар", lat: 55.9 }) },
    async (stage) => {
      const repo = await repoOf(stage);
      await stage.apply();
      stage.board.control.putJob({ id: "651", attributes: { salary_from: 70000 } });
      repo.git("checkout", "-q", "-b", "accept");
      assert.is((await stage.run("drift", "--accept", "--all")).code, 0);
      repo.commit("70000, as on the board");
      await quiet(stage);
      repo.git("checkout", "-q", "main");
      // Also with another edit of the same file, which goes on.
      const file = readFileSync(join(stage.dir, "a.yaml"), "utf8").includes("Пекарь") ? "a.yaml" : "b.yaml";
      await stage.edit("a.yaml", "учим с нуля", "учим");
      await stage.edit("b.yaml", "учим с нуля", "учим");
      repo.commit("texts on main");
      const plan = await stage.plan();
      assert.equal(stepsOf(plan), ["a: update(description)", "b: update(description)"]);
      assert.is(plan.held.length, 1);
      assert.match(plan.held[0]?.hint ?? "", /merge the branch/);
      await stage.apply();
      assert.is(stage.jobs()[0]?.attributes.salary_from, 70000, file);
      repo.git("merge", "-q", "--no-edit", "accept");
      await quiet(stage);
      // Merged, taking it back is an edit.
      const accepted = readFileSync(join(stage.dir, "a.yaml"), "utf8").includes("70000")
        ? "a.yaml"
        : "b.yaml";
      await stage.edit(accepted, "70000", "60000");
      repo.commit("back to 60000");
      assert.equal(stepsOf(await stage.plan()), [`${accepted.slice(0, 1)}: update(salary_from)`]);
    },
  ),
);

branches("an acceptance that was thrown away is given up by name, and is drift again", () =>
  onStage({ "a.yaml": vacancyFile() }, async (stage) => {
    const repo = await repoOf(stage);
    await stage.apply();
    stage.board.control.putJob({ id: "651", attributes: { salary_from: 70000 } });
    await stage.run("drift", "--accept", "a");
    repo.git("checkout", "-q", "--", ".");
    assert.equal(await heldKeys(stage), ["a"]);
    const { code, err } = await stage.run("state", "resolve", "a", "--not-done");
    assert.is(code, 0, err);
    const plan = await stage.plan();
    assert.equal(
      plan.changes[0]?.steps.map(({ reason }) => reason),
      ["drift"],
    );
    await stage.apply();
    await quiet(stage);
    assert.is(stage.jobs()[0]?.attributes.salary_from, 60000);
  }),
);

branches("a close that was accepted on a branch is not undone by main", () =>
  onStage({ "a.yaml": vacancyFile({ reopen_closed: true }) }, async (stage) => {
    const repo = await repoOf(stage);
    await stage.apply();
    stage.board.control.putJob({ id: "651", status: "closed" });
    repo.git("checkout", "-q", "-b", "accept");
    await stage.run("drift", "--accept", "a");
    repo.commit("closed, as on the board");
    repo.git("checkout", "-q", "main");
    assert.equal(stepsOf(await stage.plan()), []);
    await stage.apply();
    assert.is(stage.jobs()[0]?.status, "closed");
    assert.is(stage.board.control.state().ledger.length, 1);
    repo.git("merge", "-q", "accept");
    await quiet(stage);
  }),
);
/** A vacancy at 50000 whose salary somebody has changed by hand, on a branch of its own. */
const byHand = (stage: Stage, salary_from: number): string =>
  stage.board.control.putJob({ id: "651", attributes: { salary_from } });

branches("accepted twice on a branch, or over an edit of the branch: main takes nothing back", () =>
  onStage({ "a.yaml": vacancyFile({ salary_from: 50000 }) }, async (stage) => {
    const repo = await repoOf(stage);
    await stage.apply();
    repo.git("checkout", "-q", "-b", "branch");
    for (const salary of [55000, 57000]) {
      byHand(stage, salary);
      assert.is((await stage.run("drift", "--accept", "--all")).code, 0);
      repo.commit(String(salary));
    }
    repo.git("checkout", "-q", "main");
    assert.equal(stepsOf(await stage.plan()), []);
    assert.equal(await heldKeys(stage), ["a"]);
    repo.git("checkout", "-q", "branch");
    await stage.edit("a.yaml", "57000", "70000");
    repo.commit("an edit of the branch");
    byHand(stage, 65000);
    assert.is((await stage.run("drift", "--accept", "a")).code, 0);
    repo.commit("65000");
    await quiet(stage);
    repo.git("checkout", "-q", "main");
    assert.equal(stepsOf(await stage.plan()), []);
    repo.git("merge", "-q", "--no-edit", "branch");
    await quiet(stage);
  }),
);

/** A clone that has main alone, as a pipeline has it, with the state that all share. */
async function clonedMain(
  stage: Stage,
  root: string,
): Promise<(...args: string[]) => ReturnType<typeof vac>> {
  const clone = join(root, "..", `${basename(root)}-clone`);
  rmSync(clone, { recursive: true, force: true });
  git(root, "clone", "-q", "--single-branch", "-b", "main", `file://${root}`, clone);
  cpSync(join(stage.dir, ".vac"), join(clone, "vacancies", ".vac"), { recursive: true });
  return (...args) => vac(["-C", join(clone, "vacancies"), "--board", stage.board.url, ...args], stage.env);
}

branches("a clone that doesn't have the branch's commits closes and takes back nothing either", () =>
  onStage(
    {
      "a.yaml": vacancyFile({ salary_from: 60000 }),
      "b.yaml": vacancyFile({ title: "Повар", lat: 55.9, on_delete: "detach" }),
    },
    async (stage) => {
      const repo = await repoOf(stage);
      await stage.apply();
      const cook = stage.jobs().find(({ attributes }) => attributes.title === "Повар")?.id ?? "";
      const baker = stage.jobs().find(({ attributes }) => attributes.title === "Пекарь")?.id ?? "";
      await stage.edit("a.yaml", "60000", "50000");
      await stage.remove("b.yaml");
      repo.commit("50000, and the cook is on his own");
      await stage.apply();
      repo.git("checkout", "-q", "-b", "branch");
      repo.commit("something before");
      // The old name of a file that main had, and the old value of one that it has.
      assert.is((await stage.run("import", cook)).code, 0);
      stage.board.control.putJob({ id: baker, attributes: { salary_from: 60000 } });
      assert.is((await stage.run("drift", "--accept", "--all")).code, 0);
      repo.commit("taken over, accepted");
      const inClone = await clonedMain(stage, repo.root);
      const { code } = await inClone("apply", "--auto-approve");
      assert.is(code, 0);
      assert.is(stage.jobs().filter(({ status }) => status === "active").length, 2);
      assert.is(stage.jobs().find(({ id }) => id === baker)?.attributes.salary_from, 60000);
      const plan = JSON.parse((await inClone("plan", "-o", "json")).out);
      assert.equal(
        plan.held.map(({ key }: { key: string }) => key),
        ["a", "b"],
      );
      rmSync(join(repo.root, "..", `${basename(repo.root)}-clone`), { recursive: true, force: true });
    },
  ),
);

branches("once main has applied what was accepted, the mark is settled, and an edit back is an edit", () =>
  onStage({ "a.yaml": vacancyFile({ salary_from: 50000 }) }, async (stage) => {
    const repo = await repoOf(stage);
    await stage.apply();
    repo.git("checkout", "-q", "-b", "branch");
    byHand(stage, 60000);
    await stage.run("drift", "--accept", "--all");
    repo.commit("60000");
    repo.git("checkout", "-q", "main");
    repo.git("merge", "-q", "--squash", "branch");
    repo.commit("squashed");
    repo.git("branch", "-q", "-D", "branch");
    await stage.apply();
    await quiet(stage);
    const inClone = await clonedMain(stage, repo.root);
    assert.is((await inClone("plan", "--detailed-exitcode")).code, 0);
    await stage.edit("a.yaml", "60000", "50000");
    repo.commit("back");
    const again = await clonedMain(stage, repo.root);
    assert.equal(stepsOf(JSON.parse((await again("plan", "-o", "json")).out)), ["a: update(salary_from)"]);
    rmSync(join(repo.root, "..", `${basename(repo.root)}-clone`), { recursive: true, force: true });
  }),
);

branches("a reopening that was accepted and given up is held again, not closed", () =>
  onStage(
    { "a.yaml": vacancyFile({ status: "closed" }), "b.yaml": vacancyFile({ title: "Повар", lat: 55.9 }) },
    async (stage) => {
      const repo = await repoOf(stage);
      await stage.edit("a.yaml", '"closed"', '"active"');
      await stage.apply();
      repo.git("checkout", "-q", "--", ".");
      await stage.apply();
      const id = stage.jobs().find(({ attributes }) => attributes.title === "Пекарь")?.id ?? "";
      stage.board.control.putJob({ id, status: "active" });
      assert.match((await stage.plan()).held[0]?.reason ?? "", /somebody opened it again/);
      repo.git("checkout", "-q", "-b", "branch");
      assert.is((await stage.run("drift", "--accept", "--all")).code, 0);
      repo.commit("active, as on the board");
      repo.git("checkout", "-q", "main");
      assert.equal(stepsOf(await stage.plan()), []);
      assert.is((await stage.run("state", "resolve", "a", "--not-done")).code, 0);
      const plan = await stage.plan();
      assert.equal(stepsOf(plan), []);
      assert.match(plan.held[0]?.reason ?? "", /somebody opened it again/);
    },
  ),
);
branches.run();

const trailers = suite("Vac-Allow");
const closeAll = async (stage: Stage, from: number, to: number): Promise<void> => {
  for (let i = from; i <= to; i += 1) await stage.remove(`moscow/v${String(i).padStart(4, "0")}.yaml`);
};
trailers("a commit lifts a guard, for the apply of that commit and no other", () =>
  onStage(manyFiles(20), async (stage) => {
    const repo = await repoOf(stage);
    await stage.apply();
    await closeAll(stage, 1, 10);
    repo.commit("half of them go");
    const refused = await stage.run("apply", "--auto-approve");
    assert.is(refused.code, 1);
    assert.match(refused.out, /10 of 20 active vacancies would be closed/);
    assert.match(refused.err, /--allow closes/);
    assert.match(refused.err, /Vac-Allow: closes/);
    repo.commit("meant so\n\nThe bakery moves.\n\nVac-Allow: closes");
    const plan = await stage.plan();
    assert.equal(plan.guards, []);
    assert.equal(plan.allow, ["closes"]);
    assert.match(plan.diagnostics.map(({ message }) => message).join("\n"), /lifts the guard closes/);
    assert.match(
      (await stage.run("plan")).out,
      /Guards are lifted by commits:\n {2}commit .* closes[\s\S]* × /,
    );
    const { result } = await stage.apply();
    assert.is(result.summary.applied, 10);
    await quiet(stage);
    // Used once.
    await closeAll(stage, 11, 16);
    repo.commit("more of them");
    assert.is((await stage.run("apply", "--auto-approve")).code, 1);
  }),
);
trailers("it counts only while everything is committed, and names a guard", () =>
  onStage(manyFiles(10), async (stage) => {
    const repo = await repoOf(stage);
    await stage.apply();
    await closeAll(stage, 1, 6);
    repo.commit("go\n\nVac-Allow: closes");
    await stage.write("moscow/draft.yaml", vacancyFile({ title: "Черновик", lat: 55.1 }));
    const dirty = await stage.plan();
    assert.is(dirty.guards.length, 1);
    assert.match(dirty.diagnostics.map(({ message }) => message).join("\n"), /moscow\/draft\.yaml/);
    await stage.remove("moscow/draft.yaml");
    assert.equal((await stage.plan()).guards, []);
    repo.commit("typo\n\nVac-Allow: close");
    assert.match(
      (await stage.plan()).diagnostics.map(({ message }) => message).join("\n"),
      /names no guard: close/,
    );
  }),
);
trailers("lifted where nothing needed it, it is used up all the same", () =>
  onStage(manyFiles(20), async (stage) => {
    const repo = await repoOf(stage);
    await stage.apply();
    repo.commit("nothing to do\n\nVac-Allow: closes");
    assert.is((await stage.run("apply", "--auto-approve")).code, 0);
    await closeAll(stage, 1, 10);
    repo.commit("half of them go");
    assert.is((await stage.run("apply", "--auto-approve")).code, 1);
  }),
);
trailers(
  "a commit that was used isn't used again on another way, and a part that did nothing uses nothing",
  () =>
    onStage(
      { ...manyFiles(20), "kazan/a.yaml": vacancyFile({ title: "Повар", lat: 55.9 }) },
      async (stage) => {
        const repo = await repoOf(stage);
        await stage.apply();
        const start = repo.git("rev-parse", "HEAD");
        await closeAll(stage, 1, 10);
        repo.commit("half of them go\n\nVac-Allow: closes");
        // Nothing is due by the clock, so that this isn't the apply that it was meant for.
        assert.is((await stage.run("apply", "--auto-approve", "--only", "clock")).code, 0);
        assert.is((await stage.apply()).result.summary.applied, 10);
        repo.git("checkout", "-q", "-b", "hotfix", start);
        await stage.edit("kazan/a.yaml", "60000", "61000");
        repo.commit("elsewhere");
        await stage.apply("--target", "kazan/a");
        repo.git("checkout", "-q", "main");
        repo.git("merge", "-q", "--no-edit", "hotfix");
        await closeAll(stage, 11, 16);
        repo.commit("more of them, without a word");
        assert.is((await stage.run("apply", "--auto-approve")).code, 1);
      },
    ),
);
trailers(
  "a pipeline's runs by cause count too: one for commits ends where the last began, one by the clock uses nothing",
  () =>
    onStage(manyFiles(20), async (stage) => {
      const repo = await repoOf(stage);
      const apply = async (only: "commit" | "clock"): Promise<string> =>
        applyInside(stage, { only }).then(
          ({ result }) => `${result.summary.applied}`,
          (error: Error) => error.message,
        );
      assert.is(await apply("commit"), "20");
      await closeAll(stage, 1, 10);
      repo.commit("half of them go\n\nVac-Allow: closes");
      repo.commit("on top of it");
      // All have expired: the clock has something to do before the commit is applied.
      stage.board.control.advance(31 * 86_400_000);
      assert.is(await apply("clock"), "10");
      for (const job of stage.jobs()) stage.board.control.putJob({ id: job.id, status: "active" });
      assert.is(await apply("commit"), "10");
      await closeAll(stage, 11, 15);
      repo.commit("more of them, without a word");
      assert.match(await apply("commit"), /refused by closes/);
    }),
);
trailers("of a merged branch, and for what is only held", () =>
  onStage({ "a.yaml": vacancyFile() }, async (stage) => {
    const repo = await repoOf(stage);
    stage.board.control.putJob({
      attributes: { title: "Пекарь", salary_from: 1, address: "Москва, улица Еланского, 2" },
    });
    assert.is((await stage.plan()).held[0]?.guard, "twins");
    repo.git("checkout", "-q", "-b", "branch");
    repo.commit("two bakers\n\nVac-Allow: twins, missing");
    repo.git("checkout", "-q", "main");
    repo.git("merge", "-q", "--no-ff", "--no-edit", "branch");
    assert.equal(stepsOf(await stage.plan()), ["a: create"]);
  }),
);
trailers.run();

const parts = suite("--changed-since");
parts("only what a branch touches is planned; what main has deleted or moved meanwhile isn't", () =>
  onStage(
    {
      ...manyFiles(4),
      "kazan/_defaults.yaml": "salary_to: 90000\n",
      "kazan/cook.yaml": vacancyFile({ title: "Повар", lat: 55.9 }),
      "kazan/cashier.yaml": vacancyFile({ title: "Кассир", lat: 55.8 }),
    },
    async (stage) => {
      const repo = await repoOf(stage);
      await stage.apply();
      await stage.remove("moscow/v0001.yaml");
      await stage.edit("moscow/v0002.yaml", "60000", "62000");
      repo.git("mv", "vacancies/moscow/v0003.yaml", "vacancies/moscow/renamed.yaml");
      repo.commit("not applied yet");
      repo.git("branch", "base");
      await stage.edit("moscow/v0004.yaml", "60000", "64000");
      repo.commit("the branch's own");
      await stage.write("kazan/_defaults.yaml", "salary_to: 95000\n");
      await stage.write("moscow/fresh.yaml", vacancyFile({ title: "Новая", lat: 55.1 }));
      const plan = await stage.plan("--changed-since", "base");
      assert.equal(stepsOf(plan), [
        "kazan/cashier: update(salary_to)",
        "kazan/cook: update(salary_to)",
        "moscow/fresh: create",
        "moscow/v0004: update(salary_from)",
      ]);
      assert.is(plan.partial, true);
      const { result } = await stage.apply("--changed-since", "base");
      assert.is(result.summary.applied, 4);
      assert.equal(stepsOf(await stage.plan()).sort(), [
        "moscow/renamed: move",
        "moscow/v0001: close",
        "moscow/v0002: update(salary_from)",
      ]);
      // A deletion and a rename of the branch itself are covered.
      repo.commit("all");
      repo.git("branch", "-f", "base", "HEAD~2");
      await stage.remove("kazan/cook.yaml");
      assert.ok(stepsOf(await stage.plan("--changed-since", "base")).includes("kazan/cook: close"));
    },
  ),
);
parts("a ref that isn't there, a repository that isn't, settings that changed", () =>
  onStage(manyFiles(1), async (stage) => {
    const without = await stage.run("plan", "--changed-since", "main");
    assert.is(without.code, 1);
    assert.match(without.err, /needs git/);
    const repo = await repoOf(stage);
    await stage.apply();
    for (const ref of ["nobody", "-x", "HEAD~9", "--all"])
      assert.match((await stage.run("plan", `--changed-since=${ref}`)).err, /git knows no branch or commit/);
    await stage.write("_config.yaml", "timezone: Asia/Omsk\n");
    const plan = await stage.plan("--changed-since", "main");
    assert.equal(stepsOf(plan), []);
    assert.match(plan.diagnostics[0]?.message ?? "", /_config\.yaml has changed/);
    assert.is((await stage.run("plan", "--changed-since", "main", "--target", "moscow/*")).code, 0);
    repo.commit("end");
  }),
);
parts("--target closes and moves only what it names", () =>
  onStage(manyFiles(3), async (stage) => {
    await stage.apply();
    await stage.remove("moscow/v0001.yaml");
    await stage.write("moscow/second.yaml", readFileSync(join(stage.dir, "moscow/v0002.yaml"), "utf8"));
    await stage.remove("moscow/v0002.yaml");
    const half = await stage.plan("--target", "moscow/second");
    assert.equal(stepsOf(half), []);
    assert.match(half.held[0]?.reason ?? "", /renamed from moscow\/v0002 to moscow\/second/);
    assert.equal(stepsOf(await stage.plan("--target", "moscow/v0003")), []);
    assert.equal(stepsOf(await stage.plan("--target", "moscow/second", "--target", "moscow/v0002")), [
      "moscow/second: move",
    ]);
    const missed = await stage.run("apply", "--auto-approve", "--target", "kazan/*");
    assert.is(missed.code, 1);
    assert.match(missed.err, /matches no vacancy/);
    assert.is(stage.jobs().filter(({ status }) => status === "active").length, 3);
  }),
);
parts.run();
