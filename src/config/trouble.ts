// Diagnostics about reading files.
import type { Diagnostic } from "../model/diagnostic.ts";

/** An error or warning about a file as a whole. */
export function trouble(
  file: string,
  code: string,
  message: string,
  hint: string,
  severity: "error" | "warning" = "error",
): Diagnostic {
  return { severity, code, message, file, line: 1, column: 1, hint };
}

/** The system's word for a failure. */
export function codeOf(cause: unknown): string {
  return cause instanceof Error && "code" in cause ? String(cause.code) : "unknown";
}
