// The example pipeline for GitLab: its scripts, run as its runner does, in fresh clones with its variables.
import { execFile, execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parse } from "yaml";
import packageJson from "../../package.json" with { type: "json" };
import { gitlabPipeline } from "../../src/starter/gitlab.ts";
import { vac } from "../e2e/harness.ts";
import { installed } from "./actions.ts";
import { type Hub, onHub, password } from "./hub.ts";

const test = suite("pipeline: GitLab");

interface Pipeline {
  readonly default: { readonly before_script: readonly string[] };
  readonly variables: Readonly<Record<string, string>>;
  readonly [job: string]: unknown;
}
interface GitlabJob {
  readonly script: readonly string[];
  readonly resource_group?: string;
  readonly rules: readonly { readonly if: string }[];
}

const tool = `${packageJson.name}@${packageJson.version}`;
const text = gitlabPipeline({ workspace: "vacancies" }, tool);

/** A job at a branch of the hub; the pushing is as the job token's. */
async function run(
  hub: Hub,
  name: string,
  branch: string,
): Promise<{ code: number; log: string; files: Map<string, string> }> {
  const { default: always, variables, [name]: job } = parse(text) as Pipeline;
  const folder = await mkdtemp(join(tmpdir(), "vac-gitlab-"));
  try {
    const work = join(folder, "work");
    execFileSync("git", ["clone", "-q", "--single-branch", "-b", branch, `file://${hub.origin}`, work]);
    execFileSync("git", ["checkout", "-q", "--detach"], { cwd: work });
    const clean = Object.entries(process.env).filter(([key]) => !/^(VAC|GIT|CI|GITHUB)_/.test(key));
    const env = {
      ...Object.fromEntries(clean),
      ...variables,
      ...{ CI: "true", CI_DEFAULT_BRANCH: "main", CI_MERGE_REQUEST_TARGET_BRANCH_NAME: "main" },
      ...{ VAC_LOGIN: "test", VAC_PASSWORD: password, HOME: folder, PATH: await installed(folder) },
    };
    const script = [...always.before_script, ...(job as GitlabJob).script].join("\n");
    const { code, log } = await new Promise<{ code: number; log: string }>((resolve) => {
      execFile("bash", ["-e", "-c", script], { cwd: work, env }, (error, out, err) =>
        resolve({ code: Number(error?.code ?? 0), log: out + err }),
      );
    });
    assert.not.match(log, password);
    const plan = await readFile(join(work, "plan.md"), "utf8").catch(() => undefined);
    return { code, log, files: new Map(plan === undefined ? [] : [["plan.md", plan]]) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

test("a merge request is planned, its merge applied, and the schedule tells drift", () =>
  onHub(async (hub) => {
    const { code, err } = await vac(["init", "--no-input", "--ci", "gitlab"], {}, hub.clone);
    assert.is(code, 0, err);
    assert.is(await hub.read(".gitlab-ci.yml"), text);
    await hub.edit("vacancies/_config.yaml", "board: emulator", `board: ${hub.board.url}`);
    hub.push("begin");
    hub.git("checkout", "-q", "-b", "raise");
    await hub.edit("vacancies/moscow/baker.yaml", "60000", "65000");
    hub.push("raise");
    assert.is((await run(hub, "validate", "raise")).code, 0);
    const planned = await run(hub, "plan", "raise");
    assert.is(planned.code, 0, planned.log);
    assert.match(planned.files.get("plan.md") ?? "", /1 to create/);
    assert.is(hub.board.control.state().jobs.length, 0, "a plan sends nothing");
    hub.squash("raise");
    const applied = await run(hub, "apply", "main");
    assert.is(applied.code, 0, applied.log);
    const [job] = hub.board.control.state().jobs;
    assert.is(job?.attributes.salary_from, 65000);
    assert.is((await run(hub, "nightly", "main")).code, 0);
    hub.board.control.putJob({ id: job?.id ?? "", attributes: { title: "Другое" } });
    const drifted = await run(hub, "nightly", "main");
    assert.is(drifted.code, 2, drifted.log);
    assert.match(drifted.log, /Другое/);
  }));

test("jobs that change the board wait for each other, and each step is of a kind", () => {
  const { apply, nightly, validate, plan } = parse(text) as Record<string, GitlabJob>;
  assert.equal([apply?.resource_group, nightly?.resource_group], ["vac-apply", "vac-apply"]);
  assert.equal(
    [validate, plan, apply, nightly].map((job) => job?.rules.length),
    [1, 1, 1, 1],
  );
});

test("docs/ci.md shows it as init writes it", async () => {
  const shown = /```yaml\n(# Vacancies: .*?)```/s.exec(
    await readFile(fileURLToPath(new URL("../../docs/ci.md", import.meta.url)), "utf8"),
  );
  assert.is(shown?.[1], text);
});

test.run();
