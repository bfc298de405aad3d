// What an apply did, as markdown: what went wrong first, with the way out; what was done folded away.
import { type ApplyResult, type StepResult, steps } from "../../model/plan.ts";
import { past } from "../past.ts";
import { resultCounts, statuses, statusOrder, stoppedWay, takenText, whyText } from "../result.ts";
import { code, md } from "./escape.ts";
import { guardsSection, heldSection } from "./notes.ts";
import { listed, parts, type Room, roomy } from "./room.ts";

/** The whole result, or as much of it as there is room for; the counts are always whole. */
export function resultMarkdown(result: ApplyResult, room: Room = roomy): string {
  const { stopped, refused = [] } = result;
  return parts([
    `### vac apply: ${code(result.workspace, room.text)}`,
    `**${md(resultCounts(result))}** ${md(takenText(result.taken))}`.trimEnd(),
    stopped === undefined ? "" : `**Stopped:** ${md(stopped, 2 * room.text)}<br>→ ${md(stoppedWay)}`,
    guardsSection(refused, "The plan was refused, and nothing was changed:", room),
    ...[...statusOrder].reverse().map((status) => troubles(result.results, status, room)),
    heldSection(result.held, room),
    done(result.results, room),
  ]);
}

/** The steps of one status, and once below them what to do. */
function troubles(results: readonly StepResult[], status: keyof typeof statuses, room: Room): string {
  const found = results.filter((result) => result.status === status);
  const [first, second] = found;
  if (!first) return "";
  const { word, way } = statuses[status];
  return parts([
    [
      `**${word[0]?.toUpperCase()}${word.slice(1)}:**`,
      "",
      ...listed(found, room.items, (one) => `${stepText(one, room)} ${md(one.step)}${why(one, room)}`),
    ].join("\n"),
    `→ ${md(way(second ? "KEY" : first.key), Math.max(200, room.text))}`,
  ]);
}

function done(results: readonly StepResult[], room: Room): string {
  const found = results.filter(({ status }) => status === "applied");
  if (found.length === 0 || room.items === 0) return "";
  const lines = listed(
    found,
    room.items,
    (one) => `${stepText(one, room)} ${past[one.step]}${why(one, room)}`,
  );
  return [`<details><summary>What was done (${found.length})</summary>`, "", ...lines, "", "</details>"].join(
    "\n",
  );
}

function stepText({ step, key, job_id }: StepResult, { text }: Room): string {
  const job = job_id === null ? "" : ` ${md(`(job ${job_id})`, text)}`;
  return `${md(steps[step].sign)} ${code(key, text)}${job}`;
}

function why(result: StepResult, { text }: Room): string {
  const told = md(whyText(result), 2 * text);
  return told === "" ? "" : `: ${told}`;
}
