import type { ValidateResult } from "../../model/diagnostic.ts";
import { painter } from "../paint.ts";
import { checkedText } from "../validate.ts";
import { code, md } from "./escape.ts";
import { problemsSection } from "./notes.ts";
import { parts, type Room, roomy } from "./room.ts";

/** What was checked and found; the counts are always whole. */
export function validateMarkdown(
  { workspace, summary, diagnostics }: ValidateResult,
  room: Room = roomy,
): string {
  return parts([
    `### vac validate: ${code(workspace, room.text)}`,
    `**${md(checkedText(summary, painter(false)))}**`,
    problemsSection(diagnostics, room),
  ]);
}
