// What git is asked. Without git, or outside a repository, everything else still works.
import { realpath } from "node:fs/promises";
import { relative, sep } from "node:path";
import type { SimpleGit } from "simple-git";

/** The repository that a folder lies in. */
export interface Repository {
  /** The folder's path from the repository's root, with `/`; empty for the root itself. */
  readonly prefix: string;
  /** The checked-out commit; null before the first one. */
  readonly commit: string | null;
  /** Whether HEAD contains a commit; `unknown` where the history is too short to tell. */
  contains(commit: string): Promise<"yes" | "no" | "unknown">;
}

/** Opens the repository around a folder; undefined where there is none or git can't be run. */
export async function openRepository(folder: string): Promise<Repository | undefined> {
  const { simpleGit } = await import("simple-git");
  const place = await realpath(folder).catch(() => undefined);
  if (place === undefined) return undefined;
  const git = simpleGit({ baseDir: place });
  const facts = await git
    .raw("rev-parse", "--show-toplevel", "--is-shallow-repository")
    .catch(() => undefined);
  if (facts === undefined) return undefined;
  const [top = "", shallow = ""] = facts.trim().split("\n");
  const commit = await git.raw("rev-parse", "--verify", "--quiet", "HEAD").then(
    (text) => text.trim() || null,
    () => null,
  );
  return {
    prefix: relative(top, place).split(sep).join("/"),
    commit,
    contains: (other) => contains(git, commit, other, shallow === "true"),
  };
}

async function contains(
  git: SimpleGit,
  head: string | null,
  other: string,
  shallow: boolean,
): Promise<"yes" | "no" | "unknown"> {
  if (head === null || !/^[0-9a-f]{40,64}$/.test(other)) return "unknown";
  if (head === other) return "yes";
  // Counts what `other` has and HEAD hasn't: none means that HEAD contains it.
  const count = await git
    .raw("rev-list", "--count", "--max-count=1", other, `^${head}`)
    .catch(() => undefined);
  if (count?.trim() === "0") return "yes";
  return shallow ? "unknown" : "no";
}
