// The branch that another one is to be merged into: its tip, and the commit at which the other left it.
import type { SimpleGit } from "simple-git";
import { UsageError } from "../model/errors.ts";

/** All paths are relative to the workspace's folder. */
export interface Base {
  /** The tip's commit. */
  readonly commit: string;
  /** Files that the base has changed since HEAD left it. */
  readonly ahead: ReadonlySet<string>;
  /** Files that HEAD has changed since, committed or not. */
  readonly changed: ReadonlySet<string>;
  /** The folder's own files, those below it left out, whose names fit; at the tip, or where HEAD left it. */
  filesAt(at: "tip" | "fork", names: RegExp): Promise<readonly { name: string; text: string }[]>;
}

const shown = ["--name-only", "--no-renames", "--relative", "-z"];

/** The base by its name; a UsageError where there is no such branch or commit, or nothing in common. */
export async function baseOf(git: SimpleGit, ref: string): Promise<Base> {
  const { tip, fork } = await forkOf(git, ref);
  return {
    commit: tip,
    ahead: fork === tip ? new Set() : names(await git.raw("diff", ...shown, fork, tip, "--", ".")),
    changed: await changedFrom(git, fork),
    async filesAt(at, wanted) {
      const commit = at === "tip" ? tip : fork;
      const listed = names(await git.raw("ls-tree", "--name-only", "-z", commit));
      const found = [...listed].filter((name) => wanted.test(name));
      return Promise.all(
        found.map(async (name) => ({ name, text: await git.raw("show", `${commit}:./${name}`) })),
      );
    },
  };
}

/** Files that differ from what a branch or commit has in common with HEAD; UsageErrors as above. */
export async function changedSince(git: SimpleGit, ref: string): Promise<ReadonlySet<string>> {
  return changedFrom(git, (await forkOf(git, ref)).fork);
}

async function forkOf(git: SimpleGit, ref: string): Promise<{ tip: string; fork: string }> {
  const commit = ref.startsWith("-")
    ? ""
    : await git.raw("rev-parse", "--verify", "--quiet", `${ref}^{commit}`).catch(() => "");
  const tip = commit.trim();
  if (tip === "") {
    throw new UsageError(`git knows no branch or commit ${ref}`, {
      hint: "fetch it first (git fetch origin BRANCH), or name another",
    });
  }
  const fork = (await git.raw("merge-base", tip, "HEAD").catch(() => "")).trim();
  if (fork === "") {
    throw new UsageError(`${ref} and HEAD have nothing in common, as far as this clone goes back`, {
      hint: "fetch the whole history: git fetch --unshallow",
    });
  }
  return { tip, fork };
}

async function changedFrom(git: SimpleGit, fork: string): Promise<ReadonlySet<string>> {
  const changed = await git.raw("diff", ...shown, fork, "--", ".");
  const fresh = await git.raw("ls-files", "--others", "--exclude-standard", "-z", "--", ".");
  return names(`${changed}\0${fresh}`);
}

const names = (text: string): ReadonlySet<string> => new Set(text.split("\0").filter(Boolean));
