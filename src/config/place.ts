// Problems to diagnostics: placed, told once, sorted.
import { byPlace, type Diagnostic } from "../model/diagnostic.ts";
import type { Problem } from "./problem.ts";
import type { SourceFile } from "./sources.ts";
import { createLocator, type Locator } from "./yaml/locate.ts";
import { decodeAnyhow } from "./yaml/text.ts";

/** Locators of a workspace's files, each made when it is asked for. */
export type Locators = (file: string) => Locator;

export function createLocators(files: readonly SourceFile[]): Locators {
  const bytes = new Map(files.map((file) => [file.name, file.bytes]));
  const made = new Map<string, Locator>();
  return (file) => {
    const known = made.get(file);
    if (known) return known;
    const locator = createLocator(decodeAnyhow(bytes.get(file) ?? new Uint8Array()));
    made.set(file, locator);
    return locator;
  };
}

/**
 * Diagnostics with line, column and excerpt, sorted by place. The same problem at the same place is told once,
 * however many vacancies share it, and then names none of them.
 */
export function place(problems: readonly Problem[], locators: Locators): Diagnostic[] {
  const told = new Map<string, Diagnostic>();
  for (const { spot, file, ...problem } of problems) {
    const at = file === "" ? { line: 0, column: 0 } : locators(file).place(spot);
    const diagnostic: Diagnostic = { ...problem, file, ...at };
    const id = JSON.stringify([file, at.line, at.column, problem.code, problem.severity]);
    const first = told.get(id);
    if (first === undefined) told.set(id, diagnostic);
    else if (first.code === "missing-attribute") told.set(`${id}${problem.message}`, diagnostic);
    else if (first.key !== problem.key) told.set(id, without(first));
  }
  const mistyped = new Set([...told.values()].filter(({ code }) => code === "wrong-type").map(spotOf));
  return [...told.values()]
    .filter((one) => !numeric.has(one.code) || !mistyped.has(spotOf(one)))
    .sort(byPlace);
}

/** Faults of a number as such, which doesn't matter where none belongs. */
const numeric = new Set(["unsafe-integer", "unclear-number"]);

const spotOf = ({ file, line, column }: Diagnostic): string => JSON.stringify([file, line, column]);

function without({ key: _, ...rest }: Diagnostic): Diagnostic {
  return rest;
}
