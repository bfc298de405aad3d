import { EmulatorError, messageOf } from "./errors.ts";
import type { Incoming } from "./http.ts";
import { API } from "./paths.ts";

/** Which requests a fault is for; what is absent matches everything. */
export interface FaultMatch {
  method?: string;
  /** Regular expression, tried on the path alone and on the path with its decoded query. */
  path?: string;
  /** Act on that matching request only, counted from 1 since the list was set. */
  nth?: number;
  /** Act that many times at most. */
  times?: number;
}

/** What goes wrong. `after: true` does the request's work first: the client can't tell. */
export type FaultAction =
  /** Any status; `retryAfter` goes out as the Retry-After header, `body` as JSON (a string as it is). */
  | { kind: "status"; status: number; body?: unknown; retryAfter?: number | string; after?: boolean }
  /** 200 with an HTML page. */
  | { kind: "html"; after?: boolean }
  /** 302 to another place. */
  | { kind: "redirect"; location: string; after?: boolean }
  /** No answer ever. */
  | { kind: "hang"; after?: boolean }
  /** Real milliseconds more before the work; goes together with a later fault of the list. */
  | { kind: "delay"; ms: number }
  /** 200 with `{"errors":[{"detail":…}]}`, work not done. */
  | { kind: "errors_200"; detail?: string }
  /** Connection closed before the work, or after it. */
  | { kind: "drop_before" | "drop_after" }
  /** Work done, full Content-Length, half of the body, connection closed. */
  | { kind: "truncate" }
  /** 401 Invalid JWT Token, and every token so far is invalid. */
  | { kind: "expire_token" }
  /** Reads of the jobs list only: a foreign job appears first; `{"data":[]}`; reset from the second page on. */
  | { kind: "moving_list" | "empty_list" | "reset_mid_list" }
  /** The same: the newest active job is closed by hand first; the page lacks its second half. */
  | { kind: "leaving_list" | "short_page" };

/** One row of the ordered list of faults: the first that acts on a request wins (delays add to it). */
export interface Fault {
  match: FaultMatch;
  do: FaultAction;
}

/** What is to go wrong with one request. */
interface Trouble {
  delayMs: number;
  action: FaultAction | null;
}

interface Armed extends Fault {
  pattern: RegExp | null;
  seen: number;
  acted: number;
}

const isText = (value: unknown) => typeof value === "string";
const isNumber = (value: unknown) => typeof value === "number";

/** Every kind, and the argument that it can't do without. */
const KINDS: Record<FaultAction["kind"], { needs: string; valid(value: unknown): boolean } | null> = {
  status: {
    needs: "status",
    valid: (value) => isNumber(value) && Number(value) >= 200 && Number(value) < 600,
  },
  html: null,
  redirect: { needs: "location", valid: isText },
  hang: null,
  delay: { needs: "ms", valid: isNumber },
  errors_200: null,
  drop_before: null,
  drop_after: null,
  truncate: null,
  expire_token: null,
  moving_list: null,
  empty_list: null,
  reset_mid_list: null,
  leaving_list: null,
  short_page: null,
};

const LIST_KINDS: readonly string[] = [
  "moving_list",
  "empty_list",
  "reset_mid_list",
  "leaving_list",
  "short_page",
];

function arm(fault: Fault, index: number): Armed {
  const refuse = (why: string): never => {
    throw new EmulatorError(`Emulator: fault ${index + 1} of the list can't be used: ${why}`);
  };
  const match = fault?.match ?? {};
  const kind = fault?.do?.kind;
  if (!Object.hasOwn(KINDS, kind ?? "")) {
    refuse(`do.kind is ${JSON.stringify(kind)}; it must be one of ${Object.keys(KINDS).join(", ")}`);
  }
  const rule = KINDS[kind];
  if (rule && !rule.valid((fault.do as unknown as Record<string, unknown>)[rule.needs])) {
    refuse(`${kind} needs a valid "${rule.needs}"`);
  }
  const unknown = Object.keys(match).find((name) => !["method", "path", "nth", "times"].includes(name));
  if (unknown) refuse(`match has no ${unknown}`);
  let pattern: RegExp | null = null;
  try {
    pattern = match.path === undefined ? null : new RegExp(match.path);
  } catch (thrown) {
    refuse(messageOf(thrown));
  }
  return { match, do: fault.do, pattern, seen: 0, acted: 0 };
}

function matches(fault: Armed, incoming: Incoming): boolean {
  const { method, path } = incoming;
  if (fault.match.method !== undefined && fault.match.method.toUpperCase() !== method) return false;
  if (LIST_KINDS.includes(fault.do.kind) && (method !== "GET" || path !== `${API}/jobs`)) return false;
  if (fault.do.kind === "reset_mid_list" && !(Number(incoming.query.get("page[number]")) >= 2)) return false;
  if (!fault.pattern) return true;
  const query = Array.from(incoming.query, ([name, value]) => `${name}=${value}`).join("&");
  return fault.pattern.test(path) || fault.pattern.test(`${path}?${query}`);
}

/** The armed list of faults; counts what it sees. */
export interface Faults {
  /** Replaces the list and starts all counts anew. Throws EmulatorError for a fault that can't be used. */
  set(list: readonly Fault[]): void;
  /** What goes wrong with this request; every request is to be shown once. */
  next(incoming: Incoming): Trouble;
}

/** Makes the list of faults; none at first. */
export function makeFaults(): Faults {
  let list: Armed[] = [];
  return {
    set(faults) {
      if (!Array.isArray(faults)) throw new EmulatorError("Emulator: faults must be a list");
      list = faults.map(arm);
    },
    next(incoming) {
      const trouble: Trouble = { delayMs: 0, action: null };
      for (const fault of list) {
        if (!matches(fault, incoming)) continue;
        fault.seen += 1;
        if (trouble.action !== null) continue;
        if (fault.match.nth !== undefined && fault.seen !== fault.match.nth) continue;
        if (fault.acted >= (fault.match.times ?? Number.POSITIVE_INFINITY)) continue;
        fault.acted += 1;
        if (fault.do.kind === "delay") trouble.delayMs += fault.do.ms;
        else trouble.action = fault.do;
      }
      return trouble;
    },
  };
}
