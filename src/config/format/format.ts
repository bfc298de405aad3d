// `vac fmt`: canonical order of keys and quoted phones; whatever else a person wrote stays as it is.
import { type Document, isMap, isScalar, isSeq, type YAMLMap } from "yaml";
import { sameMeaning } from "../meaning.ts";
import { type FileKind, type Shape, shapeAt, shapes } from "../shapes.ts";
import { parseText } from "../yaml/document.ts";
import { parseNodes } from "../yaml/nodes.ts";
import { reordered } from "./reorder.ts";

/**
 * A file's text in canonical form. Only the order of keys, bare phones and a missing line end at the end of the file
 * are touched; comments and blank lines go with what follows them. A text that has a fault, or that would come to
 * mean something else, is returned as it is.
 */
export function formatText(text: string, kind: FileKind): string {
  const mark = text.startsWith("\ufeff") ? "\ufeff" : "";
  const bare = text.slice(mark.length);
  const before = parseText(bare, kind);
  if (before.value === undefined || before.faults.length > 0) return text;
  const formatted = ordered(quoted(ended(bare), kind), kind);
  if (formatted === bare) return text;
  const after = parseText(formatted, kind);
  return after.faults.length === 0 && sameMeaning(before.value, after.value) ? mark + formatted : text;
}

const ended = (text: string): string => {
  if (text === "" || text.endsWith("\n")) return text;
  return `${text}${text.includes("\r\n") ? "\r\n" : "\n"}`;
};

/** Puts phones that are written as a number in quotes. */
function quoted(text: string, kind: FileKind): string {
  let result = "";
  let done = 0;
  for (const { node } of mapsIn(parseNodes(text), shapes[kind])) {
    for (const { key, value } of node.items) {
      if (!isScalar(key) || key.value !== "contact_phone" || !isScalar(value) || !value.range) continue;
      const [from, to] = value.range;
      const phone = /^\+?(7\d{10})$/.exec(text.slice(from, to))?.[1];
      if (phone === undefined || from < done) continue;
      result += `${text.slice(done, from)}"${phone}"`;
      done = to;
    }
  }
  return result + text.slice(done);
}

/** Brings the keys of every map into the order of its shape, inner maps first: their extent stays the same. */
function ordered(text: string, kind: FileKind): string {
  let result = text;
  for (const { node, shape } of mapsIn(parseNodes(text), shapes[kind]).reverse()) {
    const names = Object.keys(shape);
    if (names.length > 0 && !names.includes("*")) result = reordered(result, text, node, names);
  }
  return result;
}

interface Found {
  readonly node: YAMLMap;
  readonly shape: Shape;
}

/** The maps of a document with their shapes, outer ones first, each in the order of the text. */
function mapsIn(doc: Document.Parsed, shape: Shape): Found[] {
  const found: Found[] = [];
  const walk = (node: unknown, at: Shape): void => {
    if (isSeq(node)) for (const item of node.items) walk(item, shapeAt(at, ["*"]));
    if (!isMap(node)) return;
    found.push({ node, shape: at });
    for (const { key, value } of node.items) if (isScalar(key)) walk(value, shapeAt(at, [String(key.value)]));
  };
  walk(doc.contents, shape);
  return found;
}
