// One workspace's and board's part of the branch: a snapshot, a log, a lease, and what belongs to the embedded board.
import type { Branch } from "../../git/branch.ts";
import { StateError } from "../../model/errors.ts";
import type { Content } from "../load.ts";
import { boardFile } from "../store.ts";
import { type Lease, parseLease } from "./lease.ts";

/** Shows at the top of the branch what it is: nothing is ever written to a branch without it. */
const mark = "vac-state.txt";
const markText = `This branch is written by vac (vacancy-as-code): what is known of a job board, by workspace and board.
It isn't meant to be merged, edited or checked out. It holds contact phones: whoever can read the repository can
read them here. vac state history shows what happened, docs/state.md tells how it works.
`;

/** The names of a board's files in its workspace's folder of the branch. */
export interface Names {
  readonly snapshot: string;
  readonly log: string;
  readonly lease: string;
  /** Of the embedded board's data. */
  readonly beside: readonly string[];
}

export function namesOf(board: string, beside: readonly string[]): Names {
  const base = boardFile(board);
  const own = { snapshot: `${base}.json`, log: `${base}.log`, lease: `${base}.lease` };
  return { ...own, beside: beside.map((name) => `${base}.${name}`) };
}

/** What a commit has of it. */
export interface Part {
  /** Undefined as long as there is no branch. */
  readonly commit: string | undefined;
  /** Blobs by name. */
  readonly blobs: ReadonlyMap<string, string>;
}

/** Reads which blobs a commit has. A StateError where the branch is none of ours. */
export async function partOf(branch: Branch, commit: string | undefined, names: Names): Promise<Part> {
  if (commit === undefined) return { commit, blobs: new Map() };
  const top = await branch.files(commit, "");
  if (!top.has(mark)) {
    throw new StateError(`${branch.ref} on ${branch.remote} is no branch of vac's: it has no ${mark}`, {
      hint: "name a branch in state.ref of _config.yaml that nobody else writes to; nothing was changed",
    });
  }
  const files = branch.folder === "" ? top : await branch.files(commit, branch.folder);
  const own = [names.snapshot, names.log, names.lease, ...names.beside];
  return { commit, blobs: new Map([...files].filter(([name]) => own.includes(name))) };
}

/** Whether nobody has changed anything of it. */
export function isSame(a: Pick<Part, "blobs">, b: Pick<Part, "blobs">): boolean {
  return a.blobs.size === b.blobs.size && [...a.blobs].every(([name, id]) => b.blobs.get(name) === id);
}

/** The snapshot and the log of a part. */
export async function contentOf(branch: Branch, { blobs }: Part, names: Names): Promise<Content> {
  const read = async (name: string): Promise<Buffer | undefined> => {
    const id = blobs.get(name);
    return id === undefined ? undefined : branch.read(id);
  };
  return { snapshot: await read(names.snapshot), log: await read(names.log) };
}

/** The lease of a part, if somebody holds or has left one. */
export async function leaseOf(branch: Branch, { blobs }: Part, names: Names): Promise<Lease | undefined> {
  const id = blobs.get(names.lease);
  return id === undefined ? undefined : parseLease(await branch.read(id), placeOf(branch, names.lease));
}

/** How a file of the branch is called in messages. */
export const placeOf = ({ ref, folder }: Branch, name: string): string =>
  `${ref}:${folder === "" ? "" : `${folder}/`}${name}`;

/** A commit that makes a part be so: `files` are all that it has. */
export async function commitPart(
  branch: Branch,
  before: Part,
  names: Names,
  blobs: ReadonlyMap<string, string>,
  message: string,
): Promise<string> {
  const own = [names.snapshot, names.log, names.lease, ...names.beside];
  const changes = new Map(own.map((name) => [name, blobs.get(name) ?? null] as const));
  const top =
    before.commit === undefined ? new Map([[mark, await branch.write(Buffer.from(markText))]]) : undefined;
  return branch.commit({ on: before.commit, folder: branch.folder, changes, message, ...(top && { top }) });
}
