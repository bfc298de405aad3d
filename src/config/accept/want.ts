// What is to be written into files, and where it went.
import type { Value } from "../../model/attributes.ts";
import type { Edit } from "../patch/patch.ts";
import type { Path } from "../problem.ts";

/** A value that the board has and the files shall have. */
export interface Want {
  readonly key: string;
  /** The board's name, or `status`. */
  readonly name: string;
  readonly value: Value;
  /** The title of a profession, where it is known. */
  readonly title?: string;
}

/** Where a value went. */
export interface Accepted extends Want {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly path: Path;
  /** What the files stated before. */
  readonly before: Value;
  /** As it stands in the file. */
  readonly stated: Value;
}

/** One place of one file that takes a value for one or more vacancies. */
export interface Patch {
  readonly file: string;
  readonly path: Path;
  readonly edits: readonly Edit[];
  readonly stated: Value;
  readonly wants: readonly Want[];
}

/** A want that can't be written, and why. */
export interface Left {
  readonly want: Want;
  readonly why: string;
}
