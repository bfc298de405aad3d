// Comments and issues of our own, known by a hidden mark; never those of anybody else.
import { type Asked, type GitHub, GitHubError, NotThereError, UnclearError } from "./client.ts";
import type { WorkflowRun } from "./workflow.ts";

export type Repository = Pick<WorkflowRun, "owner" | "repo">;

/** A comment or an issue. */
export interface Page {
  readonly id: number;
  readonly body: string;
}

const perPage = 100;
/** Milliseconds after which a write that nobody knows of is looked for. */
const settled = 2000;

/** All pages of a list, oldest first, that we wrote and that begin with the mark. */
export async function ownPages(
  github: GitHub,
  route: string,
  values: Readonly<Record<string, unknown>>,
  asked: Asked,
  mark: string,
): Promise<Page[]> {
  const login = await github.login();
  const found: Page[] = [];
  for (let page = 1; ; page += 1) {
    const { data, more } = await github.send(route, { ...values, per_page: perPage, page }, asked);
    if (!Array.isArray(data)) throw new GitHubError(`${asked.what}: GitHub's answer is no list`);
    for (const item of data as readonly Listed[]) {
      // A bot's login is told with and without its suffix.
      const isOwn = item.user?.login === login || item.user?.login === `${login}[bot]`;
      if (isOwn && item.pull_request === undefined && item.body?.startsWith(mark))
        found.push({ id: route.includes("/comments") ? item.id : item.number, body: item.body });
    }
    if (data.length === 0 || (!more && data.length < perPage)) break;
  }
  return found.sort((a, b) => a.id - b.id);
}

interface Listed {
  readonly id: number;
  readonly number: number;
  readonly body?: string | null;
  readonly user?: { readonly login?: string } | null;
  readonly pull_request?: unknown;
}

/**
 * Writes something new that isn't there yet. Where nobody knows whether it was done, it is looked for before it is
 * written again, once, so that it doesn't appear twice.
 */
export async function createOnce(
  create: () => Promise<void>,
  find: () => Promise<readonly Page[]>,
  github: GitHub,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await create();
      return;
    } catch (error) {
      if (!(error instanceof UnclearError)) throw error;
      await github.wait(settled);
      if ((await find()).length > 0) return;
      if (attempt === 2) throw error;
    }
  }
}

/**
 * Makes a pull request have one comment of ours with this mark and body. Where two runs at once have written one each,
 * the older stays. Without `create` nothing is written where there is none.
 */
export async function putComment(
  github: GitHub,
  repository: Repository,
  pull: number,
  comment: { readonly mark: string; readonly body: string; readonly create: boolean },
): Promise<"written" | "updated" | "none"> {
  const { owner, repo } = repository;
  const asked = (repeats: boolean): Asked => ({
    what: `the comment on #${pull} can't be written`,
    permission: "pull-requests: write",
    repeats,
  });
  const list = "GET /repos/{owner}/{repo}/issues/{number}/comments";
  const find = (): Promise<Page[]> =>
    ownPages(github, list, { owner, repo, number: pull }, asked(true), comment.mark);
  let own = await find();
  const isNew = own.length === 0;
  if (isNew) {
    if (!comment.create) return "none";
    const create = "POST /repos/{owner}/{repo}/issues/{number}/comments";
    const values = { owner, repo, number: pull, body: comment.body };
    await createOnce(async () => void (await github.send(create, values, asked(false))), find, github);
    own = await find();
  }
  const [first, ...others] = own;
  if (first && normal(first.body) !== normal(comment.body)) {
    const values = { owner, repo, id: first.id, body: comment.body };
    await github.send("PATCH /repos/{owner}/{repo}/issues/comments/{id}", values, asked(true));
  }
  for (const { id } of others) {
    const values = { owner, repo, id };
    await github
      .send("DELETE /repos/{owner}/{repo}/issues/comments/{id}", values, asked(true))
      .catch((error: unknown) => {
        if (!(error instanceof NotThereError)) throw error;
      });
  }
  return isNew ? "written" : "updated";
}

/** GitHub may give lines back with other ends. */
const normal = (text: string): string => text.replaceAll("\r\n", "\n");

/** The pull request that brought a commit to a branch, squashed or merged; undefined where there is none. */
export async function pullOf(
  github: GitHub,
  { owner, repo }: Repository,
  sha: string,
): Promise<number | undefined> {
  const asked = {
    what: `the pull request of commit ${sha.slice(0, 8)} can't be read`,
    permission: "pull-requests: read",
    repeats: true,
  };
  const { data } = await github.send(
    "GET /repos/{owner}/{repo}/commits/{sha}/pulls",
    { owner, repo, sha },
    asked,
  );
  if (!Array.isArray(data)) throw new GitHubError(`${asked.what}: GitHub's answer is no list`);
  const merged = (data as readonly Pull[]).filter(({ merged_at }) => typeof merged_at === "string");
  const made = merged.find(({ merge_commit_sha }) => merge_commit_sha === sha);
  return (made ?? merged.sort((a, b) => String(b.merged_at).localeCompare(String(a.merged_at)))[0])?.number;
}

interface Pull {
  readonly number: number;
  readonly merged_at?: string | null;
  readonly merge_commit_sha?: string | null;
}

/** Why a run's commit isn't what a pull request is about any more: it has gone on, or was merged. Undefined while it is. */
export async function pastOf(
  github: GitHub,
  { owner, repo }: Repository,
  pull: number,
  commit: string,
): Promise<string | undefined> {
  const asked = {
    what: `pull request #${pull} can't be read`,
    permission: "pull-requests: write",
    repeats: true,
  };
  const { data } = await github.send(
    "GET /repos/{owner}/{repo}/pulls/{number}",
    { owner, repo, number: pull },
    asked,
  );
  const { head, merged } = data as { head?: { sha?: unknown }; merged?: unknown };
  if (merged === true) return `#${pull} was merged meanwhile`;
  return head?.sha === commit
    ? undefined
    : `#${pull} has other commits by now, and a run of its own for them`;
}

/** Marks a commit; the last status of a context is the one that counts, so it does no harm twice. */
export async function putStatus(
  github: GitHub,
  { owner, repo }: Repository,
  sha: string,
  status: {
    readonly context: string;
    readonly state: "success" | "failure";
    readonly description: string;
    readonly target_url?: string;
  },
): Promise<void> {
  await github.send(
    "POST /repos/{owner}/{repo}/statuses/{sha}",
    { owner, repo, sha, ...status },
    {
      what: `the status of commit ${sha.slice(0, 8)} can't be set`,
      permission: "statuses: write",
      repeats: true,
    },
  );
}
