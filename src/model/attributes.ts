import type { Attributes } from "../generated/state.ts";

export type { Attributes } from "../generated/state.ts";

/** A value of an attribute as the board names and writes it. `null` is "empty on the board"; an absent key is "unknown" in a job and "not ours" in a vacancy. */
export type Value = Attributes[string];

/** How two values of an attribute are held against each other. */
export type Equality = "text" | "number" | "degrees" | "flag";

/** What the board does with one attribute. */
export interface AttributeTrait {
  /** Whether reads return it. */
  readonly read: "always" | "sometimes" | "never";
  /** When it may be sent. */
  readonly write: "create" | "always";
  readonly equal: Equality;
  /** A create without it is refused, and it can't be cleared. */
  readonly required?: true;
}

/** What the planner has to know of a board, as plain data (design: the Board port). */
export interface Traits {
  readonly attributes: Readonly<Record<string, AttributeTrait>>;
  /** Which attributes tell one vacancy from another. */
  readonly roles: {
    readonly title: string;
    readonly text: string;
    readonly kind: string;
    readonly address: string;
    /** Degrees. */
    readonly lat: string;
    readonly long: string;
    /** The paid service that a publication counts as. */
    readonly refresh: string;
  };
  /** Paid services on a job: the least time between two, and how long one lasts, in milliseconds. */
  readonly services: Readonly<Record<string, { readonly gapMs?: number; readonly lastsMs?: number }>>;
  /** Publication types, cheapest first; the first is the default. */
  readonly publications: readonly string[];
  /** Whether an update of a job that isn't active is accepted. */
  readonly updatesInactive: "yes" | "no" | "unknown";
  /** The most paid actions in one call. */
  readonly batch: number;
}

/** The first value that is known: null is a value, "empty on the board", and not a reason to look further. */
export function firstKnown(...values: (Value | undefined)[]): Value | undefined {
  return values.find((value) => value !== undefined);
}
