import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { cp } from "node:fs/promises";
import { dirname, join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { makePeople } from "../../src/emulator/world/people.ts";
import { manyFiles, onStage, start, stepsOf, vac, vacancyFile } from "./harness.ts";
import { json, schemas } from "./outputs.ts";

const outputs = suite("outputs");
outputs("each is one JSON value of its schema", () =>
  onStage(manyFiles(3), async (stage) => {
    json("validate", await stage.run("validate", "-o", "json"));
    json("plan", await stage.run("plan", "-o", "json"));
    json("costs", await stage.run("costs", "-o", "json"));
    json("apply", await stage.run("apply", "--auto-approve", "-o", "json"));
    json("costs", await stage.run("costs", "-o", "json"));
    json("apply", await stage.run("apply", "--auto-approve", "-o", "json"));
    await stage.edit("moscow/v0001.yaml", "60000", "61000");
    await stage.remove("moscow/v0002.yaml");
    json("plan", await stage.run("plan", "-o", "json"));
    json("plan", await stage.run("plan", "--offline", "-o", "json"));
    stage.board.control.putJob({ attributes: { title: "С сайта", description: "Звоните 8 999 000-00-00" } });
    stage.board.control.putJob({
      id: "651",
      attributes: { salary_from: 1, description: "Пишите в телеграм" },
    });
    json("import", await stage.run("import", "4711", "-o", "json"));
    json("import", await stage.run("import", "--all", "--dry-run", "--verbose", "-o", "json"));
    json("drift", await stage.run("drift", "-o", "json"));
    json("drift", await stage.run("drift", "--accept", "--all", "-o", "json"));
    const list = JSON.parse((await stage.run("state", "list", "-o", "json")).out);
    assert.equal(
      list.items.map((item: { key: string }) => item.key),
      ["moscow/v0001", "moscow/v0002", "moscow/v0003"],
    );
  }),
);
outputs("a broken workspace: every problem with its line, exit 1, no request", () =>
  onStage(
    {
      "moscow/a.yaml":
        "title: Пекарь\ntitel: Опечатка\ncontact_phone: 79990000000\nsalary_from: 90000\nsalary_to: 80000\n",
      "moscow/b.yaml": "title: [\n",
      "moscow/c.yaml": vacancyFile({ description: "Звоните +7 999 000-00-00" }),
      "moscow/d.yaml": vacancyFile({ has_autoreply: true, status: "open" }),
    },
    async (stage) => {
      const ended = await stage.run("validate", "-o", "json");
      assert.is(ended.code, 1);
      const { diagnostics, summary } = json("validate", ended);
      const at = (file: string) =>
        diagnostics.filter((d: { file: string }) => d.file === file).map((d: { line: number }) => d.line);
      assert.ok(
        [2, 3].every((line) => at("moscow/a.yaml").includes(line)),
        JSON.stringify(diagnostics),
      );
      assert.ok(at("moscow/b.yaml").length > 0);
      assert.equal(at("moscow/c.yaml"), [2]);
      assert.equal(at("moscow/d.yaml").sort(), [10, 9].sort());
      assert.is(
        summary.errors,
        diagnostics.filter((d: { severity: string }) => d.severity === "error").length,
      );
      assert.is((await stage.run("plan")).code, 1);
      assert.is((await stage.run("apply", "--auto-approve")).code, 1);
      assert.is(stage.board.control.requests().length, 0);
    },
  ),
);
outputs("vac schema prints what schemas/ holds", async () => {
  for (const name of readdirSync(schemas)) {
    const { out, code } = await vac(["schema", name.replace(".schema.json", "")]);
    assert.is(code, 0);
    assert.equal(JSON.parse(out), JSON.parse(readFileSync(join(schemas, name), "utf8")));
  }
  assert.is((await vac(["schema", "nonsense"])).code, 1);
});
outputs("colours only where they are wanted: none in a pipe", () =>
  onStage(manyFiles(1), async (stage) => {
    const { out, err } = await stage.run("apply", "--auto-approve");
    assert.is(`${out}${err}`.includes("\u001b"), false);
  }),
);
outputs("control characters of the board don't reach a terminal", () =>
  onStage({ "moscow/baker.yaml": vacancyFile() }, async (stage) => {
    await stage.apply();
    stage.board.control.putJob({
      id: stage.jobs()[0]?.id ?? "",
      attributes: { title: "a\u001b[2Jb\u202ec" },
    });
    const { out } = await stage.run("plan");
    assert.match(out, /a\[2Jbc/);
  }),
);
outputs.run();

const flags = suite("flags");
const wrong: Record<string, [string[], RegExp]> = {
  "no command": [[], /which command/],
  "an unknown command": [["pln"], /pln|plan/],
  "an unknown flag": [["plan", "--tarrget", "x"], /tarrget/],
  "an unknown flag of several words": [["apply", "--max-coast", "3"], /: --max-coast\n/],
  "an empty target": [["plan", "--target", ""], /--target is empty/],
  "a target without its value": [["apply", "--auto-approve", "--target"], /target/],
  "a flag given twice": [["plan", "--dir", "a", "--dir", "b"], /--dir is given more than once/],
  "a log level that isn't there": [["plan", "--log-level", "loud"], /no log level loud/],
  "a word too many": [["plan", "extra"], /: extra\n/],
  "a flag without its value": [["plan", "--dir"], /dir/],
  "a state command that isn't named": [["state"], /which of them/],
  "an unknown guard": [["plan", "--allow", "all"], /allow/],
  "a format that isn't there": [["plan", "-o", "xml"], /xml|format/],
  "both --done and --not-done": [["state", "resolve", "x", "--done", "--not-done"], /either/],
  "a port that isn't one": [["emulator", "--port", "x"], /port/],
  "an id of nothing": [["jobs", "get", ""], /an argument is empty/],
  "a limit from a variable that isn't set": [
    ["candidates", "buy", "31136", "--max-cost", ""],
    /--max-cost is empty/,
  ],
  "several ids as one": [
    ["applications", "proceed", "12,15", "--status", "read"],
    /"12,15" is no id[\s\S]*apart/,
  ],
  "one person under two spellings": [["candidates", "buy", "889", "0889"], /"0889" is no id of a candidate/],
  "a category that isn't there": [
    ["candidates", "search", "--city-id", "1", "--driving-license-categories", "Z"],
    /no category Z\nhint: A, A1/,
  ],
  "half a point": [
    ["candidates", "search", "--address", "Тула", "--lat", "55"],
    /--lat, --long and --distance-to/,
  ],
  "ages the wrong way round": [
    ["candidates", "search", "--address", "Тула", "--age-from", "40", "--age-to", "20"],
    /--age-from is above/,
  ],
  "a status that isn't there": [
    ["applications", "list", "--status", "new"],
    /^Error: --status: "new" isn't one of unread, declined,/,
  ],
  "a status that isn't given": [["applications", "proceed", "12"], /missing: --status/],
  "a seed that isn't one": [["emulator", "--seed", "1.5"], /--seed takes a whole number/],
};
for (const [name, [args, says]] of Object.entries(wrong)) {
  flags(`${name}: exit 1, one clear message`, async () => {
    const { code, err, out } = await vac(args);
    assert.is(code, 1);
    assert.is(out, "");
    assert.match(err, /^Error: /);
    assert.match(err, says);
    assert.not.match(err, /\n\s+at /);
  });
}
flags("emulator --seed: other people, until it is told to end", async () => {
  const { child: board } = start(["emulator", "--seed", "7", "-o", "json"]);
  try {
    const [line] = (await once(board.stdout as NodeJS.ReadableStream, "data")) as [Buffer];
    const { url, login, password } = JSON.parse(line.toString());
    const env = { VAC_LOGIN: login, VAC_PASSWORD: password };
    const where = ["--region-id", "00000000-0000-0000-0000-000000000000", "--all", "-o", "json"];
    const found = json("candidates", await vac(["candidates", "search", "--board", url, ...where], env));
    const namesOf = (seed: number) => [...makePeople(seed).values()].map(({ last_name }) => last_name).sort();
    const names = found.items.map((one: { last_name: string }) => one.last_name).sort();
    assert.equal(names, namesOf(7));
    assert.not.equal(names, namesOf(1));
  } finally {
    board.kill();
  }
});
flags("a missing folder", async () => {
  const { code, err } = await vac(["plan", "--dir", "/nowhere/at/all"]);
  assert.is(code, 1);
  assert.match(err, /nowhere/);
});
flags("a target that matches nothing is an error, never all or nothing", () =>
  onStage(manyFiles(2), async (stage) => {
    const { code, err } = await stage.run("apply", "--auto-approve", "--target", "moscow/x*");
    assert.is(code, 1);
    assert.match(err, /matches no vacancy/);
    assert.is(stage.jobs().length, 0);
  }),
);
flags("a target limits, and closes nothing that it doesn't cover", () =>
  onStage(manyFiles(3), async (stage) => {
    await stage.apply();
    await stage.edit("moscow/v0001.yaml", "60000", "61000");
    await stage.edit("moscow/v0002.yaml", "60000", "61000");
    await stage.remove("moscow/v0003.yaml");
    assert.equal(stepsOf(await stage.plan("--target", "moscow/v0001")), [
      "moscow/v0001: update(salary_from)",
    ]);
    await stage.apply("--target", "moscow/v0001");
    assert.is(stage.jobs().filter((job) => job.status === "active").length, 3);
    assert.is((await stage.plan()).changes.length, 2);
  }),
);
flags("nobody to ask: nothing is done without --auto-approve", () =>
  onStage(manyFiles(1), async (stage) => {
    const { code, err } = await stage.run("apply");
    assert.is(code, 1);
    assert.match(err, /--auto-approve/);
    assert.is(stage.jobs().length, 0);
  }),
);
flags("--detailed-exitcode is 2 where there are changes", () =>
  onStage(manyFiles(1), async (stage) => assert.is((await stage.run("plan", "--detailed-exitcode")).code, 2)),
);
flags("too many closes refuse the whole apply, until they are allowed by name", () =>
  onStage(manyFiles(6), async (stage) => {
    await stage.apply();
    for (const name of ["1", "2", "3", "4"]) await stage.remove(`moscow/v000${name}.yaml`);
    assert.match((await stage.run("plan")).out, /--allow closes/);
    const refused = await stage.run("apply", "--auto-approve", "-o", "json", "--only", "commit");
    assert.is(refused.code, 1);
    assert.match(refused.err, /closes/);
    const result = json("apply", refused);
    assert.is(result.only, "commit");
    assert.equal(
      result.refused.map(({ name }: { name: string }) => name),
      ["closes"],
    );
    assert.equal(result.summary, { applied: 0, failed: 0, unknown: 0, stale: 0, not_started: 4 });
    assert.is(stage.count("POST", /close$/), 0);
    await stage.apply("--allow", "closes");
    assert.is(stage.count("POST", /close$/), 4);
  }),
);
flags("an empty workspace is an error that no --allow lifts", () =>
  onStage(manyFiles(2), async (stage) => {
    await stage.apply();
    await stage.remove("moscow");
    const { code, err } = await stage.run("apply", "--auto-approve", "--allow", "closes");
    assert.is(code, 1);
    assert.match(err, /no vacancy file/);
    assert.is(stage.count("POST", /close$/), 0);
  }),
);
flags.run();

const explain = suite("vac explain");
explain("values with their places, the job from all sides, and what the plan makes of it", () =>
  onStage(
    {
      "_defaults.yaml": "remote: false\n",
      "moscow/_defaults.yaml": "salary_to: 90000\n",
      "moscow/baker.yaml": vacancyFile(),
    },
    async (stage) => {
      const before = await stage.run("explain", "moscow/baker", "--offline");
      assert.match(before.out, /remote +false +_defaults\.yaml:1/);
      assert.match(before.out, /salary_to +90000 +moscow\/_defaults\.yaml:1/);
      assert.match(before.out, /no job is known/);
      assert.is(stage.board.control.requests().length, 0);
      assert.match((await stage.run("explain", "moscow/baker")).out, /create: new/);
      await stage.apply();
      const id = stage.jobs()[0]?.id ?? "";
      assert.match((await stage.run("explain", "moscow/baker")).out, /leaves it as it is/);
      stage.board.control.putJob({ id, attributes: { title: "Другое" } });
      const { plan, live, state } = JSON.parse(
        (await stage.run("explain", "moscow/baker", "-o", "json")).out,
      );
      assert.is(plan.steps[0].reason, "drift");
      assert.is(live.attributes.title, "Другое");
      assert.is(state.applied.title, "Пекарь");
      stage.board.control.putJob({ id, status: "closed" });
      assert.match(
        (await stage.run("explain", "moscow/baker")).out,
        /held: somebody closed it[^→]+→ set status: closed/,
      );
      await stage.write("moscow/broken.yaml", "title: [\n");
      const broken = await stage.run("explain", "moscow/baker");
      assert.is(broken.code, 0);
      assert.match(broken.err, /files have errors/);
      assert.match((await stage.run("explain", "moscow/bakr")).err, /error\[/);
    },
  ),
);
explain.run();

const states = suite("vac state");
states("show, mv, rm and adopt", () =>
  onStage(manyFiles(2), async (stage) => {
    await stage.apply();
    assert.match((await stage.run("state", "show", "moscow/v0001")).out, /Пекарь 1/);
    assert.match((await stage.run("state", "show", "moscow/v001")).err, /did you mean moscow\/v0001/);
    const id = JSON.parse((await stage.run("state", "show", "moscow/v0001", "-o", "json")).out).job_id;
    assert.is((await stage.run("state", "rm", "moscow/v0001")).code, 0);
    stage.board.control.putJob({ id, attributes: { description: "Совсем другой текст" } });
    const held = (await stage.plan()).held[0];
    assert.is(held?.guard, "twins");
    assert.is((await stage.run("state", "adopt", "moscow/v0001", id)).code, 0);
    assert.equal(stepsOf(await stage.plan()), ["moscow/v0001: update(description,profession_id)"]);
    await stage.apply();
    assert.is((await stage.run("plan", "--detailed-exitcode")).code, 0);
    assert.is(stage.jobs().length, 2);
    assert.is((await stage.run("state", "mv", "moscow/v0002", "moscow/v0001")).code, 1);
    assert.is((await stage.run("state", "mv", "moscow/v0002", "kazan/v2")).code, 0);
    assert.equal(stepsOf(await stage.plan()), ["moscow/v0002: move"]);
  }),
);
states("a state of a newer format is refused, a damaged one never overwritten", () =>
  onStage(manyFiles(1), async (stage) => {
    await stage.apply();
    const folder = join(stage.dir, ".vac", "state");
    const snapshot = readdirSync(folder).find((name) => name.endsWith(".json")) ?? "";
    const text = readFileSync(join(folder, snapshot), "utf8");
    for (const [damage, says] of [
      [text.replace('"format":1', '"format":2'), /newer/],
      [text.slice(0, -20), /damaged/],
    ] as const) {
      await stage.write(`.vac/state/${snapshot}`, damage);
      const { code, err } = await stage.run("apply", "--auto-approve");
      assert.is(code, 1);
      assert.match(err, says);
      assert.is(readFileSync(join(folder, snapshot), "utf8"), damage);
    }
    assert.is(stage.jobs().length, 1);
  }),
);
states.run();

const git = suite("in a repository");
const run = (cwd: string, ...args: string[]): string =>
  execFileSync(
    "git",
    ["-c", "user.name=t", "-c", "user.email=t@t.invalid", "-c", "commit.gpgsign=false", ...args],
    { cwd, encoding: "utf8" },
  ).trim();
git("a branch can't close what it doesn't know", () =>
  onStage(manyFiles(2), async (stage) => {
    const root = dirname(stage.dir);
    run(root, "init", "-q", "-b", "main");
    await stage.write("../.gitignore", ".vac/\n");
    run(root, "add", "-A");
    run(root, "commit", "-qm", "two");
    run(root, "branch", "old");
    await stage.apply();
    await stage.write(
      "moscow/new.yaml",
      vacancyFile({ title: "Новая", description: "Иная.", address: "Тверь" }),
    );
    run(root, "add", "-A");
    run(root, "commit", "-qm", "three");
    await stage.apply();
    run(root, "checkout", "-q", "old");
    const plan = await stage.plan();
    assert.equal(stepsOf(plan), []);
    assert.equal(
      plan.held.map(({ key }) => key),
      ["moscow/new"],
    );
    assert.is(plan.workspace, "vacancies");
    assert.is(plan.commit, run(root, "rev-parse", "HEAD"));
    run(root, "checkout", "-q", "main");
    await stage.remove("moscow/new.yaml");
    assert.equal(stepsOf(await stage.plan()), ["moscow/new: close"]);
  }),
);
git("a file that is renamed and edited at once keeps its job, committed or not", () =>
  onStage(manyFiles(3), async (stage) => {
    const root = dirname(stage.dir);
    run(root, "init", "-q", "-b", "main");
    await stage.write("../.gitignore", ".vac/\n");
    run(root, "add", "-A");
    run(root, "commit", "-qm", "three");
    await stage.apply();
    const text = (manyFiles(3)["moscow/v0002.yaml"] ?? "")
      .replace("Пекарь 2", "Кондитер")
      .replace("60000", "70000");
    await stage.write("kazan/confectioner.yaml", text);
    await stage.remove("moscow/v0002.yaml");
    const steps = ["kazan/confectioner: move", "kazan/confectioner: update(title,salary_from)"];
    assert.equal(stepsOf(await stage.plan()), steps);
    run(root, "add", "-A");
    run(root, "commit", "-qm", "renamed");
    assert.equal(stepsOf(await stage.plan()), steps);
    await stage.apply();
    assert.is(stage.jobs().length, 3);
    assert.is((await stage.run("plan", "--detailed-exitcode")).code, 0);
  }),
);
git("in a shallow clone, where git can't tell, the text does, and nothing is closed on its word", () =>
  onStage(manyFiles(2), async (stage) => {
    const root = dirname(stage.dir);
    run(root, "init", "-q", "-b", "main");
    run(root, "add", "-A");
    run(root, "commit", "-qm", "two");
    await stage.apply();
    run(root, "mv", "vacancies/moscow/v0001.yaml", "vacancies/moscow/first.yaml");
    run(root, "rm", "-q", "vacancies/moscow/v0002.yaml");
    run(root, "add", "-A", "--", "vacancies/moscow");
    run(root, "commit", "-qm", "renamed");
    const clone = join(root, "clone");
    run(root, "clone", "-q", "--depth", "1", `file://${root}`, clone);
    await cp(join(stage.dir, ".vac"), join(clone, "vacancies", ".vac"), { recursive: true });
    const { out } = await vac(
      ["-C", join(clone, "vacancies"), "--board", stage.board.url, "plan", "-o", "json"],
      stage.env,
    );
    const plan = JSON.parse(out);
    assert.equal(stepsOf(plan), ["moscow/first: move"]);
    assert.match(plan.held[0].hint, /git fetch --unshallow/);
  }),
);
git.run();
