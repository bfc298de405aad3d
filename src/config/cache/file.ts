// What was parsed before, kept in a file. It is a convenience: whatever is wrong with it, files are parsed again.
import {
  type BigIntStats,
  closeSync,
  constants,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { FileKind } from "../shapes.ts";
import type { Table } from "../yaml/document.ts";
import { lineOf, nameIn, nameOf, valueIn } from "./lines.ts";

/** Values of files that were parsed before, or are kept for the next run. */
export interface ParseCache {
  /** The value of a sound file with these bytes; undefined where it has to be parsed. */
  find(kind: FileKind, bytesHash: string): Table | undefined;
  /** Keeps the value of a file in which nothing is wrong. */
  keep(kind: FileKind, bytesHash: string, value: Table): void;
  /** Writes what was kept. */
  save(): void;
}

/** The largest cache that is read, bytes; a larger one is begun anew. */
const largest = 512 * 1024 * 1024;

/**
 * Opens the cache in a folder, which need not be there. `build` names the version of this program, since another one
 * may parse or check otherwise. The file names its own inode and time of birth: one that came with a checkout or a copy,
 * which somebody else may have written, isn't believed.
 */
export function openCache(folder: string, build: string): ParseCache {
  const path = join(folder, "parsed");
  const stored = read(path, build);
  const used = new Set<string>();
  const fresh = new Map<string, Buffer>();
  return {
    find(kind, bytesHash) {
      const name = nameOf(kind, bytesHash);
      const line = stored.get(name);
      const value = line && valueIn(name, line);
      if (value === undefined) stored.delete(name);
      else used.add(name);
      return value;
    },
    keep(kind, bytesHash, value) {
      const name = nameOf(kind, bytesHash);
      const line = lineOf(name, value);
      if (line !== undefined) fresh.set(name, line);
    },
    save() {
      // What isn't used any more goes once it is a good part of the whole.
      const isWorn = stored.size - used.size > (used.size + fresh.size) / 2;
      if (fresh.size === 0 && !isWorn) return;
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        if (stored.size > 0 && !isWorn) append(path, [...fresh.values()]);
        else {
          const kept = [...used].flatMap((name) => stored.get(name) ?? []);
          replace(path, build, [...kept, ...fresh.values()]);
        }
        // The lines hold what the files do, phones too, and are nobody's work.
        writeFileSync(join(folder, ".gitignore"), "*\n");
      } catch {
        // A folder that can't be written to, or a full disk: the next run parses again.
      }
    },
  };
}

/** Lines with their ends, by their names; none where there is no cache to believe. */
function read(path: string, build: string): Map<string, Buffer> {
  const lines = new Map<string, Buffer>();
  let fd: number | undefined;
  try {
    // A pipe would be waited for without end.
    fd = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stats = fstatSync(fd, { bigint: true });
    if (!stats.isFile() || stats.size > largest) return lines;
    const bytes = readFileSync(fd);
    let end = bytes.indexOf("\n");
    if (bytes.toString("utf8", 0, end) !== headOf(build, stats)) return lines;
    for (let next = end; next >= 0; end = next) {
      next = bytes.indexOf("\n", end + 1);
      const line = bytes.subarray(end + 1, next + 1);
      const name = nameIn(line);
      if (name !== undefined) lines.set(name, line);
    }
  } catch {
    // None yet, or none that can be read.
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
  return lines;
}

const headOf = (build: string, { ino, dev, birthtimeNs }: BigIntStats): string =>
  `vac cache ${build} ${dev} ${ino} ${birthtimeNs}`;

/** Adds lines. The last one that is there may be unfinished, which must not swallow the next. */
function append(path: string, lines: readonly Buffer[]): void {
  writeFileSync(path, Buffer.concat([Buffer.from("\n"), ...lines]), { flag: "a" });
}

function replace(path: string, build: string, lines: readonly Buffer[]): void {
  const draft = `${path}.${process.pid}.tmp`;
  const fd = openSync(draft, "w", 0o600);
  try {
    const head = Buffer.from(`${headOf(build, fstatSync(fd, { bigint: true }))}\n`);
    writeFileSync(fd, Buffer.concat([head, ...lines]));
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  } finally {
    closeSync(fd);
  }
}
