import type { Guard, GuardName, PlanChange } from "../model/plan.ts";
import type { Config } from "../model/vacancy.ts";

/** Fewer closes than this are never too many. */
const alwaysAllowed = 2;
const named = 10;

/**
 * The guard `closes`: more closes than the configured share of the active managed vacancies, or than the configured
 * count, refuse the plan. Closes by a `publish_until` that the state knew before were announced, and don't count.
 */
export function closesGuard(
  changes: readonly PlanChange[],
  active: number,
  config: Pick<Config, "closePercent" | "closeCount">,
  allow: ReadonlySet<GuardName>,
): Guard | undefined {
  const closed = changes.filter((change) =>
    change.steps.some((step) => step.step === "close" && step.cause !== "clock"),
  );
  const share = Math.max(alwaysAllowed, Math.floor((active * config.closePercent) / 100));
  const most = Math.min(share, config.closeCount ?? Number.POSITIVE_INFINITY);
  if (closed.length <= most || allow.has("closes")) return undefined;
  const keys = closed.slice(0, named).map((change) => change.key);
  const more = closed.length > named ? ` and ${closed.length - named} more` : "";
  return {
    name: "closes",
    message: `${closed.length} of ${active} active vacancies would be closed, and the limit is ${most}: ${keys.join(", ")}${more}`,
    allow: "--allow closes",
  };
}
