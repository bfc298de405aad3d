// vac explain KEY: each value of a vacancy and where it comes from, what is known of its job, and what the plan makes
// of it.
import { traits } from "../board/vkrabota/traits.ts";
import { explainVacancy, nearest } from "../config/index.ts";
import { hasErrors } from "../model/diagnostic.ts";
import { UsageError } from "../model/errors.ts";
import { refId, refKey } from "../model/job.ts";
import type { StateEntry } from "../model/state.ts";
import type { Vacancy } from "../model/vacancy.ts";
import { scheduleOf } from "../plan/promotion.ts";
import { type Explained, explainText } from "../view/explain.ts";
import { boardAddress, embedded, hasCredentials } from "./board.ts";
import { professionTitles } from "./dictionary.ts";
import { type ExitCode, exit, type Globals, type Io, log, print, printJson, styleOf } from "./io.ts";
import { onGround, type PlanFlags, planOn, refuseErrors } from "./planning.ts";
import { loadManaged, resolveOffline, type Workspace } from "./workspace.ts";

export interface ExplainFlags extends PlanFlags {
  /** Ask nobody: files and state alone. */
  readonly offline: boolean;
}

/** Explains one vacancy. Without credentials the board isn't asked, and that is said. */
export async function explainCommand(io: Io, flags: ExplainFlags, key: string): Promise<ExitCode> {
  const workspace = await loadManaged(io, flags, flags.offline);
  const known = knownOffline(workspace, await resolveOffline(workspace), key);
  if (known === undefined) {
    if (refuseErrors(io, flags, workspace.compiled.diagnostics)) return exit.failed;
    throw unknownKey(workspace, key);
  }
  const silence = flags.offline ? "" : whyNotAsked(io, flags, workspace);
  if (silence) log(io, flags, "warn", `the board wasn't asked: ${silence}`);
  const explained = silence === undefined ? { ...known, ...(await askBoard(io, flags, key)) } : known;
  if (flags.format === "json") printJson(io, explained);
  else {
    print(
      io,
      explainText(explained, {
        ...styleOf(io, flags, "out"),
        titles: await professionTitles(workspace),
        timezone: workspace.compiled.config.timezone,
      }),
    );
  }
  return exit.ok;
}

/** Why the board can't be asked; undefined where it can. */
function whyNotAsked(io: Io, flags: Globals, { compiled }: Workspace): string | undefined {
  if (hasErrors(compiled.diagnostics)) return "the files have errors (vac validate)";
  const isReal = boardAddress(io, flags, compiled.config) !== embedded;
  return isReal && !hasCredentials(io) ? "no credentials are set" : undefined;
}

/** What files and state say; undefined where neither knows the key. */
function knownOffline(
  { sources, state }: Workspace,
  compiled: Workspace["compiled"],
  key: string,
): Explained | undefined {
  const entry = state?.entries[key];
  const vacancy = compiled.vacancies.find((candidate) => candidate.key === key);
  if (!vacancy && !entry) return undefined;
  const written = vacancy ? explainVacancy(sources, compiled, key) : { key, file: null, values: [] };
  return {
    ...written,
    ...(entry && { state: stateOf(entry) }),
    ...(vacancy && promotionsOf(vacancy, entry, Date.now(), compiled.config.timezone)),
  };
}

/** When its promotions were bought last, and when each is due next; by the board's clock where it was asked. */
function promotionsOf(
  vacancy: Vacancy,
  entry: StateEntry | undefined,
  now: number,
  timezone: string,
): Pick<Explained, "promotions"> {
  if (vacancy.promote.length === 0) return {};
  const { due, next } = scheduleOf({
    traits,
    vacancy,
    entry,
    published: false,
    now,
    timezone,
  });
  const iso = (at: number): string => new Date(at).toISOString();
  const promotions = [
    ...due.map(({ action }) => ({ action, next: iso(now) })),
    ...next.map(({ action, at }) => ({ action, next: iso(at) })),
  ].map((one) => {
    const last = entry?.promoted?.[one.action];
    return { ...one, ...(last !== undefined && { last: iso(last) }) };
  });
  return { promotions };
}

function stateOf(entry: StateEntry): NonNullable<Explained["state"]> {
  const { job, applied, observed, commit, tombstone, background } = entry;
  const { attributes, status, expiresAt } = observed;
  return {
    job_id: refId(job),
    commit,
    applied,
    observed: attributes,
    ...(status !== undefined && { status }),
    ...(expiresAt !== undefined && { expires_at: new Date(expiresAt).toISOString() }),
    ...(tombstone !== undefined && { tombstone }),
    ...(background && { background }),
  };
}

/** What the board shows and what the plan makes of it; undefined where the files have errors, which were told. */
function askBoard(
  io: Io,
  flags: ExplainFlags,
  key: string,
): Promise<Pick<Explained, "live" | "plan" | "promotions"> | undefined> {
  return onGround(io, flags, async (ground) => {
    const { plan, live } = await planOn(io, ground, flags, undefined);
    const change = plan.changes.find((candidate) => candidate.key === key);
    const held = plan.held.find((candidate) => candidate.key === key);
    const entry = (await ground.workspace.store.read())?.entries[key];
    const view = live.jobs.get(entry ? refKey(entry.job) : (change?.job_id ?? ""));
    const vacancy = ground.compiled.vacancies.find((candidate) => candidate.key === key);
    return {
      ...(vacancy && promotionsOf(vacancy, entry, ground.open.board.now(), ground.compiled.config.timezone)),
      ...(view && {
        live: {
          job_id: refId(view.ref),
          attributes: view.attributes,
          ...(view.status !== undefined && { status: view.status }),
          ...(view.expiresAt !== undefined && { expires_at: new Date(view.expiresAt).toISOString() }),
        },
      }),
      plan: { steps: change?.steps ?? [], held: held ?? null },
    };
  });
}

function unknownKey({ compiled, state }: Workspace, key: string): UsageError {
  const near = nearest(key, [
    ...compiled.vacancies.map((vacancy) => vacancy.key),
    ...Object.keys(state?.entries ?? {}),
  ]);
  return new UsageError(`there is no vacancy ${key}`, {
    hint:
      near.length > 0
        ? `did you mean ${near.join(" or ")}?`
        : "a key is the file's path without its extension",
  });
}
