// Blobs, trees and commits, written and read without a work tree and without an index.
import { expect, type Git, line } from "./command.ts";

interface TreeEntry {
  readonly mode: string;
  readonly type: string;
  readonly id: string;
}

/** What commits of ours are signed with: no name has to be set up where they are made. */
const identity = { name: "vacancy-as-code", email: "vacancy-as-code@localhost" };

async function readTree(git: Git, tree: string): Promise<Map<string, TreeEntry>> {
  const text = (await expect(git, ["ls-tree", "-z", "--full-tree", tree])).toString("utf8");
  const entries = new Map<string, TreeEntry>();
  for (const item of text.split("\0").filter(Boolean)) {
    const tab = item.indexOf("\t");
    const [mode = "", type = "", id = ""] = item.slice(0, tab).split(" ");
    entries.set(item.slice(tab + 1), { mode, type, id });
  }
  return entries;
}

const partsOf = (folder: string): string[] => folder.split("/").filter(Boolean);

/** The blobs that lie directly in a folder of a commit, by name; none where there is no such folder. */
export async function filesOf(git: Git, commit: string, folder: string): Promise<Map<string, string>> {
  let tree = `${commit}^{tree}`;
  for (const part of partsOf(folder)) {
    const inner = (await readTree(git, tree)).get(part);
    if (inner?.type !== "tree") return new Map();
    tree = inner.id;
  }
  const blobs = [...(await readTree(git, tree))].filter(([, { type }]) => type === "blob");
  return new Map(blobs.map(([name, { id }]) => [name, id]));
}

export const readBlob = (git: Git, id: string): Promise<Buffer> => expect(git, ["cat-file", "blob", id]);

export const writeBlob = (git: Git, bytes: Uint8Array): Promise<string> =>
  line(git, ["hash-object", "-w", "--stdin"], { input: bytes });

/** Files of a folder, by name: the blob that each is to be; null removes it. */
export type Changes = ReadonlyMap<string, string | null>;

/** A tree in which files of one folder are changed, and everything else is as in `tree`. */
async function changed(
  git: Git,
  tree: string | undefined,
  path: readonly string[],
  changes: Changes,
): Promise<string> {
  const entries = tree === undefined ? new Map<string, TreeEntry>() : await readTree(git, tree);
  const [first, ...rest] = path;
  if (first === undefined) {
    for (const [name, id] of changes) {
      if (id === null) entries.delete(name);
      else entries.set(name, { mode: "100644", type: "blob", id });
    }
  } else {
    const inner = entries.get(first);
    const id = await changed(git, inner?.type === "tree" ? inner.id : undefined, rest, changes);
    entries.set(first, { mode: "040000", type: "tree", id });
  }
  const text = [...entries].map(([name, { mode, type, id }]) => `${mode} ${type} ${id}\t${name}\0`).join("");
  // A partial clone lacks what it hasn't asked for yet, and what was in the tree before may stay so.
  return line(git, ["mktree", "-z", "--missing"], { input: text });
}

export interface NewCommit {
  /** The commit that it follows; undefined for the first one. */
  readonly on: string | undefined;
  readonly folder: string;
  readonly changes: Changes;
  readonly message: string;
  /** Files at the top that are added where they are missing. */
  readonly top?: ReadonlyMap<string, string>;
}

/** Writes a commit that nothing points to yet, and returns its id. */
export async function writeCommit(git: Git, commit: NewCommit): Promise<string> {
  const { on, folder, changes, message, top = new Map() } = commit;
  let tree = await changed(git, on && `${on}^{tree}`, partsOf(folder), changes);
  if (top.size > 0) tree = await changed(git, tree, [], top);
  const parents = on === undefined ? [] : ["-p", on];
  const env = {
    GIT_AUTHOR_NAME: identity.name,
    GIT_AUTHOR_EMAIL: identity.email,
    GIT_COMMITTER_NAME: identity.name,
    GIT_COMMITTER_EMAIL: identity.email,
  };
  return line(git, ["commit-tree", "--no-gpg-sign", ...parents, "-F", "-", tree], { input: message, env });
}
