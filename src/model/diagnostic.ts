import type { DiagnosticJson } from "../generated/validate.ts";

export type { ValidateResult } from "../generated/validate.ts";

/**
 * A fault of the input, or something to know about it. `file` is relative to the workspace and empty where no
 * file is concerned; line and column count from 1 (0 where there is no place); `excerpt` is the line it is about.
 */
export interface Diagnostic extends DiagnosticJson {
  readonly excerpt?: string;
}

/** True if nothing may be sent because of these. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === "error");
}

/** Orders by file, line, column, then code, so that output is the same from run to run. */
export function byPlace(a: Diagnostic, b: Diagnostic): number {
  return compareText(a.file, b.file) || a.line - b.line || a.column - b.column || compareText(a.code, b.code);
}

/** Order by code unit: the same on every machine, whatever its locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What diagnostics look like in JSON: without the excerpt. */
export function toJson({ excerpt: _, ...rest }: Diagnostic): DiagnosticJson {
  return rest;
}
