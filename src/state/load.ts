// A snapshot and the log beside it, put together.
import { hash } from "node:crypto";
import { StateError } from "../model/errors.ts";
import { emptyState, type State } from "../model/state.ts";
import { applyEvent, copyState, type StateEvent } from "./events.ts";
import { largestFile, largestLog } from "./files.ts";
import { isTornStart, readLines } from "./lines.ts";
import { hashIfThere, parseSnapshot, readIfThere } from "./snapshot.ts";

/** The files of one board. */
export interface Files {
  readonly snapshot: string;
  readonly log: string;
  readonly lock: string;
}

/** What is in them; undefined where there is no such file. */
export interface Content {
  readonly snapshot: Buffer | undefined;
  readonly log: Buffer | undefined;
}

/** What they are called where something is wrong with them. */
type Names = Pick<Files, "snapshot" | "log">;

export interface Loaded {
  /** A copy of its own; undefined where nothing was ever written. */
  readonly state: State | undefined;
  /** Bytes of the log that are good and belong to this snapshot; 0 starts it anew. */
  readonly good: number;
  /** Bytes of the snapshot; 0 where there is none. */
  readonly whole: number;
}

/**
 * Reads both files. The log comes first: a run that ends meanwhile writes the snapshot before it removes the log, so
 * that nothing falls between.
 */
export async function readContent(files: Names): Promise<Content> {
  const log = await readIfThere(files.log, largestLog);
  return { log, snapshot: await readIfThere(files.snapshot, largestFile) };
}

export const load = async (files: Files): Promise<Loaded> => fold(await readContent(files), files);

/**
 * The same for who looks several times: both files are read each time, since neither their size nor their times need tell
 * of a change (a network file system keeps those for a while), but what they held before isn't parsed again. Each look
 * gets a copy of its own.
 */
export function loader(files: Files): () => Promise<Loaded> {
  let last: { readonly print: string; readonly loaded: Loaded } | undefined;
  return async () => {
    if (last === undefined || last.print !== (await printOf(files))) {
      const content = await readContent(files);
      const print = [content.snapshot, content.log].map((bytes) => bytes && hash("sha256", bytes)).join(" ");
      last = { print, loaded: fold(content, files) };
    }
    const { state, ...rest } = last.loaded;
    return { state: state && copyState(state), ...rest };
  };
}

/** The same as of what was read, in pieces: a state may be large. The log comes first here too. */
async function printOf({ snapshot, log }: Names): Promise<string> {
  const ofLog = await hashIfThere(log);
  return [await hashIfThere(snapshot), ofLog].join(" ");
}

/** What a snapshot and a log come to. */
export function fold(content: Content, files: Names): Loaded {
  const snapshot = content.snapshot && parseSnapshot(content.snapshot, files.snapshot);
  const whole = content.snapshot?.length ?? 0;
  const bytes = content.log ?? Buffer.alloc(0);
  const { events, good } = readLines(bytes, files.log);
  const [first, ...rest] = events;
  const state = snapshot && copyState(snapshot);
  if (first === undefined && state === undefined && !isTornStart(bytes)) throw headless(files);
  if (first === undefined || (state && isContained(first, rest.length, state, files)))
    return { state, good: 0, whole };
  const folded = state ?? begin(first, files);
  for (const event of rest) applyEvent(folded, event);
  return { state: folded, good, whole };
}

/** Whether the snapshot holds the log already: a crash came after the one was written and before the other was removed. */
function isContained(first: StateEvent, length: number, snapshot: State, files: Names): boolean {
  if (first.event !== "begin" && first.event !== "base") throw headless(files);
  if (first.lineage !== snapshot.lineage) throw unfit(files.log, `it doesn't belong to ${files.snapshot}`);
  const from = first.event === "begin" ? 0 : first.serial;
  if (from > snapshot.serial) throw unfit(files.log, `it continues a newer snapshot than ${files.snapshot}`);
  if (from === snapshot.serial && first.event === "base") return false;
  // The end of it may have been cut since, by a power cut.
  if (from + length <= snapshot.serial) return true;
  throw unfit(files.log, `it goes on beside ${files.snapshot}`);
}

function begin(first: StateEvent, files: Names): State {
  if (first.event === "base") throw unfit(files.log, `its snapshot ${files.snapshot} is missing`);
  if (first.event !== "begin") throw headless(files);
  return copyState(emptyState(first.board, first.account, first.lineage));
}

const headless = (files: Names): StateError => unfit(files.log, "it doesn't begin as a log does");

function unfit(file: string, why: string): StateError {
  return new StateError(`${file}: ${why}`, {
    hint: "restore both files from one backup; nothing was changed",
  });
}
