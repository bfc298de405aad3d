// What a branch has of one board, held against the local copy.
import { join } from "node:path";
import type { Branch } from "../../git/branch.ts";
import { LockError, StateError } from "../../model/errors.ts";
import type { State } from "../../model/state.ts";
import { applyEvent, type StateEvent } from "../events.ts";
import { Journal } from "../journal.ts";
import { type Content, type Files, fold, type Loaded, load, readContent } from "../load.ts";
import { liveHolder } from "../lock.ts";
import { filesIn, type Held } from "../store.ts";
import { copyWord, forgetWord, isEqual, isNone, joined, none, writeCopy } from "./copy.ts";
import { isLive, type Lease, orphaned, respectedUntil } from "./lease.ts";
import { contentOf, leaseOf, type Names, type Part, partOf, placeOf } from "./part.ts";

/** Where the files of one board lie, here and on the branch. */
export interface Places {
  readonly branch: () => Promise<Branch>;
  readonly names: Names;
  /** The folder of local copies. */
  readonly copies: string;
  /** The local copy. */
  readonly files: Files;
  /** The state in files, from before the branch was used. */
  readonly old: Files;
  /** This machine's clock, milliseconds since 1970. */
  readonly now: () => number;
}

export function placesOf(
  folder: string,
  board: string,
  rest: Pick<Places, "branch" | "names" | "now">,
): Places {
  const copies = join(folder, "branch");
  return { ...rest, copies, files: filesIn(copies, board), old: filesIn(join(folder, "state"), board) };
}

/** One moment of the branch. */
export interface Seen {
  readonly branch: Branch;
  readonly part: Part;
  readonly content: Content;
  readonly lease: Lease | undefined;
}

/**
 * Looks at the branch; `ask` fetches it, else it is as it was fetched last. A StateError where the lease can't be read,
 * unless something is to stand for it.
 */
export async function see({ branch: open, names }: Places, ask: boolean, instead?: Lease): Promise<Seen> {
  const branch = await open();
  const part = await partOf(branch, ask ? await branch.tip() : await branch.last(), names);
  return {
    branch,
    part,
    content: await contentOf(branch, part, names),
    lease: await leaseOf(branch, part, names).catch((error: Error) => {
      if (instead && error instanceof StateError) return instead;
      throw error;
    }),
  };
}

/** What the branch's files are called in messages. */
const called = ({ names }: Places, { branch }: Seen): Pick<Files, "snapshot" | "log"> => ({
  snapshot: placeOf(branch, names.snapshot),
  log: placeOf(branch, names.log),
});

/** Whether a lease is the one that a run in this very folder has left: its log here tells all about its calls. */
const isOurs = async ({ copies }: Places, lease: Lease): Promise<boolean> =>
  lease.machine === (await copyWord(copies));

/** Whose lease has to be respected. `alone` says that nobody else is at work in this folder. */
export async function leaseAtWork(
  places: Places,
  { lease }: Seen,
  alone: boolean,
): Promise<(Lease & Held) | undefined> {
  if (!lease || !isLive(lease, places.now())) return undefined;
  const isLeft = (await isOurs(places, lease)) && (alone || !(await liveHolder(places.files.lock)));
  return isLeft ? undefined : { ...lease, until: respectedUntil(lease) };
}

/** What a run that is gone leaves to be reckoned with. */
export async function leftBy(places: Places, { lease }: Seen): Promise<StateEvent[]> {
  if (!lease || isLive(lease, places.now()) || (await isOurs(places, lease))) return [];
  return [orphaned(lease, places.now())];
}

/** The state as both sides tell it; the one in files where neither has any. */
export async function stateOf(places: Places, seen: Seen): Promise<State | undefined> {
  const names = called(places, seen);
  const { content, isLocal, late } = joined(await readContent(places.files), seen.content, names);
  const { state } = fold(content, isLocal ? places.files : names);
  const old = (await load(places.old)).state;
  if (state === undefined) return old;
  checkOld(places, state, old);
  for (const event of [...late, ...(await leftBy(places, seen))]) applyEvent(state, event);
  return state;
}

export interface Settled {
  readonly loaded: Loaded;
  /** Whether it has more than the branch. */
  readonly isAhead: boolean;
  /** Whether it is the state that was kept in files. */
  readonly isTaken: boolean;
}

/** Makes the local copy the newest that there is, under its lock: the branch, with all that only this copy knows. */
export async function settleCopy(places: Places, seen: Seen): Promise<Settled> {
  const { files, old, copies } = places;
  const { content, isLocal, late } = joined(await readContent(files), seen.content, called(places, seen));
  // What the copy's log knows of calls is written anew: should that fail, nothing is concluded from its silence.
  if (late.length > 0) await forgetWord(copies);
  const taken = isNone(content) ? await readContent(old) : none;
  const isTaken = !isNone(taken);
  if (isTaken) await checkFree(old);
  else if (!isNone(content))
    checkOld(places, fold(content, called(places, seen)).state, (await load(old)).state);
  if (isTaken || !isLocal) await writeCopy(files, isTaken ? taken : content);
  const isAhead = isTaken || late.length > 0 || (isLocal && !isEqual(content, seen.content));
  return { loaded: await added(files, await load(files), late), isAhead, isTaken };
}

/** A copy with some events more. */
async function added(files: Files, loaded: Loaded, events: readonly StateEvent[]): Promise<Loaded> {
  if (loaded.state === undefined || events.length === 0) return loaded;
  const journal = new Journal(files.log, loaded.state, loaded);
  for (const event of events) journal.add(event);
  await journal.sync();
  await journal.close();
  return load(files);
}

/** A state in files that has gone on from the branch's isn't passed over: what it knows would be lost. */
function checkOld({ old }: Places, state: State | undefined, other: State | undefined): void {
  if (!state || !other || other.lineage !== state.lineage || other.serial <= state.serial) return;
  throw new StateError(`${old.snapshot} has gone on from the state on the branch, so which of them counts?`, {
    hint: `the branch: move ${old.snapshot} and what lies beside it away; the files: name a new branch in state.ref of _config.yaml, which takes them over`,
  });
}

/** A state in files that a run is writing isn't taken over. */
async function checkFree(old: Files): Promise<void> {
  const holder = await liveHolder(old.lock);
  if (holder)
    throw new LockError(`a run on the state in files is at work: process ${holder.pid} on ${holder.host}`, {
      hint: "wait until it has ended: its state is taken over then",
    });
}
