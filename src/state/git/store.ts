// The state of one board on a branch of the repository, with a local copy in which a run writes before it pushes.
import { randomUUID } from "node:crypto";
import { rename } from "node:fs/promises";
import type { Branch } from "../../git/branch.ts";
import { LockError, StateError } from "../../model/errors.ts";
import type { Moment } from "../../model/moment.ts";
import { emptyState, type State } from "../../model/state.ts";
import { copyState } from "../events.ts";
import { closeToOthers } from "../files.ts";
import { thisProcess } from "../holder.ts";
import { Journal } from "../journal.ts";
import { type Files, load } from "../load.ts";
import { liveHolder, removeLock, takeLock } from "../lock.ts";
import { checkIdentity, type Held, type OpenOptions, type StateStore } from "../store.ts";
import { type Beside, besideNow, checkBeside, keepBeside, restoreBeside } from "./beside.ts";
import { copyWord, makeFolder, none, writeCopy } from "./copy.ts";
import { type Lease, leaseText, respectedUntil, steady, unknownLease } from "./lease.ts";
import { momentsOf, titleOf } from "./message.ts";
import { namesOf } from "./part.ts";
import { Pusher } from "./pusher.ts";
import { leaseAtWork, leftBy, type Places, placesOf, type Seen, see, settleCopy, stateOf } from "./seen.ts";
import { BranchSession } from "./session.ts";

export interface BranchOptions {
  /** Opened when it is needed: without a repository some commands still work. */
  readonly branch: () => Promise<Branch>;
  /** `.vac` of the workspace. */
  readonly folder: string;
  readonly board: string;
  /** How a workspace at the repository's root is called. */
  readonly workspace: string;
  /** The embedded board's data. */
  readonly beside?: Beside;
  /** Where the run can be looked at, such as a pipeline's page. */
  readonly run?: string;
  /** This machine's clock, milliseconds since 1970. */
  readonly now?: () => number;
}

export interface BranchStore extends StateStore {
  /** Brings the local copy in line with the branch. Undefined where the branch has no state. */
  pull(): Promise<Pulled | undefined>;
  /** Pushes what the local copy has and the branch hasn't; whether there was something. */
  push(): Promise<boolean>;
  /** What happened, newest first. */
  history(most: number): Promise<readonly Moment[]>;
}

export interface Pulled {
  readonly state: State;
  /** The folder of the local copy. */
  readonly folder: string;
  /** Who is at work on it. */
  readonly holder: Held | undefined;
}

export function branchStore(options: BranchOptions): BranchStore {
  const { board, beside, now = Date.now } = options;
  const names = namesOf(board, beside?.names ?? []);
  const places = placesOf(options.folder, board, { branch: options.branch, names, now });
  const { copies, files } = places;
  const title = ({ branch }: Seen): string => `${branch.folder || options.workspace} on ${board}`;
  let first: Promise<Seen> | undefined;
  /** A command sees one moment of the branch, however often it looks. */
  const seen = (): Promise<Seen> => (first ??= see(places, true));
  const open = (identity: Identity, more: OpenOptions = {}): Promise<BranchSession> =>
    openSession(places, { ...options, now }, title, identity, more);
  /** The embedded board's data come along where the branch has newer ones. */
  const read = async (): Promise<State | undefined> => {
    const of = await seen();
    if (beside) await restoreBeside(beside, of.branch, names, of.part, copies);
    return stateOf(places, of);
  };
  return {
    machine: () => copyWord(copies),
    read,
    async recall() {
      // Outside of a repository the local copy is all that is known.
      const isThere = await options.branch().then(
        () => true,
        () => false,
      );
      return isThere ? stateOf(places, await see(places, false)) : (await load(files)).state;
    },
    holder: async () => (await leaseAtWork(places, await seen(), false)) ?? (await liveHolder(files.lock)),
    open,
    async forceUnlock() {
      const here = removeLock(files.lock);
      const of = await see(places, true, unknownLease(now()));
      if (!of.lease || of.lease.unlocked) return here;
      await unlock(places, of, title(of));
      return of.lease;
    },
    async pull() {
      await makeFolder(copies);
      const lock = await takeLock(files.lock);
      try {
        const of = await seen();
        const { loaded, isTaken } = await settleCopy(places, of);
        if (isTaken) await writeCopy(files, none);
        if (loaded.state === undefined || isTaken) return undefined;
        const holder = await leaseAtWork(places, of, true);
        return { state: loaded.state, folder: copies, holder };
      } finally {
        await lock.release();
      }
    },
    async push() {
      const state = await read();
      if (!state) return false;
      const session = await open(state);
      const { hasNews } = session;
      await session.close();
      return hasNews;
    },
    async history(most) {
      const { branch, part } = await seen();
      const folder = branch.folder === "" ? "" : `${branch.folder}/`;
      const own = [names.snapshot, names.log, names.lease].map((name) => folder + name);
      return part.commit === undefined ? [] : momentsOf(branch, part.commit, own, most);
    },
  };
}

