// Small worlds for tables: a vacancy, its entry, its job, each with what a row changes.
import { traits } from "../../src/board/vkrabota/traits.ts";
import type { JobView } from "../../src/model/job.ts";
import type { Cause, GuardName, Plan } from "../../src/model/plan.ts";
import { emptyState, type GivenPicture, type StateEntry } from "../../src/model/state.ts";
import type { Config, Vacancy } from "../../src/model/vacancy.ts";
import type { Doubt } from "../../src/plan/input.ts";
import { makePlan } from "../../src/plan/plan.ts";

export const now = Date.parse("2026-12-01T12:00:00Z");
export const day = 86_400_000;

export const attributes = {
  title: "Пекарь",
  description: "Печём хлеб",
  profession_id: 85,
  address: "Москва, улица Еланского, 2",
  lat: 55.7346276065292,
  long: 37.5734168663621,
  salary_from: 60000,
  salary_period: "monthly",
};
/** What reads show of them. */
const { profession_id: _hidden, ...rest } = attributes;
export const shown = rest;

export const config: Config = {
  board: "emulator",
  concurrency: 4,
  timezone: "Europe/Moscow",
  closePercent: 30,
  settleAfterMs: 600_000,
  ignore: [],
  state: { backend: "file" },
  prices: {},
  triage: [],
};

export function vacancy(change: Partial<Vacancy> = {}): Vacancy {
  return {
    key: "moscow/baker",
    file: "moscow/baker.yaml",
    textHash: "a".repeat(64),
    attributes,
    status: "active",
    publication: "job_publish",
    renew: "on_expiry",
    reopenClosed: false,
    keep: { preventClose: false, closeReason: "closed_irrelevant", onDelete: "close" },
    promote: [],
    ...change,
  };
}

export function entry(change: Partial<StateEntry> = {}): StateEntry {
  return {
    job: { id: "651" },
    file: "moscow/baker.yaml",
    textHash: "a".repeat(64),
    commit: null,
    applied: attributes,
    observed: {
      at: now - day,
      attributes: shown,
      status: "active",
      publication: "job_publish",
      expiresAt: now + 20 * day,
    },
    keep: { preventClose: false, closeReason: "closed_irrelevant", onDelete: "close" },
    ...change,
  };
}

export function job(change: Partial<JobView> = {}): JobView {
  return {
    ref: { id: "651" },
    attributes: shown,
    status: "active",
    publication: "job_publish",
    expiresAt: now + 20 * day,
    ...change,
  };
}

export interface World {
  readonly desired?: readonly Vacancy[];
  readonly entries?: Readonly<Record<string, StateEntry>>;
  readonly jobs?: readonly JobView[];
  readonly gone?: readonly string[];
  readonly doubt?: Doubt;
  readonly allow?: readonly GuardName[];
  readonly config?: Partial<Config>;
  readonly knows?: "yes" | "no" | "unknown";
  readonly accepts?: "yes" | "no" | "unknown";
  readonly elsewhere?: ReadonlyMap<string, string>;
  /** The account's own, as it was given last. */
  readonly background?: GivenPicture;
  readonly backgroundElsewhere?: string;
  readonly covers?: (key: string) => boolean;
  readonly only?: Cause;
  readonly renew?: readonly string[];
  readonly renames?: ReadonlyMap<string, string>;
}

export function planOf(world: World): Plan {
  return makePlan({
    now,
    desired: world.desired ?? [],
    state: {
      ...emptyState("emulator", "1", "lineage"),
      entries: { ...world.entries },
      ...(world.background && { background: world.background }),
    },
    live: {
      jobs: new Map((world.jobs ?? []).map((view) => ["id" in view.ref ? view.ref.id : "", view])),
      gone: new Set(world.gone),
      ...(world.doubt && { doubt: world.doubt }),
    },
    traits,
    config: { ...config, ...world.config },
    allow: new Set(world.allow),
    ...(world.covers && { covers: world.covers }),
    history: { knows: () => world.knows ?? "yes", accepts: () => world.accepts ?? "yes" },
    ...(world.elsewhere && { elsewhere: world.elsewhere }),
    ...(world.backgroundElsewhere !== undefined && { backgroundElsewhere: world.backgroundElsewhere }),
    ...(world.only && { only: world.only }),
    ...(world.renew && {
      renew: { globs: world.renew, covers: (key) => world.renew?.includes(key) ?? false },
    }),
    ...(world.renames && { renames: world.renames }),
    about: { workspace: "vacancies", commit: null, content: "c" },
    diagnostics: [],
  });
}

/** A plan in a few words: `moscow/baker: update(edited) revive(expired …)`, `moscow/baker held: reason`. */
export function summary(plan: Plan): string[] {
  return [
    ...plan.changes.map(
      (change) => `${change.key}: ${change.steps.map((s) => `${s.step}(${s.reason})`).join(" ")}`,
    ),
    ...plan.held.map((held) => `${held.key} held: ${held.reason}`),
    ...plan.diagnostics.filter((d) => d.severity === "error").map((d) => `error ${d.code}`),
    ...plan.guards.map((guard) => `guard ${guard.name}`),
  ];
}
