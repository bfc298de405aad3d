// Files of a workspace that the command itself writes: nothing that a person wrote is lost.
import { mkdir, readFile, realpath, unlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { UsageError } from "../model/errors.ts";
import { writeWhole } from "../state/files.ts";

/** A folder below the workspace as a path with `/`; a UsageError for one that lies elsewhere or isn't read. */
export function folderInside(folder: string): string {
  const parts = folder
    .replaceAll("\\", "/")
    .split("/")
    .filter((part) => part !== "" && part !== ".");
  if (/^([/\\]|[a-z]:)/i.test(folder) || parts.some((part) => /^[._]|[\s@:]/.test(part))) {
    throw new UsageError(`--into ${folder} is no folder of the workspace that vacancies can be in`, {
      hint: "give a path below the workspace, such as imported; no part begins with . or _, or holds a space or @",
    });
  }
  return parts.join("/");
}

/** Writes a file that isn't there yet, with its folders; what is in the way, in words, where it can't be. */
export async function writeNew(dir: string, file: string, text: string): Promise<string | undefined> {
  const path = join(dir, file);
  try {
    await mkdir(dirname(path), { recursive: true });
  } catch (error) {
    return `the folder of ${file} can't be made: ${(error as Error).message}`;
  }
  try {
    await writeFile(path, text, { flag: "wx" });
    return undefined;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return `${file} is there already, and is left as it is`;
    // What was begun isn't a vacancy.
    await unlink(path).catch(() => undefined);
    return `${file} can't be written: ${message}`;
  }
}

/** Replaces a file that still is what was read; what is in the way, in words, where it can't be. */
export async function replaceFile(
  dir: string,
  file: string,
  read: Uint8Array,
  text: string,
): Promise<string | undefined> {
  try {
    // A link stays a link.
    const path = await realpath(join(dir, file));
    if (!(await readFile(path)).equals(read))
      return `${file} has changed meanwhile, and is left as it is: run it again`;
    await writeWhole(path, text);
    return undefined;
  } catch (error) {
    return `${file} can't be written: ${(error as Error).message}`;
  }
}
