// Writes values into a YAML file in place: whatever else a person wrote stays byte for byte.
import { type Document, isMap, isScalar, isSeq, type Pair, type YAMLMap } from "yaml";
import { isTable } from "../layers.ts";
import { sameMeaning } from "../meaning.ts";
import type { Path } from "../problem.ts";
import { type FileKind, namesAt } from "../shapes.ts";
import { parseText, type Table } from "../yaml/document.ts";
import type { Fault } from "../yaml/fault.ts";
import { parseNodes } from "../yaml/nodes.ts";
import { firstInsertions, flowPairs, insertions, isNothing } from "./insert.ts";
import { removal } from "./remove.ts";
import { replacements, rewritten } from "./replace.ts";
import { isPhone, type Value } from "./scalar.ts";
import { type Splice, spliced } from "./splice.ts";

/** A value to be written at a path of a file, or a key to be taken out. */
export type Edit =
  | { readonly path: Path; readonly value: Value }
  | { readonly path: Path; readonly remove: true };

/**
 * The text with the edits worked in, all of them or none: undefined where a place can't be patched without touching
 * something else. Texts are written so that they mean the same to the board; keys that are taken out go last.
 */
export function patchText(text: string, kind: FileKind, edits: readonly Edit[]): string | undefined {
  const mark = text.startsWith("\ufeff") ? "\ufeff" : "";
  let result = text.slice(mark.length);
  for (const edit of [...edits].sort((a, b) => Number("remove" in a) - Number("remove" in b))) {
    const patched = patchOne(result, kind, edit);
    if (patched === undefined) return undefined;
    result = patched;
  }
  return mark + result;
}

/** Works one edit in, in the first way after which the file says what it should. */
function patchOne(text: string, kind: FileKind, asked: Edit): string | undefined {
  const edit = withPhone(asked);
  const before = parseText(text, kind);
  if (before.value === undefined) return undefined;
  const expected = edited(before.value, edit.path, edit);
  if (expected === undefined) return undefined;
  if (sameMeaning(expected, before.value)) return text;
  for (const splices of waysTo(text, kind, edit)) {
    const patched = spliced(text, splices);
    const after = parseText(patched, kind);
    if (sameMeaning(expected, after.value) && isNoWorse(before.faults, after.faults)) return patched;
  }
  return undefined;
}

/** A phone is a text, so that no program takes it for a number. */
function withPhone(edit: Edit): Edit {
  if ("remove" in edit || !isPhone(edit.path.at(-1)) || typeof edit.value !== "number") return edit;
  return { path: edit.path, value: String(edit.value) };
}

/** The value that a file should have; undefined where there is no map for the key. */
function edited(value: unknown, path: Path, edit: Edit): unknown {
  const [name, ...rest] = path;
  if (name === undefined) return undefined;
  if (Array.isArray(value)) {
    const item = rest.length > 0 ? edited(value[Number(name)], rest, edit) : undefined;
    return item && value.with(Number(name), item);
  }
  const table = value === null && rest.length === 0 ? (Object.create(null) as Table) : value;
  if (!isTable(table)) return undefined;
  const copy: Record<string, unknown> = Object.assign(Object.create(null), table);
  if (rest.length > 0) {
    const inner = edited(table[name], rest, edit);
    if (inner === undefined) return undefined;
    copy[name] = inner;
  } else if ("remove" in edit) {
    if (!Object.hasOwn(table, name)) return value;
    delete copy[name];
  } else copy[name] = edit.value;
  return copy;
}

/** Ways to work an edit in, the best one first. */
function waysTo(text: string, kind: FileKind, edit: Edit): Splice[][] {
  const name = edit.path.at(-1) ?? "";
  const inside = edit.path.slice(0, -1);
  const doc = parseNodes(text);
  const { node, pair } = find(doc, inside);
  if ("remove" in edit) {
    const found = isMap(node) ? pairOf(node, name) : undefined;
    const splices = isMap(node) && found ? removal(text, node, found) : undefined;
    return splices ? [splices] : [];
  }
  const addition = { name, value: edit.value, names: namesAt(kind, inside) };
  if (isMap(node)) {
    const found = pairOf(node, name);
    return found ? replacements(text, node, found, edit.value) : insertions(text, node, addition);
  }
  if (inside.length === 0) return firstInsertions(text, addition);
  if (pair === undefined || !isNothing(node)) return [];
  return flowPairs(addition).flatMap((one) => {
    const splices = rewritten(text, pair, `{ ${one} }`);
    return splices ? [splices] : [];
  });
}

/** The node at a path, and the pair that holds it. Nothing is found behind an alias: others share what is there. */
function find(doc: Document.Parsed, path: Path): { node: unknown; pair?: Pair | undefined } {
  let node: unknown = doc.contents;
  let pair: Pair | undefined;
  for (const name of path) {
    pair = isMap(node) ? pairOf(node, name) : undefined;
    node = isSeq(node) ? node.items[Number(name)] : pair?.value;
  }
  return { node, pair };
}

const pairOf = (map: YAMLMap, name: string): Pair | undefined =>
  (map.items as Pair[]).find(({ key }) => isScalar(key) && String(key.value) === name);

/** Whether there is no fault that wasn't there before. */
function isNoWorse(before: readonly Fault[], after: readonly Fault[]): boolean {
  const count = (faults: readonly Fault[], code: string) =>
    faults.filter((fault) => fault.code === code).length;
  return after.every(({ code }) => count(after, code) <= count(before, code));
}
