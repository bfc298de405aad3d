import type { ConfigFile } from "../generated/config.ts";
import type { Remembered } from "../generated/state.ts";
import type { Picture, Promotion as PromotionFile } from "../generated/vacancy.ts";
import type { Attributes } from "./attributes.ts";
import type { TriageRule } from "./triage.ts";

export type { Remembered } from "../generated/state.ts";

/** When a vacancy is revived: at its expiry, never, or this many milliseconds before it. */
export type Renewal = "on_expiry" | "never" | { readonly earlyMs: number };

/** A paid promotion; times are instants in milliseconds since 1970, `every` milliseconds. */
export interface Promotion {
  readonly action: PromotionFile["action"];
  readonly account: "company" | "bonus";
  readonly at?: number;
  readonly every?: number;
  readonly until?: number;
}

/** A background picture: its file relative to the workspace, and the part of it that is shown, if not all is. */
export interface Background extends Picture {
  /** SHA-256 of its bytes, hex; absent where the file wasn't read: then nothing can be planned of it. */
  readonly hash?: string;
}

/** One desired publication: a file (or one of its locations) with its defaults worked in. */
export interface Vacancy {
  readonly key: string;
  /** Relative to the workspace, with `/`. */
  readonly file: string;
  readonly location?: string;
  /** SHA-256 of the file's bytes, hex; with a location the same for each of them. */
  readonly textHash: string;
  /** What is ours, in the board's names; null is "empty on the board". Texts are in NFC. */
  readonly attributes: Attributes;
  readonly status: "active" | "closed";
  /** First instant at which it is wanted closed. */
  readonly publishUntil?: number;
  readonly publication: string;
  readonly renew: Renewal;
  readonly reopenClosed: boolean;
  readonly keep: Remembered;
  readonly background?: Background;
  readonly promote: readonly Promotion[];
}

/** The settings of a workspace with their defaults filled in; see schemas/config.schema.json. */
export interface Config {
  /** `emulator` or an address without a trailing slash. */
  readonly board: string;
  readonly concurrency: number;
  readonly timezone: string;
  readonly closePercent: number;
  readonly closeCount?: number;
  readonly settleAfterMs: number;
  readonly ignore: readonly string[];
  readonly state: { readonly backend: "file" | "git"; readonly remote?: string; readonly ref?: string };
  /** Roubles by code. */
  readonly prices: Readonly<Record<string, number>>;
  /** As the file has it: roubles for the wallet, units for codes. */
  readonly budget?: NonNullable<ConfigFile["budget"]>;
  /** The account's own; its file is relative to the workspace. */
  readonly background?: Background;
  readonly triage: readonly TriageRule[];
}
