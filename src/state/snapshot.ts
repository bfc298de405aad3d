import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { StateError } from "../model/errors.ts";
import type { State, StateEntry } from "../model/state.ts";
import { largestFile, readUpTo, tooBig, writeWhole } from "./files.ts";
import { faultOfState } from "./valid.ts";

/** The format that this version reads and writes. */
const format = 1;

/** Reads a file of at most so many bytes, or undefined where there is none. */
export async function readIfThere(file: string, most: number): Promise<Buffer | undefined> {
  try {
    // A pipe would be waited for without end.
    if (!(await stat(file)).isFile()) throw new Error("it is no regular file");
    return await readUpTo(file, most);
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

/** Bytes of entries that are read at once, to the end of their line. */
const atOnce = 64 * 1024;

const comma = ",".charCodeAt(0);

/** What stands at the end of a snapshot's first line, and on its last one. */
const entriesFollow = ',"entries":{';
const end = "}}";
/** The last line with what JSON takes for space behind it, and nothing else. */
const lastLine = /^\}\}[ \t\r\n]*$/;

/** The snapshot that a file holds. A damaged one or one of a newer format is an error. */
export function parseSnapshot(bytes: Buffer, file: string): State {
  const value = byLines(bytes) ?? parse(bytes.toString("utf8"), file);
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
  const state = value as State;
  for (const entry of Object.values(state.entries)) shareTexts(entry);
  return state;
}

/** What the board shows is mostly what was applied: equal texts needn't be held twice. */
function shareTexts({ applied, observed }: StateEntry): void {
  const shown = observed.attributes as Record<string, unknown>;
  for (const [name, value] of Object.entries(applied))
    if (typeof value === "string" && shown[name] === value) shown[name] = value;
}

/**
 * The value of a snapshot that was written line by line, read likewise: as one text it would take as much memory again.
 * Undefined where it isn't such a one, whatever it is.
 */
function byLines(bytes: Buffer): unknown {
  const line = (from: number, to: number): string => bytes.toString("utf8", from, to);
  const first = bytes.indexOf("\n");
  const last = bytes.lastIndexOf("\n", -2);
  if (first < 0 || !line(0, first).endsWith(entriesFollow) || !lastLine.test(line(last + 1, bytes.length)))
    return undefined;
  try {
    const head = JSON.parse(line(0, first) + end) as Record<string, unknown>;
    const entries = Object.create(null) as Record<string, unknown>;
    for (let from = first + 1; from <= last; ) {
      const next = bytes.indexOf("\n", Math.min(from + atOnce, last));
      const to = next === last ? next : next - 1;
      if (to < next && bytes[to] !== comma) return undefined;
      const some = JSON.parse(`{${line(from, to)}}`) as Record<string, unknown>;
      // Nothing beside a comma is no JSON, though nothing between braces is.
      if (Object.keys(some).length === 0) return undefined;
      Object.assign(entries, some);
      from = next + 1;
    }
    return { ...head, entries };
  } catch {
    return undefined;
  }
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

export const snapshotText = (state: State): string => [...snapshotPieces(state)].join("");

/** Writes the snapshot, whole or not at all. */
export async function writeSnapshot(file: string, state: State): Promise<void> {
  await writeWhole(file, snapshotPieces(state), { mode: 0o600 });
}

/** Characters that are written at once. */
const piece = 1024 * 1024;

/** A state as JSON, piece by piece: the whole of a large one would be held a second time. An Error where it couldn't be read again. */
function* snapshotPieces(state: State): Generator<string> {
  let text = "";
  let size = 0;
  const taken = (): string => {
    size += Buffer.byteLength(text);
    if (size > largestFile) throw tooBig(largestFile);
    const whole = text;
    text = "";
    return whole;
  };
  for (const part of jsonParts(state)) {
    text += part;
    if (text.length >= piece) yield taken();
  }
  text += "\n";
  yield taken();
}

/** Each entry stands on a line of its own, so that it can be read by itself. */
function* jsonParts({ entries, ...rest }: State): Generator<string> {
  yield `${JSON.stringify(rest).slice(0, -1)}${entriesFollow}`;
  let before = "\n";
  for (const [key, entry] of Object.entries(entries)) {
    yield `${before}${JSON.stringify(key)}:${JSON.stringify(entry)}`;
    before = ",\n";
  }
  yield `\n${end}`;
}
