// The state on a branch: what each clone sees of it, and what is left alone.
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { onBranch, onClones, tracesOf } from "./clones.ts";
import { git } from "./git.ts";
import { manyFiles, onStage, vac, vacancyFile } from "./harness.ts";
import { applyInside, planInside } from "./inside.ts";

const works = suite("state on a branch");
works("what one clone applies the others know, and nothing of theirs is touched", () =>
  onClones(manyFiles(3), async (clones) => {
    const { first } = clones;
    const before = await tracesOf(first);
    const { code, result } = await applyInside(first);
    assert.is(code, 0);
    assert.is(result.summary.applied, 3);
    assert.equal((await planInside(first)).changes, []);
    assert.is(await tracesOf(first), before);
    assert.match(clones.happened().join("\n"), /an apply ends; 3 done\n.*an apply begins; 3 planned$/);
    assert.equal(clones.names(".lease"), []);
    // A runner with a shallow checkout of a detached commit, and nobody's name set up.
    const runner = clones.clone("runner", "--depth=1");
    git(runner.dir, "checkout", "-q", "--detach");
    const traces = await tracesOf(runner);
    assert.equal((await planInside(runner)).changes, []);
    await runner.edit("moscow/v0001.yaml", "60000", "61000");
    const edited = await tracesOf(runner);
    assert.is((await applyInside(runner)).result.summary.applied, 1);
    assert.is(await tracesOf(runner), edited);
    assert.is.not(edited, traces);
    clones.share(runner);
    git(first.dir, "pull", "-q", "--rebase", "origin", "main");
    assert.equal((await planInside(first)).changes, []);
    assert.is(first.jobs().length, 3);
  }),
);

works("the embedded board comes along, so that every runner rehearses on the same one", () =>
  onClones(manyFiles(2), async (clones) => {
    const { first } = clones;
    const embedded = { board: "emulator" };
    assert.is((await applyInside(first, embedded)).result.summary.applied, 2);
    const runner = clones.clone("runner");
    assert.equal((await planInside(runner, embedded)).changes, []);
    await runner.write(
      "c.yaml",
      vacancyFile({ title: "Повар", description: "Варим.", address: "Тула, Ленина, 1" }),
    );
    assert.is((await applyInside(runner, embedded)).result.summary.applied, 1);
    // The first clone's board is an older one by now.
    await first.write(
      "c.yaml",
      vacancyFile({ title: "Повар", description: "Варим.", address: "Тула, Ленина, 1" }),
    );
    assert.equal((await planInside(first, embedded)).changes, []);
  }),
);

works("what an ordinary fetch has brought is enough for a plan that asks nobody", () =>
  onClones(manyFiles(2), async (clones) => {
    await applyInside(clones.first);
    const runner = clones.clone("runner");
    await runner.edit("moscow/v0001.yaml", "60000", "61000");
    git(runner.dir, "remote", "set-url", "origin", "/nowhere");
    const { code, out, err } = await runner.run("plan", "--offline");
    assert.is(code, 0, err);
    assert.match(out, /1 to update/);
    // What was seen later counts then, whichever way it came.
    git(runner.dir, "remote", "set-url", "origin", clones.remote);
    await clones.first.remove("moscow/v0002.yaml");
    await applyInside(clones.first);
    git(runner.dir, "fetch", "-q");
    assert.match((await runner.run("state", "list")).out, /moscow\/v0001/);
    git(runner.dir, "remote", "set-url", "origin", "/nowhere");
    assert.match((await runner.run("plan", "--offline")).out, /1 to update/);
  }),
);

works("VAC_STATE puts on a branch what the settings keep in files, and is one of two", () =>
  onClones({ ...manyFiles(2), "_config.yaml": "settle_after: 10m\n" }, async (clones) => {
    const { first } = clones;
    const run = (stage: typeof first, state: string, ...args: string[]) =>
      vac(["-C", stage.dir, "--board", stage.board.url, ...args], { ...stage.env, VAC_STATE: state });
    assert.is((await run(first, "git", "apply", "--auto-approve")).code, 0);
    assert.equal(await readdir(join(first.dir, ".vac")).then((names) => names.includes("state")), false);
    const runner = clones.clone("runner");
    assert.is((await run(runner, "git", "plan", "--detailed-exitcode")).code, 0);
    assert.match((await run(runner, "git", "state", "history")).out, /2 done/);
    const { code, err } = await run(runner, "gti", "plan");
    assert.is(code, 1);
    assert.match(err, /VAC_STATE is neither file nor git/);
  }),
);

