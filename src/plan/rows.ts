// Decides about every key: those that the state knows by the lifecycle table, new ones by what is on the board.
import { sameContent } from "../model/equality.ts";
import { type JobView, refId, refKey } from "../model/job.ts";
import { OpenCalls } from "../model/open.ts";
import type { Step } from "../model/plan.ts";
import { type Intent, openIntents, type StateEntry } from "../model/state.ts";
import type { Vacancy } from "../model/vacancy.ts";
import { findAdoptions } from "./adopt.ts";
import { besideOpen } from "./beside.ts";
import { type Decision, hold, nothing, take } from "./decision.ts";
import type { PlanInput } from "./input.ts";
import { closingOf, decide } from "./lifecycle.ts";
import { findMoves, unclaimed } from "./match.ts";
import { type Circumstances, isOpen, type LiveSide, statusOf } from "./situation.ts";
import { createStep, moveStep, reviveStep, unseenStep } from "./steps.ts";

/** One key with what was decided about it. */
export interface Row {
  readonly key: string;
  readonly vacancy: Vacancy | undefined;
  readonly entry: StateEntry | undefined;
  readonly job: string | null;
  readonly decision: Decision;
}

/** One row for each key that is wanted, known or in flight. */
export function decideAll(input: PlanInput): Row[] {
  const { state, traits, config, desired } = input;
  const isRenewed = (key: string): boolean => input.renew?.covers(key) ?? false;
  const by: Circumstances = {
    ...input,
    timezone: config.timezone,
    isRenewed,
    ...(input.live.doubt && { doubt: input.live.doubt.why }),
  };
  const open = new OpenCalls(state);
  const isShown = (entry: StateEntry): boolean => {
    const view = input.live.jobs.get(refKey(entry.job));
    return view !== undefined && isOpen(statusOf(view, entry, input.now));
  };
  const moves = findMoves(traits, state, desired, isShown, input.renames);
  const replaced = input.allow.has("replace") ? new Map<string, string>() : moves.replaced;
  const wanted = new Set(desired.map((vacancy) => vacancy.key));
  const moved = new Set(moves.from.values());
  const closing = new Set(desired.filter((vacancy) => closingOf(vacancy, by)).map(({ key }) => key));
  const fresh: Vacancy[] = [];
  const anew: Anew[] = [];
  const rows: Row[] = [];

  /** What holds a key whatever its sides say: a call in flight, or a namesake that it may replace. */
  const early = (key: string, entry: StateEntry | undefined, from?: string): Decision | undefined => {
    const intent =
      open.about(key, entry?.job) ?? (from === undefined ? undefined : open.about(from, undefined));
    if (intent) return unsettled(intent, input);
    const other = entry && input.elsewhere?.get(refKey(entry.job));
    if (entry && other !== undefined && entry.tombstone === undefined) return claimed(key, entry, other);
    const namesake = replaced.get(key);
    return namesake === undefined ? undefined : replaces(key, namesake, wanted.has(key));
  };
  for (const vacancy of desired) {
    const { key } = vacancy;
    const from = moves.from.get(key);
    const entry = state.entries[from ?? key];
    const held = early(key, entry, from);
    if (held) rows.push(rowOf(key, vacancy, entry, held));
    else if (entry === undefined) fresh.push(vacancy);
    else {
      const decided = decide({ key, entry, live: sideOf(entry, input) }, vacancy, by);
      const row = rowOf(key, vacancy, entry, from === undefined ? decided : withMove(from, decided));
      if (decided.steps.some(({ step }) => step === "create")) anew.push({ ...row, vacancy });
      else rows.push(row);
    }
  }
  for (const [key, entry] of Object.entries(state.entries)) {
    if (wanted.has(key) || moved.has(key)) continue;
    const decision = early(key, entry) ?? decide({ key, entry, live: sideOf(entry, input) }, undefined, by);
    const successor = moves.replaced.get(key);
    const waits = successor !== undefined && !closing.has(successor);
    rows.push(rowOf(key, undefined, entry, waits ? makingWay(decision, successor) : decision));
  }
  for (const intent of openIntents(state)) {
    const { key } = intent;
    if (!wanted.has(key) && !state.entries[key] && !moved.has(key))
      rows.push(rowOf(key, undefined, undefined, unsettled(intent, input)));
  }
  const remembered = Object.entries(state.entries)
    .filter(([key, entry]) => entry.tombstone !== undefined && !moved.has(key) && isShown(entry))
    .flatMap(([, entry]) => input.live.jobs.get(refKey(entry.job)) ?? []);
  return [...rows, ...decideFresh(input, by, fresh, anew, remembered)];
}

