// Takes a key with its value out of a map.
import { isScalar, type Pair, type YAMLMap } from "yaml";
import { entryOf, indentOf, lineEnd, lineStart } from "../yaml/entries.ts";
import { eolOf, lineStop, type Splice } from "./splice.ts";

/** Comments stay, except those in a map or list that goes; undefined where it can't be told whose one is. */
export function removal(text: string, map: YAMLMap, pair: Pair): Splice[] | undefined {
  const items = map.items as Pair[];
  const index = items.indexOf(pair);
  const [previous, own, next] = [index - 1, index, index + 1].map((at) => {
    const item = items[at];
    return item && entryOf(item, text);
  });
  if (own === undefined) return undefined;
  const { key, end } = own;
  if (map.flow === true) {
    const [first, last] = [map.range?.[0] ?? 0, map.range?.[1] ?? 0];
    if (next) return cut(text, { from: key, to: next.key }, end, next.key, /^\s*,\s*$/);
    if (previous) return cut(text, { from: previous.end, to: end }, previous.end, key, /^\s*,\s*$/);
    return cut(text, { from: first + 1, to: last - 1 }, end, last - 1, /^\s*$/);
  }
  const inner = commentsIn(text, pair);
  if (indentOf(text, key) === undefined && items.length > 1) {
    return next && inner.length === 0
      ? cut(text, { from: key, to: next.key }, end, next.key, /^\s*$/)
      : undefined;
  }
  const between = eolOf(text) + " ".repeat(key - lineStart(text, key));
  // A block scalar that keeps its line ends ends with one.
  const ended = text[end - 1] === "\n";
  const after = ended ? eolOf(text) : "";
  // A map that has no other key is still a map.
  if (items.length === 1) return [{ from: key, to: end, text: [...inner, "{}"].join(between) + after }];
  const behind = ended ? null : /^\s*(#.*)$/.exec(text.slice(end, lineStop(text, end)));
  const kept = [...inner, ...(behind?.[1] ? [behind[1]] : [])];
  if (kept.length === 0) return [{ from: lineStart(text, key), to: lineEnd(text, end), text: "" }];
  return [{ from: key, to: ended ? end : lineStop(text, end), text: kept.join(between) + after }];
}

/** Comments between a key and its value, and behind the header of a block scalar. */
function commentsIn(text: string, { key, value }: Pair): string[] {
  if (!isScalar(key) || !isScalar(value) || !key.range || !value.range) return [];
  const [from, to] = value.range;
  const header = /^[|>][-+\d]*[ \t]+#.*/.exec(text.slice(from, to))?.[0] ?? "";
  return (text.slice(key.range[1], from) + header).match(/#[^\r\n]*/g) ?? [];
}

/** Takes a range out, if between two offsets there is nothing but what is expected. */
function cut(
  text: string,
  range: { readonly from: number; readonly to: number },
  from: number,
  to: number,
  like: RegExp,
): Splice[] | undefined {
  return like.test(text.slice(from, to)) ? [{ ...range, text: "" }] : undefined;
}
