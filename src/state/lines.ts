// The log's lines: a checksum, a space, an event in JSON.
import { createHash } from "node:crypto";
import { StateError } from "../model/errors.ts";
import type { StateEvent } from "./events.ts";
import { faultOfEvent, isKnown } from "./valid.ts";

const checksum = (json: string | Buffer): string =>
  createHash("sha256").update(json).digest("hex").slice(0, 8);

/** One event as the line that is appended. */
export function writeLine(event: StateEvent): string {
  const json = JSON.stringify(event);
  return `${checksum(json)} ${json}\n`;
}

/** The JSON of a line whose checksum fits. */
function checked(line: Buffer): Buffer | undefined {
  const json = line.subarray(9);
  return line.length > 9 && line.toString("latin1", 0, 9) === `${checksum(json)} ` ? json : undefined;
}

/** Whether two lines have lost the newline between them: no crash does that, so it is damage. */
function holdsGoodLine(line: Buffer): boolean {
  for (const { index } of line.toString("latin1").matchAll(/[0-9a-f]{8} \{"/g))
    if (index > 0 && checked(line.subarray(index))) return true;
  return false;
}

function readEvent(json: Buffer, file: string, number: number): StateEvent {
  const value = parse(json);
  if (value === undefined) throw damaged(file, number, "it holds no event");
  if (!isKnown(value.event)) {
    throw new StateError(`${file}: line ${number} was written by a newer vac`, {
      hint: "use the version of vac that wrote it; nothing was changed",
    });
  }
  const fault = faultOfEvent(value);
  if (fault !== undefined) throw damaged(file, number, fault);
  return value as unknown as StateEvent;
}

/** The map that a line holds; undefined where it holds something else. */
function parse(json: Buffer): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(json.toString());
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function damaged(file: string, number: number, why: string): StateError {
  return new StateError(`${file}: line ${number} is damaged: ${why}`, {
    hint: "restore the file from a backup; nothing was changed. Without it, move the state folder away: vac then adopts what is on the board",
  });
}

/** The beginning of every log that no snapshot precedes. */
const opening = '{"event":"begin",';

/**
 * Whether bytes without a whole line are what a crash leaves of a first write: the beginning of a first line, zeros
 * after a power cut. Anything else was a log once, and is no sign of a first run.
 */
export function isTornStart(bytes: Buffer): boolean {
  const text = bytes.toString("latin1").replace(/\0+$/, "");
  const json = text.slice(9, 9 + opening.length);
  return /^([0-9a-f]{0,8}|[0-9a-f]{8} [^\n]*)$/.test(text) && opening.startsWith(json);
}

/**
 * The events of a log, and how many bytes of it are good. A cut last line is what a crash leaves, and zeros in it what
 * a power cut does: it is passed over. Any other damaged line is an error, since it may have told of a call.
 */
export function readLines(bytes: Buffer, file: string): { events: StateEvent[]; good: number } {
  const events: StateEvent[] = [];
  let start = 0;
  for (let number = 1; start < bytes.length; number += 1) {
    const end = bytes.indexOf(10, start);
    const line = bytes.subarray(start, end === -1 ? bytes.length : end);
    const json = checked(line);
    if (json === undefined) {
      const isTorn = end === -1 || (end === bytes.length - 1 && line.includes(0));
      if (isTorn && !holdsGoodLine(line)) break;
      throw damaged(file, number, "its checksum doesn't fit");
    }
    if (end === -1) break;
    events.push(readEvent(json, file, number));
    start = end + 1;
  }
  return { events, good: start };
}
