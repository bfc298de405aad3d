// Ways to write a key that a map doesn't have.
import { isScalar, type Pair, type YAMLMap } from "yaml";
import { type Entry, entryOf, indentOf, leadOf, lineEnd, lineStart, tailOf } from "../yaml/entries.ts";
import { below, foldAt, longest } from "./replace.ts";
import { formsOf, isPhone, keyText, type Value } from "./scalar.ts";
import { eolOf, type Splice } from "./splice.ts";

/** A key with its value, to be written. */
export interface Addition {
  readonly name: string;
  readonly value: Value;
  /** The names of the map in canonical order; empty where it has none. */
  readonly names: readonly string[];
}

/** Ways to add a key to a map in its canonical place, the best one first. */
export function insertions(text: string, map: YAMLMap, addition: Addition): Splice[][] {
  const entries: Entry[] = [];
  for (const pair of map.items as Pair[]) {
    const entry = entryOf(pair, text);
    if (entry === undefined) return [];
    entries.push(entry);
  }
  if (map.flow === true) return inBraces(text, map, entries, addition);
  const [first] = entries;
  if (first === undefined) return [];
  const column = first.key - lineStart(text, first.key);
  const before = predecessor(entries, addition);
  const place = before === undefined ? atTop(text, first) : behind(text, entries, before, column);
  if (place === undefined) return [];
  return linesOf(text, column, addition).map((line) => [
    { from: place.at, to: place.at, text: place.around(line) },
  ]);
}

/** Ways to write the first key of a file that has none. */
export function firstInsertions(text: string, addition: Addition): Splice[][] {
  const at = text.length;
  return linesOf(text, 0, addition).map((line) => [{ from: at, to: at, text: atEnd(text, line) }]);
}

/** Keys with values as they stand in braces. */
export function flowPairs(addition: Addition): string[] {
  const { name, value } = addition;
  const forms = formsOf(value, { quote: quoteFor(name), flow: true, longest, width: foldAt });
  return forms.map(({ head }) => `${keyText(name)}: ${head}`);
}

const quoteFor = (name: string): "double" | "plain" => (isPhone(name) ? "double" : "plain");

interface Insertion {
  readonly at: number;
  around(line: string): string;
}

/** The last entry that comes before the addition. */
function predecessor(entries: readonly Entry[], { name, names }: Addition): Entry | undefined {
  const own = names.indexOf(name);
  if (own < 0) return entries.at(-1);
  return entries.findLast((entry) => {
    const rank = names.indexOf(entry.name);
    return rank >= 0 && rank < own;
  });
}

/** Above the first entry with its comments; where it stands behind a dash, directly before it. */
function atTop(text: string, first: Entry): Insertion {
  const eol = eolOf(text);
  const indent = indentOf(text, first.key);
  const column = first.key - lineStart(text, first.key);
  if (indent === undefined) return { at: first.key, around: (line) => line + eol + " ".repeat(column) };
  return { at: leadOf(text, first.key), around: (line) => " ".repeat(indent) + line + eol };
}

/** Below an entry with the comments that belong to it. */
function behind(
  text: string,
  entries: readonly Entry[],
  before: Entry,
  column: number,
): Insertion | undefined {
  const next = entries[entries.indexOf(before) + 1];
  if (next !== undefined && indentOf(text, next.key) !== column) return undefined;
  const to = next ? lineStart(text, next.key) : text.length;
  const at = tailOf(text, lineEnd(text, before.end), to, column);
  if (at === undefined) return undefined;
  return { at, around: (line) => atEnd(text.slice(0, at), " ".repeat(column) + line, eolOf(text)) };
}

const atEnd = (text: string, line: string, eol = eolOf(text)): string =>
  (text === "" || text.endsWith("\n") ? "" : eol) + line + eol;

/** The key with its value as lines of a block map, without the first one's indentation. */
function linesOf(text: string, column: number, { name, value }: Addition): string[] {
  const wanted = { quote: quoteFor(name), flow: false, longest, width: foldAt - column - 2 };
  return formsOf(value, wanted).map(
    (form) => `${keyText(name)}: ${form.head}${below(text, form, column + 2)}`,
  );
}

function inBraces(text: string, map: YAMLMap, entries: readonly Entry[], addition: Addition): Splice[][] {
  const [first] = entries;
  const pairs = flowPairs(addition);
  const before = predecessor(entries, addition);
  if (before) return pairs.map((pair) => [{ from: before.end, to: before.end, text: `, ${pair}` }]);
  if (first) return pairs.map((pair) => [{ from: first.key, to: first.key, text: `${pair}, ` }]);
  const open = (map.range?.[0] ?? 0) + 1;
  const gap = /^ */.exec(text.slice(open))?.[0].length ?? 0;
  return pairs.map((pair) => [{ from: open, to: open + gap, text: ` ${pair} ` }]);
}

/** Whether a value may become a map: nothing is written, or that there is none. */
export const isNothing = (node: unknown): boolean => isScalar(node) && node.value === null;
