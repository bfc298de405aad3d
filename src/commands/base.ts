// The base of a branch: whose limits count for the branch's plan, and what of the plan comes of being behind it.
import { readSettings, type Settings, type Sources } from "../config/index.ts";
import type { Base } from "../git/base.ts";
import { openRepository } from "../git/repository.ts";
import { UsageError } from "../model/errors.ts";
import type { ConfigChange, Plan, PlanChange } from "../model/plan.ts";
import type { State } from "../model/state.ts";
import type { Config, Vacancy } from "../model/vacancy.ts";
import { settingsFile, touchedKeys } from "./covers.ts";

/** What a plan is made with, and told of, because of a base. */
export interface BranchBase {
  readonly ref: string;
  readonly base: Base;
  readonly changes: readonly ConfigChange[];
  /** Settings with those of the base where they limit. */
  limited(config: Config): Config;
}

/** Settings that can lift a limit, or lead to another board or state: a branch that changes them may not do so unseen. */
const limiting: readonly string[] = [
  "board",
  "budget",
  "guards",
  "ignore",
  "prices",
  "settle_after",
  "state",
];

/** Reads the base's settings; a UsageError where there is no git, no such base, or the base's settings can't be read. */
export async function branchBase(dir: string, ref: string, sources: Sources): Promise<BranchBase> {
  const repository = await openRepository(dir);
  if (!repository) {
    throw new UsageError("--base needs git, and the workspace lies in no repository", {
      hint: "leave it out",
    });
  }
  const base = await repository.history.base(ref);
  const tip = await settingsAt(base, "tip");
  if (tip.errors.length > 0) {
    throw new UsageError(
      `the settings of ${ref} can't be read, so its limits aren't known: ${tip.errors[0]?.message}`,
      {
        hint: `mend _config.yaml on ${ref} first`,
      },
    );
  }
  const fork = await settingsAt(base, "fork");
  return {
    ref,
    base,
    changes: changesOf(readSettings(sources).stated, tip.stated, fork.stated),
    limited: (config) => withLimits(config, tip.config),
  };
}

async function settingsAt(base: Base, at: "tip" | "fork"): Promise<Settings> {
  const found = await base.filesAt(at, settingsFile);
  const files = found.map(({ name, text }) => ({ name, bytes: new TextEncoder().encode(text) }));
  return readSettings({ root: "", files, problems: [] });
}

function withLimits(own: Config, base: Config): Config {
  const { budget: _, closeCount: __, ...rest } = own;
  const { board, closePercent, closeCount, ignore, prices, settleAfterMs, state, budget } = base;
  return {
    ...rest,
    ...{ board, closePercent, ignore, prices, settleAfterMs, state },
    ...(closeCount !== undefined && { closeCount }),
    ...(budget && { budget }),
  };
}

/** What the branch itself changed: what only the base has changed since is none of its doing. */
function changesOf(
  own: Settings["stated"],
  tip: Settings["stated"],
  fork: Settings["stated"],
): readonly ConfigChange[] {
  const names = [...new Set([...own.keys(), ...tip.keys()])].sort();
  return names
    .filter((name) => own.get(name) !== tip.get(name) && own.get(name) !== fork.get(name))
    .map((name) => ({
      name,
      base: tip.get(name) ?? null,
      branch: own.get(name) ?? null,
      counts: limiting.includes(name.split(".")[0] ?? "") ? "base" : "branch",
    }));
}

/** The plan with what it has to say of the base: changed settings, and changes that come of being behind. */
export function withBase(
  plan: Plan,
  { ref, base, changes }: BranchBase,
  desired: readonly Vacancy[],
  state: State | undefined,
): Plan {
  const ahead = new Set([...base.ahead].filter((file) => !base.changed.has(file)));
  const keys = touchedKeys(ahead, desired, state);
  const behind = plan.changes.filter(({ key }) => keys.has(key)).length;
  const told = (change: PlanChange): PlanChange =>
    keys.has(change.key)
      ? { ...change, behind: true, warnings: [...change.warnings, behindText(ref)] }
      : change;
  return {
    ...plan,
    base: { ref, commit: base.commit },
    config_changes: [...changes],
    changes: plan.changes.map(told),
    diagnostics: behind === 0 ? plan.diagnostics : [...plan.diagnostics, behindWarning(ref, behind)],
  };
}

const behindText = (ref: string): string =>
  `this comes of what ${ref} has changed since this branch left it, not of this branch`;

const behindWarning = (ref: string, count: number): Plan["diagnostics"][number] => ({
  severity: "warning",
  code: "behind-base",
  message: `this branch is behind ${ref}: ${count} of the changes would take back what ${ref} has changed, or come of it otherwise`,
  file: "",
  line: 0,
  column: 0,
  hint: `merge ${ref} into it, or rebase it, and plan again`,
});
