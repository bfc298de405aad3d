// The port that a board is reached through. No board's facts stand here.
import type { Traits } from "../model/attributes.ts";
import type { Call, Funds, JobRef, JobView, Outcome } from "../model/job.ts";

/** Which board this is and whose account: state and plans are bound to both. */
export interface Identity {
  readonly kind: string;
  /** `emulator`, or the address without a trailing slash. */
  readonly address: string;
  readonly account: string;
}

/** What was known before calls were sent; what happened is told from what is new since then. */
export interface Before {
  /** Read right before them. */
  readonly funds?: Funds;
  /** Calls that were charged since `funds` was read, such as the others of a batch. */
  readonly charged?: readonly Call[];
  /** Calls that may have been charged since then or not, such as others whose outcome isn't known. */
  readonly maybe?: readonly Call[];
  /** Ids that were on the board or are claimed by the state: a create can't have made these. */
  readonly jobs: ReadonlySet<string>;
  /** The calls are long past: one look tells as much as several. */
  readonly longAgo?: boolean;
  /** No board is still at them: that nothing was taken means that nothing was done. */
  readonly final?: boolean;
}

export interface SendOptions {
  /** Called right before the bytes of a call leave, once more at each attempt: until then it is certainly not done. */
  readonly onSend?: (index: number) => void;
  /** The bytes of a picture, by the hash that its call names. */
  readonly picture?: (hash: string) => Promise<Picture>;
}

export interface Picture {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  readonly filename: string;
}

export interface DictionaryItem {
  readonly id: string;
  readonly title: string;
}

export interface Board {
  readonly traits: Traits;
  identity(): Promise<Identity>;
  /**
   * Every job of the account; complete, or throws. A job that was met twice comes once. `expected` is how many there
   * should be, so that no more is asked for than is there.
   */
  jobs(expected?: number): AsyncIterable<JobView>;
  /** One job by its reference; a job by ticket answers with its id as soon as it has one. */
  job(ref: JobRef): Promise<JobView | "gone">;
  dictionary(name: string): Promise<readonly DictionaryItem[]>;
  funds(): Promise<Funds>;
  /** Sends calls, paid services and pictures that are alike together; outcomes by index. Never throws for what happened to a call. Never repeats what may have been done and can't be done twice. */
  send(calls: readonly Call[], options?: SendOptions): Promise<readonly Outcome[]>;
  /** What became of calls whose outcome is unclear, found out by reads alone. */
  settle(calls: readonly Call[], before: Before): Promise<readonly Outcome[]>;
  /** The board's clock, milliseconds since 1970: from its last answer, else this machine's. */
  now(): number;
  /** Lets go of connections. */
  close(): Promise<void>;
}
