import type { Diagnostic } from "../model/diagnostic.ts";
import { diagnosticsText } from "./diagnostics.ts";
import { painter, type Style } from "./paint.ts";

export interface Counts {
  readonly files: number;
  readonly vacancies: number;
  readonly errors: number;
  readonly warnings: number;
}

const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

/** Every problem, then what was checked. */
export function validateText(counts: Counts, diagnostics: readonly Diagnostic[], style: Style): string {
  const paint = painter(style.colour);
  const checked = `${count(counts.files, "file")}, ${count(counts.vacancies, "vacancy", "vacancies")}`;
  const { errors, warnings } = counts;
  const found = [
    ...(errors > 0 ? [paint("red", count(errors, "error"))] : []),
    ...(warnings > 0 ? [paint("yellow", count(warnings, "warning"))] : []),
  ];
  const end = `${checked}: ${found.length > 0 ? found.join(", ") : paint("green", "no problems")}.`;
  return [diagnosticsText(diagnostics, style), end].filter((part) => part !== "").join("\n\n");
}
