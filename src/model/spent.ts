// What a board tells of what was taken from the account: charges that name neither a vacancy nor an amount of money.

/** Units that were taken. */
export interface SpentCharge {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly code: string;
  readonly units: number;
  /** Bonus is a purse of its own; everything else may have been paid by the wallet. */
  readonly account: "company" | "bonus";
  /** Who did it, in the board's words. */
  readonly creator?: string;
}

/** Units that were put on the account: bought or given, not spent. */
export interface AddedUnits {
  readonly at: number;
  readonly code: string;
  readonly units: number;
}

/** What can't be counted, as the board has it: a sentence without a meaning, or without a time. */
export interface UnreadChange {
  /** Milliseconds since 1970; absent where the time can't be read, so that it may be of any month. */
  readonly at?: number;
  readonly text: string;
  readonly creator?: string;
}

/** All that the board's transactions tell. */
export interface Spent {
  readonly charges: readonly SpentCharge[];
  readonly added: readonly AddedUnits[];
  readonly unread: readonly UnreadChange[];
}

/** Why what was spent before the ledger isn't known whole. */
export interface LedgerDoubt {
  /** What of the board's transactions can't be read, in its words. */
  readonly texts: readonly string[];
  /** Codes that were bought and of which no price is known, so that what the wallet gave for them isn't. */
  readonly codes: readonly string[];
}
