// A workflow's run around vac report: its environment, its event, and the files that it hands on.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import type { Io } from "../../src/commands/io.ts";
import { reportCommand } from "../../src/commands/report.ts";
import { newSecrets } from "../../src/model/secrets.ts";
import { errorText } from "../../src/view/error.ts";
import { FakeGitHub } from "./fake.ts";

export const head = "a".repeat(40);
export const token = "ghs_4f9Kq72LmX0pZ8sT3vWb";

/** An event's file, as GitHub writes it. */
export const events = {
  pull: (more: object = {}) => ({
    pull_request: {
      number: 7,
      user: { login: "maria" },
      head: { sha: head, repo: { full_name: "octo/bread" } },
      base: { repo: { full_name: "octo/bread" } },
      ...more,
    },
  }),
  push: { after: head },
};

export interface Told {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly summary: string;
  readonly outputs: string;
}

export class Workflow {
  readonly dir: string;
  readonly github: FakeGitHub;
  readonly waits: number[] = [];

  private constructor(dir: string, github: FakeGitHub) {
    this.dir = dir;
    this.github = github;
  }

  static async run(story: (workflow: Workflow) => Promise<void>): Promise<void> {
    const dir = await mkdtemp(join(tmpdir(), "vac-report-"));
    const workflow = new Workflow(dir, await new FakeGitHub().open());
    workflow.github.heads.set(7, head);
    try {
      await story(workflow);
    } finally {
      await workflow.github.close();
      await rm(dir, { recursive: true, force: true });
    }
  }

  async env(event: string, payload: object): Promise<Record<string, string>> {
    await writeFile(join(this.dir, "event.json"), JSON.stringify(payload));
    for (const name of ["summary", "outputs"]) await writeFile(join(this.dir, name), "");
    return {
      GITHUB_ACTIONS: "true",
      GITHUB_API_URL: this.github.url,
      GITHUB_EVENT_NAME: event,
      GITHUB_EVENT_PATH: join(this.dir, "event.json"),
      GITHUB_OUTPUT: join(this.dir, "outputs"),
      GITHUB_REPOSITORY: "octo/bread",
      GITHUB_RUN_ID: "42",
      GITHUB_SERVER_URL: "https://github.com",
      GITHUB_SHA: "b".repeat(40),
      GITHUB_STEP_SUMMARY: join(this.dir, "summary"),
      GITHUB_TOKEN: token,
      GITHUB_WORKSPACE: this.dir,
    };
  }

  /** Reports a result in this process; waiting takes no time. */
  async report(
    result: unknown,
    {
      event = "pull_request",
      payload = events.pull() as object,
      env = {} as Record<string, string | undefined>,
    } = {},
  ): Promise<Told> {
    const file = join(this.dir, "result.json");
    await writeFile(file, typeof result === "string" ? result : JSON.stringify(result));
    const heard = { out: "", err: "" };
    const into = (name: "out" | "err"): Writable =>
      new Writable({
        write(chunk: Buffer, _encoding, done) {
          heard[name] += chunk.toString();
          done();
        },
      });
    const secrets = newSecrets();
    secrets.learn(token);
    const io: Io = {
      out: into("out"),
      err: into("err"),
      env: { ...(await this.env(event, payload)), ...env },
      secrets,
      ask: undefined,
      guarded: async (_stop, task) => task(),
      pace: {
        wait: async (ms) => void this.waits.push(ms),
        backoffMs: 1,
        requestMs: 400,
      },
    };
    const flags = {
      dir: "vacancies",
      format: "text",
      color: false,
      input: false,
      logLevel: "warn",
      verbose: false,
    } as const;
    const code = await reportCommand(io, flags, file).catch((error: unknown) => {
      heard.err += errorText(error, { colour: false });
      return 1;
    });
    const [summary, outputs] = await Promise.all(
      ["summary", "outputs"].map((name) => readFile(join(this.dir, name), "utf8")),
    );
    return { code, ...heard, summary: summary ?? "", outputs: outputs ?? "" };
  }

  /** Bodies of the comments on the pull request that are ours. */
  bodies(): string[] {
    return this.github
      .commentsOn(7)
      .filter(({ user }) => user.login === "github-actions[bot]")
      .map(({ body }) => body);
  }
}
