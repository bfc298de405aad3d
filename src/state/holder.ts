// Who holds a lock, and whether that is still at work.
import { readFileSync, statSync } from "node:fs";
import { hostname } from "node:os";
import { StateError } from "../model/errors.ts";
import { processSpace, startOf } from "./machine.ts";

/** A holder of another machine that was not heard of for this long is taken to be dead. */
const staleMs = 60_000;

export interface Holder {
  readonly pid: number;
  readonly host: string;
  /** Which processes the pid is one of. */
  readonly space: string;
  /** When the process was started, where the system tells. */
  readonly born?: string;
  /** Random: no two locks are alike. */
  readonly token: string;
  /** ISO time. */
  readonly since: string;
}

/** This process as the holder of a new lock. */
export function thisProcess(token: string, now: number): Holder {
  const born = startOf(process.pid);
  return {
    pid: process.pid,
    host: hostname(),
    space: processSpace(),
    ...(born === undefined ? {} : { born }),
    token,
    since: new Date(now).toISOString(),
  };
}

/** The holder that a lock file names, and its last heartbeat; undefined where there is no such file. */
export function readHolder(file: string): (Holder & { beatAt: number }) | undefined {
  try {
    const { mtimeMs: beatAt } = statSync(file);
    return { ...parse(readFileSync(file, "utf8")), beatAt };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new StateError(`${file}: can't be read: ${(error as Error).message}`, { cause: error });
  }
}

function parse(text: string): Holder {
  try {
    const value = JSON.parse(text) as Record<string, unknown>;
    const { pid, token, born = "" } = value;
    const words = [value.host, value.space, value.since, born];
    const fits = words.every((word) => typeof word === "string" && word.length <= 300);
    if (fits && Number.isSafeInteger(pid) && /^[\w-]{1,64}$/.test(String(token)))
      return value as unknown as Holder;
  } catch {
    // Cut by a full disk or a power cut: only its age tells.
  }
  return { pid: 0, host: "an unknown machine", space: "", token: "unreadable", since: "an unknown time" };
}

/**
 * Whether a holder is certainly gone: its process, if we can see it; else its heartbeat. `now` is the time on the
 * file system's own clock, milliseconds since 1970.
 */
export function isDead(holder: Holder & { beatAt: number }, now: number): boolean {
  if (holder.space !== processSpace()) return now - holder.beatAt > staleMs;
  if (!runs(holder.pid)) return true;
  const born = startOf(holder.pid);
  return born !== undefined && holder.born !== undefined && born !== holder.born;
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
