// Reads a workspace's files, and nothing else of it: what they say is compile's business.
import { closeSync, constants, fstatSync, lstatSync, openSync, readSync } from "node:fs";
import { lstat, realpath, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { compareText, type Diagnostic } from "../model/diagnostic.ts";
import { UsageError } from "../model/errors.ts";
import { limits } from "./limits.ts";
import { codeOf, trouble } from "./trouble.ts";
import { walk } from "./walk.ts";

export interface SourceFile {
  /** Relative to the workspace, with `/`. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A workspace's files as they were read, sorted by name, with what was in the way of reading others. */
export interface Sources {
  /** Absolute path. */
  readonly root: string;
  readonly files: readonly SourceFile[];
  readonly problems: readonly Diagnostic[];
}

/**
 * Reads every `.yaml` and `.yml` file below a folder. What can't be read is an error among `problems`: nothing may
 * be concluded from a file that seems not to be there. Throws UsageError where the folder itself can't be read.
 */
export async function readSources(dir: string): Promise<Sources> {
  const root = await folder(dir);
  const { files: names, problems } = await walk(root);
  const files: SourceFile[] = [];
  for (const name of names) {
    const read = readOne(root, name);
    if (read instanceof Uint8Array) files.push({ name, bytes: read });
    else problems.push(read);
  }
  files.sort((a, b) => compareText(a.name, b.name));
  return { root, files, problems };
}

/** The settings of a workspace alone: of its other files nothing is read. */
export async function readConfigFile(dir: string): Promise<Sources> {
  const root = await folder(dir);
  const files: SourceFile[] = [];
  const problems: Diagnostic[] = [];
  for (const name of ["_config.yaml", "_config.yml"]) {
    if (!(await lstat(resolve(root, name)).catch(() => undefined))) continue;
    const read = readOne(root, name);
    if (read instanceof Uint8Array) files.push({ name, bytes: read });
    else problems.push(read);
  }
  return { root, files, problems };
}

async function folder(dir: string): Promise<string> {
  const path = resolve(dir);
  const found = await stat(path).catch((cause: unknown) => {
    const missing = codeOf(cause) === "ENOENT";
    throw new UsageError(`the workspace ${dir} ${missing ? "doesn't exist" : "can't be read"}`, {
      hint: missing ? "name it with --dir, or begin one with vac init" : "look at its permissions",
      cause,
    });
  });
  if (!found.isDirectory()) {
    throw new UsageError(`the workspace ${dir} is no folder`, { hint: "name the folder with --dir" });
  }
  return realpath(path);
}

/** Waits for the disk: files are small and many, and to hand each to another thread takes longer than to read it. */
function readOne(root: string, name: string): Uint8Array | Diagnostic {
  const path = resolve(root, name);
  try {
    const bytes = readUpTo(path, limits.fileBytes);
    if (bytes) return bytes;
    return trouble(name, "file-too-big", `${name} is over 1 MiB`, "split it, or move what isn't a vacancy");
  } catch (cause) {
    const why = isLink(path) ? "is a link to something that isn't there" : `can't be read (${codeOf(cause)})`;
    return trouble(name, "unreadable", `${name} ${why}`, "mend its permissions, or remove it");
  }
}

/** A file's bytes; undefined where there are more than `most`, also where it grows meanwhile. */
function readUpTo(path: string, most: number): Uint8Array | undefined {
  // A pipe would be waited for without end.
  const fd = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = fstatSync(fd);
    const { size } = stats;
    if (!stats.isFile()) throw Object.assign(new Error(), { code: "no regular file" });
    if (size > most) return undefined;
    let bytes = Buffer.allocUnsafe(size + 1);
    let length = 0;
    for (;;) {
      const read = readSync(fd, bytes, length, bytes.length - length, null);
      length += read;
      if (read === 0) return bytes.subarray(0, length);
      if (length > most) return undefined;
      if (length === bytes.length) bytes = Buffer.concat([bytes], bytes.length * 2);
    }
  } finally {
    closeSync(fd);
  }
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;
}
