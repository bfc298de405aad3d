// Ways to put another value behind a key that is there.
import { isAlias, isMap, isScalar, isSeq, type Pair, type Scalar, type YAMLMap } from "yaml";
import { lineStart } from "../yaml/entries.ts";
import { indented } from "./block.ts";
import { type Form, formsOf, isPhone, type Value, type Wanted } from "./scalar.ts";
import { eolOf, lineStop, type Splice } from "./splice.ts";

/** Characters of a text, with its indentation, at which it is folded. */
export const foldAt = 80;
/** Characters up to which a text stays on one line. */
export const longest = 100;

/** Where the value of a key is written. */
interface Extent {
  readonly from: number;
  readonly to: number;
  /** What has to stand before the value. */
  readonly gap: string;
}

/** Ways to replace the value of a pair, the best one first. */
export function replacements(text: string, map: YAMLMap, pair: Pair, value: Value): Splice[][] {
  const extent = extentOf(text, pair);
  if (extent === undefined) return [];
  const node = pair.value;
  const phone = isScalar(pair.key) && isPhone(String(pair.key.value));
  const indent = columnOf(text, pair);
  const source = text.slice(extent.from, extent.to);
  if (isScalar(node) && node.type?.startsWith("BLOCK")) {
    return ofBlock(text, node, extent, { column: indent, phone, value });
  }
  const column = extent.from - lineStart(text, extent.from);
  const wanted: Wanted = {
    quote: phone ? "double" : quoteOf(node),
    flow: map.flow === true,
    longest: source.includes("\n") ? foldAt - column : longest,
    width: foldAt - indent - 2,
  };
  return formsOf(value, wanted).map((form) => {
    const head = { from: extent.from, to: extent.to, text: extent.gap + form.head };
    const stop = lineStop(text, extent.to);
    return form.lines ? [head, { from: stop, to: stop, text: below(text, form, indent + 2) }] : [head];
  });
}

/** The way to write a text in place of a value, as it is. */
export function rewritten(text: string, pair: Pair, source: string): Splice[] | undefined {
  const extent = extentOf(text, pair);
  return extent && [{ from: extent.from, to: extent.to, text: extent.gap + source }];
}

/** The body of a block scalar below the line of its header. */
export function below(text: string, { lines }: Form, indent: number): string {
  const eol = eolOf(text);
  return lines === undefined ? "" : eol + indented(lines, indent, eol);
}

/** Spaces, or a dash and spaces, before a key in its line. */
function columnOf(text: string, { key }: Pair): number {
  const from = isScalar(key) ? (key.range?.[0] ?? 0) : 0;
  return from - lineStart(text, from);
}

/** A value for a key of which is known where it stands in its line, and whether it holds a phone. */
interface Replacement {
  readonly column: number;
  readonly phone: boolean;
  readonly value: Value;
}

/** Blank lines at the end of a block scalar stay: they part it from what follows. */
function ofBlock(text: string, node: Scalar, { from, to }: Extent, asked: Replacement): Splice[][] {
  const { column, phone, value } = asked;
  const header = /^[|>][-+\d]*/.exec(text.slice(from, to))?.[0] ?? "";
  const stop = lineStop(text, from);
  const body = text.slice(stop, to).replace(/[ \t\r\n]*$/, "");
  const end = body === "" ? stop : lineStop(text, stop + body.length);
  const digits = /\d+/.exec(header)?.[0];
  const own = /\n( *)[^ \r\n]/.exec(body)?.[1]?.length ?? column + 2;
  const indent = digits === undefined ? own : column + Number(digits);
  const kept = phone ? undefined : header;
  const forms = formsOf(value, {
    quote: quoteOf(node),
    flow: false,
    header: kept,
    longest,
    width: foldAt - indent,
  });
  return forms.map((form) => [
    { from, to: from + header.length, text: form.head },
    { from: stop, to: end, text: below(text, form, indent) },
  ]);
}

function quoteOf(node: unknown): Wanted["quote"] {
  if (!isScalar(node)) return "plain";
  return node.type === "QUOTE_SINGLE" ? "single" : node.type === "PLAIN" ? "plain" : "double";
}

function extentOf(text: string, { key, value }: Pair): Extent | undefined {
  if (!isScalar(key) || !key.range) return undefined;
  if (!isScalar(value) && !isAlias(value) && !isMap(value) && !isSeq(value)) return undefined;
  if (!value.range) return undefined;
  const [from, to] = value.range;
  const source = text.slice(from, to);
  // Comments and anchors in a map or list would be lost with it.
  if ((isMap(value) || isSeq(value)) && (!value.flow || /[#&]/.test(source))) return undefined;
  if (from < to) return { from, to, gap: "" };
  if (isScalar(value) && value.anchor !== undefined) return { from, to, gap: " " };
  const colon = /^\s*:/.exec(text.slice(key.range[1]));
  if (colon === null) return undefined;
  const at = key.range[1] + colon[0].length;
  const rest = text.slice(at, lineStop(text, at));
  return { from: at, to: rest.trim() === "" ? at + rest.length : at, gap: " " };
}
