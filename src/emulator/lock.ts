import { randomUUID } from "node:crypto";
import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { codeOf, EmulatorError } from "./errors.ts";

/** Folders held by this very process: after a crash in a container the dead holder may have had our own pid. */
const held = new Set<string>();

/** How often, and after what pause in ms, a takeover that another process is busy with is tried again. */
const ATTEMPTS = 200;
const PAUSE_MS = 5;

function read(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch (thrown) {
    if (codeOf(thrown) === "ENOENT") return null;
    throw thrown;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return codeOf(thrown) === "EPERM";
  }
}

function holds(content: string, file: string): boolean {
  const pid = Number.parseInt(content, 10);
  if (!(pid > 0)) return false;
  return pid === process.pid ? held.has(file) : isAlive(pid);
}

function refuse(folder: string, file: string, content: string): never {
  const pid = Number.parseInt(content, 10);
  throw new EmulatorError(
    `Emulator: the data folder ${folder} is held by process ${pid}. Wait until it ends or stop it, or use another folder (the lock is ${file}).`,
  );
}

function create(file: string, mine: string): boolean {
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, mine, { mode: 0o600, flag: "wx" });
  try {
    linkSync(draft, file);
    return true;
  } catch (thrown) {
    if (codeOf(thrown) === "EEXIST") return false;
    throw thrown;
  } finally {
    rmSync(draft, { force: true });
  }
}

/**
 * Removes a lock whose holder is dead, under a lock of its own: of two that find the same dead holder, the slower
 * one must not remove what the faster one has just taken.
 */
function clear(file: string): void {
  const guard = `${file}.takeover`;
  if (!create(guard, `${process.pid}\n`)) {
    const holder = Number.parseInt(read(guard) ?? "", 10);
    if (!(holder > 0 && holder !== process.pid && isAlive(holder))) rmSync(guard, { force: true });
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
    return;
  }
  try {
    const content = read(file);
    if (content !== null && !holds(content, file)) rmSync(file, { force: true });
  } finally {
    rmSync(guard, { force: true });
  }
}

/**
 * Takes the lock of a data folder: a file `lock` with the holder's pid, created exclusively and already whole
 * (written aside, then linked). A dead process's lock is taken over. Returns the release.
 *
 * Throws EmulatorError naming the pid when a live process (or this one) holds the folder.
 */
export function takeLock(folder: string): () => void {
  const file = join(folder, "lock");
  const mine = `${process.pid}\n${randomUUID()}\n`;
  for (let attempt = 1; !create(file, mine); attempt += 1) {
    const content = read(file);
    if (content === null) continue;
    if (holds(content, file) || attempt >= ATTEMPTS) refuse(folder, file, content);
    clear(file);
  }
  held.add(file);
  return () => {
    held.delete(file);
    if (read(file) === mine) rmSync(file, { force: true });
  };
}
