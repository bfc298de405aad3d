// The files of a board that is kept in a folder, taken along to another machine.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { takeLock } from "./lock.ts";

const NAMES = ["board.jsonl", "journal.jsonl"];

/** What the folder holds, by file name; files that aren't there are left out. */
export function readData(folder: string): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  for (const name of NAMES) {
    const file = join(folder, name);
    if (existsSync(file)) files.set(name, readFileSync(file));
  }
  return files;
}

/**
 * Makes the folder hold these files and no others; those before stay beside them as `.old`. Throws EmulatorError where
 * another process holds the folder.
 */
export function replaceData(folder: string, files: ReadonlyMap<string, Uint8Array>): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const release = takeLock(folder);
  try {
    for (const name of NAMES) {
      const file = join(folder, name);
      if (existsSync(file)) renameSync(file, `${file}.old`);
    }
    for (const name of NAMES) {
      const bytes = files.get(name);
      if (bytes) writeFileSync(join(folder, name), bytes, { mode: 0o600 });
    }
  } finally {
    release();
  }
}
