// Applications that rules of the settings move on, as a value.

/** One rule: what applications it is about, and what they become. */
export interface TriageRule {
  /** Glob of keys; every managed vacancy without it. */
  readonly vacancy?: string;
  readonly status: string;
  /** Milliseconds since the application was made, at least. */
  readonly olderThanMs: number;
  /** The same as it is written, such as `14d`. */
  readonly olderThan?: string;
  readonly set: string;
}

/** An application that a rule moves on. */
export interface Move {
  readonly id: string;
  readonly key: string;
  readonly jobId: string;
  readonly from: string;
  readonly to: string;
  /** Milliseconds since 1970; absent where it isn't told. */
  readonly createdAt?: number;
  /** Which rule, counted from 0. */
  readonly rule: number;
}
