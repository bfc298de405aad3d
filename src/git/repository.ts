// What git is asked. Without git, or outside a repository, everything else still works.
import { realpath } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import type { SimpleGit } from "simple-git";
import { VacError } from "../model/errors.ts";
import { type History, historyOf } from "./history.ts";

/** The repository that a folder lies in. */
export interface Repository {
  /** The work tree's folder, absolute, symbolic links resolved. */
  readonly root: string;
  /** The folder's path from the repository's root, with `/`; empty for the root itself. */
  readonly prefix: string;
  /** The checked-out commit; null before the first one. */
  readonly commit: string | null;
  /** Whether HEAD contains a commit; `unknown` where the history is too short to tell. */
  contains(commit: string): Promise<"yes" | "no" | "unknown">;
  /**
   * Files below the folder that aren't in HEAD as they are here: changed, new or deleted, and not ignored. Relative to
   * the folder, as are the paths that are passed over.
   */
  uncommitted(except?: readonly string[]): Promise<ReadonlySet<string>>;
  readonly history: History;
  /** What origin calls its default branch; before origin is known, the only branch. Undefined where that can't be told. */
  defaultBranch(): Promise<string | undefined>;
  /** Folders of the repository in or below which there is a YAML file, absolute; ignored ones aren't looked at. */
  yamlFolders(): Promise<readonly string[]>;
}

/**
 * Opens the repository around a folder; undefined where there is none or git can't be run. A VacError where git
 * doesn't trust it: without its word, rules that need the history would silently not hold. `listed` is how many of
 * the newest commits are read at once.
 */
export async function openRepository(folder: string, listed = 10_000): Promise<Repository | undefined> {
  const { simpleGit } = await import("simple-git");
  const place = await realpath(folder).catch(() => undefined);
  if (place === undefined) return undefined;
  const git = simpleGit({ baseDir: place });
  const facts = await git
    .raw("rev-parse", "--show-toplevel", "--is-shallow-repository", "--revs-only", "HEAD")
    .catch((error: Error) => withoutRepository(error, place));
  if (facts === undefined) return undefined;
  // From the end, since a folder's name may hold what ends a line; before the first commit there is no last line.
  const lines = facts.trimEnd().split("\n");
  const commit = (/^[0-9a-f]{40,64}$/.test(lines.at(-1) ?? "") && lines.pop()) || null;
  const shallow = lines.pop();
  const top = lines.join("\n");
  const prefix = relative(top, place).split(sep).join("/");
  return {
    root: top,
    prefix,
    commit,
    contains: containedIn(git, commit, shallow === "true", listed),
    uncommitted: (except = []) => uncommitted(git, prefix, except),
    history: historyOf(git),
    defaultBranch: () => defaultBranch(git),
    yamlFolders: () => yamlFolders(git, top),
  };
}

function withoutRepository(error: Error, place: string): undefined {
  // The one part of the message that is the same in every language.
  if (!error.message.includes("safe.directory")) return undefined;
  throw new VacError(`git doesn't trust the repository around ${place}: it belongs to another user`, {
    hint: "run vac as its owner, or `git config --global --add safe.directory PATH` with the repository's path",
    cause: error,
  });
}

async function uncommitted(
  git: SimpleGit,
  prefix: string,
  except: readonly string[],
): Promise<ReadonlySet<string>> {
  const below = except.map((name) => `:(exclude,literal)${name}`);
  // --branch makes it say something in any case: simple-git waits long for commands that say nothing.
  const text = await git.raw(
    "--no-optional-locks",
    ...["status", "--porcelain=v1", "--branch", "-z", "--untracked-files=all", "--no-renames", "--", "."],
    ...below,
  );
  const above = prefix === "" ? "" : `${prefix}/`;
  const paths = text
    .split("\0")
    .filter((line) => line !== "" && !line.startsWith("## "))
    .map((line) => line.slice(3));
  return new Set(paths.map((path) => (path.startsWith(above) ? path.slice(above.length) : path)));
}

async function defaultBranch(git: SimpleGit): Promise<string | undefined> {
  const told = async (...args: string[]): Promise<string> => (await git.raw(...args).catch(() => "")).trim();
  const known = await told("symbolic-ref", "--quiet", "refs/remotes/origin/HEAD");
  if (known !== "") return known.replace("refs/remotes/origin/", "");
  const current = await told("symbolic-ref", "--quiet", "--short", "HEAD");
  const all = await told("for-each-ref", "--format=%(refname:short)", "refs/heads", "refs/remotes");
  const others = all.split("\n").filter((name) => name !== "" && name.replace(/^origin\//, "") !== current);
  return others.length === 0 && current !== "" ? current : undefined;
}

async function yamlFolders(git: SimpleGit, root: string): Promise<readonly string[]> {
  const shown = ["--cached", "--others", "--exclude-standard", "--full-name", "-z"];
  const text = await git.raw("ls-files", ...shown, "--", ":(top,glob)**/*.yaml", ":(top,glob)**/*.yml");
  const folders = new Set<string>();
  for (const path of text.split("\0").filter(Boolean)) {
    for (let folder = dirname(path); !folders.has(folder); folder = dirname(folder)) {
      folders.add(folder);
      if (folder === ".") break;
    }
  }
  return [...folders].sort().map((folder) => join(root, folder));
}

/** What HEAD contains is asked for once: a state names many commits, and most of them are not old. */
function containedIn(git: SimpleGit, head: string | null, shallow: boolean, listed: number) {
  let asked: Promise<ReadonlySet<string> | undefined> | undefined;
  return async (other: string): Promise<"yes" | "no" | "unknown"> => {
    if (head === null || !/^[0-9a-f]{40,64}$/.test(other)) return "unknown";
    if (head === other) return "yes";
    asked ??= newest(git, head, listed);
    const recent = await asked;
    if (recent === undefined) return "unknown";
    if (recent.has(other)) return "yes";
    const isAll = recent.size < listed;
    if (!isAll && (await isAncestor(git, other, head))) return "yes";
    return shallow ? "unknown" : "no";
  };
}

/** The newest commits of a history; undefined where git can't read them. */
function newest(git: SimpleGit, head: string, listed: number): Promise<ReadonlySet<string> | undefined> {
  return git.raw("rev-list", `--max-count=${listed}`, head).then(
    (text) => new Set(text.trim().split("\n")),
    () => undefined,
  );
}

/** Counts what a commit has and HEAD hasn't: none means that HEAD contains it. */
async function isAncestor(git: SimpleGit, other: string, head: string): Promise<boolean> {
  const count = await git
    .raw("rev-list", "--count", "--max-count=1", other, `^${head}`)
    .catch(() => undefined);
  return count?.trim() === "0";
}
