// Moves the entries of one YAML map, as pieces of text.
import type { Pair, YAMLMap } from "yaml";
import { type Entry, entryOf, indentOf, leadOf, lineEnd, lineStart, tailOf } from "../yaml/entries.ts";

/** A piece of the text that moves as a whole. */
interface Piece {
  readonly name: string;
  readonly from: number;
  readonly to: number;
}

/**
 * `text` with the entries of a map in the order of `names`; others come last, in the order they have. `original` is
 * the text that the map was parsed from: `text` may differ from it inside of entries, but in no entry's length.
 * A map whose entries can't be told apart by lines or commas is left as it is.
 */
export function reordered(text: string, original: string, map: YAMLMap, names: readonly string[]): string {
  const entries: Entry[] = [];
  for (const pair of map.items as Pair[]) {
    const entry = entryOf(pair, original);
    if (entry === undefined) return text;
    entries.push(entry);
  }
  const rank = ({ name }: { readonly name: string }): number => {
    const at = names.indexOf(name);
    return at < 0 ? names.length : at;
  };
  if (entries.every((entry, index) => index === 0 || rank(entries[index - 1] ?? entry) <= rank(entry)))
    return text;
  const pieces = isInline(map, entries, original)
    ? inlinePieces(map, entries, original)
    : linePieces(entries, original);
  const [first] = pieces ?? [];
  if (pieces === undefined || first === undefined) return text;
  const sorted = [...pieces].sort((a, b) => rank(a) - rank(b));
  const contents = withoutLeadingGap(
    sorted.map(({ from, to }) => text.slice(from, to)),
    sorted.indexOf(first),
  );
  let result = text.slice(0, first.from);
  for (const [index, piece] of pieces.entries()) {
    const next = pieces[index + 1];
    result += contents[index] + (next ? text.slice(piece.to, next.from) : text.slice(piece.to));
  }
  return result;
}

/** Whether entries lie within a line that they don't begin: in braces, or behind the dash of a list's item. */
function isInline(map: YAMLMap, entries: readonly Entry[], text: string): boolean {
  return map.flow === true || entries.some(({ key }) => indentOf(text, key) === undefined);
}

/** From key to value, with what is between entries left in its place; only where no comment could lose its entry. */
function inlinePieces(map: YAMLMap, entries: readonly Entry[], text: string): Piece[] | undefined {
  const from = entries[0]?.key ?? 0;
  const to = entries.at(-1)?.end ?? 0;
  // Behind closing braces a comment is about all of them.
  const until = map.flow === true ? to : lineEnd(text, to);
  if (/#|\n\s*\n|\?\s/.test(text.slice(from, until).trimEnd())) return undefined;
  return entries.map(({ name, key, end }) => ({ name, from: key, to: end }));
}

/** Whole lines, each entry with the comments and blank lines above it, and deeper comments below it. */
function linePieces(entries: readonly Entry[], text: string): Piece[] | undefined {
  const pieces: Piece[] = [];
  const [first] = entries;
  if (first === undefined) return undefined;
  const indent = indentOf(text, first.key) ?? 0;
  let from = leadOf(text, first.key);
  for (const [index, { name, key, end }] of entries.entries()) {
    if (indentOf(text, key) !== indent) return undefined;
    const next = entries[index + 1];
    const to = tailOf(text, lineEnd(text, end), next ? lineStart(text, next.key) : text.length, indent);
    if (to === undefined) return undefined;
    pieces.push({ name, from, to });
    from = to;
  }
  return pieces;
}

/** Gives blank lines at the top of what comes first now to what came first before. */
function withoutLeadingGap(contents: readonly string[], wasFirst: number): string[] {
  const gap = /^(?:[ \t]*\r?\n)*/.exec(contents[0] ?? "")?.[0] ?? "";
  return contents.map((content, index) => {
    if (index === 0) return content.slice(gap.length);
    return index === wasFirst ? gap + content : content;
  });
}
