// A cached value as a line of its own: a check, a name, and the value as JSON.
import { hash } from "node:crypto";
import { isTable } from "../layers.ts";
import type { FileKind } from "../shapes.ts";
import type { Table } from "../yaml/document.ts";

/** What a file's value is known by: its kind and the SHA-256 of its bytes, hex. */
export const nameOf = (kind: FileKind, bytesHash: string): string => `${kind} ${bytesHash}`;

/** Characters of a check, and of it with the space behind. */
const checkLength = 16;
const before = checkLength + 1;

const checkOf = (rest: string | Buffer): string => hash("sha256", rest, "hex").slice(0, checkLength);

/** A line with its end; undefined for a value that JSON wouldn't give back as it is. */
export function lineOf(name: string, value: Table): Buffer | undefined {
  if (!survivesJson(value)) return undefined;
  const rest = `${name} ${JSON.stringify(value)}`;
  return Buffer.from(`${checkOf(rest)} ${rest}\n`);
}

/** The name that a line gives; undefined where it is no whole line of ours. Its check isn't looked at yet. */
export function nameIn(line: Buffer): string | undefined {
  const start = line.toString("latin1", before, before + 80);
  return /^[a-z]+ [\da-f]{64}(?= )/.exec(start)?.[0];
}

/** The value that a line of this name holds, as the parser would have made it; undefined where the line is damaged. */
export function valueIn(name: string, line: Buffer): Table | undefined {
  const whole = line.subarray(before, line.length - 1);
  if (checkOf(whole) !== line.toString("latin1", 0, checkLength)) return undefined;
  return bare(JSON.parse(whole.toString("utf8", name.length + 1))) as Table;
}

/** Maps of parsed files have no prototype, so that no key has a meaning of its own. */
function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (!isTable(value)) return value;
  const table: Record<string, unknown> = Object.create(null);
  for (const name of Object.keys(value)) table[name] = bare(value[name]);
  return table;
}

/** Whether a value consists of what JSON has, and of numbers that it can write. */
function survivesJson(value: unknown): boolean {
  if (typeof value === "number") return Number.isFinite(value) && !Object.is(value, -0);
  if (Array.isArray(value)) return value.every(survivesJson);
  if (isTable(value)) return Object.values(value).every(survivesJson);
  return value === null || typeof value === "string" || typeof value === "boolean";
}
