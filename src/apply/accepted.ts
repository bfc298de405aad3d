import type { Attributes, Value } from "../model/attributes.ts";
import type { JobView } from "../model/job.ts";
import type { StateEntry } from "../model/state.ts";

/** A value of the board that was written into a file. */
export interface AcceptedValue {
  /** The board's name, or `status`. */
  readonly name: string;
  readonly value: Value;
  readonly file: string;
  readonly path: readonly string[];
  readonly before: Value;
  readonly stated: Value;
}

/**
 * The entry once values of the board are in the files: they count as applied and as seen, so that nothing is left to
 * do. With git (`commit` isn't undefined) they are marked, so that a branch without that edit doesn't take them back.
 */
export function acceptedEntry(
  entry: StateEntry,
  values: readonly AcceptedValue[],
  view: JobView | undefined,
  after: { readonly textHash: string; readonly commit: string | null | undefined },
): StateEntry {
  const names = new Set(values.map(({ name }) => name));
  const taken: Attributes = Object.fromEntries(
    values.filter(({ name }) => name !== "status").map(({ name, value }) => [name, value]),
  );
  const marks =
    after.commit === undefined
      ? {}
      : Object.fromEntries(values.map((value) => [value.name, markOf(entry, value, after.commit ?? null)]));
  const { overwritten = {}, accepted = {}, closed, ...rest } = entry;
  const still = Object.entries(overwritten).filter(([name]) => !names.has(name));
  const isMarked = Object.keys({ ...accepted, ...marks }).length > 0;
  const status = names.has("status") ? view?.status : undefined;
  return {
    ...rest,
    textHash: after.textHash,
    applied: { ...entry.applied, ...taken },
    observed: {
      ...entry.observed,
      attributes: { ...entry.observed.attributes, ...taken },
      ...(status !== undefined && { status }),
      ...(status !== undefined && view?.expiresAt !== undefined && { expiresAt: view.expiresAt }),
    },
    ...(closed && status === undefined && { closed }),
    ...(still.length > 0 && { overwritten: Object.fromEntries(still) }),
    ...(isMarked && { accepted: { ...accepted, ...marks } }),
  };
}

/** What a file without this edit may state: what was applied, what it stated, and what it stated before other edits like it. */
function markOf(
  entry: StateEntry,
  { name, file, path, before, stated }: AcceptedValue,
  commit: string | null,
): NonNullable<StateEntry["accepted"]>[string] {
  const applied = name === "status" ? (entry.closed ? "closed" : "active") : (entry.applied[name] ?? null);
  const known = entry.accepted?.[name];
  return {
    commit,
    file,
    path: [...path],
    before: [...new Set([...(known?.before ?? []), applied, before])],
    stated,
    ...(name === "status" && entry.closed && { closed: entry.closed }),
  };
}
