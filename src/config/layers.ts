// Defaults, a file and a location laid over each other: nearer wins, maps merge, lists replace.
import { fromFile } from "./paths.ts";
import type { Path } from "./problem.ts";
import { attributeNames } from "./shapes.ts";
import type { Table } from "./yaml/document.ts";

/** One map of attributes, in one place of one file. */
export interface Layer {
  readonly file: string;
  /** Where in the file it is. */
  readonly path: Path;
  readonly values: Table;
  /** Higher is nearer to the vacancy. */
  readonly rank: number;
}

/** A value with the nearest layer that states it, or part of it. */
export interface Stated {
  readonly value: unknown;
  readonly layer: Layer;
}

/** What a vacancy's layers state, by attribute. */
export type Merged = ReadonlyMap<string, Stated>;

export const nothing: Merged = new Map();

/** Ranks of a vacancy's own layers; defaults rank by their depth. */
export const ranks = { file: 1_000_000, location: 1_000_001 } as const;

/** Lays a nearer layer over what is there. Of profession and profession_id the nearer one replaces both. */
export function layOver(under: Merged, layer: Layer): Merged {
  const merged = new Map(under);
  const { values } = layer;
  if (values.profession !== undefined) merged.delete("profession_id");
  if (values.profession_id !== undefined) merged.delete("profession");
  for (const name of attributeNames) {
    const value = name === "background" ? placed(layer.file, values[name]) : values[name];
    if (value === undefined) continue;
    merged.set(name, { value: mergeValue(under.get(name)?.value, value), layer });
  }
  return merged;
}

/** A picture with its file, which is relative to the file that states it, relative to the workspace. */
function placed(file: string, picture: unknown): unknown {
  if (!isTable(picture) || typeof picture.file !== "string") return picture;
  return { ...picture, file: fromFile(file, picture.file) ?? picture.file };
}

function mergeValue(under: unknown, over: unknown): unknown {
  if (!isTable(under) || !isTable(over)) return over;
  const merged: Record<string, unknown> = Object.create(null);
  for (const [name, value] of Object.entries(under)) merged[name] = value;
  for (const [name, value] of Object.entries(over)) merged[name] = mergeValue(under[name], value);
  return merged;
}

/** Whether a value is a map. */
export function isTable(value: unknown): value is Table {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
