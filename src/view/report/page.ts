// A result as the page that a comment, a summary or an issue shows, within the room that there is.
import type { Reported } from "../../model/reported.ts";
import { cleanLine } from "../clean.ts";
import { driftMarkdown } from "../markdown/drift.ts";
import { apart, shortened } from "../markdown/escape.ts";
import { planMarkdown } from "../markdown/plan.ts";
import { resultMarkdown } from "../markdown/result.ts";
import { fitted, parts, type Room } from "../markdown/room.ts";
import { validateMarkdown } from "../markdown/validate.ts";
import type { Titles } from "../values.ts";
import type { Gist } from "./gist.ts";

export interface PageStyle {
  /** What it begins with, hidden. */
  readonly mark?: string;
  readonly titles: Titles;
  /** The run's page, where the summary and the artifacts are. */
  readonly run: string | undefined;
  /** The commit that the run stands on. */
  readonly commit: string | undefined;
  /** What the page may take, as it is measured. */
  readonly most: number;
  readonly measure?: (text: string) => number;
}

/** The page, whole or as much of it as fits; its counts are always whole, and no element is cut. */
export function pageOf(reported: Reported, style: PageStyle): string {
  return fitted((room) => render(reported, style, room), style.most, style.measure);
}

function render(reported: Reported, { mark = "", titles, run, commit }: PageStyle, room: Room): string {
  const isShort = room.changes !== "each";
  const all = run === undefined ? "in the run's artifacts" : `in [the run's summary and artifacts](${run})`;
  const at = commit === undefined ? [] : [`commit <code>${commit.slice(0, 8)}</code>`];
  const made = [...at, ...(run === undefined ? [] : [`[this run](${run})`])];
  return parts([
    mark,
    markdownOf(reported, titles, room),
    isShort ? `Not everything fits here: all of it is ${all}.` : "",
    made.length === 0 ? "" : `<sub>Of ${made.join(", ")}.</sub>`,
  ]);
}

function markdownOf(reported: Reported, titles: Titles, room: Room): string {
  switch (reported.is) {
    case "plan":
      return planMarkdown(reported.value, titles, room);
    case "apply":
      return resultMarkdown(reported.value, room);
    case "validate":
      return validateMarkdown(reported.value, room);
    case "drift":
      return driftMarkdown(reported.value, titles, room);
  }
}

/** The hidden mark of a workspace's page; nothing in a name can end it early. */
export const markOf = (what: "report" | "issue", workspace: string): string =>
  `<!-- vac-${what} ${encodeURIComponent(workspace).replaceAll("-", "%2D")} -->`;

/** UTF-16 units that GitHub takes of a status. */
const mostOfStatus = 140;

/** What a status says beside its mark. */
export function statusText({ summary }: Gist): string {
  return summary.length <= mostOfStatus
    ? summary
    : `${summary.slice(0, mostOfStatus - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}

/** What the issue of a workspace is called. */
export const issueTitle = (workspace: string): string =>
  apart(shortened(cleanLine(`vac: ${workspace} needs a look`), 120));
