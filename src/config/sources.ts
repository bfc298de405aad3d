// Reads a workspace's files, and nothing else of it: what they say is compile's business.
import { lstat, readFile, realpath, stat } from "node:fs/promises";
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
  let next = 0;
  const work = async (): Promise<void> => {
    for (let name = names[next++]; name !== undefined; name = names[next++]) {
      const read = await readOne(root, name);
      if (read instanceof Uint8Array) files.push({ name, bytes: read });
      else problems.push(read);
    }
  };
  await Promise.all(Array.from({ length: limits.reads }, work));
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
    const read = await readOne(root, name);
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

async function readOne(root: string, name: string): Promise<Uint8Array | Diagnostic> {
  const path = resolve(root, name);
  try {
    const { size } = await stat(path);
    if (size <= limits.fileBytes) {
      const bytes = await readFile(path);
      if (bytes.length <= limits.fileBytes) return bytes;
    }
    return trouble(name, "file-too-big", `${name} is over 1 MiB`, "split it, or move what isn't a vacancy");
  } catch (cause) {
    const link = await lstat(path)
      .then((at) => at.isSymbolicLink())
      .catch(() => false);
    const why = link ? "is a link to something that isn't there" : `can't be read (${codeOf(cause)})`;
    return trouble(name, "unreadable", `${name} ${why}`, "mend its permissions, or remove it");
  }
}
