// A fault as rules find it: by path, since lines are only worked out for files that have one.

/** Names from a document's top to a value; items of a list by their index in digits. */
export type Path = readonly string[];

/** Where in a file a fault is: at a key or value by path, or at an offset in UTF-16 units of its text. */
export type Spot = { readonly path: Path; readonly part: "key" | "value" } | { readonly offset: number };

/** The beginning of a file: for what concerns it as a whole. */
export const start: Spot = { offset: 0 };

/** A diagnostic that still has to be placed. */
export interface Problem {
  readonly severity: "error" | "warning";
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  /** Relative to the workspace; empty where no file is concerned. */
  readonly file: string;
  readonly spot: Spot;
  /** The vacancy that it is about, where it is about one. */
  readonly key?: string;
}

/** Takes in what a rule found. */
export type Report = (problem: Problem) => void;
