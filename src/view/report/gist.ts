// A result in a line, for a status and for other steps of a workflow.
import type { Diagnostic } from "../../model/diagnostic.ts";
import type { Charge, Guard } from "../../model/plan.ts";
import type { Reported } from "../../model/reported.ts";
import { cleanLine } from "../clean.ts";
import { driftCounts, noDrift } from "../drift.ts";
import { painter } from "../paint.ts";
import { resultCounts } from "../result.ts";
import { countsText } from "../summary.ts";
import { checkedText } from "../validate.ts";

export interface Gist {
  /** Something would change or has changed on the board. */
  readonly hasChanges: boolean;
  /** The counts, in a line. */
  readonly summary: string;
  /** Roubles that the wallet gives at most, or has given, as a number; empty where that isn't known. */
  readonly cost: string;
  /** Whether somebody has to do something before it can go on. */
  readonly state: "success" | "failure";
  /** What has nobody's attention yet: what is held, what failed, what was changed by hand. */
  readonly open: boolean;
}

/** What a result comes to. */
export function gistOf(reported: Reported): Gist {
  switch (reported.is) {
    case "plan": {
      const { value: plan } = reported;
      return {
        hasChanges: plan.changes.length > 0,
        summary: cleanLine(`${refusedBy(plan.guards)}${countsText(plan)}`),
        cost: roubles(plan.cost.wallet),
        state: plan.guards.length > 0 || hasErrors(plan.diagnostics) ? "failure" : "success",
        open: plan.guards.length > 0 || plan.held.length > 0,
      };
    }
    case "apply": {
      const { results, held, stopped, taken, refused = [] } = reported.value;
      const isDone = results.every(({ status }) => status === "applied" || status === "pending");
      const isWhole = isDone && stopped === undefined && refused.length === 0;
      const waiting = held.length > 0 ? ` ${held.length} held.` : "";
      return {
        hasChanges: results.some(({ status }) => status === "applied"),
        summary: cleanLine(`${refusedBy(refused)}${resultCounts(reported.value)}${waiting}`),
        cost: roubles(taken?.wallet ?? null),
        state: isWhole ? "success" : "failure",
        open: !isWhole || held.length > 0,
      };
    }
    case "validate": {
      const { summary, diagnostics } = reported.value;
      const state = hasErrors(diagnostics) ? "failure" : "success";
      const checked = cleanLine(checkedText(summary, painter(false)));
      return { hasChanges: false, summary: checked, cost: "", state, open: state === "failure" };
    }
    case "drift": {
      const { summary, items } = reported.value;
      const isDrift = items.length > 0;
      return {
        hasChanges: isDrift,
        summary: isDrift ? driftCounts(summary) : noDrift,
        cost: "",
        state: "success",
        open: isDrift,
      };
    }
  }
}

const refusedBy = (guards: readonly Guard[]): string =>
  guards.length === 0 ? "" : `Refused by ${[...new Set(guards.map(({ name }) => name))].join(", ")}. `;

const hasErrors = (diagnostics: readonly Pick<Diagnostic, "severity">[]): boolean =>
  diagnostics.some(({ severity }) => severity === "error");

/** Kopecks as roubles, the most where there are bounds. */
function roubles(wallet: Charge["wallet"]): string {
  if (wallet === null) return "";
  return String((typeof wallet === "number" ? wallet : wallet.max) / 100);
}
