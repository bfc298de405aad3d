// Makes the plan: a pure function of what is wanted, what is known and what is live.
import { createHash } from "node:crypto";
import { zoned } from "../model/dates.ts";
import { byPlace, compareText, type Diagnostic, toJson } from "../model/diagnostic.ts";
import { refKey } from "../model/job.ts";
import {
  type Cause,
  type Held,
  type Plan,
  type PlanChange,
  type Step,
  type StepName,
  steps as stepNames,
} from "../model/plan.ts";
import { accountBackground, withBackground, withoutHanging } from "./background.ts";
import { type Decision, hold } from "./decision.ts";
import { closesGuard } from "./guards.ts";
import type { PlanInput } from "./input.ts";
import { stillHolding } from "./kept.ts";
import { lossesOf } from "./losses.ts";
import { emptyWorkspace, notes } from "./notes.ts";
import { askedFor } from "./once.ts";
import { missedNotes, type Promoted, withPromotions } from "./promote.ts";
import { purchase } from "./purchases.ts";
import { decideAll, type Row } from "./rows.ts";
import { statusOf } from "./situation.ts";

/**
 * Plans what makes the board equal to the files. Sorted by key, so that equal arguments give an equal plan to the
 * byte. Error diagnostics mean that nothing may be applied.
 */
export function makePlan(input: PlanInput): Plan {
  const rows = decideAll(input).sort((a, b) => compareText(a.key, b.key));
  const planned = input.covers ? coveredOf(rows, input.covers) : rows;
  const { once } = input;
  const covered = planned.map((row) =>
    once
      ? { ...askedFor(row, once, input), schedule: undefined }
      : withPromotions(withBackground(row, input), input),
  );
  const account = accountBackground(input);
  const ofRows = ofCause(planned, covered, input).map((row) => changeOf(row, input));
  const current = [...account.changes, ...ofRows]
    .filter((change) => change.steps.length > 0)
    .map((change) => ({ ...change, warnings: lossesOf(change, input) }))
    .sort((a, b) => compareText(a.key, b.key));
  const bought = purchase(input.kept ? stillHolding(input.kept, current) : current, input);
  const standing = bought.changes
    .map((change) => withoutHanging(change, input))
    .filter((change) => change.steps.length > 0);
  const published = new Set(
    standing.filter(({ steps }) => steps.some(({ step }) => step === "create")).map(({ key }) => key),
  );
  const isInWay = ({ steps }: PlanChange): boolean =>
    steps.every(({ after }) => after === undefined || published.has(after));
  const changes = standing.filter(isInWay);
  const waiting = standing.filter((change) => !isInWay(change)).map(stillNeeded);
  const held = [...account.held, ...covered.flatMap(heldOf), ...bought.held, ...waiting];
  const diagnostics = [
    ...ofCovered(input, covered),
    ...notes(input, covered),
    ...missedNotes(covered, input.config.timezone),
    ...bought.diagnostics,
    ...emptyWorkspace(input, changes),
  ];
  const guard = closesGuard(changes, countActive(input), input.config, input.allow);
  const { about, state } = input;
  return {
    format_version: "1.0",
    id: input.kept?.id ?? planId(input, changes),
    created_at: new Date(input.now).toISOString(),
    workspace: about.workspace,
    board: state.board,
    account: state.account,
    commit: about.commit,
    lineage: state.lineage,
    serial: state.serial,
    content: about.content,
    allow: [...input.allow].sort(),
    renew: [...(input.renew?.globs ?? [])].sort(),
    ...(isPart(input) && { partial: true }),
    ...(input.only && { only: input.only }),
    ...(input.offline && { offline: true }),
    summary: { ...countSteps(changes), held: held.length, unchanged: covered.filter(isUnchanged).length },
    changes,
    held,
    guards: [...(guard ? [guard] : []), ...bought.guards],
    cost: bought.cost,
    diagnostics: diagnostics.sort(byPlace).map(toJson),
  };
}

/** A job that would make way for a publication that this plan doesn't make. */
function stillNeeded({ key, job_id, steps }: PlanChange): Held {
  const other = steps.find(({ after }) => after !== undefined)?.after ?? "";
  return {
    key,
    job_id,
    reason: `it makes way for ${other}, which isn't published by this plan`,
    hint: `it stays until ${other} is published: plan both, without what leaves that one out`,
  };
}

function isPart({ only, covers, kept, noSpend, withinBudget, once }: PlanInput): boolean {
  return [only, covers, kept, noSpend, withinBudget, once].some((part) => part !== undefined);
}

