import {
  chmodSync,
  closeSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { codeOf, EmulatorError, messageOf } from "./errors.ts";
import { takeLock } from "./lock.ts";
import type { Change } from "./records.ts";

const TABLES: readonly string[] = ["board", "job", "charge", "application", "contact", "funds", "background"];
const HEADER = '{"format":"vacancy-as-code board","version":1}';
/** Bytes of the journal above which a start compacts it. */
const LONG_JOURNAL = 1024 * 1024;
const NEWLINE = 0x0a;

/** The files of one board. A line of either file is the JSON array of the changes of one piece of work. */
export interface Journal {
  /** Writes the changes as one line; when this returns, the death of the process can't lose them. */
  append(changes: readonly Change[]): void;
  /** Writes the whole state as a new snapshot and empties the journal. */
  compact(all: readonly Change[]): void;
  /** Whether there is something in the journal, and whether it has grown long. */
  size(): "empty" | "short" | "long";
  /** Closes the file and releases the folder. */
  close(): void;
}

function damaged(file: string, line: number, why: string): never {
  throw new EmulatorError(
    `Emulator: ${file}:${line} is damaged: ${why}. Restore the file from a copy, or delete the folder to start with an empty board.`,
  );
}

function parseLine(text: string, file: string, line: number): Change[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    damaged(file, line, messageOf(thrown));
  }
  if (!Array.isArray(value)) damaged(file, line, "not a list of changes");
  for (const change of value) {
    if (!TABLES.includes(change?.table) || typeof change.record?.id !== "string") {
      damaged(file, line, "a change without a known table and an id");
    }
  }
  return value as Change[];
}

function readBytes(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch (thrown) {
    if (codeOf(thrown) === "ENOENT") return null;
    throw thrown;
  }
}

function readSnapshot(file: string, into: Change[]): void {
  const lines = readBytes(file)?.toString("utf8").split("\n");
  if (!lines) return;
  if (lines[0] !== HEADER) damaged(file, 1, "the header is not that of a board of this version");
  if (lines.pop() !== "") damaged(file, lines.length + 1, "the end is missing");
  for (const [index, line] of lines.entries()) {
    if (index > 0) into.push(...parseLine(line, file, index + 1));
  }
}

/** Reads the journal; returns how many bytes of it are good. Only a last line without its end may be torn. */
function readJournal(file: string, into: Change[]): number {
  const bytes = readBytes(file);
  if (!bytes) return 0;
  const good = bytes.lastIndexOf(NEWLINE) + 1;
  const lines = bytes.subarray(0, good).toString("utf8").split("\n");
  lines.pop();
  for (const [index, line] of lines.entries()) into.push(...parseLine(line, file, index + 1));
  return good;
}

function writeAll(fd: number, bytes: Buffer): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done);
}

function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const fd = openSync(folder, "r");
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** Jobs hold phones, and an older version or a copy may have left a file open; what isn't ours to mend stays. */
function closeToOthers(file: string): void {
  try {
    chmodSync(file, 0o600);
  } catch {
    // Not there yet, or another user's.
  }
}

function writeAtomically(file: string, folder: string, text: string): void {
  const draft = `${file}.new`;
  try {
    rmSync(draft, { force: true });
    const fd = openSync(draft, "wx", 0o600);
    try {
      writeAll(fd, Buffer.from(text));
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(draft, file);
  } catch (thrown) {
    rmSync(draft, { force: true });
    throw thrown;
  }
  syncFolder(folder);
}

function openFiles(folder: string, release: () => void): { journal: Journal; changes: Change[] } {
  const snapshot = join(folder, "board.jsonl");
  const file = join(folder, "journal.jsonl");
  const changes: Change[] = [];
  readSnapshot(snapshot, changes);
  let size = readJournal(file, changes);
  const fd = openSync(file, "a", 0o600);
  for (const kept of [snapshot, file]) closeToOthers(kept);
  ftruncateSync(fd, size);
  const journal: Journal = {
    append(batch) {
      const bytes = Buffer.from(`${JSON.stringify(batch)}\n`);
      try {
        writeAll(fd, bytes);
      } catch (thrown) {
        ftruncateSync(fd, size);
        throw new EmulatorError(`Emulator: can't write ${file}: ${messageOf(thrown)}. Nothing was changed.`);
      }
      size += bytes.length;
    },
    compact(all) {
      const lines = all.map((change) => `${JSON.stringify([change])}\n`);
      writeAtomically(snapshot, folder, `${HEADER}\n${lines.join("")}`);
      ftruncateSync(fd, 0);
      size = 0;
    },
    size: () => (size === 0 ? "empty" : size > LONG_JOURNAL ? "long" : "short"),
    close() {
      closeSync(fd);
      release();
    },
  };
  return { journal, changes };
}

/**
 * Opens the folder that keeps a board (made if need be, mode 0700; files 0600) and reads what it holds:
 * `board.jsonl`, a snapshot that is only ever replaced whole, then `journal.jsonl`, what came after it.
 * A line that was cut by a crash was never answered and is dropped.
 *
 * Throws EmulatorError when another process holds the folder, when it can't be used, and for any other damage,
 * naming file and line.
 */
export function openJournal(dataDir: string): { journal: Journal; changes: Change[] } {
  let folder = resolve(dataDir);
  let release: () => void = () => {};
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    folder = realpathSync(folder);
    release = takeLock(folder);
    return openFiles(folder, release);
  } catch (thrown) {
    release();
    if (thrown instanceof EmulatorError) throw thrown;
    throw new EmulatorError(
      `Emulator: can't use the data folder ${folder}: ${messageOf(thrown)}. Check that it is a folder that you may write to.`,
      { cause: thrown },
    );
  }
}
