// A branch that is read and written without a checkout: fetched into a reference of our own, written by fast-forward
// pushes alone, so that of two that push at once one is refused.
import { StateError } from "../model/errors.ts";
import { expect, type Git, gitIn, line, type Ran } from "./command.ts";
import { filesOf, type NewCommit, readBlob, writeBlob, writeCommit } from "./objects.ts";
import { unreadable, wordsOf } from "./refusals.ts";

/** What became of a push. */
export type Pushed =
  | { readonly is: "done" }
  /** Somebody else was there first, or is about to be: certainly not done. */
  | { readonly is: "moved"; readonly text: string }
  /** The remote doesn't want it: certainly not done. */
  | { readonly is: "refused"; readonly text: string }
  /** It may be done, or be done yet. */
  | { readonly is: "unclear"; readonly text: string };

export interface Branch {
  readonly remote: string;
  readonly ref: string;
  /** The workspace's path in the repository, with `/`; empty for its root. */
  readonly folder: string;
  /** The newest commit on the remote; undefined where it has no such branch. StateError where it can't be read. */
  tip(): Promise<string | undefined>;
  /** The newest commit that was seen before. Asks nobody. */
  last(): Promise<string | undefined>;
  /** The blobs of a folder in a commit, by name. */
  files(commit: string, folder: string): Promise<ReadonlyMap<string, string>>;
  read(blob: string): Promise<Buffer>;
  write(bytes: Uint8Array): Promise<string>;
  commit(commit: NewCommit): Promise<string>;
  push(commit: string): Promise<Pushed>;
  /** Notes a commit as the newest that was seen, where that can be noted: the remote is asked before anything is done. */
  keep(commit: string): Promise<void>;
  /** The commits that touched these files, newest first: `format` of git log, one text each. */
  log(tip: string, format: string, most: number, files: readonly string[]): Promise<readonly string[]>;
}

/** Milliseconds that the remote may take. */
const usualMs = 60_000;
const oldest = [2, 29] as const;

/** A branch of the repository around a workspace. StateError where there is no repository, or git is too old. */
export async function openBranch(
  workspace: string,
  remote: string,
  ref: string,
  remoteMs = usualMs,
): Promise<Branch> {
  const git = gitIn(workspace);
  await checkVersion(git);
  const folder = await folderOf(git, workspace);
  if ((await git(["check-ref-format", ref])).code !== 0) {
    throw new StateError(`${ref} is no name of a branch`, {
      hint: "write state.ref in _config.yaml as in refs/heads/vac-state",
    });
  }
  // Without folders, so that no branch of yesterday stands in the way of one below its name.
  const mine = `refs/vac/${remote.replaceAll(/[^\w-]/g, "_")}/${ref.replace(/^refs\//, "").replaceAll("/", "%")}`;
  return {
    remote,
    ref,
    folder,
    tip: () => tipOf(git, { remote, ref, mine, remoteMs }),
    last: () => lastSeen(git, mine, remote, ref),
    files: (commit, inner) => filesOf(git, commit, inner),
    read: (blob) => readBlob(git, blob),
    write: (bytes) => writeBlob(git, bytes),
    commit: (commit) => writeCommit(git, commit),
    push: (commit) => push(git, { remote, ref, remoteMs }, commit),
    keep: async (commit) => void (await git(["update-ref", mine, commit])),
    async log(tip, format, most, files) {
      const paths = files.map((file) => `:(top,literal)${file}`);
      const shown = ["log", "-z", `--format=${format}`, `--max-count=${most}`, "--no-show-signature", tip];
      const text = (await expect(git, [...shown, "--", ...paths])).toString("utf8");
      return text.split("\0").filter((one) => one !== "");
    },
  };
}

async function checkVersion(git: Git): Promise<void> {
  const text = await line(git, ["version"]);
  const [, major = "0", minor = "0"] = /(\d+)\.(\d+)/.exec(text) ?? [];
  const isOld = Number(major) < oldest[0] || (Number(major) === oldest[0] && Number(minor) < oldest[1]);
  if (isOld)
    throw new StateError(
      `the state is kept in git, which wants git ${oldest.join(".")}, and this is ${text}`,
      {
        hint: "install a newer git, or keep the state in files (state: { backend: file })",
      },
    );
}

async function folderOf(git: Git, workspace: string): Promise<string> {
  const ran = await git(["rev-parse", "--is-inside-work-tree", "--show-prefix"]);
  const [inside, prefix = ""] = ran.out.toString("utf8").split("\n");
  if (ran.code === 0 && inside === "true") return prefix.replace(/\/$/, "");
  if (ran.err.includes("safe.directory")) {
    throw new StateError(`git doesn't trust the repository around ${workspace}: it belongs to another user`, {
      hint: "run vac as its owner, or `git config --global --add safe.directory PATH` with the repository's path",
    });
  }
  throw new StateError(`the state is kept in git, and ${workspace} isn't in the work tree of a repository`, {
    hint: "git init and git remote add origin URL, or keep the state in files (_config.yaml: state: { backend: file })",
  });
}

