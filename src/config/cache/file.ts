// What was parsed before, kept in a file. It is a convenience: whatever is wrong with it, files are parsed again.
import {
  type BigIntStats,
  closeSync,
  constants,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
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

/** Lines with their ends, by their names, and the head of the file that they came from; without one there was none. */
interface Stored {
  readonly lines: Map<string, Buffer>;
  readonly head?: string;
}

/**
 * Opens the cache in a folder, which need not be there; one that is reached through a link is left alone, since the link
 * may come with a checkout and lead anywhere. `build` names the version of this program, since another one may parse or
 * check otherwise. The file names its own inode and time of birth: one that came with a checkout or a copy isn't believed,
 * and neither is one that others own or may write to.
 */
export function openCache(folder: string, build: string): ParseCache {
  const path = join(folder, "parsed");
  const { lines: stored, head } = read(folder, path, build);
  const used = new Set<string>();
  const fresh = new Map<string, Buffer>();
  return {
    find(kind, bytesHash) {
      const name = nameOf(kind, bytesHash);
      // A workspace may be compiled twice in a run.
      const own = fresh.get(name);
      if (own) return valueIn(name, own);
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
        if (!isPlain(folder)) return;
        hide(folder);
        if (head !== undefined && stored.size > 0 && !isWorn) append(path, build, head, [...fresh.values()]);
        else {
          const kept = [...used].flatMap((name) => stored.get(name) ?? []);
          replace(folder, path, build, [...kept, ...fresh.values()]);
        }
      } catch {
        // A folder that can't be written to, or a full disk: the next run parses again.
      }
    },
  };
}

/** Whether no part of a folder's path is a link. */
const isPlain = (folder: string): boolean => realpathSync(folder) === folder;

/** Keeps a folder out of git: its lines hold what the files do, phones too, and are nobody's work. */
function hide(folder: string): void {
  try {
    // Made, never written over: what is there may be a link to something else.
    writeFileSync(join(folder, ".gitignore"), "*\n", { flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

// A pipe would be waited for without end, and a link may lead anywhere.
const carefully = (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

function read(folder: string, path: string, build: string): Stored {
  const lines = new Map<string, Buffer>();
  let fd: number | undefined;
  try {
    if (!isPlain(folder)) return { lines };
    fd = openSync(path, constants.O_RDONLY | carefully);
    const stats = fstatSync(fd, { bigint: true });
    if (!isOurs(stats) || stats.size > largest) return { lines };
    const bytes = readFileSync(fd);
    const head = headOf(build, stats);
    let end = bytes.indexOf("\n");
    if (bytes.toString("utf8", 0, end) !== head) return { lines };
    for (let next = end; next >= 0; end = next) {
      next = bytes.indexOf("\n", end + 1);
      const line = bytes.subarray(end + 1, next + 1);
      const name = nameIn(line);
      if (name !== undefined) lines.set(name, line);
    }
    return { lines, head };
  } catch {
    // None yet, or none that can be read.
    return { lines: new Map() };
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

/** Whether nobody else can have written a file. Without a time of birth a checkout could guess the rest of its head. */
function isOurs(stats: BigIntStats): boolean {
  if (!stats.isFile() || stats.birthtimeNs === 0n) return false;
  const user = process.getuid?.();
  return user === undefined || (stats.uid === BigInt(user) && (stats.mode & 0o022n) === 0n);
}

const headOf = (build: string, { ino, dev, birthtimeNs }: BigIntStats): string =>
  `vac cache ${build} ${dev} ${ino} ${birthtimeNs}`;

/** Adds lines, unless another run, maybe of another version, has put another file there meanwhile. */
function append(path: string, build: string, head: string, lines: readonly Buffer[]): void {
  const fd = openSync(path, constants.O_WRONLY | constants.O_APPEND | carefully);
  try {
    if (headOf(build, fstatSync(fd, { bigint: true })) !== head) return;
    // The last line that is there may be unfinished, which must not swallow the next.
    writeFileSync(fd, Buffer.concat([Buffer.from("\n"), ...lines]));
  } finally {
    closeSync(fd);
  }
}

function replace(folder: string, path: string, build: string, lines: readonly Buffer[]): void {
  // What a run left that was ended in the middle. One that is at it now writes its cache another time.
  for (const name of readdirSync(folder)) if (/^parsed\.\d+\.tmp$/.test(name)) rmSync(join(folder, name));
  const draft = `${path}.${process.pid}.tmp`;
  const fd = openSync(draft, "wx", 0o600);
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
