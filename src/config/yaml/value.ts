// Nodes of a YAML document to plain values. Not `toJS`: it throws, and says of no fault where it is.
import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type Scalar, type YAMLMap } from "yaml";
import { limits } from "../limits.ts";
import type { Fault } from "./fault.ts";
import { lineOf } from "./text.ts";

interface Walk {
  readonly text: string;
  readonly anchors: Map<string, Node>;
  readonly faults: Fault[];
  /** Keys and values so far, and how many of them come from aliases. */
  nodes: number;
  aliases: number;
  /** Set once the limits are passed: the rest is left out. */
  full: boolean;
}

/** The plain value of a node. Maps have no prototype; the first of two equal keys counts. */
export function toValue(node: unknown, text: string): { value: unknown; faults: Fault[] } {
  const walk: Walk = { text, anchors: new Map(), faults: [], nodes: 0, aliases: 0, full: false };
  return { value: plainOf(node, walk, 0, undefined), faults: walk.faults };
}

/** `alias` is the offset of the alias that is being written out, if one is. */
function plainOf(node: unknown, walk: Walk, depth: number, alias: number | undefined): unknown {
  if (isAlias(node)) return aliased(node.source, node.range?.[0] ?? 0, walk, depth, alias);
  if (!isScalar(node) && !isMap(node) && !isSeq(node)) return null;
  const offset = node.range?.[0] ?? 0;
  if (!room(walk, offset, depth, alias)) return null;
  if (node.anchor !== undefined && alias === undefined) walk.anchors.set(node.anchor, node);
  if (isScalar(node)) return scalar(node, walk, offset, alias);
  if (isSeq(node)) return node.items.map((item) => plainOf(item, walk, depth + 1, alias));
  return table(node, walk, depth, alias);
}

function table(node: YAMLMap, walk: Walk, depth: number, alias: number | undefined): unknown {
  const result: Record<string, unknown> = Object.create(null);
  const seen = new Map<string, number>();
  for (const { key, value } of node.items as Pair[]) {
    const offset = isScalar(key) || isAlias(key) ? (key.range?.[0] ?? 0) : 0;
    const name = isScalar(key) ? String(key.value) : isAlias(key) ? `*${key.source}` : "";
    if (isScalar(key) && key.anchor !== undefined && alias === undefined) walk.anchors.set(key.anchor, key);
    const told = alias === undefined;
    if (name === "<<" && isScalar(key) && key.type === "PLAIN") {
      if (told) tell(walk, { ...mergeKey, offset });
      continue;
    }
    const first = seen.get(name);
    if (first !== undefined) {
      if (told) tell(walk, duplicate(name, lineOf(walk.text, first), offset));
      continue;
    }
    seen.set(name, offset);
    result[name] = plainOf(value, walk, depth + 1, alias);
  }
  return result;
}

const mergeKey = {
  code: "merge-key",
  message: "<< is not merged in YAML 1.2",
  hint: "move what several vacancies share into _defaults.yaml, or use locations",
};

const duplicate = (name: string, line: number, offset: number): Fault => ({
  code: "duplicate-key",
  message: `${name.slice(0, 60)} is stated twice, first on line ${line}`,
  hint: "remove one of the two",
  offset,
});

function scalar({ value, source }: Scalar, walk: Walk, offset: number, alias: number | undefined): unknown {
  if (
    typeof value === "number" &&
    Number.isInteger(value) &&
    !Number.isSafeInteger(value) &&
    alias === undefined
  ) {
    tell(walk, {
      code: "unsafe-integer",
      message: `${(source ?? String(value)).slice(0, 60)} is too large for a whole number`,
      hint: "if it isn't a number to count with, put it in quotes",
      offset,
    });
  }
  // What is written so is mostly meant in thousands.
  if (typeof value === "number" && alias === undefined && /^[1-9]\d{0,2}\.000$/.test(source ?? "")) {
    tell(walk, {
      code: "unclear-number",
      message: `${source} is ${value}, not ${value * 1000}`,
      hint: `write ${value * 1000}, or ${value} if that is meant`,
      offset,
    });
  }
  return value;
}

function aliased(
  name: string,
  offset: number,
  walk: Walk,
  depth: number,
  outer: number | undefined,
): unknown {
  const target = walk.anchors.get(name);
  if (target !== undefined) return plainOf(target, walk, depth + 1, outer ?? offset);
  if (outer === undefined) {
    tell(walk, {
      code: "unresolved-alias",
      message: `*${name.slice(0, 60)} stands for nothing: there is no &${name.slice(0, 60)} before it`,
      hint: "define the anchor above, or put a text that begins with * in quotes",
      offset,
    });
  }
  return null;
}

/** Keeps a fault, up to a number of them: who has so many mends what makes them. */
function tell(walk: Walk, fault: Fault): void {
  if (walk.faults.length < limits.faults) walk.faults.push(fault);
}

/** Counts a node; false once there are too many. */
function room(walk: Walk, offset: number, depth: number, alias: number | undefined): boolean {
  walk.nodes++;
  if (alias !== undefined) walk.aliases++;
  if (walk.full) return false;
  const bomb = alias !== undefined && (walk.aliases > limits.aliased || depth > limits.depth);
  if (!bomb && walk.nodes <= limits.nodes && depth <= limits.depth) return true;
  walk.full = true;
  walk.faults.push(
    bomb
      ? { ...aliasBomb, offset: alias }
      : {
          code: "too-complex",
          message:
            depth > limits.depth
              ? "maps and lists are nested too deeply"
              : `the file holds more than ${limits.nodes} values`,
          hint: "split it into several files",
          offset,
        },
  );
  return false;
}

const aliasBomb = {
  code: "alias-bomb",
  message: "aliases within aliases grow beyond measure here",
  hint: "write the values out, or move what is shared into _defaults.yaml",
};
