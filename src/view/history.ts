// What happened to a state, as text.
import { dateTime } from "../model/dates.ts";
import type { Moment } from "../model/moment.ts";
import { cleanLine } from "./clean.ts";
import { painter, type Style } from "./paint.ts";
import { table } from "./table.ts";

/** One row for each commit. */
export function historyText(
  moments: readonly Moment[],
  style: Style & { readonly timezone: string },
): string {
  if (moments.length === 0) return "Nothing happened yet: vac apply begins the state.";
  const paint = painter(style.colour);
  const rows = moments.map(({ commit, at, what, plan, by, run }) => [
    dateTime(at, style.timezone),
    commit.slice(0, 8),
    cleanLine(what),
    plan?.slice(0, 8) ?? "",
    cleanLine(run ?? by ?? ""),
  ]);
  return table([["WHEN", "COMMIT", "WHAT", "PLAN", "RUN"].map((name) => paint("dim", name)), ...rows]);
}
