import { EmulatorError } from "./errors.ts";
import type { Fault } from "./faults.ts";
import type { FundsPatch } from "./money/shape.ts";
import type { SpendReadings } from "./money/spending.ts";

/** How the emulator reads the places where the board's document is silent or contradicts itself. */
export interface Readings extends SpendReadings {
  /** Whether the list holds closed and expired jobs. Default true. */
  listInactive: boolean;
  /** Whether PUT works on a closed or expired job; false: 422. Default true. */
  updatesInactive: boolean;
  /**
   * Whether the board respells an address that a client wrote: never, at once, or that many minutes of the
   * emulator's time after the write. Counts for writes made from then on. Default "no".
   */
  rewriteAddress: "no" | "at_once" | number;
  /** A revive answers 200 and charges, but changes nothing. Default false. */
  reviveIsNoop: boolean;
  /** Whether `data` of GET jobs/ID is an array of one (as in the example) or the object. Default "array". */
  jobAnswer: "array" | "object";
  /** The list shows a job only that many ms of the emulator's time after its creation. Default 0. */
  listLagMs: number;
  /**
   * What `prices` of packets tell besides those that a packet was given: zeros as in the example, nothing, or the
   * account's price list. Default "zero".
   */
  packetPrices: "zero" | "absent" | "list";
  /** Whether payments from the wallet are among the transactions of VAS's (as OTVAS). Default true. */
  walletTransactions: boolean;
  /** Whether the item of a failed paid action shows the job, or null. Default true. */
  failedShowsJob: boolean;
  /** A search knows a bought contact only that many ms of the emulator's time after it was bought. Default 0. */
  contactLagMs: number;
  /** Whose background the answer to a DELETE for jobs says it was: "user" as in the example. Default "user". */
  deletedAssetable: "user" | "job";
}

/** At most `requests` in each window of `perMs` real milliseconds; more are answered 429. */
export interface RateLimit {
  requests: number;
  perMs: number;
}

/** What can be switched while the emulator runs. */
export interface Settings {
  readings: Readings;
  /** Real milliseconds that every request waits before its work. */
  latencyMs: number;
  rateLimit: RateLimit | null;
}

/** A partial `Settings`; what it doesn't name stays. `rateLimit: null` lifts the limit. */
export interface SettingsPatch {
  readings?: Partial<Readings>;
  latencyMs?: number;
  rateLimit?: RateLimit | null;
}

/** Options of `startEmulator`; all have defaults. */
export interface EmulatorOptions extends SettingsPatch {
  /** Port on 127.0.0.1; 0 (the default) takes any free one. */
  port?: number;
  /** Folder that keeps the state; without it everything is in memory. */
  dataDir?: string;
  /** Default "test". */
  login?: string;
  /** Default "correct". */
  password?: string;
  /** Default "1". */
  companyId?: string;
  /** Starts with an example account of 200 jobs, unless the data folder already has any. Default false. */
  example?: boolean;
  /** What the candidates' résumés are made from; equal seeds give equal people. Default 1. */
  seed?: number;
  faults?: Fault[];
  /** What the account can pay with, unless the data folder already holds funds. */
  funds?: FundsPatch;
  /** Life of a session token in ms of the emulator's time. Default 24 hours. */
  tokenLifeMs?: number;
  /** The real time in ms. Default `Date.now`. */
  now?: () => number;
}

/** The document's own readings, no latency, no limit. */
export const DEFAULTS: Settings = {
  readings: {
    listInactive: true,
    updatesInactive: true,
    rewriteAddress: "no",
    reviveIsNoop: false,
    jobAnswer: "array",
    listLagMs: 0,
    spendOrder: "packets_first",
    ignoreRegions: false,
    packetPrices: "zero",
    walletTransactions: true,
    failedShowsJob: true,
    contactLagMs: 0,
    deletedAssetable: "user",
  },
  latencyMs: 0,
  rateLimit: null,
};

const isFlag = (value: unknown) => typeof value === "boolean";
const isAmount = (value: unknown) => typeof value === "number" && Number.isFinite(value) && value >= 0;

/** A reading that is one of a few words. */
function oneOf(...words: string[]): { valid: (value: unknown) => boolean; wanted: string } {
  return {
    valid: (value) => words.includes(String(value)),
    wanted: words.map((word) => `"${word}"`).join(" or "),
  };
}

const READINGS: Record<keyof Readings, { valid: (value: unknown) => boolean; wanted: string }> = {
  listInactive: { valid: isFlag, wanted: "true or false" },
  updatesInactive: { valid: isFlag, wanted: "true or false" },
  rewriteAddress: {
    valid: (value) => value === "no" || value === "at_once" || isAmount(value),
    wanted: '"no", "at_once" or a number of minutes',
  },
  reviveIsNoop: { valid: isFlag, wanted: "true or false" },
  jobAnswer: oneOf("array", "object"),
  listLagMs: { valid: isAmount, wanted: "a number of milliseconds" },
  spendOrder: oneOf("packets_first", "otvas_first", "wallet_first"),
  ignoreRegions: { valid: isFlag, wanted: "true or false" },
  packetPrices: oneOf("zero", "absent", "list"),
  walletTransactions: { valid: isFlag, wanted: "true or false" },
  failedShowsJob: { valid: isFlag, wanted: "true or false" },
  contactLagMs: { valid: isAmount, wanted: "a number of milliseconds" },
  deletedAssetable: oneOf("user", "job"),
};

function refuse(name: string, wanted: string): never {
  throw new EmulatorError(`Emulator option ${name}: expected ${wanted}`);
}

/**
 * The settings after a patch. Throws EmulatorError for an unknown name or a value that the option can't have,
 * so that a typing slip in a test doesn't silently leave a reading as it was.
 */
export function patchSettings(settings: Settings, patch: SettingsPatch): Settings {
  for (const name of Object.keys(patch)) {
    if (!(name in DEFAULTS)) refuse(name, `one of ${Object.keys(DEFAULTS).join(", ")}`);
  }
  for (const [name, value] of Object.entries(patch.readings ?? {})) {
    const rule = READINGS[name as keyof Readings];
    if (!rule) refuse(`readings.${name}`, `one of ${Object.keys(READINGS).join(", ")}`);
    if (!rule.valid(value)) refuse(`readings.${name}`, rule.wanted);
  }
  const { latencyMs = settings.latencyMs, rateLimit = settings.rateLimit } = patch;
  if (!isAmount(latencyMs)) refuse("latencyMs", "a number of milliseconds");
  if (rateLimit !== null && !(rateLimit?.requests > 0 && rateLimit.perMs > 0)) {
    refuse("rateLimit", '{"requests": N, "perMs": N} with positive numbers, or null');
  }
  return { readings: { ...settings.readings, ...patch.readings }, latencyMs, rateLimit };
}