/** Problems of the files, but for warnings about vacancies that a part isn't about. */
function ofCovered({ diagnostics, covers, desired }: PlanInput, covered: readonly Row[]): Diagnostic[] {
  if (!covers) return [...diagnostics];
  const all = new Set(desired.map(({ file }) => file));
  const shown = new Set(covered.flatMap(({ vacancy }) => vacancy?.file ?? []));
  return diagnostics.filter(
    ({ severity, file }) => severity === "error" || !all.has(file) || shown.has(file),
  );
}

/** The rows that a part of the workspace is about; a move counts only where it covers both keys. */
function coveredOf(rows: readonly Row[], covers: (key: string) => boolean): Row[] {
  return rows.flatMap((row) => {
    const from = row.decision.steps.find((step) => step.step === "move")?.from;
    if (from === undefined) return covers(row.key) ? [row] : [];
    const [here, there] = [covers(row.key), covers(from)];
    if (here && there) return [row];
    const key = here ? row.key : from;
    return here || there ? [{ ...row, key, decision: halfMove(from, row.key) }] : [];
  });
}

function halfMove(from: string, to: string): Decision {
  return hold(
    `it was renamed from ${from} to ${to}, and only one of the two is covered`,
    `cover both: --target ${from} --target ${to}`,
  );
}

function changeOf(
  { key, vacancy, entry, job, decision, schedule }: Promoted,
  { traits, config }: PlanInput,
): PlanChange {
  const title = (vacancy?.attributes ?? entry?.applied)?.[traits.roles.title];
  return {
    key,
    job_id: job,
    file: vacancy?.file ?? null,
    ...(typeof title === "string" && { title }),
    steps: [...decision.steps],
    ...(schedule &&
      schedule.next.length > 0 && {
        next_due: schedule.next.map(({ action, at }) => ({ action, at: zoned(at, config.timezone) })),
      }),
    warnings: [],
  };
}

/**
 * The rows with the steps of one cause, and the backgrounds and promotions that stand on these: what is published by a step of another
 * cause isn't active yet.
 */
function ofCause(planned: readonly Row[], covered: readonly Promoted[], input: PlanInput): Promoted[] {
  const { only } = input;
  if (only === undefined) return [...covered];
  return planned
    .map((row) => withBackground(withSteps(row, onlyCause(row.decision.steps, only)), input))
    .map((row, index) => withPromotions(row, input, planned[index]))
    .map((row) => withSteps(row, onlyCause(row.decision.steps, only)));
}

const withSteps = <T extends Row>(row: T, steps: readonly Step[]): T => ({
  ...row,
  decision: { ...row.decision, steps },
});

/** What would stand on a job or a key that isn't taken over in this run waits with it. */
function onlyCause(steps: readonly Step[], cause: Cause): readonly Step[] {
  const chosen = steps.filter((step) => step.cause === cause);
  const ground = steps.find((step) => step.step === "adopt" || step.step === "move");
  return ground && !chosen.includes(ground) ? [] : chosen;
}

function heldOf({ key, job, decision }: Row): Held[] {
  return decision.hold ? [{ key, job_id: job, ...decision.hold }] : [];
}

function isUnchanged({ vacancy, decision }: Row): boolean {
  return vacancy !== undefined && decision.steps.length === 0 && !decision.hold;
}

function countSteps(changes: readonly PlanChange[]): Record<StepName, number> {
  const counts = Object.fromEntries(Object.keys(stepNames).map((name) => [name, 0])) as Record<
    StepName,
    number
  >;
  for (const change of changes) for (const step of change.steps) counts[step.step] += 1;
  return counts;
}

function countActive(input: PlanInput): number {
  return Object.values(input.state.entries).filter((entry) => {
    const view = input.live.jobs.get(refKey(entry.job));
    return (
      entry.tombstone === undefined && view !== undefined && statusOf(view, entry, input.now) === "active"
    );
  }).length;
}

/** A plan is known by what it would do, to what, from where: equal plans have equal ids. */
function planId(input: PlanInput, changes: readonly PlanChange[]): string {
  const { state, about } = input;
  const subject = [state.board, state.account, state.lineage, state.serial, about.content];
  // As the JSON of one list, piece by piece: all changes in one text would be as large as they are themselves.
  const hash = createHash("sha256").update(`${JSON.stringify(subject).slice(0, -1)},[`);
  for (const [index, change] of changes.entries())
    hash.update(`${index === 0 ? "" : ","}${JSON.stringify(change)}`);
  return hash.update("]]").digest("hex").slice(0, 16);
}
