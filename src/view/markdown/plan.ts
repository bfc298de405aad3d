// A plan as markdown that is good to read on a phone: the counts first, then what has to be decided, then the rest.
import type { Plan, PlanChange } from "../../model/plan.ts";
import { steps } from "../../model/plan.ts";
import { configHead, configLines, liftedHead, liftedLines, otherProblems } from "../config-changes.ts";
import { costRows, headings, sumText } from "../cost.ts";
import { groupsOf } from "../groups.ts";
import { painter } from "../paint.ts";
import { offlineText } from "../plan.ts";
import { countsText } from "../summary.ts";
import type { Titles } from "../values.ts";
import { changeDetails, changeRow, tableHeads } from "./change.ts";
import { code, md } from "./escape.ts";
import { guardsSection, heldSection, problemsSection } from "./notes.ts";
import { listed, parts, type Room, roomy, section } from "./room.ts";

const noTitles: Titles = new Map();
/** Changes whose attributes are shown without a touch. */
const open = 3;

/** The whole plan, or as much of it as there is room for; the counts are always whole. */
export function planMarkdown(plan: Plan, titles: Titles = noTitles, room: Room = roomy): string {
  return parts([
    `### vac plan: ${code(plan.workspace, room.text)}`,
    firstSection(configHead, configLines(plan), room),
    firstSection(liftedHead, liftedLines(plan), room),
    `**${md(countsText(plan))}** ${md(sumText(plan.cost, painter(false)))}`.trimEnd(),
    header(plan, room),
    guardsSection(plan.guards, "An apply would refuse this plan:", room),
    changesText(plan.changes, titles, room),
    heldSection(plan.held, room),
    costTable(plan.cost, room),
    problemsSection(otherProblems(plan), room),
  ]);
}

/** Before everything else, in bold, however little room there is. */
function firstSection(head: string, lines: readonly string[], room: Room): string {
  const told = listed(lines, Math.max(20, room.items), (line) => `**${md(line, Math.max(80, room.text))}**`);
  return section(head, told);
}

function header(plan: Plan, { text }: Room): string {
  const at = plan.commit === null ? "" : `, commit ${plan.commit.slice(0, 8)}`;
  const line = md(`On ${plan.board}, account ${plan.account}${at}.`, Math.max(80, text));
  const offline = offlineText(plan);
  return offline === "" ? line : `${line}<br>**${md(offline)}**`;
}

function changesText(changes: readonly PlanChange[], titles: Titles, room: Room): string {
  if (changes.length === 0) return "";
  if (room.changes === "counted") return "What changes in each vacancy doesn't fit here.";
  if (room.changes === "grouped") return groupedText(changes, titles, room);
  const rows = [...tableHeads];
  const details: string[] = [];
  let length = 0;
  for (const change of changes) {
    const row = changeRow(change, room);
    const more = room.changes === "rows" ? "" : changeDetails(change, titles, room, changes.length <= open);
    rows.push(row);
    details.push(more);
    length += row.length + more.length;
    if (length > room.most) break;
  }
  return parts([rows.join("\n"), ...details]);
}

/** By kind, with those that have a warning each on its own, as far as there is room. */
function groupedText(changes: readonly PlanChange[], titles: Titles, room: Room): string {
  const plain = changes.filter(({ warnings }) => warnings.length === 0);
  const warned = changes.filter(({ warnings }) => warnings.length > 0);
  const kinds = groupsOf(plain, titles);
  // Of closes nothing may be overlooked: they come before what is more frequent.
  const sorted = [...kinds.filter(({ closes }) => closes), ...kinds.filter(({ closes }) => !closes)];
  const lines = listed(sorted, room.items, ({ step, text }) =>
    md(`${steps[step].sign} ${text}`, step === "close" ? 10 * room.text : 2 * room.text),
  );
  const rows = warned.slice(0, room.items).map((change) => changeRow(change, room));
  const more = warned.length - rows.length;
  return parts([
    "Equal changes are told together:",
    lines.join("\n"),
    rows.length === 0 ? "" : [...tableHeads, ...rows].join("\n"),
    more > 0 ? `… and ${more} more with a warning.` : "",
  ]);
}

function costTable(cost: Plan["cost"], room: Room): string {
  const rows = costRows(cost);
  if (rows.length === 0 || room.changes === "counted") return "";
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => md(cell, room.text)).join(" | ")} |`;
  return [
    line(["", ...headings.map((head) => head[0] + head.slice(1).toLowerCase())]),
    `|:--|${"--:|".repeat(headings.length)}`,
    ...rows.slice(0, Math.max(20, room.items)).map(line),
  ].join("\n");
}
