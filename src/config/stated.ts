import { normalText } from "../model/equality.ts";
import { isTable } from "./layers.ts";
import type { Path } from "./problem.ts";
import { parseText } from "./yaml/document.ts";

/** What a file's text states at a path; undefined where it states nothing there, or can't be read. Texts as they are sent. */
export function statedAt(text: string, path: Path): unknown {
  let value: unknown = parseText(text, "vacancy").value;
  for (const name of path) value = isTable(value) ? value[name] : undefined;
  return typeof value === "string" ? normalText(value) : value;
}
