// One example of the board's document as data, and how two answers are held against each other.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { FundsPatch } from "../../src/emulator/index.ts";

/** What is asked, below the API's root. */
export interface Request {
  readonly method: string;
  readonly path: string;
  readonly json?: unknown;
  readonly form?: string;
  /** A multipart form with a picture beside these fields. */
  readonly picture?: Readonly<Record<string, unknown>>;
  /** False: without a token. */
  readonly token?: false;
}

export interface Case {
  readonly name: string;
  /** The heading in the document under which the example stands. */
  readonly section: string;
  /** How it is read where the document is silent or contradicts itself. */
  readonly reading?: string;
  /** What the emulator holds before. */
  readonly state?: {
    readonly jobs?: readonly { readonly id: string; readonly status?: "expired" }[];
    readonly applications?: readonly { readonly job_id: string }[];
    readonly actions?: readonly unknown[];
    readonly pictures?: readonly string[];
    readonly funds?: FundsPatch;
  };
  readonly request: Request;
  readonly status: number;
  /** The documented answer. */
  readonly answer: unknown;
  /** Names that only the emulator has, and that only the example has: sections differ. */
  readonly more?: readonly string[];
  readonly absent?: readonly string[];
  /** What the client makes of the answer. */
  readonly client?: {
    readonly read: string;
    readonly args?: readonly unknown[];
    readonly expect?: unknown;
    /** What a refusal says. */
    readonly refused?: string;
    readonly throws?: string;
  };
}

const folder = new URL("cases/", import.meta.url);

export const cases: readonly Case[] = readdirSync(fileURLToPath(folder))
  .sort()
  .map((file) => ({
    name: file.replace(/\.json$/, ""),
    ...(JSON.parse(readFileSync(new URL(file, folder), "utf8")) as Omit<Case, "name">),
  }));

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Where an answer hasn't the names and types of the documented one. Null and empty fit everything. */
export function shapeProblems(
  documented: unknown,
  actual: unknown,
  { more = [], absent = [] }: Pick<Case, "more" | "absent">,
  path = "answer",
): string[] {
  if (documented === null || actual === null) return [];
  if (Array.isArray(documented)) {
    if (!Array.isArray(actual)) return [`${path} isn't a list`];
    return documented.flatMap((one: unknown, index) => {
      const other = alike(one, actual);
      return other === undefined ? [] : shapeProblems(one, other, { more, absent }, `${path}[${index}]`);
    });
  }
  if (!isObject(documented)) {
    return typeof documented === typeof actual
      ? []
      : [`${path} is a ${typeof actual}, not a ${typeof documented}`];
  }
  if (!isObject(actual)) return [`${path} isn't an object`];
  const names = Object.keys(documented);
  if (names.length === 0 || Object.keys(actual).length === 0) return [];
  return [
    ...names
      .filter((name) => !(name in actual) && !absent.includes(name))
      .map((name) => `${path} lacks ${name}`),
    ...Object.keys(actual)
      .filter((name) => !(name in documented) && !more.includes(name))
      .map((name) => `${path} has ${name}`),
    ...names
      .filter((name) => name in actual)
      .flatMap((name) => shapeProblems(documented[name], actual[name], { more, absent }, `${path}.${name}`)),
  ];
}

/** The element of a list that a documented one is held against: the same, else one of its kind. */
function alike(one: unknown, list: readonly unknown[]): unknown {
  if (!isObject(one)) return list[0];
  const ofKind = list.filter((other) => isObject(other) && other.type === one.type);
  return ofKind.find((other) => isObject(other) && other.id === one.id && "id" in one) ?? ofKind[0];
}

/** Where a value hasn't what is expected of it; more may be there. A time is expected as ISO 8601. */
export function missing(expected: unknown, actual: unknown, path = "result"): string[] {
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return [`${path} isn't a list`];
    return expected.flatMap((one: unknown, index) => missing(one, actual[index], `${path}[${index}]`));
  }
  if (isObject(expected)) {
    if (!isObject(actual)) return [`${path} isn't an object`];
    return Object.entries(expected).flatMap(([name, one]) => missing(one, actual[name], `${path}.${name}`));
  }
  const told =
    typeof actual === "number" && typeof expected === "string" ? new Date(actual).toISOString() : actual;
  return told === expected ? [] : [`${path} is ${JSON.stringify(told)}, not ${JSON.stringify(expected)}`];
}
