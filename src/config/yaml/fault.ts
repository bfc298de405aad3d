// A fault of YAML itself.

/** A fault at an offset of the text, in UTF-16 units. */
export interface Fault {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly offset: number;
}
