import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { StateError } from "../model/errors.ts";
import type { State } from "../model/state.ts";
import { largestFile, readUpTo, writeWhole } from "./files.ts";
import { faultOfState } from "./valid.ts";

/** The format that this version reads and writes. */
const format = 1;

/** Reads a file, or undefined where there is none. */
export async function readIfThere(file: string): Promise<Buffer | undefined> {
  try {
    // A pipe would be waited for without end.
    if (!(await stat(file)).isFile()) throw new Error("it is no regular file");
    return await readUpTo(file, largestFile);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new StateError(`${file}: can't be read: ${(error as Error).message}`, {
      hint: "give access to it, or restore the file from a backup; nothing was changed",
      cause: error,
    });
  }
}

/** The SHA-256 of a file, hex; undefined where there is none. Of what can't be read it is no hash: whoever reads it is told why. */
export async function hashIfThere(file: string): Promise<string | undefined> {
  const sum = createHash("sha256");
  try {
    if (!(await stat(file)).isFile()) return "unreadable";
    for await (const piece of createReadStream(file)) sum.update(piece as Buffer);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT" ? undefined : "unreadable";
  }
  return sum.digest("hex");
}

/** The snapshot that a file holds. A damaged one or one of a newer format is an error. */
export function parseSnapshot(bytes: Buffer, file: string): State {
  const value = parse(bytes.toString("utf8"), file);
  const found = (value as { format?: unknown } | null)?.format;
  if (typeof found === "number" && found > format) {
    throw new StateError(
      `${file}: written by a newer vac: its format is ${found}, and this one reads ${format}`,
      {
        hint: "use the newer vac that wrote it; nothing was changed",
      },
    );
  }
  const fault = faultOfState(value);
  if (fault !== undefined) throw damaged(file, fault);
  return value as State;
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What the parser says quotes the file, which holds phones.
    throw damaged(file, "it isn't JSON");
  }
}

function damaged(file: string, why: string): StateError {
  return new StateError(`${file}: the state is damaged: ${why}`, {
    hint: "restore the file from a backup; nothing was changed. Without it, move the state folder away: vac then adopts what is on the board",
  });
}

export const snapshotText = (state: State): string => `${JSON.stringify(state)}\n`;

/** Writes the snapshot, whole or not at all. */
export async function writeSnapshot(file: string, state: State): Promise<void> {
  await writeWhole(file, snapshotText(state), { mode: 0o600 });
}
