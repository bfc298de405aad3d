import { type Incoming, isObject } from "./http.ts";
import { isMultipart, parseMultipart } from "./multipart.ts";

/** One request as the emulator saw it. */
export interface RequestRecord {
  /** ISO 8601, UTC, of the emulator's clock. */
  at: string;
  method: string;
  /** Path and query as sent, without a password. */
  path: string;
  /** null: nothing was answered (dropped, hanging, or still waiting). */
  status: number | null;
  /**
   * The body parsed (JSON or form), without a password; null when there is none or it can't be parsed. Of a
   * multipart form a list of its parts, files by name, type and size.
   */
  body: unknown;
  /** The kind of the fault that acted, if one did. */
  fault: string | null;
}

/** How many requests are remembered. */
const KEPT = 10_000;

function withoutPassword(value: unknown): unknown {
  if (!isObject(value)) return value;
  const { password: _password, ...rest } = value;
  return rest;
}

function partsOf(incoming: Incoming): unknown {
  try {
    return parseMultipart(incoming).map(({ name, filename, contentType, data }) =>
      filename === null
        ? { name, value: data.toString("utf8") }
        : { name, filename, content_type: contentType, bytes: data.length },
    );
  } catch {
    return null;
  }
}

function parsedBody(incoming: Incoming): unknown {
  const { raw, contentType } = incoming;
  if (raw.length === 0) return null;
  if (isMultipart(incoming)) return partsOf(incoming);
  const text = raw.toString("utf8");
  if (contentType.startsWith("application/x-www-form-urlencoded")) {
    return withoutPassword(Object.fromEntries(new URLSearchParams(text)));
  }
  try {
    return withoutPassword(JSON.parse(text));
  } catch {
    return null;
  }
}

/** The log of recent requests, for tests: what a client sent and what it was told. */
export interface RequestLog {
  /** Notes a request; the record's `status` and `fault` are filled in as it goes on. */
  note(incoming: Incoming, at: number): RequestRecord;
  /** The last 10,000 requests, oldest first. */
  recent(): RequestRecord[];
  /** How many there ever were since the start. */
  count(): number;
  clear(): void;
}

/** Makes an empty log. */
export function makeRequestLog(): RequestLog {
  let records: RequestRecord[] = [];
  let count = 0;
  return {
    note(incoming, at) {
      const record: RequestRecord = {
        at: new Date(at).toISOString(),
        method: incoming.method,
        path: incoming.target.replace(/([?&]password=)[^&]*/g, "$1"),
        status: null,
        body: parsedBody(incoming),
        fault: null,
      };
      count += 1;
      records.push(record);
      if (records.length >= 2 * KEPT) records = records.slice(-KEPT);
      return record;
    },
    recent: () => records.slice(-KEPT),
    count: () => count,
    clear() {
      records = [];
    },
  };
}
