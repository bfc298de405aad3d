// One writer at a time. A lock is a file that names its holder, and comes into being whole, by a hard link.
//
// A dead holder's lock is replaced by a rename, and only under a guard: a second lock, named after the token of the
// lock that is to go. Whoever has the guard looks again whether that token still stands before it renames; whoever
// comes later finds another token. So of many that saw the same dead lock exactly one gets it.
import { randomUUID } from "node:crypto";
import {
  closeSync,
  constants,
  copyFileSync,
  fsync,
  linkSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { LockError, StateError, VacError } from "../model/errors.ts";
import { type Holder, isDead, readHolder, thisProcess } from "./holder.ts";

export type { Holder } from "./holder.ts";

const heartbeatMs = 10_000;
/** Locks that may come and go while one is being taken. */
const attempts = 20;

export interface Lock {
  /** Aborted when the lock is found to be somebody else's: nothing more may be started or written. */
  readonly lost: AbortSignal;
  /** Whether the lock is still ours; if not, `lost` is aborted. */
  isHeld(): boolean;
  /** Throws a LockError if the lock isn't ours any more. */
  check(): void;
  /** Shows that we are alive, as a timer does every 10 s. */
  beat(): Promise<void>;
  release(): Promise<void>;
}

/** What is told once a lock isn't ours any more. */
export const lockLost = "the lock on the state was lost: another run took it, or somebody removed it";

/** Takes the lock in `file` and makes its folder, or throws a LockError that says who holds it. */
export async function takeLock(file: string, now: () => number = Date.now): Promise<Lock> {
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const mine = thisProcess(randomUUID(), now());
    claim(file, mine);
    return hold(file, mine);
  } catch (error) {
    if (error instanceof VacError) throw error;
    throw new StateError(`${file} can't be made: ${(error as Error).message}`, { cause: error });
  }
}

/** Who holds the lock and is at work; undefined where nobody is. */
export async function liveHolder(file: string, now: () => number = Date.now): Promise<Holder | undefined> {
  const there = readHolder(file);
  return there && !isDead(there, now()) ? there : undefined;
}

/** Removes the lock, whoever holds it, and says who that was; undefined where there was none. */
export function removeLock(file: string): Holder | undefined {
  const there = readHolder(file);
  rmSync(file, { force: true });
  return there;
}

/** Makes `mine` the lock in `file`, or throws a LockError. */
function claim(file: string, mine: Holder): void {
  const draft = `${file}.${mine.token}.new`;
  try {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      // Written anew each time: its time is what the file system's clock says now.
      writeFileSync(draft, lockText(mine), { mode: 0o600 });
      if (linked(draft, file)) return;
      const there = readHolder(file);
      if (there === undefined) continue;
      if (!isDead(there, statSync(draft).mtimeMs)) throw heldBy(there);
      if (underGuard(file, there, mine, () => renameSync(draft, file))) return;
    }
  } finally {
    rmSync(draft, { force: true });
  }
  throw new LockError("the lock on the state changes hands all the time", { hint: "try again later" });
}

/** Does something to a lock unless it has become another one; says whether it was done. */
function underGuard(file: string, there: Holder, mine: Holder, act: () => void): boolean {
  const guard = `${file}.${there.token}`;
  claim(guard, { ...mine, token: randomUUID() });
  try {
    if (readHolder(file)?.token !== there.token) return false;
    act();
    return true;
  } finally {
    rmSync(guard, { force: true });
  }
}

const lockText = (holder: Holder): string => `${JSON.stringify(holder)}\n`;

/** Names a file by a second name where there is none: of several at once one wins. */
function linked(draft: string, file: string): boolean {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return false;
    if (code !== "EPERM" && code !== "ENOTSUP" && code !== "ENOSYS") throw error;
  }
  // A file system without hard links.
  try {
    copyFileSync(draft, file, constants.COPYFILE_EXCL);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function heldBy({ pid, host, since }: Holder): LockError {
  return new LockError(`another run holds the state: process ${pid} on ${host}, since ${since}`, {
    hint: "wait until it has ended; once you are sure that it is gone, `vac state force-unlock`",
  });
}

function hold(file: string, mine: Holder): Lock {
  const lost = new AbortController();
  // Kept open: a heartbeat can only ever reach our own lock.
  const own = openSync(file, "r+");
  const isHeld = (): boolean => {
    if (!lost.signal.aborted && tokenIn(file) !== mine.token) lost.abort();
    return !lost.signal.aborted;
  };
  const beat = async (): Promise<void> => {
    if (!isHeld()) return;
    writeSync(own, lockText(mine), 0);
    // Other machines see it only now.
    await promisify(fsync)(own);
  };
  const timer = setInterval(() => beat().catch(() => undefined), heartbeatMs);
  timer.unref();
  let released = false;
  return {
    lost: lost.signal,
    isHeld,
    beat,
    check() {
      if (isHeld()) return;
      throw new LockError(lockLost, {
        hint: "nothing more was sent or written; `vac plan` shows where things stand",
      });
    },
    async release() {
      if (released) return;
      released = true;
      clearInterval(timer);
      closeSync(own);
      try {
        underGuard(file, mine, mine, () => rmSync(file, { force: true }));
      } catch {
        // Somebody is taking it over already, or the folder is gone.
      }
    },
  };
}

/** The token in a lock file; undefined where it can't be read, which is no better than gone. */
function tokenIn(file: string): string | undefined {
  try {
    return readHolder(file)?.token;
  } catch {
    return undefined;
  }
}
