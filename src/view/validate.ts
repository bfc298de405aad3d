import type { Diagnostic } from "../model/diagnostic.ts";
import { counted, countText, problemsText } from "./diagnostics.ts";
import { painter, type Style } from "./paint.ts";

export interface Counts {
  readonly files: number;
  readonly vacancies: number;
  readonly errors: number;
  readonly warnings: number;
}

/** Every problem, then what was checked. */
export function validateText(counts: Counts, diagnostics: readonly Diagnostic[], style: Style): string {
  const paint = painter(style.colour);
  const checked = `${counted(counts.files, "file")}, ${counted(counts.vacancies, "vacancy", "vacancies")}`;
  const found = countText(counts, paint);
  const end = `${checked}: ${found === "" ? paint("green", "no problems") : found}.`;
  return [problemsText(diagnostics, style), end].filter((part) => part !== "").join("\n\n");
}
