import type { Call, JobRef, Observed, Source, UnitPrice } from "../generated/state.ts";
import type { Attributes } from "./attributes.ts";

export type {
  BuyCall,
  Call,
  CloseCall,
  CreateCall,
  Crop,
  JobRef,
  PictureCall,
  PictureTarget,
  ReviveCall,
  Source,
  UnitPrice,
  UnpictureCall,
  UpdateCall,
} from "../generated/state.ts";

export type JobStatus = NonNullable<Observed["status"]>;

/** A job as one answer of the board shows it. */
export interface JobView {
  readonly ref: JobRef;
  /** Values in the board's names; an absent key is unknown, which is neither null nor a difference. */
  readonly attributes: Attributes;
  /** Absent where the answer doesn't tell. */
  readonly status?: JobStatus;
  /** Publication type. */
  readonly publication?: string;
  /** Milliseconds since 1970. */
  readonly expiresAt?: number;
  /** Paid services that run, by code, with when each ends in milliseconds since 1970; absent where it isn't told. */
  readonly services?: Readonly<Record<string, number>>;
  /** When it was last raised in the search, and from when on that is possible again; milliseconds since 1970. */
  readonly refreshedAt?: number;
  readonly refreshableAt?: number;
  /** What the board says about it, such as why it was rejected. */
  readonly note?: string;
}

/** Where money or units can come from, and what a unit costs in kopecks. A source or a price that isn't told is left out. */
export interface Funds {
  readonly sources: readonly Source[];
  readonly prices: Readonly<Record<string, UnitPrice>>;
}

/** What became of a call. */
export type Outcome =
  /** `note` where it is done without having been done now, such as a service that runs already: nothing was charged. */
  | { readonly is: "done"; readonly job?: JobView; readonly note?: string }
  /** Taken in by an asynchronous board; the ticket stands for the job until it has an id. */
  | { readonly is: "accepted"; readonly ticket: string }
  /**
   * Certainly not done. `stop` where no further call can succeed, such as without a session; `absent` where the answer to
   * a call about several jobs doesn't name this one.
   */
  | { readonly is: "refused"; readonly message: string; readonly stop?: true; readonly absent?: true }
  /**
   * May or may not have been done: `answered` where the board isn't at it any more, `waits` where nothing shows that it
   * was done, and it may be done yet; `taken` where more is gone than is known to be charged, which may be for it.
   */
  | {
      readonly is: "unclear";
      readonly cause: string;
      readonly answered?: true;
      readonly waits?: true;
      readonly taken?: true;
    };

/** One word for a job: its id, or its ticket as long as it has no id. */
export function refKey(ref: JobRef): string {
  return "id" in ref ? ref.id : `ticket:${ref.ticket}`;
}

/** The id of a job; null where it has none yet. */
export function refId(ref: JobRef): string | null {
  return "id" in ref ? ref.id : null;
}

/** The job that a call is about; undefined where there is none yet, or where it is about the account. */
export function jobOf(call: Call): JobRef | undefined {
  if ("job" in call) return call.job;
  return "target" in call && call.target !== "account" ? call.target : undefined;
}

/** The code of what a call takes from the account; undefined for calls that cost nothing. */
export function chargedCode(call: Call): string | undefined {
  if (call.do === "buy") return call.action;
  return call.do === "create" || call.do === "revive" ? call.publication : undefined;
}

/** Whether sending a call twice could make or charge something twice. */
export function isUnrepeatable(call: Call): boolean {
  return call.do === "create" || call.do === "revive" || call.do === "buy";
}
