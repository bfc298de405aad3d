// A repository around a stage's workspace.
import { execFileSync } from "node:child_process";
import { dirname } from "node:path";
import type { Stage } from "./harness.ts";

const me = ["-c", "user.name=t", "-c", "user.email=t@t.invalid", "-c", "commit.gpgsign=false"];

export const git = (cwd: string, ...args: string[]): string =>
  execFileSync("git", [...me, ...args], { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();

export interface Repo {
  readonly root: string;
  git(...args: string[]): string;
  /** Commits everything; the commit's hash. */
  commit(message: string): string;
}

/** Makes the folder above the workspace a repository, whose first commit holds the files as they are. */
export async function repoOf(stage: Stage): Promise<Repo> {
  const root = dirname(stage.dir);
  const own = (...args: string[]): string => git(root, ...args);
  own("init", "-q", "-b", "main");
  await stage.write("../.gitignore", ".vac/\n.board/\n");
  const commit = (message: string): string => {
    own("add", "-A");
    own("commit", "-q", "--allow-empty", "-m", message);
    return own("rev-parse", "HEAD");
  };
  commit("begin");
  return { root, git: own, commit };
}