works("a state in files is taken over, and comes back by vac state pull", () =>
  onClones({ ...manyFiles(2), "_config.yaml": "state: { backend: file }\n" }, async (clones) => {
    const { first } = clones;
    await applyInside(first);
    const folder = join(first.dir, ".vac", "state");
    await first.write("_config.yaml", onBranch);
    // A plan shows it, and writes nothing.
    assert.equal((await planInside(first)).changes, []);
    assert.equal(clones.ask("branch", "--list", "vac-state"), "");
    assert.is((await first.run("state", "push")).code, 0);
    assert.is(clones.names(".json").length, 1);
    assert.equal(
      (await readdir(folder)).filter((name) => /\.(json|log)$/.test(name)),
      [],
    );
    clones.share(first);
    assert.equal((await planInside(clones.clone("runner"))).changes, []);
    // And back: not by itself, since a state in files would be a new one.
    await first.write("_config.yaml", "state: { backend: file }\n");
    const refused = await first.run("plan");
    assert.is(refused.code, 1);
    assert.match(refused.err, /was kept on a branch.*\n.*vac state pull/);
    assert.is((await first.run("state", "pull")).code, 0);
    assert.equal((await planInside(first)).changes, []);
    await first.edit("moscow/v0001.yaml", "60000", "61000");
    await applyInside(first);
    // Which of the two counts, nobody but a person knows.
    await first.write("_config.yaml", onBranch);
    const torn = await first.run("plan");
    assert.is(torn.code, 1);
    assert.match(torn.err, /has gone on from the state on the branch/);
  }),
);

works("workspaces share the branch, and know each other's jobs", () =>
  onClones(manyFiles(2), async (clones) => {
    const { first } = clones;
    await first.write("../cafe/_config.yaml", onBranch);
    await first.write(
      "../cafe/c.yaml",
      vacancyFile({ title: "Повар", description: "Варим.", address: "Тула, Ленина, 1" }),
    );
    const cafe = { dir: join(first.dir, "..", "cafe") };
    const [one, other] = await Promise.all([applyInside(first), applyInside(first, cafe)]);
    assert.equal([one.code, other.code], [0, 0]);
    assert.is(first.jobs().length, 3);
    clones.share(first);
    const runner = clones.clone("runner");
    assert.equal((await planInside(runner)).changes, []);
    // What the other workspace has published isn't adopted, here and in a clone that has never seen it.
    await runner.write(
      "moscow/c.yaml",
      vacancyFile({ title: "Повар", description: "Варим.", address: "Тула, Ленина, 1" }),
    );
    const plan = await planInside(runner);
    assert.equal(plan.changes, []);
    assert.match(plan.held[0]?.reason ?? "", /the workspace cafe has/);
  }),
);

