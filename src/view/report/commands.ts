// What a workflow's run is told in its own language: annotations on stdout, outputs in a file.
import type { Diagnostic } from "../../model/diagnostic.ts";
import { clean } from "../clean.ts";
import type { Gist } from "./gist.ts";

/** GitHub shows so many of each severity from one step. */
const most = 10;

/** A line for each problem, errors first, as many as are shown. `pathOf` makes a path from the repository's root. */
export function annotations(
  diagnostics: readonly Diagnostic[],
  pathOf: (file: string) => string,
): readonly string[] {
  const of = (severity: Diagnostic["severity"]): readonly string[] => {
    const found = diagnostics.filter((one) => one.severity === severity);
    const more = found.length - most;
    const last =
      more > 0 ? [`::notice::${data(`${more} more of severity ${severity}: see the summary`)}`] : [];
    return [...found.slice(0, most).map((one) => annotation(one, pathOf)), ...last];
  };
  return [...of("error"), ...of("warning")];
}

function annotation(
  { severity, code, message, file, line, column, hint }: Diagnostic,
  pathOf: (file: string) => string,
): string {
  const at = line > 0 ? { line, col: column } : {};
  const place = file === "" ? {} : { file: pathOf(file), ...at };
  const named = Object.entries({ ...place, title: code })
    .map(([name, value]) => `${name}=${property(String(value))}`)
    .join(",");
  const text = hint === undefined ? message : `${message}\n→ ${hint}`;
  return `::${severity} ${named}::${data(text)}`;
}

/** As the runner reads it back. */
const data = (text: string): string =>
  clean(text).replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const property = (text: string): string => data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");

/** Outputs for the steps that come later. The delimiter has to be one that no text can hold: a random one. */
export function outputs({ hasChanges, summary, cost }: Gist, delimiter: string): string {
  const values = { has_changes: String(hasChanges), summary, cost };
  return Object.entries(values)
    .map(([name, value]) => `${name}<<${delimiter}\n${value}\n${delimiter}\n`)
    .join("");
}
