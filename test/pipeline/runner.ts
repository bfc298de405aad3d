// Plays GitHub's runner: jobs and steps of a workflow in fresh clones, with the files, variables and contexts that a
// step is given, and actions by what they leave behind. Credentials that checkout doesn't keep can't push.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { act, installed } from "./actions.ts";
import { fill, isMet, type Job, parseWorkflow, type Scope, type Workflow } from "./workflow.ts";

/** What GitHub knows of a run. */
export interface Event {
  readonly name: "pull_request" | "push" | "schedule" | "workflow_dispatch";
  readonly payload: Readonly<Record<string, unknown>>;
  readonly sha: string;
  /** Such as refs/heads/main, or refs/pull/1/merge. */
  readonly ref: string;
}

export interface StepResult {
  readonly name: string;
  readonly outcome: "success" | "failure" | "skipped" | "cancelled";
  readonly log: string;
}

export interface JobResult {
  readonly result: "success" | "failure" | "skipped" | "cancelled";
  readonly outputs: Readonly<Record<string, string>>;
  readonly steps: readonly StepResult[];
  /** What the steps have written to the job's summary. */
  readonly summary: string;
  /** Files that upload-artifact took. */
  readonly artifacts: readonly string[];
}

interface Setting {
  /** A bare repository. */
  readonly origin: string;
  /** owner/name. */
  readonly repository: string;
  readonly apiUrl: string;
  readonly token: string;
  readonly secrets: Readonly<Record<string, string>>;
}

interface Context extends Setting {
  readonly event: Event;
  readonly workflow: Workflow;
  readonly needs: Readonly<Record<string, JobResult>>;
}

/** Sees each process of a step as it begins. */
export type Watch = (step: string, child: ChildProcess) => void;

/** Runs all jobs of a workflow, one after the other. */
export async function runWorkflow(
  text: string,
  event: Event,
  setting: Setting,
  watch: Watch = () => undefined,
): Promise<Record<string, JobResult>> {
  const workflow = parseWorkflow(text);
  const done: Record<string, JobResult> = {};
  for (const [name, job] of Object.entries(workflow.jobs)) {
    const needs = job.needs === undefined ? {} : { [job.needs]: done[job.needs] as JobResult };
    done[name] = await runJob(name, job, { ...setting, event, workflow, needs }, watch);
  }
  return done;
}

const skipped: JobResult = { result: "skipped", outputs: {}, steps: [], summary: "", artifacts: [] };