interface Identity {
  readonly board: string;
  readonly account: string;
}

async function openSession(
  places: Places,
  options: BranchOptions,
  title: (seen: Seen) => string,
  identity: Identity,
  { lineage = randomUUID() }: OpenOptions,
  isLast = false,
): Promise<BranchSession> {
  const { names, files, copies, old } = places;
  const { beside, run, now = Date.now } = options;
  await makeFolder(copies);
  const lock = await takeLock(files.lock);
  try {
    await Promise.all([copies, files.snapshot, files.log].map(closeToOthers));
    const seen = await see(places, true);
    const other = await leaseAtWork(places, seen, true);
    if (other) throw heldBy(other);
    const left = await leftBy(places, seen);
    await checkBeside(names, seen.part, copies);
    const { loaded, isAhead, isTaken } = await settleCopy(places, seen);
    const state = loaded.state ?? copyState(emptyState(identity.board, identity.account, lineage));
    checkIdentity(state, identity);
    const { pid, host, since, token } = thisProcess(randomUUID(), now());
    const machine = await copyWord(copies);
    const session = new BranchSession({
      branch: seen.branch,
      names,
      files,
      lock,
      journal: new Journal(files.log, state, loaded),
      pusher: new Pusher(seen.branch, names, seen.part),
      self: { pid, host, since, token, machine, ...(run !== undefined && { run }) },
      isAhead,
      beside: async () => (beside ? besideNow(beside, names) : new Map()),
      async landed(blobs) {
        if (beside) await keepBeside(copies, names, blobs);
        if (isTaken) await putAside(old);
      },
      undo: async () => (isTaken ? writeCopy(files, none) : undefined),
      async rescue() {
        if (isLast) return false;
        try {
          await (await openSession(places, options, title, identity, {}, true)).close();
          return true;
        } catch {
          // What this copy knows stays in it.
          return false;
        }
      },
      title: title(seen),
      now: steady(now),
    });
    for (const event of left) session.appendNow(event);
    return session;
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** The state in files is on the branch now, and must not be gone on from by mistake. */
async function putAside(old: Files): Promise<void> {
  for (const file of [old.snapshot, old.log])
    await rename(file, `${file}.moved`).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") throw error;
    });
}

function heldBy(lease: Lease): LockError {
  const { pid, host, since, run } = lease;
  const where = run === undefined ? "" : ` (${run})`;
  const until = new Date(respectedUntil(lease)).toISOString();
  return new LockError(
    `another run holds the state: process ${pid} on ${host}${where}, since ${since}; without a sign of life it is free from ${until} on`,
    {
      hint: "wait until it has ended, or until then (vac apply --wait 15m). Once you are sure that it is gone, `vac state force-unlock`",
    },
  );
}

/** Marks the lease as taken away: its holder sees that at its next push, and starts nothing more. */
async function unlock({ names, now }: Places, { branch, part, lease }: Seen, title: string): Promise<void> {
  if (!lease) return;
  const taken: Lease = { ...lease, unlocked: true, expires: Math.min(lease.expires, now()) };
  const blobs = new Map(part.blobs);
  blobs.set(names.lease, await branch.write(Buffer.from(leaseText(taken))));
  const about = { what: "loses its lease", plan: lease.plan, tally: {}, self: thisProcess("", now()) };
  const landed = await new Pusher(branch, names, part).push(blobs, titleOf(title, about));
  if (landed.is === "done") return;
  const why = landed.is === "lost" ? landed.to : landed.text;
  throw new StateError(`the lease couldn't be taken away: ${why}`, {
    hint: "look who is at work: vac state history",
  });
}
