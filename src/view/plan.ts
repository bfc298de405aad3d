// A plan as text, in the manner of Terraform: a sign, a key, what is done and why, attribute by attribute.
import type { Plan } from "../model/plan.ts";
import { noLineage } from "../model/state.ts";
import { changeText } from "./change.ts";
import { cleanLine } from "./clean.ts";
import { configHead, configLines, liftedHead, liftedLines, otherProblems } from "./config-changes.ts";
import { problemsText } from "./diagnostics.ts";
import type { FieldStyle } from "./fields.ts";
import { groupedLines } from "./groups.ts";
import { guardText, heldText } from "./held.ts";
import { type Paint, painter, type Style } from "./paint.ts";
import { summaryText } from "./summary.ts";
import type { Titles } from "./values.ts";

export interface PlanStyle extends Style {
  /** Titles of professions by id. */
  readonly titles?: Titles;
}

/** More changes than this are grouped where they are equal. */
const grouped = 50;

/** The whole plan: changes, what is held, what refuses, warnings, and the count last. */
export function planText(plan: Plan, style: PlanStyle): string {
  const paint = painter(style.colour);
  const fields: FieldStyle = { ...style, paint, titles: style.titles ?? new Map() };
  const changes =
    plan.changes.length > grouped && !style.verbose
      ? groupedLines(plan.changes, fields)
      : plan.changes.map((change) => changeText(change, fields)).join("\n\n");
  return [
    header(plan, paint),
    firstText(configHead, configLines(plan), paint),
    firstText(liftedHead, liftedLines(plan), paint),
    changes,
    heldText(plan.held, paint, style),
    guardText(plan.guards, paint),
    problemsText(otherProblems(plan), style),
    summaryText(plan, paint),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** Before everything else, since a limit that is lifted changes what the rest means. */
function firstText(head: string, lines: readonly string[], paint: Paint): string {
  if (lines.length === 0) return "";
  return [paint("bold", head), ...lines.map((line) => `  ${paint("bold", line)}`)].join("\n");
}

function header(plan: Plan, paint: Paint): string {
  const { workspace, board, account, commit } = plan;
  const at = commit === null ? "" : `, commit ${commit.slice(0, 8)}`;
  const line = paint("dim", cleanLine(`${workspace} on ${board}, account ${account}${at}`));
  const offlineNote = offlineText(plan);
  return offlineNote === "" ? line : `${line}\n${paint("yellow", offlineNote)}`;
}

/** What a plan lacks that asked nobody; empty for one that did. */
export function offlineText({ offline, lineage }: Plan): string {
  if (!offline) return "";
  return lineage === noLineage
    ? "Offline, and there is no state here: nothing is known of the board, so every vacancy counts as new."
    : "Offline: the board wasn't asked. What was last seen of it stands for it; edits by hand since then aren't known.";
}