async function runJob(name: string, job: Job, context: Context, watch: Watch): Promise<JobResult> {
  const failed = Object.values(context.needs).some(({ result }) => result !== "success");
  const contexts = { ...githubOf(context), needs: context.needs, secrets: context.secrets };
  if (!isMet(job.if, { contexts, status: failed ? "failure" : "success" })) return skipped;
  const folder = await mkdtemp(join(tmpdir(), "vac-runner-"));
  try {
    const place = await layOut(folder, name, context);
    const run = {
      steps: {} as Record<string, unknown>,
      results: [] as StepResult[],
      artifacts: [] as string[],
    };
    let status: Scope["status"] = "success";
    const env: Record<string, string> = {};
    const scope = (): Scope => ({
      contexts: { ...contexts, runner: { temp: place.RUNNER_TEMP }, env, steps: run.steps },
      status,
    });
    for (const level of [context.workflow.env, job.env])
      for (const [key, value] of Object.entries(level ?? {})) env[key] = fill(value, scope());
    for (const [at, step] of job.steps.entries()) {
      const title = step.name ?? step.uses ?? `step ${at}`;
      if (!isMet(step.if, scope())) {
        run.results.push({ name: title, outcome: "skipped", log: "" });
        if (step.id) run.steps[step.id] = { outcome: "skipped", conclusion: "skipped", outputs: {} };
        continue;
      }
      const own = Object.fromEntries(
        Object.entries(step.env ?? {}).map(([key, value]) => [key, fill(value, scope())]),
      );
      const output = join(folder, `output-${at}`);
      await writeFile(output, "");
      const vars = { ...place, ...env, ...own, GITHUB_OUTPUT: output };
      let [outcome, log]: [StepResult["outcome"], string] = ["success", ""];
      if (step.uses) {
        const { origin, event } = context;
        const workspace = place.GITHUB_WORKSPACE as string;
        const kept = await act(step, {
          origin,
          sha: event.sha,
          ref: event.ref,
          workspace,
          job,
          scope: scope(),
        });
        if (kept !== undefined) run.artifacts.push(kept);
      } else {
        const script = fill(step.run ?? "", scope());
        ({ outcome, log } = await runScript(script, vars, folder, at, (child) => watch(title, child)));
      }
      run.results.push({ name: title, outcome, log });
      if (step.id) run.steps[step.id] = { outcome, conclusion: outcome, outputs: await pairsIn(output) };
      if (outcome !== "success")
        status = outcome === "cancelled" ? "cancelled" : status === "success" ? "failure" : status;
    }
    const outputs = Object.fromEntries(
      Object.entries(job.outputs ?? {}).map(([key, value]) => [key, fill(value, scope())]),
    );
    const summary = await readFile(place.GITHUB_STEP_SUMMARY as string, "utf8");
    return { result: status, outputs, steps: run.results, summary, artifacts: run.artifacts };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function githubOf({ event, repository, token, workflow }: Context): Record<string, unknown> {
  const [owner] = repository.split("/");
  const ref_name = event.ref.replace(/^refs\/(heads|pull)\//, "");
  return {
    github: {
      ...{ event: event.payload, event_name: event.name, sha: event.sha, ref: event.ref, ref_name },
      ...{ repository, repository_owner: owner, token, workflow: workflow.name },
    },
  };
}

/** Folders and variables of a job; nothing of the caller's own VAC_*, GIT_* or GITHUB_* gets through. */
async function layOut(folder: string, job: string, context: Context): Promise<Record<string, string>> {
  const { event, repository, apiUrl, workflow } = context;
  const path = (name: string): string => join(folder, name);
  for (const name of ["work", "temp", "home"]) await mkdir(path(name));
  await writeFile(path("event.json"), JSON.stringify(event.payload));
  await writeFile(path("summary.md"), "");
  const clean = Object.entries(process.env).filter(([name]) => !/^(VAC|GIT|GITHUB|RUNNER|npm)_/.test(name));
  const pull = (context.event.payload.pull_request ?? {}) as {
    base?: { ref: string };
    head?: { ref: string };
  };
  return {
    ...(Object.fromEntries(clean) as Record<string, string>),
    ...{ CI: "true", GITHUB_ACTIONS: "true", RUNNER_OS: "Linux", HOME: path("home") },
    PATH: await installed(folder),
    ...{ GITHUB_WORKSPACE: path("work"), RUNNER_TEMP: path("temp"), GITHUB_STEP_SUMMARY: path("summary.md") },
    ...{ GITHUB_EVENT_NAME: event.name, GITHUB_EVENT_PATH: path("event.json") },
    ...{
      GITHUB_SHA: event.sha,
      GITHUB_REF: event.ref,
      GITHUB_REF_NAME: event.ref.replace(/^refs\/(heads|pull)\//, ""),
    },
    ...{ GITHUB_BASE_REF: pull.base?.ref ?? "", GITHUB_HEAD_REF: pull.head?.ref ?? "" },
    ...{ GITHUB_REPOSITORY: repository, GITHUB_REPOSITORY_OWNER: repository.split("/")[0] ?? "" },
    ...{
      GITHUB_API_URL: apiUrl,
      GITHUB_SERVER_URL: "https://github.invalid",
      GITHUB_WORKFLOW: workflow.name,
    },
    ...{ GITHUB_RUN_ID: "1001", GITHUB_RUN_ATTEMPT: "1", GITHUB_RUN_NUMBER: "1", GITHUB_JOB: job },
  };
}

async function runScript(
  script: string,
  env: Record<string, string>,
  folder: string,
  at: number,
  watch: (child: ChildProcess) => void,
): Promise<{ outcome: StepResult["outcome"]; log: string }> {
  const file = join(folder, `step-${at}.sh`);
  await writeFile(file, script);
  return new Promise((resolve) => {
    const child = spawn("bash", ["-e", file], {
      cwd: env.GITHUB_WORKSPACE,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let log = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk: Buffer) => {
        log += chunk.toString();
      });
    let cancelled = false;
    const kill = child.kill.bind(child);
    child.kill = (signal) => {
      cancelled = true;
      return kill(signal);
    };
    watch(child);
    child.on("close", (code) =>
      resolve({ outcome: cancelled ? "cancelled" : code === 0 ? "success" : "failure", log }),
    );
  });
}

/** `name=value` lines, and values of several lines between marks. */
async function pairsIn(file: string): Promise<Record<string, string>> {
  const pairs: Record<string, string> = {};
  const lines = (await readFile(file, "utf8")).split("\n");
  for (let at = 0; at < lines.length; at += 1) {
    const [, name, mark] = /^([^=]+?)<<(.+)$/.exec(lines[at] ?? "") ?? [];
    if (name !== undefined && mark !== undefined) {
      const end = lines.indexOf(mark, at + 1);
      pairs[name] = lines.slice(at + 1, end).join("\n");
      at = end;
      continue;
    }
    const [key = "", ...value] = (lines[at] ?? "").split("=");
    if (key !== "") pairs[key] = value.join("=");
  }
  return pairs;
}
