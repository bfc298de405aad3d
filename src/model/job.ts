import type { Call, JobRef, Observed } from "../generated/state.ts";
import type { Attributes } from "./attributes.ts";

export type {
  Call,
  CloseCall,
  CreateCall,
  JobRef,
  ReviveCall,
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
  /** What the board says about it, such as why it was rejected. */
  readonly note?: string;
}

/** Where money or units can come from, and what things cost. Amounts in kopecks. */
export interface Funds {
  readonly sources: readonly {
    readonly code: string;
    readonly kind: "packet" | "once" | "wallet" | "bonus";
    readonly left: number;
    readonly expiresAt?: number;
    readonly scope?: string;
  }[];
  readonly prices: Readonly<Record<string, { readonly min: number; readonly max?: number }>>;
}

/** What became of a call. */
export type Outcome =
  | { readonly is: "done"; readonly job?: JobView }
  /** Taken in by an asynchronous board; the ticket stands for the job until it has an id. */
  | { readonly is: "accepted"; readonly ticket: string }
  /** Certainly not done. `stop` where no further call can succeed, such as without a session. */
  | { readonly is: "refused"; readonly message: string; readonly stop?: true }
  /** May or may not have been done. */
  | { readonly is: "unclear"; readonly cause: string };

/** One word for a job: its id, or its ticket as long as it has no id. */
export function refKey(ref: JobRef): string {
  return "id" in ref ? ref.id : `ticket:${ref.ticket}`;
}

/** The id of a job; null where it has none yet. */
export function refId(ref: JobRef): string | null {
  return "id" in ref ? ref.id : null;
}

/** Whether sending a call twice could make or charge something twice. */
export function isUnrepeatable(call: Call): boolean {
  return call.do === "create" || call.do === "revive" || call.do === "buy";
}
