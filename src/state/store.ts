// The state in files: a snapshot and a log beside it, under a lock.
import { createHash, randomUUID } from "node:crypto";
import { dirname, join } from "node:path";
import { StateError } from "../model/errors.ts";
import { emptyState, type State } from "../model/state.ts";
import { copyState, type StateEvent } from "./events.ts";
import { closeToOthers } from "./files.ts";
import { Journal } from "./journal.ts";
import { type Files, type Loaded, loader } from "./load.ts";
import { type Holder, type Lock, liveHolder, lockLost, removeLock, takeLock } from "./lock.ts";
import { machineWord } from "./machine.ts";
import { writeSnapshot } from "./snapshot.ts";

/** Who holds a state. */
export interface Held extends Pick<Holder, "pid" | "host" | "since"> {
  /** From when on nobody has to wait for it, unless it gives a sign of life before (milliseconds since 1970). */
  readonly until?: number;
}

export interface StateStore {
  /** Whose marks are believed: those that were written under another word may lack what came after them. */
  machine(): Promise<string>;
  /** The state as it is, without a lock; undefined where nothing was ever applied. */
  read(): Promise<State | undefined>;
  /** The same from what is here, without asking anybody. */
  recall(): Promise<State | undefined>;
  /** Another run that is at work now. */
  holder(): Promise<Held | undefined>;
  /** Takes the lock for a run; throws a StateError if the state is of another board or account. */
  open(identity: { board: string; account: string }, options?: OpenOptions): Promise<StateSession>;
  /** Takes the lock away from whoever holds it, and says who that was; undefined where nobody did. */
  forceUnlock(): Promise<Held | undefined>;
}

export interface OpenOptions {
  /** The name of a state that begins now; random unless given. */
  readonly lineage?: string;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

export interface StateSession {
  /** After all events so far; it grows in place, and what it holds is replaced, never changed. */
  readonly state: State;
  /** Aborted when the lock is lost. */
  readonly lost: AbortSignal;
  /** Looks whether the lock is still ours: why it isn't, and then `lost` is aborted. */
  whyLost(): string | undefined;
  /** Of a state that others write too, on other machines; undefined where it lies here. */
  readonly shared?: Shared;
  /**
   * Adds an event. `fsync` returns once it outlasts a power cut; otherwise it outlasts this process. LockError if the
   * lock was lost, StateError if it can't be written, Error if the event is impossible.
   */
  append(event: StateEvent, durability?: "none" | "fsync"): Promise<void>;
  /** Adds an event before it returns; it outlasts this process. */
  appendNow(event: StateEvent): void;
  /** Folds the log into the snapshot if it is long, and lets go of the lock. May be called again. */
  close(): Promise<void>;
}

/** What a run owes to those who can't see its log. */
export interface Shared {
  /**
   * Takes the lease, and brings all that was logged to where the others see it, in one piece. `ahead` are the
   * milliseconds by which the board's clock is ahead of this machine's. Throws where that isn't possible: then nothing may
   * be sent, and what was logged since the state was opened is taken back. A run that has the lease already keeps it.
   */
  begin(plan: string, ahead: number): Promise<void>;
  /** Why no call that can't be repeated may start now; undefined where one may. Renews a lease that is running out. */
  admits(): Promise<string | undefined>;
  /** Throws a LockError where such a call must not leave any more. */
  check(): void;
  /** Brings what was logged to where others see it; why that failed, or undefined. */
  checkpoint(): Promise<string | undefined>;
}

/**
 * A file name for a board: `emulator`, `https_api.example.com_8443`. Addresses with more to them, such as a path, get
 * a checksum, so that no two boards share a name on any file system.
 */
export function boardFile(board: string): string {
  const plain = /^(https?):\/\/([a-z0-9.-]{1,150})(?::(\d{1,5}))?$/.exec(board);
  if (plain) return plain.slice(1).filter(Boolean).join("_");
  if (board === "emulator") return board;
  const words = board.toLowerCase().replace(/[^a-z0-9.-]+/g, "_");
  return `${words.slice(0, 80)}_${createHash("sha256").update(board).digest("hex").slice(0, 12)}`;
}

/** The files of a board in a folder. */
export function filesIn(folder: string, board: string): Files {
  const base = join(folder, boardFile(board));
  return { snapshot: `${base}.json`, log: `${base}.log`, lock: `${base}.lock` };
}

/** The store of one board in a folder, which is made at the first write. */
export function fileStore(folder: string, board: string): StateStore {
  const files = filesIn(folder, board);
  const look = loader(files);
  const read = async (): Promise<State | undefined> => (await look()).state;
  return {
    machine: async () => machineWord(),
    read,
    recall: read,
    holder: () => liveHolder(files.lock),
    open: (identity, options = {}) => openSession(files, look, identity, options),
    forceUnlock: async () => removeLock(files.lock),
  };
}

async function openSession(
  files: Files,
  look: () => Promise<Loaded>,
  identity: { board: string; account: string },
  { lineage = randomUUID(), now }: OpenOptions,
): Promise<StateSession> {
  const lock = await takeLock(files.lock, now);
  try {
    await Promise.all([dirname(files.log), files.snapshot, files.log].map(closeToOthers));
    const loaded = await look();
    const state = loaded.state ?? copyState(emptyState(identity.board, identity.account, lineage));
    checkIdentity(state, identity);
    return new FileSession(files, lock, new Journal(files.log, state, loaded));
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** A state of another board or account is never written to, nor planned from. */
export function checkIdentity(state: State, identity: { board: string; account: string }): void {
  for (const what of ["board", "account"] as const) {
    if (state[what] === identity[what]) continue;
    throw new StateError(
      `the state belongs to ${what} ${state[what]}, and this is ${what} ${identity[what]}`,
      {
        hint: `use the ${what} that the state is of, or another workspace; nothing was changed`,
      },
    );
  }
}

class FileSession implements StateSession {
  readonly lost: AbortSignal;
  readonly #files: Files;
  readonly #lock: Lock;
  readonly #journal: Journal;
  #closing: Promise<void> | undefined;

  constructor(files: Files, lock: Lock, journal: Journal) {
    this.#files = files;
    this.#lock = lock;
    this.lost = lock.lost;
    this.#journal = journal;
  }

  get state(): State {
    return this.#journal.state;
  }

  async append(event: StateEvent, durability?: "none" | "fsync"): Promise<void> {
    this.appendNow(event);
    if (durability === "fsync") await this.#journal.sync();
  }

  appendNow(event: StateEvent): void {
    if (this.#closing) throw new Error("the state was closed");
    this.#lock.check();
    this.#journal.add(event);
  }

  whyLost(): string | undefined {
    return this.#lock.isHeld() ? undefined : lockLost;
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    try {
      if (this.#journal.appended && this.#lock.isHeld()) await this.#save();
    } finally {
      await this.#journal.close();
      await this.#lock.release();
    }
  }

  /** Writes the snapshot where that is worth it or the log lacks something, else makes the log last. */
  async #save(): Promise<void> {
    const { failure, isLong } = this.#journal;
    if (!isLong) return this.#journal.sync();
    try {
      await writeSnapshot(this.#files.snapshot, this.state);
    } catch (error) {
      // As long as the log is whole nothing is lost: the next run folds it in.
      if (failure === undefined) return this.#journal.sync();
      throw new StateError(`${this.#files.snapshot}: can't be written: ${(error as Error).message}`, {
        hint: "make room or give access, then `vac plan`: it finds out what became of calls that were under way",
        cause: error,
      });
    }
    this.#journal.remove();
  }
}
