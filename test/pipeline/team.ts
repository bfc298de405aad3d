// A team with its pipeline: what people and GitHub do, so that stories can tell it in their words.
import * as assert from "uvu/assert";
import { vac } from "../e2e/harness.ts";
import { FakeGitHub } from "../github/fake.ts";
import { type Hub, onHub, password } from "./hub.ts";
import { played } from "./played.ts";
import { type Event, type JobResult, runWorkflow, type Watch } from "./runner.ts";

const repository = "octo/bread";
const token = "ghs_7c1e90secret";
/** The example that init writes. */
export const baker = "vacancies/moscow/baker.yaml";

/** Steps that have run in this process, as `plan.yml: Validate`. */
const ran = new Set<string>();

/** All of them ran. */
export function checkPlayed(file: keyof typeof played): void {
  assert.equal(
    played[file].filter((step) => !ran.has(step)),
    [],
  );
}

/** A team at work. */
export class Team {
  readonly hub: Hub;
  readonly github: FakeGitHub;

  constructor(hub: Hub, github: FakeGitHub) {
    this.hub = hub;
    this.github = github;
  }

  async run(workflow: string, event: Event, watch?: Watch): Promise<Record<string, JobResult>> {
    const text = await this.hub.read(`.github/workflows/${workflow}`);
    const secrets = { VAC_LOGIN: "test", VAC_PASSWORD: password };
    const { origin } = this.hub;
    const setting = { origin, repository, secrets, apiUrl: this.github.url, token };
    const jobs = await runWorkflow(text, event, setting, watch);
    for (const { steps } of Object.values(jobs))
      for (const { name, outcome } of steps) if (outcome !== "skipped") ran.add(`${workflow}: ${name}`);
    this.#checkSecrets(jobs);
    return jobs;
  }

  /** Neither what the steps said and left, nor what GitHub was told, holds a secret. */
  #checkSecrets(jobs: Record<string, JobResult>): void {
    const { comments, issues, statuses } = this.github;
    const told = JSON.stringify([jobs, [...comments.values()], issues, statuses]);
    for (const secret of [password, token]) assert.not.match(told, secret);
  }

  /** The plan workflow, as the pull request of the branch that is checked out starts it. */
  async plan(number: number, by: { association?: string; from?: string } = {}): Promise<JobResult> {
    const head = this.hub.git("rev-parse", "HEAD");
    const sha = this.hub.offerMerge(number);
    this.github.heads.set(number, head);
    const pull = {
      number,
      user: { login: "maria" },
      author_association: by.association ?? "MEMBER",
      head: {
        sha: head,
        ref: this.hub.git("branch", "--show-current"),
        repo: { full_name: by.from ?? repository, fork: by.from !== undefined },
      },
      base: { sha: this.hub.git("rev-parse", "origin/main"), ref: "main", repo: { full_name: repository } },
    };
    const payload = { action: "synchronize", number, pull_request: pull, repository: about };
    return only(
      await this.run("plan.yml", { name: "pull_request", payload, sha, ref: `refs/pull/${number}/merge` }),
    );
  }

  /** Merges the branch of a pull request, and does what that push starts. */
  async merge(number: number, branch: string): Promise<JobResult> {
    const sha = this.hub.squash(branch);
    this.github.pulls.set(sha, [{ number, merged_at: "2026-12-01T09:00:00Z", merge_commit_sha: sha }]);
    return this.pushed(sha);
  }

  /** Does what a push to main starts. */
  async pushed(sha: string, watch?: Watch): Promise<JobResult> {
    const payload = { ref: "refs/heads/main", after: sha, repository: about };
    return only(await this.run("apply.yml", { name: "push", payload, sha, ref: "refs/heads/main" }, watch));
  }

  /** Does what the clock starts. */
  nightly(): Promise<Record<string, JobResult>> {
    const sha = this.hub.git("rev-parse", "origin/main");
    const payload = { schedule: "17 3 * * *", repository: about };
    return this.run("nightly.yml", { name: "schedule", payload, sha, ref: "refs/heads/main" });
  }

  /** What a person runs in the clone. */
  vac(...args: string[]) {
    return vac(args, { VAC_LOGIN: "test", VAC_PASSWORD: password }, this.hub.clone);
  }
}

const about = { full_name: repository, default_branch: "main" };

function only(jobs: Record<string, JobResult>): JobResult {
  const [job, ...others] = Object.values(jobs);
  if (!job || others.length > 0) throw new Error(`${Object.keys(jobs)} instead of one job`);
  return job;
}

/** A repository that vac init has been called in, with its first commit applied. */
export async function onTeam(story: (team: Team) => Promise<void>): Promise<void> {
  await onHub(async (hub) => {
    const github = await new FakeGitHub().open();
    try {
      const team = new Team(hub, github);
      const begun = await team.vac("init", "--no-input", "--ci", "github");
      assert.is(begun.code, 0, begun.err);
      await hub.edit("vacancies/_config.yaml", "board: emulator", `board: ${hub.board.url}`);
      await team.pushed(hub.push("Vacancies as code"));
      await story(team);
    } finally {
      await github.close();
    }
  });
}

/** Every step went well; else what it said. */
export function went({ result, steps }: JobResult): void {
  assert.is(
    result,
    "success",
    steps.map(({ name, outcome, log }) => `${name}: ${outcome}\n${log}`).join("\n"),
  );
}
