// Places of keys and values. Files are parsed again for this: only those with a fault pay for lines and columns.
import { type Document, isAlias, isMap, isScalar, isSeq, type Node, visit } from "yaml";
import type { Path, Spot } from "../problem.ts";
import { parseNodes } from "./nodes.ts";
import { type Place, placeOf } from "./text.ts";

/** Finds places in one file. */
export interface Locator {
  place(spot: Spot): Place;
  /** The source of the scalar at a path, with its quotes; undefined where there is none. */
  source(path: Path): string | undefined;
}

/** A locator for a file's text, which is parsed when a path is asked for first. */
export function createLocator(text: string): Locator {
  let doc: Document.Parsed | undefined;
  const find = (path: Path): Found => {
    doc ??= parseNodes(text);
    return follow(doc, path);
  };
  return {
    place(spot) {
      if ("offset" in spot) return placeOf(text, spot.offset);
      const found = find(spot.path);
      const own = found.complete && spot.part === "value" ? found.value : undefined;
      return placeOf(text, own ?? found.key ?? found.value ?? 0);
    },
    source(path) {
      const { complete, range } = find(path);
      return complete && range ? text.slice(range[0], range[1]) : undefined;
    },
  };
}

/** Offsets of the last key and value that a path leads to; where it ends early, of what holds it. */
interface Found {
  readonly complete: boolean;
  readonly key?: number | undefined;
  readonly value?: number | undefined;
  readonly range?: readonly [number, number] | undefined;
}

function follow(doc: Document.Parsed, path: Path): Found {
  let node: unknown = doc.contents;
  let found: Found = { complete: path.length === 0, ...rangeOf(node) };
  for (const [index, name] of path.entries()) {
    const next = child(resolve(doc, node), name);
    if (next === undefined) return found;
    node = next.value;
    // What is written out of an alias lies where the anchor is.
    found = { complete: index === path.length - 1, key: next.key, ...rangeOf(node) };
  }
  return found;
}

function rangeOf(node: unknown): Pick<Found, "value" | "range"> {
  if (!isScalar(node) && !isMap(node) && !isSeq(node) && !isAlias(node)) return {};
  const range = node.range;
  // A value that isn't written has an empty range behind its colon: there the key is the better place.
  if (!range || (isScalar(node) && node.value === null && range[0] === range[1])) return {};
  return { value: range[0], range: isScalar(node) ? [range[0], range[1]] : undefined };
}

function child(node: unknown, name: string): { key: number | undefined; value: unknown } | undefined {
  if (isSeq(node)) {
    const item = node.items[Number(name)];
    const at = rangeOf(item).value;
    return item === undefined ? undefined : { key: at, value: item };
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === name);
  return pair && { key: (pair.key as Node).range?.[0], value: pair.value };
}

/** The node that an alias stands for: the last one of that name before it. */
function resolve(doc: Document.Parsed, node: unknown): unknown {
  if (!isAlias(node)) return node;
  let target: unknown;
  visit(doc, {
    Node(_, at) {
      if (at === node) return visit.BREAK;
      if (!isAlias(at) && at.anchor === node.source) target = at;
      return undefined;
    },
  });
  return target;
}