interface Far {
  readonly remote: string;
  readonly ref: string;
  /** Milliseconds. */
  readonly remoteMs: number;
}

/** `mine` is the reference that keeps what was fetched. */
async function tipOf(
  git: Git,
  { remote, ref, mine, remoteMs }: Far & { readonly mine: string },
): Promise<string | undefined> {
  const asked = await git(["ls-remote", "--exit-code", "--", remote, ref], { limitMs: remoteMs });
  if (asked.code !== 0 && asked.code !== 2) throw await trouble(git, asked, remote);
  const found = listed(asked, ref);
  if (found === undefined) {
    await git(["update-ref", "-d", mine]);
    return undefined;
  }
  if ((await git(["cat-file", "-e", `${found}^{commit}`])).code === 0) {
    await git(["update-ref", mine, found]);
    return found;
  }
  const quiet = ["--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", "--refmap="];
  const fetched = await git(["fetch", ...quiet, "--", remote, `+${ref}:${mine}`], { limitMs: remoteMs });
  if (fetched.code !== 0) throw await trouble(git, fetched, remote);
  return line(git, ["rev-parse", "--verify", mine]);
}

/** The commit that `git ls-remote` tells of a reference. */
function listed({ out }: Ran, ref: string): string | undefined {
  const lines = out.toString("utf8").split("\n");
  return lines.map((text) => text.split("\t")).find(([, name]) => name === ref)?.[0];
}

/** What we have seen of it, or what an ordinary fetch has brought, such as a pipeline's checkout; the newer of the two. */
async function lastSeen(git: Git, mine: string, remote: string, ref: string): Promise<string | undefined> {
  const usual = ref.replace(/^refs\/heads\//, `refs/remotes/${remote}/`);
  const [ours, theirs] = await Promise.all(
    [mine, usual].map(async (name) => {
      const { out } = await git(["rev-parse", "--verify", "--quiet", `${name}^{commit}`]);
      return out.toString().trim() || undefined;
    }),
  );
  if (ours === undefined || theirs === undefined) return ours ?? theirs;
  return (await git(["merge-base", "--is-ancestor", ours, theirs])).code === 0 ? theirs : ours;
}

async function trouble(git: Git, ran: Ran, remote: string): Promise<StateError> {
  const known = (await line(git, ["remote"])).split("\n").filter(Boolean);
  return unreadable(ran, remote, known);
}

/** What git says of a reference that was taken by another push in the same moment. */
const race =
  /fetch first|non-fast-forward|failed to update ref|cannot lock ref|already exists|incorrect old value|stale info/;

async function push(git: Git, { remote, ref, remoteMs }: Far, commit: string): Promise<Pushed> {
  const alone = [
    "-c",
    "push.followTags=false",
    "-c",
    "push.recurseSubmodules=no",
    "-c",
    "push.gpgSign=false",
  ];
  const args = [...alone, "push", "--porcelain", "--no-verify", "--", remote, `${commit}:${ref}`];
  const ran = await git(args, { limitMs: remoteMs });
  const elsewhere = `${remote} may be pushed to another repository than it is read from: git remote get-url --push ${remote}`;
  const isApart = await hasTwoAddresses(git, remote);
  if (ran.code === 0) {
    const isSeen = !isApart || (await isThere(git, { remote, ref, remoteMs }, commit));
    return isSeen ? { is: "done" } : { is: "refused", text: `it can't be seen there; ${elsewhere}` };
  }
  const told = ran.out
    .toString("utf8")
    .split("\n")
    .find((text) => text.startsWith("!\t"));
  if (told !== undefined) {
    const why = told.split("\t")[2] ?? "";
    const text = [why, wordsOf(ran, "the push"), isApart && elsewhere].filter(Boolean).join("; ");
    return { is: why.startsWith("[rejected]") || race.test(why) ? "moved" : "refused", text };
  }
  return { is: "unclear", text: wordsOf(ran, "the push") };
}

/** A remote may have another address for pushes: what lands in another repository nobody would ever see. */
async function hasTwoAddresses(git: Git, remote: string): Promise<boolean> {
  const ways = [[], ["--push"]].map((way) => git(["remote", "get-url", "--all", ...way, "--", remote]));
  const [read, written] = await Promise.all(ways);
  return read !== undefined && written !== undefined && !read.out.equals(written.out);
}

/** Whether a pushed commit shows, or another one on top of it. */
async function isThere(git: Git, { remote, ref, remoteMs }: Far, commit: string): Promise<boolean> {
  const asked = await git(["ls-remote", "--", remote, ref], { limitMs: remoteMs });
  const found = listed(asked, ref);
  if (asked.code !== 0 || found === commit) return true;
  // What was there before shows as an ancestor.
  return found !== undefined && (await git(["merge-base", "--is-ancestor", found, commit])).code !== 0;
}