function rowOf(
  key: string,
  vacancy: Vacancy | undefined,
  entry: StateEntry | undefined,
  decision: Decision,
): Row {
  return { key, vacancy, entry, job: entry ? refId(entry.job) : null, decision };
}

/** A vacancy that had a job and gets another one, decided but for what may be it already. */
interface Anew extends Row {
  readonly vacancy: Vacancy;
}

/** With `--allow replace` a job is closed for another one: not before that is published. */
function makingWay(decision: Decision, other: string): Decision {
  const steps = decision.steps.map((step) => (step.step === "close" ? { ...step, after: other } : step));
  return { ...decision, steps };
}

/** A move writes the whole entry, so that nothing is left to record beside it. */
function withMove(from: string, decision: Decision): Decision {
  return { ...decision, steps: [moveStep(from), ...decision.steps.filter((step) => step.step !== "record")] };
}

/**
 * Vacancies that would be published: adopted, held as twins, or created. `remembered` are jobs that people see, and
 * of which the file is gone: they aren't taken over unasked, and may be the same vacancy.
 */
function decideFresh(
  input: PlanInput,
  by: Circumstances,
  fresh: readonly Vacancy[],
  anew: readonly Anew[],
  remembered: readonly JobView[],
): Row[] {
  const { state, live, traits, config, openElsewhere = [] } = input;
  const active = fresh.filter((vacancy) => closingOf(vacancy, by) === undefined);
  const elsewhere = input.elsewhere ?? new Map<string, string>();
  const { address } = traits.roles;
  const isForeign = (view: JobView): boolean =>
    openElsewhere.some(({ attributes }) => sameContent(traits, attributes, view, [address]));
  const free = unclaimed(state, live, [...config.ignore, ...elsewhere.keys()]);
  const jobs = free.filter((view) => !isForeign(view));
  // What another workspace has may be the same vacancy, and isn't taken over.
  const foreign = [...elsewhere.keys()].flatMap((id) => live.jobs.get(id) ?? []);
  const others = [...remembered, ...foreign, ...free.filter(isForeign)];
  const reused = anew.map(({ vacancy }) => vacancy);
  const { adopted, twins } = findAdoptions(traits, active, jobs, others, reused);
  const isBeside = besideOpen(input);
  const inWay = (vacancy: Vacancy): Decision | undefined => {
    const open = isBeside(vacancy);
    if (open) return open;
    const twin = twins.get(vacancy.key);
    if (twin === undefined || input.allow.has("twins")) return undefined;
    const owner = elsewhere.get(refKey(twin.ref)) ?? (isForeign(twin) ? "of this repository" : undefined);
    return owner === undefined ? twinOf(vacancy, twin) : foreignTwin(twin, owner);
  };
  const ofFresh = fresh.map((vacancy): Row => {
    const found = adopted.get(vacancy.key);
    const row = { key: vacancy.key, vacancy, entry: undefined, job: found ? refId(found.ref) : null };
    if (found) return { ...row, decision: adopt(input, vacancy, found) };
    if (closingOf(vacancy, by)) return { ...row, decision: nothing };
    const decision = inWay(vacancy) ?? inDoubt(input) ?? take(createStep(vacancy, "new"));
    return { ...row, decision };
  });
  return [...ofFresh, ...anew.map((row) => ({ ...row, decision: inWay(row.vacancy) ?? row.decision }))];
}