works("offline commands ask nobody, and take what was fetched last", () =>
  onClones(manyFiles(1), async (clones) => {
    const { first } = clones;
    await applyInside(first);
    await rename(clones.remote, `${clones.remote}.gone`);
    const offline = await first.run("plan", "--offline", "-o", "json");
    assert.is(offline.code, 0, offline.err);
    assert.is(JSON.parse(offline.out).summary.unchanged, 1);
    assert.is((await first.run("validate")).code, 0);
    const online = await first.run("plan");
    assert.is(online.code, 1);
    assert.match(online.err, /the state can't be read from origin: .*\n.*git ls-remote origin/);
    await rename(`${clones.remote}.gone`, clones.remote);
  }),
);

works("commands on the state go through the branch, and its history tells of them", () =>
  onClones(manyFiles(2), async (clones) => {
    const { first } = clones;
    await applyInside(first);
    assert.is((await first.run("state", "mv", "moscow/v0001", "moscow/other")).code, 0);
    const runner = clones.clone("runner");
    const list = JSON.parse((await runner.run("state", "list", "-o", "json")).out);
    assert.equal(
      list.items.map(({ key }: { key: string }) => key),
      ["moscow/other", "moscow/v0002"],
    );
    assert.is((await runner.run("state", "rm", "moscow/other")).code, 0);
    const history = JSON.parse((await first.run("state", "history", "-o", "json")).out).items;
    assert.equal(
      history.map(({ what }: { what: string }) => what.split(": ")[1]),
      [
        "the state changes; 1 noted",
        "the state changes; 1 noted",
        "an apply ends; 2 done",
        "an apply begins; 2 planned",
      ],
    );
    assert.is(history[2].plan, history[3].plan);
    assert.match(history[3].by, /^process \d+ on /);
    assert.match((await first.run("state", "history", "--limit", "1")).out, /WHEN.*\n.*the state changes/);
    const pulled = await first.run("state", "pull");
    assert.match(pulled.err, /^1 entry of /);
  }),
);

for (const [what, config, prepare, message] of [
  [
    "outside of a repository",
    onBranch,
    async () => undefined,
    /isn't in the work tree of a repository\nhint: git init/,
  ],
  [
    "without the remote",
    onBranch,
    async (dir: string) => void git(dir, "init", "-q"),
    /no remote origin: it has none\nhint: git remote add origin/,
  ],
  [
    "with another remote alone",
    "state: { backend: git, remote: upstream }\n",
    async (dir: string) => {
      git(dir, "init", "-q");
      git(dir, "remote", "add", "origin", "/nowhere");
    },
    /no remote upstream: it has origin/,
  ],
  [
    "with a name that is none",
    "state: { backend: git, ref: refs/heads/a..b }\n",
    async (dir: string) => void git(dir, "init", "-q"),
    /refs\/heads\/a\.\.b is no name of a branch/,
  ],
] as const)
  works(`${what}: an error that says how to mend it`, () =>
    onStage({ "a.yaml": vacancyFile(), "_config.yaml": config }, async (stage) => {
      await prepare(stage.dir);
      const { code, err } = await stage.run("apply", "--auto-approve");
      assert.is(code, 1);
      assert.match(err, message);
      assert.is(stage.jobs().length, 0);
      assert.is((await stage.run("validate")).code, 0);
    }),
  );

works("without git, or with one that is too old", () =>
  onClones({ "a.yaml": vacancyFile() }, async ({ first, remote }) => {
    const bin = join(remote, "..", "bin");
    const plan = () =>
      vac(["--dir", first.dir, "--board", first.board.url, "plan"], { ...first.env, PATH: bin });
    await mkdir(bin);
    await writeFile(join(bin, "git"), "#!/bin/sh\necho git version 2.20.1\n", { mode: 0o755 });
    const old = await plan();
    assert.is(old.code, 1);
    assert.match(old.err, /wants git 2\.29, and this is git version 2\.20\.1\nhint: install a newer git/);
    await rm(join(bin, "git"));
    const none = await plan();
    assert.is(none.code, 1);
    assert.match(none.err, /git can't be run.*\nhint: install git/);
  }),
);

works("a branch that isn't vac's, and a state of a newer format, are left as they are", () =>
  onClones(
    { ...manyFiles(1), "_config.yaml": "state: { backend: git, ref: refs/heads/main }\n" },
    async (clones) => {
      const { first } = clones;
      const refused = await first.run("apply", "--auto-approve");
      assert.is(refused.code, 1);
      assert.match(refused.err, /refs\/heads\/main on origin is no branch of vac's/);
      await first.write("_config.yaml", onBranch);
      await applyInside(first);
      const [name = ""] = clones.names(".json");
      const other = clones.clone("other", "--branch=vac-state");
      const file = join(other.dir, "..", name);
      await writeFile(file, (await readFile(file, "utf8")).replace('"format":1', '"format":7'));
      clones.share(other, "vac-state");
      const newer = await first.run("plan");
      assert.is(newer.code, 1);
      assert.match(newer.err, /refs\/heads\/vac-state:vacancies\/.*its format is 7, and this one reads 1/);
      assert.is((await first.run("apply", "--auto-approve")).code, 1);
      assert.is(first.jobs().length, 1);
    },
  ),
);
works.run();
