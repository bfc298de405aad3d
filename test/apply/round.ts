// One round of plan and apply, as the commands do it.
import pLimit from "p-limit";
import { alikeAmong } from "../../src/apply/alike.ts";
import { applyPlan } from "../../src/apply/apply.ts";
import { prepare } from "../../src/apply/prepare.ts";
import { Purse } from "../../src/apply/purse.ts";
import { Told } from "../../src/apply/told.ts";
import type { Board } from "../../src/board/port.ts";
import { type Call, jobOf, refKey } from "../../src/model/job.ts";
import type { Plan } from "../../src/model/plan.ts";
import type { Vacancy } from "../../src/model/vacancy.ts";
import type { StateSession } from "../../src/state/store.ts";
import { config } from "../plan/world.ts";

export async function planRound(board: Board, session: StateSession, desired: readonly Vacancy[]) {
  return prepare({
    board,
    desired,
    state: session.state,
    config: { ...config, closePercent: 100 },
    allow: new Set(),
    history: { knows: () => "yes", accepts: () => "yes" },
    about: { workspace: "w", commit: null, content: "c" },
    diagnostics: [],
    machine: "m",
    busy: false,
  });
}

export async function applyRound(board: Board, session: StateSession, desired: readonly Vacancy[]) {
  const { plan, live, funds, events } = await planRound(board, session, desired);
  for (const event of events) await session.append(event);
  const entries = Object.values(session.state.entries);
  const result = await applyPlan(
    plan,
    {
      board,
      session,
      desired: new Map(desired.map((one) => [one.key, one])),
      jobs: live.jobs,
      plan: plan.id,
      commit: null,
      uncommitted: new Set(),
      machine: "m",
      likeBefore: alikeAmong(board.traits, live.jobs.values()),
      told: new Told(),
      before: new Set([...live.jobs.keys(), ...entries.map((entry) => refKey(entry.job))]),
      found: new Set(),
      settling: pLimit(1),
      purse: new Purse(board, funds, {}, () => session.state.serial),
      stop: new AbortController(),
    },
    2,
  );
  return { plan, result };
}

/** What a plan says it would send: `create` with the title, everything else with the job's id. */
export function announced(plan: Plan): string[] {
  const sent = new Set(["create", "update", "revive", "close"]);
  return plan.changes.flatMap(({ job_id, title, steps }) =>
    steps
      .filter(({ step }) => sent.has(step))
      .map(({ step }) => `${step} ${step === "create" ? title : job_id}`),
  );
}

/** The same of what was sent. */
export function sentAs(call: Call): string {
  if (call.do === "create") return `create ${call.attributes.title}`;
  const job = jobOf(call);
  return `${call.do} ${job ? refKey(job) : "account"}`;
}
