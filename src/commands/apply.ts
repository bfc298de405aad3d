// vac apply: makes the board equal to the files.
import pLimit from "p-limit";
import { alikeAmong } from "../apply/alike.ts";
import { applyPlan } from "../apply/apply.ts";
import { Purse } from "../apply/purse.ts";
import type { Run } from "../apply/run.ts";
import { Told } from "../apply/told.ts";
import { hasErrors } from "../model/diagnostic.ts";
import { UsageError } from "../model/errors.ts";
import { refKey } from "../model/job.ts";
import {
  type ApplyResult,
  type Guard,
  guardNames,
  hasChanges,
  type Plan,
  type StepResult,
} from "../model/plan.ts";
import { timedTask } from "../model/timings.ts";
import { staleSteps } from "../plan/kept.ts";
import type { StateEvent } from "../state/events.ts";
import type { StateSession } from "../state/store.ts";
import { errorText } from "../view/error.ts";
import { planText } from "../view/plan.ts";
import { progress } from "../view/progress.ts";
import { resultText } from "../view/result.ts";
import { closing } from "./closing.ts";
import { professionTitles } from "./dictionary.ts";
import { type ExitCode, exit, type Io, print, printAs, styleOf, tell } from "./io.ts";
import { pictureLoader } from "./pictures.ts";
import { type Ground, onGround, type PlanFlags, type Planned, planOn, refuseErrors } from "./planning.ts";
import { keepProvenance } from "./provenance.ts";
import { emptyResult, isWhole, refusedResult, withStale } from "./results.ts";
import { openWithin } from "./waiting.ts";

export interface ApplyFlags extends PlanFlags {
  readonly autoApprove: boolean;
  /** Milliseconds to wait while another run holds the state. */
  readonly waitMs?: number;
  /** A plan that was kept. */
  readonly file?: string;
}

/** Plans, shows, asks and carries out, all under the lock on the state. */
export async function applyCommand(io: Io, flags: ApplyFlags): Promise<ExitCode> {
  const code = await onGround(io, flags, async (ground) => {
    const session = await openWithin(io, flags.waitMs ?? 0, () =>
      ground.workspace.store.open(ground.identity),
    );
    return closing(io, flags, session, () => applyUnderLock(io, flags, ground, session));
  });
  return code ?? exit.failed;
}

async function applyUnderLock(
  io: Io,
  flags: ApplyFlags,
  ground: Ground,
  session: StateSession,
): Promise<ExitCode> {
  const { prepared, stale } = await preparePlan(io, flags, ground, session);
  const { plan } = prepared;
  if (hasErrors(plan.diagnostics)) {
    refuseErrors(io, flags, plan.diagnostics);
    return exit.failed;
  }
  const text = planText(plan, {
    ...styleOf(io, flags, flags.format === "text" ? "out" : "err"),
    titles: await professionTitles(ground.workspace),
  });
  if (flags.format === "text") print(io, text);
  else tell(io, text);
  if (plan.guards.length > 0) {
    // On a screen the plan has said so.
    if (flags.format !== "text") await report(io, flags, withStale(refusedResult(plan), stale));
    throw new UsageError(
      `refused by ${[...new Set(plan.guards.map((guard) => guard.name))].join(", ")}; nothing was changed`,
      { hint: wayOut(plan.guards) },
    );
  }
  const left = flags.once ? plan.held.length : 0;
  const consent = hasChanges(plan) ? await askConsent(io, flags, plan) : exit.ok;
  if (consent !== exit.ok) return consent;
  // What reading has settled is kept, whether or not there is something to do.
  for (const event of prepared.events) await session.append(event, "fsync");
  if (!hasChanges(plan)) {
    // What a commit has lifted counts once, also where it turns out that nothing needed it.
    if (isOfCommit(flags, plan) && prepared.allowances.names.size > 0)
      await session.append(applied(ground, prepared, flags), "fsync");
    await keepProvenance(session, ground.repository, ground.uncommitted, ground.compiled.vacancies);
    const result = withStale(emptyResult(plan), stale);
    if (stale.length > 0 || flags.format !== "text") await report(io, flags, result);
    return isWhole(result) && left === 0 ? exit.ok : exit.incomplete;
  }
  const code = await carryOut(io, flags, ground, session, prepared, stale);
  return code === exit.ok && left > 0 ? exit.incomplete : code;
}

/** How a refused plan can go on: guards that are lifted by name, and others by what they say. */
function wayOut(guards: readonly Guard[]): string {
  const named = guards.filter(({ name }) => (guardNames as readonly string[]).includes(name));
  const unique = (texts: readonly string[]): string[] => [...new Set(texts)];
  if (named.length < guards.length) return unique(guards.map(({ allow }) => allow)).join("; ");
  const ways = unique(named.map(({ allow }) => allow)).join(" ");
  const trailers = unique(named.map(({ name }) => `Vac-Allow: ${name}`)).join(", ");
  return `look at the plan above; if it is meant so, run apply with ${ways}, or end a commit's message with ${trailers}`;
}

