// Funds as options, control and state spell them: times in ISO 8601, services by their codes.
import type { Code } from "./codes.ts";
import type { Limit } from "./records.ts";

/** Units of a service: a number is `{"initial": N, "left": N, "default": 0}`. */
export type LimitShape = number | Partial<Limit>;

/** A step of a packet; it begins where the one before ends, the first with the packet. */
export interface StepShape {
  end: string | number;
  limits?: Partial<Record<Code, LimitShape>>;
}

/** A packet. Give `end` and `limits`, or `steps`. */
export interface PacketShape {
  /** Digits; by default 151 and on. */
  id?: string;
  /** Default `job_packet`. */
  type?: string;
  /** `fias_id`; default all of Russia. */
  region?: string;
  /** `job_category_uuid`; default all. */
  category?: string;
  free?: boolean | null;
  prices?: Partial<Record<Code, number>>;
  /** ISO 8601 or ms; default now. */
  start?: string | number;
  /** ISO 8601 or ms; default 30 days after the start. */
  end?: string | number;
  limits?: Partial<Record<Code, LimitShape>>;
  steps?: StepShape[];
}

/** A change of the funds; what it doesn't name stays. `state().funds` is one, so that it can be put back. */
export interface FundsPatch {
  /** The wallet, whole kopecks. Naming it without `overdraft` ends the overdraft. */
  balance?: number;
  /** Whether the wallet may go below zero. */
  overdraft?: boolean;
  wallet_id?: string | null;
  /** Kopecks of the bonus account. */
  bonus?: number;
  /** One-time units by code, each set to that number; 30 days from now unless `otvas_expires_at` says otherwise. */
  otvas?: Partial<Record<Code, number>>;
  /** ISO 8601 or ms; null: no known end. */
  otvas_expires_at?: string | number | null;
  /** Kopecks by code; null: not sold for money. */
  prices?: Partial<Record<Code, number | null>>;
  /** All packets: replaces those before. */
  packets?: PacketShape[];
}

/** The funds as the state shows them. */
export interface FundsState {
  balance: number;
  overdraft: boolean;
  wallet_id: string | null;
  bonus: number;
  otvas: Partial<Record<Code, number>>;
  otvas_expires_at: string | null;
  prices: Record<Code, number | null>;
  packets: {
    id: string;
    type: string;
    region: string;
    category: string;
    free: boolean | null;
    prices: Partial<Record<Code, number>>;
    start: string;
    steps: { end: string; limits: Partial<Record<Code, Limit>> }[];
  }[];
}
