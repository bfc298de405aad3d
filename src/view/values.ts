// One value of an attribute, in a line.
import type { Field } from "../model/plan.ts";
import { clean, cleanLine, reveal } from "./clean.ts";
import { cut } from "./table.ts";

type Value = Field["prior"] | undefined;

/** Titles of professions by id. */
export type Titles = ReadonlyMap<string, string>;

/** A value with texts in quotes, `(empty)` for null, `(unknown)` where none is told; a profession with its title. */
export function shown(name: string, value: Value, titles: Titles): string {
  if (value === undefined) return "(unknown)";
  if (value === null) return "(empty)";
  const title = name.startsWith("profession") ? titles.get(String(value)) : undefined;
  if (title !== undefined) return `${cleanLine(String(value))} (${cleanLine(title)})`;
  return typeof value === "string" ? `"${cleanLine(value)}"` : String(value);
}

/** Several values of one attribute; texts that differ only in what can't be seen are written out. */
export function shownAll<T extends readonly Value[]>(
  name: string,
  values: T,
  titles: Titles,
): { [I in keyof T]: string } {
  const texts = values.map((value) => shown(name, value, titles));
  const distinct = new Set(values.filter((value) => typeof value === "string"));
  const visible = new Set([...distinct].map((value) => shown(name, value, titles)));
  if (visible.size === distinct.size) return texts as { [I in keyof T]: string };
  return values.map((value, index) =>
    typeof value === "string" ? `"${reveal(value)}"` : texts[index],
  ) as unknown as { [I in keyof T]: string };
}

/** What a cell shows where there is no value, and what is said below such a table. */
const none = "·";
export const noneMeans = `${none} is not known: never applied, or not shown by the board`;

/** Any plain value in a cell of a table, cut to so many columns. */
export function cell(value: unknown, columns: number): string {
  if (value === undefined) return none;
  if (value === null) return "(empty)";
  return cut(cleanLine(typeof value === "string" ? value : JSON.stringify(value)), columns);
}

/** Whether a value is a text that a line doesn't hold: of several lines, or over 60 characters. */
export function isLong(value: Value): value is string {
  return typeof value === "string" && (value.length > 60 || clean(value).trim().includes("\n"));
}
