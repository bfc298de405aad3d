// Where the entries of a YAML map begin and end in its text, with the lines and comments that belong to them.
import { isAlias, isMap, isScalar, isSeq, type Pair } from "yaml";

/** A key of a map with its value. */
export interface Entry {
  readonly name: string;
  /** Offset of the key. */
  readonly key: number;
  /** Offset behind the last character of the value. */
  readonly end: number;
}

/** The extent of a pair; undefined where its key is more than a name. */
export function entryOf({ key, value }: Pair, text: string): Entry | undefined {
  if (!isScalar(key) || !key.range || key.anchor !== undefined || key.tag !== undefined) return undefined;
  const end = Math.max(key.range[1], endOf(value, text) ?? 0);
  return { name: String(key.value), key: key.range[0], end };
}

/** Offset behind a value's last character. */
function endOf(node: unknown, text: string): number | undefined {
  if ((isMap(node) || isSeq(node)) && !node.flow) {
    const last = node.items.at(-1) as Pair | undefined;
    if (last === undefined) return node.range?.[0];
    if (!isMap(node)) return endOf(last, text) ?? node.range?.[1];
    return Math.max(endOf(last.key, text) ?? 0, endOf(last.value, text) ?? 0);
  }
  if (!isMap(node) && !isSeq(node) && !isScalar(node) && !isAlias(node)) return undefined;
  if (!node.range) return undefined;
  const [from, to] = node.range;
  const source = text.slice(from, to);
  // Of a block scalar that keeps its line ends all are content.
  return isScalar(node) && /^[|>]\d?\+/.test(source) ? to : from + source.trimEnd().length;
}

/** Offset of the first character of an offset's line. */
export const lineStart = (text: string, offset: number): number => text.lastIndexOf("\n", offset - 1) + 1;

/** Offset behind the line that holds the character before an offset. */
export function lineEnd(text: string, offset: number): number {
  if (text[offset - 1] === "\n") return offset;
  const at = text.indexOf("\n", offset);
  return at < 0 ? text.length : at + 1;
}

/** Spaces before an offset; undefined if something else stands before it in its line. */
export function indentOf(text: string, offset: number): number | undefined {
  const start = lineStart(text, offset);
  return /^ *$/.test(text.slice(start, offset)) ? offset - start : undefined;
}

/** Where the comments directly above the first entry begin; those for editors stay at the top. */
export function leadOf(text: string, key: number): number {
  let from = lineStart(text, key);
  while (from > 0) {
    const before = lineStart(text, from - 1);
    const line = text.slice(before, from).trim();
    if (!line.startsWith("#") || /^#\s*(yaml-language-server|vim?|-\*-)\b/.test(line)) break;
    from = before;
  }
  return from;
}

/** Where an entry ends between its last line and the next key: behind the last comment that is indented deeper. */
export function tailOf(text: string, from: number, to: number, indent: number): number | undefined {
  let end = from;
  for (let at = from; at < to; ) {
    const next = Math.min(lineEnd(text, at + 1), to);
    const line = text.slice(at, next);
    if (line.trim() !== "" && !line.trimStart().startsWith("#")) return to === text.length ? end : undefined;
    if (line.trim() !== "" && line.length - line.trimStart().length > indent) end = next;
    at = next;
  }
  return end;
}