/** The plan of now, or what still holds of the one that was kept. */
async function preparePlan(
  io: Io,
  flags: ApplyFlags,
  ground: Ground,
  session: StateSession,
): Promise<{ prepared: Planned; stale: readonly StepResult[] }> {
  if (flags.file === undefined) return { prepared: await planOn(io, ground, flags, session), stale: [] };
  const isPart = flags.only !== undefined || flags.changedSince !== undefined;
  const isCheaper = flags.noSpend === true || flags.withinBudget === true;
  if (flags.target.length + flags.renew.length > 0 || isPart || isCheaper) {
    throw new UsageError("a kept plan is carried out as it is", {
      hint: "--target, --changed-since, --only, --renew, --no-spend and --within-budget can be given to vac plan --out",
    });
  }
  const { checkPlan, readPlan } = await import("./planfile.ts");
  const kept = await readPlan(flags.file);
  checkPlan(kept, session.state, ground.compiled.contentHash);
  const allow = [...new Set([...flags.allow, ...(kept.allow ?? [])])];
  const prepared = await planOn(io, ground, { ...flags, allow, renew: kept.renew ?? [], kept }, session);
  return { prepared, stale: staleSteps(kept, prepared.plan.changes) };
}

/** Asks unless told not to; anything but ok ends the command with nothing changed. */
async function askConsent(io: Io, flags: ApplyFlags, plan: Plan): Promise<ExitCode> {
  if (flags.autoApprove) return exit.ok;
  if (!io.ask || !flags.input) {
    throw new UsageError("nobody can be asked here, so nothing was changed", {
      hint: flags.once
        ? "look at the plan, then say what it may cost: --max-cost ROUBLES (0 for units alone)"
        : "look at the plan, then run apply with --auto-approve",
    });
  }
  const count = plan.changes.reduce((sum, change) => sum + change.steps.length, 0);
  const what = count === 1 ? "this step" : `these ${count} steps`;
  const answer = await io.ask(`\nApply ${what}? Only "yes" is taken as consent: `);
  if (answer?.trim() === "yes") return exit.ok;
  tell(io, "\nNot applied: nothing was changed.");
  return answer === undefined ? exit.interrupted : exit.failed;
}

async function carryOut(
  io: Io,
  flags: ApplyFlags,
  ground: Ground,
  session: StateSession,
  prepared: Planned,
  stale: readonly StepResult[],
): Promise<ExitCode> {
  const { plan, live, funds } = prepared;
  const { compiled, open, repository, uncommitted } = ground;
  const stop = new AbortController();
  session.lost.addEventListener("abort", () => stop.abort(), { once: true });
  const entries = Object.values(session.state.entries);
  const run: Run = {
    board: open.board,
    session,
    desired: new Map(compiled.vacancies.map((vacancy) => [vacancy.key, vacancy])),
    jobs: live.jobs,
    plan: plan.id,
    commit: repository?.commit ?? null,
    uncommitted,
    machine: await ground.workspace.store.machine(),
    told: new Told(),
    before: new Set([...live.jobs.keys(), ...entries.map((entry) => refKey(entry.job))]),
    likeBefore: alikeAmong(open.board.traits, live.jobs.values()),
    found: new Set(),
    settling: pLimit(1),
    purse: new Purse(open.board, funds, compiled.config.prices, () => session.state.serial),
    picture: pictureLoader(compiled),
    stop,
  };
  if (!flags.autoApprove) await run.purse.restart();
  const bar = progress({ stream: io.err, isTTY: io.err.isTTY === true, ...styleOf(io, flags, "err") });
  let interrupted = false;
  const ran = await io.guarded(
    () => {
      interrupted = true;
      stop.abort();
      tell(
        io,
        "\nStopping: what is in flight is finished, nothing more is begun. A second signal quits at once.",
      );
    },
    () =>
      timedTask("send", () => applyPlan(plan, run, compiled.config.concurrency, bar.step)).finally(() =>
        bar.stop(),
      ),
  );
  let fault: unknown;
  try {
    await session.append(applied(ground, prepared, flags));
    await keepProvenance(session, repository, uncommitted, compiled.vacancies);
  } catch (error) {
    // The report comes first: what was done was done, also where the state can't take it any more.
    fault = error;
  }
  const result = withStale(ran, stale);
  await report(io, flags, result);
  if (fault !== undefined) {
    tell(io, errorText(fault, styleOf(io, flags, "err")));
    return exit.incomplete;
  }
  if (interrupted) return exit.interrupted;
  return isWhole(result) ? exit.ok : exit.incomplete;
}

/** Whether a plan had all that its commit wants; what time and the board ask for besides is of no commit. */
function isOfCommit(flags: ApplyFlags, { partial }: Plan): boolean {
  if (!partial) return true;
  const { only, target, changedSince, file, noSpend, withinBudget, once } = flags;
  const others = [changedSince, file, noSpend, withinBudget, once].some((one) => one !== undefined);
  return only === "commit" && target.length === 0 && !others;
}

/** That a plan was applied, of which commit, and which commits have lifted a guard for it. */
function applied({ repository }: Ground, { plan, allowances }: Planned, flags: ApplyFlags): StateEvent {
  // What was bought outside the files is of no commit.
  const commit = flags.once ? null : (repository?.commit ?? null);
  return {
    event: "plan",
    id: plan.id,
    ...(commit !== null && { commit }),
    ...(isOfCommit(flags, plan) && { whole: true }),
    ...(allowances.commits.length > 0 && { used: allowances.commits }),
  };
}

function report(io: Io, flags: ApplyFlags, result: ApplyResult): Promise<void> {
  return printAs(io, flags.format, result, {
    text: () => resultText(result, styleOf(io, flags, "out")),
    markdown: async () => (await import("../view/markdown/result.ts")).resultMarkdown(result),
  });
}
