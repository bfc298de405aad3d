import type { Code } from "./codes.ts";

/** Fits every region, or every category ("Получение списка регионов": Вся Россия). */
export const ANY = "00000000-0000-0000-0000-000000000000";

/** Units of one service in a packet ("Получение списка пакетов", `limits`). */
export interface Limit {
  initial: number;
  left: number;
  default: number;
}

/** A span of a packet with units of its own; those of a past step are lost. Times are ms of the emulator's clock. */
export interface Step {
  start: number;
  end: number;
  limits: Partial<Record<Code, Limit>>;
}

/** A packet of units ("Получение списка пакетов"); its steps follow one another, there is at least one. */
export interface Packet {
  /** Digits. */
  id: string;
  /** `packet_type`; those that begin with `temporary_view` give access to contacts. */
  type: string;
  /** `fias_id` of the region, or ANY. */
  region: string;
  /** `job_category_uuid`, or ANY. */
  category: string;
  free: boolean | null;
  /** Kopecks for what its region costs where units run out; what isn't here, or is 0, has the account's price. */
  prices: Partial<Record<Code, number>>;
  steps: readonly Step[];
}

/** What the account can pay with ("Company", "Получение списка пакетов"): the one record under the id "funds". */
export interface Funds {
  id: "funds";
  /** The wallet, kopecks. */
  balance: number;
  /** Whether the wallet may go below zero, so that nothing is ever refused for want of money. */
  overdraft: boolean;
  wallet_id: string | null;
  /** Kopecks of the bonus account; no answer shows them. */
  bonus: number;
  /** One-time units. */
  otvas: Partial<Record<Code, number>>;
  /** Common end of all one-time units, ms of the emulator's clock; null: no known end. */
  otvasExpiresAt: number | null;
  /** Price list of the wallet in kopecks; null: not sold for money. */
  prices: Record<Code, number | null>;
  packets: readonly Packet[];
}

/** What a charge was taken from. */
export type Source = "packet" | "otvas" | "wallet" | "bonus";

/** One line of the ledger: what was taken from the account. */
export interface Charge {
  id: string;
  /** ISO 8601, UTC, of the emulator's clock. */
  at: string;
  /** Code of the VAS: `job_publish`, `elevation_plus`, … */
  action: Code;
  /** The same. */
  code: Code;
  /** Null where it was for a candidate's contact. */
  job_id: string | null;
  /** The candidate whose contact was bought. */
  user_id?: string;
  units: number;
  /** What made the board charge. */
  by: "create" | "revive" | "auto_renew" | "paid_action" | "phone";
  source: Source;
  /** Which packet, where one paid. */
  packet_id: string | null;
  /** Taken from the wallet, or from the bonus account where that is the source; 0 for units. */
  kopecks: number;
}
