// What was changed on the board by hand, as markdown, with the two ways on.
import type { DriftField, DriftItem, DriftResult } from "../../model/drift.ts";
import { driftCounts, noDrift } from "../drift.ts";
import type { Titles } from "../values.ts";
import { fieldText } from "./change.ts";
import { code, md } from "./escape.ts";
import { listed, parts, type Room, roomy } from "./room.ts";

/** Each vacancy with what it was and what it is on the board; the counts are always whole. */
export function driftMarkdown(
  { workspace, summary, items }: DriftResult,
  titles: Titles = new Map(),
  room: Room = roomy,
): string {
  const head = `### vac drift: ${code(workspace, room.text)}`;
  if (items.length === 0) return parts([head, `**${md(noDrift)}**`]);
  return parts([
    head,
    `**${md(driftCounts(summary))}**`,
    listed(items, room.items, (item) => itemText(item, titles, room)).join("\n"),
    [
      "- To accept: `vac drift --accept KEY…` writes the board's values into the files, for a commit (`--all` for every one).",
      "- To overwrite: `vac apply --only board` writes the files' values back, where a plan shows it.",
    ].join("\n"),
  ]);
}

function itemText({ key, job_id, title, fields }: DriftItem, titles: Titles, room: Room): string {
  const job = job_id === null ? "" : ` ${md(`(job ${job_id})`, room.text)}`;
  const who = `${code(key, room.text)} ${md(title ?? "", room.text)}${job}`;
  const lines = listed(
    fields,
    room.items,
    (field) => `${changeText(field, titles, room)}${noteText(field, room)}`,
  );
  return [who, ...lines.map((line) => `  ${line}`)].join("\n");
}

/** From what was seen after our write to what is there now; what the file wants beside it, where that is something else. */
function changeText({ name, prior, live, desired }: DriftField, titles: Titles, room: Room): string {
  const step = { step: "update", reason: "" } as const;
  const change = fieldText(step, { name, prior, desired: live }, titles, room);
  if (desired === prior || desired === live) return change;
  return `${change}<br>the file says ${desired === null ? "(empty)" : md(JSON.stringify(desired), room.text)}`;
}

function noteText({ accepted, left }: DriftField, { text }: Room): string {
  if (accepted) return `<br>→ ${code(`${accepted.file}:${accepted.line}`, text)}`;
  return left === undefined ? "" : `<br>Left: ${md(left, text)}`;
}
