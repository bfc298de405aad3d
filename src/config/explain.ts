// Where each value of a vacancy comes from.
import { UsageError } from "../model/errors.ts";
import { assemble } from "./assemble.ts";
import type { Compiled } from "./compile.ts";
import { attributeNames } from "./shapes.ts";
import type { Sources } from "./sources.ts";

/** A value that a vacancy's files state, and the nearest place that states it. */
export interface Origin {
  readonly name: string;
  /** As it is written, after merging; maps and lists as plain JSON. */
  readonly value: unknown;
  /** Relative to the workspace. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** A vacancy's stated values, in canonical order. */
export interface Explanation {
  readonly key: string;
  /** Relative to the workspace. */
  readonly file: string;
  readonly location?: string;
  readonly values: readonly Origin[];
}

/**
 * Explains the vacancy of a key. Beside a profession's title stands the id that it was resolved to, if it was.
 * Throws UsageError if no file makes a vacancy of that key.
 */
export function explainVacancy(
  sources: Sources,
  compiled: Pick<Compiled, "vacancies">,
  key: string,
): Explanation {
  const { entries, locators } = assemble(sources, () => {});
  const entry = entries.find((one) => one.key === key);
  if (!entry) {
    throw new UsageError(`there is no vacancy ${key}`, {
      hint: "a key is the file's path without its extension",
    });
  }
  const values = attributeNames.flatMap((name) => {
    const stated = entry.merged.get(name);
    if (!stated) return [];
    const { file, path } = stated.layer;
    const { line } = locators(file).place({ path: [...path, name], part: "key" });
    return [{ name, value: plain(stated.value), file, line }];
  });
  const id = compiled.vacancies.find((vacancy) => vacancy.key === key)?.attributes.profession_id;
  const at = values.findIndex(({ name, value }) => name === "profession" && value !== null);
  const title = values[at];
  if (title !== undefined && id !== undefined) {
    values.splice(at + 1, 0, { ...title, name: "profession_id", value: id });
  }
  const { location } = entry;
  return { key, file: entry.file.name, ...(location === undefined ? {} : { location }), values };
}

/** JSON's view of a value, without the missing prototype that maps have here. */
const plain = (value: unknown): unknown =>
  typeof value === "object" && value !== null ? (JSON.parse(JSON.stringify(value)) as unknown) : value;
