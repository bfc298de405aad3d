// What a workflow's run is about, from the environment and the event that started it.
import { readFile } from "node:fs/promises";
import { UsageError } from "../model/errors.ts";

type Env = Readonly<Record<string, string | undefined>>;

/** A run of a workflow. */
export interface WorkflowRun {
  readonly owner: string;
  readonly repo: string;
  /** Such as `pull_request` or `push`. */
  readonly event: string;
  /** The pull request that it is about; after a push it has to be looked up. */
  readonly pull: number | undefined;
  /** The commit that gets a status: a pull request's head, or what was pushed. */
  readonly commit: string | undefined;
  /** Whether a pull request may have come from the commit. */
  readonly isPush: boolean;
  /** Started by the clock or by hand, so that there is nobody to answer but an issue. */
  readonly isScheduled: boolean;
  /** Why the token can't write, where that is as it should be. */
  readonly readOnly: string | undefined;
  /** The run's page; undefined where the environment doesn't tell. */
  readonly page: string | undefined;
  /** The repository's folder. */
  readonly root: string;
  readonly api: string;
}

interface EventFile {
  readonly after?: unknown;
  readonly deleted?: unknown;
  readonly pull_request?: {
    readonly number?: unknown;
    readonly user?: { readonly login?: unknown };
    readonly head?: { readonly sha?: unknown; readonly repo?: { readonly full_name?: unknown } | null };
    readonly base?: { readonly repo?: { readonly full_name?: unknown } };
  };
}

/** Reads the run that this process is part of; a UsageError where it is part of none. */
export async function workflowRun(env: Env, cwd: string): Promise<WorkflowRun> {
  const [owner, repo] = (env.GITHUB_REPOSITORY ?? "").split("/");
  if (!owner || !repo || !env.GITHUB_EVENT_NAME) {
    throw new UsageError(
      "this isn't a workflow of GitHub: GITHUB_REPOSITORY or GITHUB_EVENT_NAME isn't set",
      {
        hint: "vac report github runs in GitHub Actions; elsewhere vac show FILE --format markdown makes the page",
      },
    );
  }
  const event = env.GITHUB_EVENT_NAME;
  const file = await eventFile(env.GITHUB_EVENT_PATH);
  const pull = file.pull_request;
  const isPush = event === "push";
  const head = pull ? text(pull.head?.sha) : isPush ? (text(file.after) ?? env.GITHUB_SHA) : undefined;
  return {
    owner,
    repo,
    event,
    pull: typeof pull?.number === "number" ? pull.number : undefined,
    commit: isCommit(head) ? head : event === "merge_group" ? env.GITHUB_SHA : undefined,
    isPush,
    isScheduled: event === "schedule" || event === "workflow_dispatch",
    // With pull_request_target the token is the base's, and writes.
    readOnly: pull && event === "pull_request" ? readOnly(pull) : undefined,
    page: pageOf(env),
    root: env.GITHUB_WORKSPACE || cwd,
    api: env.GITHUB_API_URL || "https://api.github.com",
  };
}

const text = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

/** A branch that was deleted is pushed as zeros. */
const isCommit = (sha: string | undefined): boolean =>
  sha !== undefined && /^[0-9a-f]{40,64}$/.test(sha) && !/^0+$/.test(sha);

async function eventFile(path: string | undefined): Promise<EventFile> {
  if (path === undefined || path === "") return {};
  try {
    const value: unknown = JSON.parse(await readFile(path, "utf8"));
    return typeof value === "object" && value !== null ? value : {};
  } catch (cause) {
    throw new UsageError(
      `the event can't be read from GITHUB_EVENT_PATH (${path}): ${(cause as Error).message}`,
      {
        cause,
      },
    );
  }
}

function readOnly(pull: NonNullable<EventFile["pull_request"]>): string | undefined {
  const [from, to] = [pull.head?.repo?.full_name, pull.base?.repo?.full_name];
  if (from !== to) return "the pull request comes from a fork, whose token can only read";
  if (pull.user?.login === "dependabot[bot]")
    return "the pull request is Dependabot's, whose token can only read";
  return undefined;
}

function pageOf({ GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID }: Env): string | undefined {
  if (!GITHUB_RUN_ID || !/^\d+$/.test(GITHUB_RUN_ID)) return undefined;
  const server = GITHUB_SERVER_URL || "https://github.com";
  const path = `/${GITHUB_REPOSITORY}/actions/runs/${GITHUB_RUN_ID}`;
  return URL.canParse(path, server) ? new URL(path, server).href : undefined;
}
