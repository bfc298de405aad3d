import type { Diagnostic } from "../model/diagnostic.ts";
import { counted, countText, problemsText } from "./diagnostics.ts";
import { type Paint, painter, type Style } from "./paint.ts";

export interface Counts {
  readonly files: number;
  readonly vacancies: number;
  readonly errors: number;
  readonly warnings: number;
}

/** Every problem, then what was checked. */
export function validateText(counts: Counts, diagnostics: readonly Diagnostic[], style: Style): string {
  const end = checkedText(counts, painter(style.colour));
  return [problemsText(diagnostics, style), end].filter((part) => part !== "").join("\n\n");
}

/** What was checked, and what was found. */
export function checkedText(counts: Counts, paint: Paint): string {
  const checked = `${counted(counts.files, "file")}, ${counted(counts.vacancies, "vacancy", "vacancies")}`;
  const found = countText(counts, paint);
  return `${checked}: ${found === "" ? paint("green", "no problems") : found}.`;
}