/** What isn't shown may be there. Where only the list lacks something, whoever has looked may say so. */
function inDoubt({ live: { doubt }, allow }: PlanInput): Decision | undefined {
  if (doubt === undefined || (doubt.isList && allow.has("twins"))) return undefined;
  const reason = `it can't be told whether it is on the board already: ${doubt.why}`;
  return doubt.isList
    ? hold(reason, "plan again later; --allow twins publishes it all the same, which is paid", "twins")
    : hold(
        reason,
        "check the account and the board, see to the vacancies whose jobs are gone, and plan again",
      );
}

function adopt(input: PlanInput, vacancy: Vacancy, found: JobView): Decision {
  const status = statusOf(found, undefined, input.now);
  const unseen = unseenStep(vacancy, found.attributes);
  const step: Step = { step: "adopt", reason: "equal on the board", cause: "commit" };
  const inactive = status === "expired" || status === "closed";
  const never =
    status === "expired" && vacancy.renew === "never" && !(input.renew?.covers(vacancy.key) ?? false);
  const revive =
    inactive && !never
      ? reviveStep(vacancy, `adopted, and it is ${status}`, "commit", found.expiresAt)
      : undefined;
  return take(step, unseen, revive);
}

function twinOf(vacancy: Vacancy, twin: JobView): Decision {
  const id = refId(twin.ref) ?? "without an id";
  return hold(
    `job ${id} on the board may be the same vacancy, with other details`,
    `vac state adopt ${vacancy.key} ${id} binds it; --allow twins publishes another, which is paid`,
    "twins",
  );
}

function claimed(key: string, { job }: StateEntry, other: string): Decision {
  return hold(
    `the workspace ${other} manages job ${refKey(job)} too`,
    `keep its file in one of the two; in the other delete it, and let go: vac state rm ${key} (--dir names the workspace)`,
  );
}

function foreignTwin({ ref }: JobView, workspace: string): Decision {
  return hold(
    `job ${refId(ref) ?? "without an id"}, which the workspace ${workspace} has or may have made, may be the same vacancy`,
    "delete one of the two files; --allow twins publishes another, which is paid",
    "twins",
  );
}

function replaces(key: string, other: string, isNew: boolean): Decision {
  const [from, to] = isNew ? [other, key] : [key, other];
  return hold(
    `${other} has the same title and place: renamed, or another vacancy?`,
    `a rename: vac state mv ${from} ${to}; another vacancy: --allow replace closes one and creates the other`,
    "replace",
  );
}

function unsettled({ key, at, call, planned }: Intent, { config, now, busy, offline }: PlanInput): Decision {
  const what = `a ${call.do === "buy" ? `purchase of ${call.action}` : call.do} was ${planned ? "planned by another run" : "sent"}, and what became of it isn't known yet`;
  if (offline) return hold(what, "plan without --offline: that looks at the board");
  if (busy) return hold(what, "plan again once the run that is at work has ended");
  const again = at + config.settleAfterMs;
  // Past that time this very plan has looked, and what it saw can't tell.
  const wait = again > now ? `plan again in ${Math.ceil((again - now) / 60_000)} min, or ` : "";
  const resolve =
    call.do === "create"
      ? `once you have looked at the board: vac state adopt ${key} ID names its job, vac state resolve ${key} --not-done says that there is none`
      : `once you have looked at the board: vac state resolve ${key} --done|--not-done`;
  return hold(what, `${wait}${resolve}`);
}

function sideOf(entry: StateEntry, { live }: PlanInput): LiveSide {
  const name = refKey(entry.job);
  const view = live.jobs.get(name);
  if (view) return { is: "job", view };
  return live.gone.has(name) ? { is: "gone" } : { is: "unseen" };
}
