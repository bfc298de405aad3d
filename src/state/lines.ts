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
  const value = JSON.parse(json.toString()) as Record<string, unknown>;
  if (!isKnown(value.event)) {
    throw new StateError(`${file}: line ${number} was written by a newer vac`, {
      hint: "use the version of vac that wrote it; nothing was changed",
    });
  }
  const fault = faultOfEvent(value);
  if (fault !== undefined) throw damaged(file, number, fault);
  return value as unknown as StateEvent;
}

function damaged(file: string, number: number, why: string): StateError {
  return new StateError(`${file}: line ${number} is damaged: ${why}`, {
    hint: "restore the file from a backup; nothing was changed. Without it, move the state folder away: vac then adopts what is on the board",
  });
}

/**
 * The events of a log, and how many bytes of it are good. A cut last line is what a crash leaves, and is passed over;
 * a damaged line before it is an error, since what follows it can't be trusted.
 */
export function readLines(bytes: Buffer, file: string): { events: StateEvent[]; good: number } {
  const events: StateEvent[] = [];
  let start = 0;
  for (let number = 1; start < bytes.length; number += 1) {
    const end = bytes.indexOf(10, start);
    const line = bytes.subarray(start, end === -1 ? bytes.length : end);
    const json = checked(line);
    if (json === undefined) {
      const isLast = end === -1 || end === bytes.length - 1;
      if (isLast && !holdsGoodLine(line)) break;
      throw damaged(file, number, "its checksum doesn't fit");
    }
    if (end === -1) break;
    events.push(readEvent(json, file, number));
    start = end + 1;
  }
  return { events, good: start };
}
