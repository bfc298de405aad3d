// The log's lines: a checksum, a space, an event in JSON.
import { createHash } from "node:crypto";
import { StateError } from "../model/errors.ts";
import type { StateEvent } from "./events.ts";

const checksum = (json: string): string => createHash("sha256").update(json).digest("hex").slice(0, 8);

/** One event as the line that is appended. */
export function writeLine(event: StateEvent): string {
  const json = JSON.stringify(event);
  return `${checksum(json)} ${json}\n`;
}

function readLine(line: string): StateEvent | undefined {
  const json = line.slice(9);
  if (line[8] !== " " || checksum(json) !== line.slice(0, 8)) return undefined;
  return JSON.parse(json) as StateEvent;
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
    if (end === -1) break;
    const event = readLine(bytes.toString("utf8", start, end));
    if (event === undefined) {
      throw new StateError(`${file}: line ${number} is damaged`, {
        hint: "restore the file from a backup; nothing was changed. Without it, move the state folder away: vac then adopts what is on the board",
      });
    }
    events.push(event);
    start = end + 1;
  }
  return { events, good: start };
}
