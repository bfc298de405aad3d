// The state in files: a snapshot and a log beside it, under a lock.
import { randomUUID } from "node:crypto";
import { writeSync } from "node:fs";
import { type FileHandle, mkdir, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { StateError } from "../model/errors.ts";
import { emptyState, type State } from "../model/state.ts";
import { applyEvent, type StateEvent } from "./events.ts";
import { syncFolder } from "./files.ts";
import { readLines, writeLine } from "./lines.ts";
import { type Holder, liveHolder, takeLock } from "./lock.ts";
import { readIfThere, readSnapshot, writeSnapshot } from "./snapshot.ts";

/** The log is folded in once it is longer than this part of the snapshot: writes stay in proportion to what changed. */
const compactPart = 0.25;

export interface StateStore {
  /** The state as it is, without a lock; undefined where nothing was ever applied. */
  read(): Promise<State | undefined>;
  /** Another run that is at work now. */
  holder(): Promise<Holder | undefined>;
  /** Takes the lock for a run; throws a StateError if the state is of another board or account. */
  open(identity: { board: string; account: string }): Promise<StateSession>;
}

export interface StateSession {
  /** Grows with each event. */
  readonly state: State;
  /** Aborted when the lock is lost. */
  readonly lost: AbortSignal;
  /** Adds an event. `fsync` returns once it outlasts a power cut; otherwise it outlasts this process. */
  append(event: StateEvent, durability?: "fsync"): Promise<void>;
  /** Adds an event before it returns; it outlasts this process. */
  appendNow(event: StateEvent): void;
  /** Folds the log into the snapshot if it is long, and lets go of the lock. */
  close(): Promise<void>;
}

/** A file name for a board's address: `emulator`, or the address with what file systems don't take replaced. */
export function boardFile(board: string): string {
  return board.replace(/[^A-Za-z0-9.-]+/g, "_").replace(/^\.+/, "_");
}

/** The store of one board in a folder, which is made at the first write. */
export function fileStore(folder: string, board: string): StateStore {
  const base = join(folder, boardFile(board));
  const files = { snapshot: `${base}.json`, log: `${base}.log`, lock: `${base}.lock` };
  return {
    read: async () => (await load(files)).state,
    holder: () => liveHolder(files.lock),
    open: (identity) => openSession(folder, files, identity),
  };
}

interface Files {
  readonly snapshot: string;
  readonly log: string;
  readonly lock: string;
}

interface Loaded {
  readonly state: State | undefined;
  /** Bytes of the log that are good and belong to this snapshot; 0 starts it anew. */
  readonly good: number;
  /** Bytes of the snapshot; 0 where there is none. */
  readonly whole: number;
}

async function load(files: Files): Promise<Loaded> {
  const { state: snapshot, bytes: whole } = await readSnapshot(files.snapshot);
  const bytes = await readIfThere(files.log);
  if (bytes === undefined) return { state: snapshot, good: 0, whole };
  const { events, good } = readLines(bytes, files.log);
  const [first, ...rest] = events;
  if (first === undefined) return { state: snapshot, good: 0, whole };
  if (first.event === "begin") {
    // A crash after the snapshot was written and before the log was reset: all of it is in the snapshot.
    if (snapshot) return { state: snapshot, good: 0, whole };
    const state = emptyState(first.board, first.account, first.lineage);
    for (const event of events) applyEvent(state, event);
    return { state, good, whole };
  }
  if (first.event !== "base") throw unfit(files.log, "it doesn't begin as a log does");
  if (!snapshot) throw unfit(files.log, `its snapshot ${files.snapshot} is missing`);
  if (first.lineage !== snapshot.lineage) throw unfit(files.log, "it belongs to another snapshot");
  if (first.serial < snapshot.serial) return { state: snapshot, good: 0, whole };
  if (first.serial > snapshot.serial) throw unfit(files.log, "it continues a newer snapshot");
  for (const event of rest) applyEvent(snapshot, event);
  return { state: snapshot, good, whole };
}

function unfit(file: string, why: string): StateError {
  return new StateError(`${file}: ${why}`, {
    hint: "restore both files from one backup; nothing was changed",
  });
}

async function openSession(
  folder: string,
  files: Files,
  identity: { board: string; account: string },
): Promise<StateSession> {
  const lock = await takeLock(files.lock);
  try {
    const loaded = await load(files);
    const state = loaded.state ?? emptyState(identity.board, identity.account, randomUUID());
    checkIdentity(state, identity);
    return new FileSession(folder, files, lock, state, loaded);
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
  readonly state: State;
  readonly lost: AbortSignal;
  readonly #folder: string;
  readonly #files: Files;
  readonly #lock: Awaited<ReturnType<typeof takeLock>>;
  readonly #fresh: boolean;
  readonly #whole: number;
  #size: number;
  #log: Promise<FileHandle> | undefined;
  #handle: FileHandle | undefined;
  #syncing: Promise<void> | undefined;
  #waiting: Promise<void> | undefined;

  constructor(
    folder: string,
    files: Files,
    lock: Awaited<ReturnType<typeof takeLock>>,
    state: State,
    loaded: Loaded,
  ) {
    this.#folder = folder;
    this.#files = files;
    this.#lock = lock;
    this.state = state;
    this.lost = lock.lost;
    this.#fresh = loaded.state === undefined;
    this.#whole = loaded.whole;
    this.#size = loaded.good;
  }

  async append(event: StateEvent, durability?: "fsync"): Promise<void> {
    await this.#ready();
    if (durability === "fsync") await this.#lock.check();
    this.appendNow(event);
    if (durability === "fsync") await this.#sync();
  }

  appendNow(event: StateEvent): void {
    if (!this.#handle) throw new StateError("the state's log isn't open");
    const line = Buffer.from(writeLine(event));
    // Short writes are what a full disk gives before it fails.
    for (let done = 0; done < line.length; )
      done += writeSync(this.#handle.fd, line, done, line.length - done, this.#size + done);
    this.#size += line.length;
    applyEvent(this.state, event);
  }

  /** Opens the log at the first event, so that a run without any leaves no trace. */
  #ready(): Promise<FileHandle> {
    this.#log ??= this.#openLog();
    return this.#log;
  }

  async #openLog(): Promise<FileHandle> {
    await this.#lock.check();
    await mkdir(this.#folder, { recursive: true });
    const handle = await open(this.#files.log, this.#size === 0 ? "w" : "r+", 0o600);
    if (this.#size > 0) await handle.truncate(this.#size);
    this.#handle = handle;
    if (this.#size === 0) {
      const { lineage, board, account, serial } = this.state;
      const first: StateEvent = this.#fresh
        ? { event: "begin", lineage, board, account }
        : { event: "base", lineage, serial };
      const line = Buffer.from(writeLine(first));
      writeSync(handle.fd, line, 0, line.length, 0);
      this.#size = line.length;
      if (this.#fresh) applyEvent(this.state, first);
      await handle.sync();
      await syncFolder(this.#folder);
    }
    return handle;
  }

  /** One sync serves all who asked before it began. */
  async #sync(): Promise<void> {
    if (this.#waiting) return this.#waiting;
    if (!this.#syncing) {
      this.#syncing = this.#ready()
        .then((handle) => handle.datasync())
        .finally(() => {
          this.#syncing = undefined;
        });
      return this.#syncing;
    }
    this.#waiting = this.#syncing
      .catch(() => undefined)
      .then(() => {
        this.#waiting = undefined;
        return this.#sync();
      });
    return this.#waiting;
  }

  async close(): Promise<void> {
    try {
      if (this.#handle) {
        await this.#handle.datasync();
        await this.#handle.close();
        this.#handle = undefined;
        if (!this.lost.aborted && this.#size >= this.#whole * compactPart) await this.#compact();
      }
    } finally {
      await this.#lock.release();
    }
  }

  async #compact(): Promise<void> {
    await this.#lock.check();
    await writeSnapshot(this.#files.snapshot, this.state);
    await rm(this.#files.log, { force: true });
  }
}
