// One writer at a time. A lock is a file that names its holder; taking over a dead one is a rename that only one can win.
import { randomUUID } from "node:crypto";
import { link, mkdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { LockError } from "../model/errors.ts";

/** A holder on another machine that hasn't been heard of for this long is taken to be gone. */
const staleMs = 60_000;
const heartbeatMs = 10_000;

export interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly token: string;
  /** ISO time. */
  readonly since: string;
}

export interface Lock {
  /** Aborted when somebody else has taken the lock: nothing more may be started. */
  readonly lost: AbortSignal;
  /** Throws a LockError if the lock isn't ours any more. */
  check(): Promise<void>;
  release(): Promise<void>;
}

/** Takes the lock in `file`, or throws a LockError that says who holds it. */
export async function takeLock(file: string, now: () => number = Date.now): Promise<Lock> {
  await mkdir(dirname(file), { recursive: true });
  const holder: Holder = {
    pid: process.pid,
    host: hostname(),
    token: randomUUID(),
    since: new Date(now()).toISOString(),
  };
  const draft = `${file}.${holder.token}`;
  await writeFile(draft, `${JSON.stringify(holder)}\n`, { mode: 0o600, flag: "wx" });
  try {
    for (let attempt = 0; ; attempt += 1) {
      if (await linked(draft, file)) break;
      if (attempt >= 3 || !(await removeDead(file, now))) throw heldBy(await readHolder(file), file);
    }
  } finally {
    await rm(draft, { force: true });
  }
  return holdLock(file, holder.token);
}

/** Hard links are made only where no file is: of several takers one wins. */
async function linked(draft: string, file: string): Promise<boolean> {
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Moves a dead holder's lock out of the way; what was moved is looked at again, and put back if it is alive. */
async function removeDead(file: string, now: () => number): Promise<boolean> {
  const holder = await readHolder(file);
  if (holder === undefined) return true;
  if (await isAlive(file, holder, now)) return false;
  const aside = `${file}.${randomUUID()}.dead`;
  try {
    await rename(file, aside);
  } catch {
    return true;
  }
  const moved = await readHolder(aside);
  if (moved && moved.token !== holder.token) await linked(aside, file);
  await rm(aside, { force: true });
  return true;
}

async function isAlive(file: string, holder: Holder, now: () => number): Promise<boolean> {
  if (holder.host === hostname()) {
    try {
      process.kill(holder.pid, 0);
      return true;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === "EPERM";
    }
  }
  const info = await stat(file).catch(() => undefined);
  return info !== undefined && now() - info.mtimeMs < staleMs;
}

/** Who holds the lock; undefined where nobody does. */
export async function readHolder(file: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(file, "utf8")) as Holder;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    return { pid: 0, host: "(unreadable)", token: "", since: "" };
  }
}

/** Who holds the lock and is still at work; undefined where nobody is. */
export async function liveHolder(file: string, now: () => number = Date.now): Promise<Holder | undefined> {
  const holder = await readHolder(file);
  return holder && (await isAlive(file, holder, now)) ? holder : undefined;
}

function heldBy(holder: Holder | undefined, file: string): LockError {
  const who = holder ? `process ${holder.pid} on ${holder.host}, since ${holder.since}` : "somebody else";
  return new LockError(`another run holds the state: ${who}`, {
    hint: `wait until it has ended. If it is gone for certain, remove ${file}`,
  });
}

function holdLock(file: string, token: string): Lock {
  const lost = new AbortController();
  const isOurs = async (): Promise<boolean> => (await readHolder(file))?.token === token;
  const check = async (): Promise<void> => {
    if (await isOurs()) return;
    lost.abort();
    throw new LockError("the lock on the state was lost: another run took it over", {
      hint: "look at what the other run did, then plan again",
    });
  };
  const beat = setInterval(() => {
    const seen = new Date();
    check().then(
      () => utimes(file, seen, seen).catch(() => undefined),
      () => undefined,
    );
  }, heartbeatMs);
  beat.unref();
  return {
    lost: lost.signal,
    check,
    async release() {
      clearInterval(beat);
      if (await isOurs()) await rm(file, { force: true });
    },
  };
}
