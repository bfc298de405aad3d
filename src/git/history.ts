// What the checked-out history tells of files and of messages. All paths are relative to the workspace's folder.
import type { SimpleGit } from "simple-git";
import { type Base, baseOf, changedSince } from "./base.ts";

/** Paths that one command is asked about. */
const atOnce = 400;
/** Versions of one file that are looked at, newest first. */
const mostVersions = 100;

export interface History {
  /**
   * Which of these files a commit of HEAD has touched that another commit doesn't contain; null asks the whole history.
   * Undefined where that other commit isn't there: then nothing can be told.
   */
  touched(files: readonly string[], since: string | null): Promise<ReadonlySet<string> | undefined>;
  /** The texts that a file had after those commits, newest first; undefined as with `touched`. */
  versions(file: string, since: string | null): Promise<readonly string[] | undefined>;
  /**
   * Values of a trailer in the commits since another one; without it, or where it isn't there, in those that HEAD itself
   * brought. Commits that are about other folders alone don't count.
   */
  trailers(name: string, since: string | undefined): Promise<readonly Trailer[]>;
  /**
   * Files that differ from what a branch or commit has in common with HEAD: committed since, changed, new or deleted.
   * A UsageError where there is no such thing, or nothing in common.
   */
  changedSince(ref: string): Promise<ReadonlySet<string>>;
  /** The branch that HEAD is to be merged into. UsageErrors as above. */
  base(ref: string): Promise<Base>;
}

export interface Trailer {
  readonly commit: string;
  readonly value: string;
}

const hash = /^[0-9a-f]{40,64}$/;

/** The history of the repository that `git` runs in. */
export function historyOf(git: SimpleGit): History {
  const isThere = async (commit: string | null | undefined): Promise<boolean> =>
    commit !== null &&
    commit !== undefined &&
    hash.test(commit) &&
    (await git.raw("cat-file", "-t", commit).catch(() => "")).trim() === "commit";
  const range = async (since: string | null): Promise<string[] | undefined> => {
    if (since === null) return ["HEAD"];
    return (await isThere(since)) ? ["HEAD", `^${since}`] : undefined;
  };
  return {
    async touched(files, since) {
      const commits = await range(since);
      if (commits === undefined) return undefined;
      const found = new Set<string>();
      for (let at = 0; at < files.length; at += atOnce) {
        const paths = files.slice(at, at + atOnce).map((file) => `:(literal)${file}`);
        const shown = ["--format=", "--name-only", "--no-renames", "--relative", "-z"];
        const text = await git.raw("log", ...shown, ...commits, "--", ...paths);
        for (const name of text.split("\0")) if (name.trim() !== "") found.add(name.trim());
      }
      return found;
    },
    async versions(file, since) {
      const commits = await range(since);
      if (commits === undefined) return undefined;
      const shown = ["--format=%H", "--no-renames", `--max-count=${mostVersions}`];
      const text = await git.raw("log", ...shown, ...commits, "--", `:(literal)${file}`);
      const texts: string[] = [];
      for (const commit of text.split("\n").filter(Boolean)) {
        // A commit that removed it has no version of it.
        const version = await git.raw("show", `${commit}:./${file}`).catch(() => undefined);
        if (version !== undefined) texts.push(version);
      }
      return texts;
    },
    async trailers(name, since) {
      const commits = (await isThere(since)) ? ["HEAD", `^${since}`] : await broughtByHead(git);
      const shown = `--format=%H%x09%(trailers:key=${name},valueonly,separator=%x2C)`;
      const text = await git.raw("log", shown, ...commits);
      const found = text.split("\n").flatMap((line): Trailer[] => {
        const [commit = "", values = ""] = line.split("\t");
        return values
          .split(",")
          .map((value) => value.trim())
          .filter(Boolean)
          .map((value) => ({ commit, value }));
      });
      const about = new Set<string>();
      for (const commit of new Set(found.map((trailer) => trailer.commit)))
        if (await isAbout(git, commit)) about.add(commit);
      return found.filter(({ commit }) => about.has(commit));
    },
    changedSince: (ref) => changedSince(git, ref),
    base: (ref) => baseOf(git, ref),
  };
}

/** Whether a commit touches this folder, or nothing at all, as a merge or an empty one. */
async function isAbout(git: SimpleGit, commit: string): Promise<boolean> {
  const shown = ["--no-commit-id", "--name-only", "-r", "--root", "-z"];
  const all = await git.raw("diff-tree", ...shown, commit);
  if (all.trim() === "") return true;
  return (await git.raw("diff-tree", ...shown, "--relative", commit)).trim() !== "";
}

/** HEAD and, where it is a merge, what it merged. */
async function broughtByHead(git: SimpleGit): Promise<string[]> {
  const parents = (await git.raw("rev-list", "--parents", "--max-count=1", "HEAD")).trim().split(" ");
  return parents[1] === undefined ? ["HEAD"] : ["HEAD", `^${parents[1]}`];
}
