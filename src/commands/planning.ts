// What plan and apply share: the workspace checked, the board read, the plan made.
import { type Prepared, prepare } from "../apply/prepare.ts";
import { type Compiled, resolveProfessions } from "../config/index.ts";
import { openRepository, type Repository } from "../git/repository.ts";
import { type Diagnostic, hasErrors } from "../model/diagnostic.ts";
import type { Cause, GuardName, Plan } from "../model/plan.ts";
import { emptyState, noLineage } from "../model/state.ts";
import type { History, Once } from "../plan/input.ts";
import { checkIdentity, type Held, type StateSession } from "../state/store.ts";
import { diagnosticsText } from "../view/diagnostics.ts";
import { type OpenBoard, openBoard } from "./board.ts";
import { type CoverFlags, coveredBy } from "./covers.ts";
import { professionsFor } from "./dictionary.ts";
import { compileGlobs } from "./globs.ts";
import { historyFor, renamesFor } from "./history.ts";
import { type Globals, type Io, log, styleOf, tell } from "./io.ts";
import { neighboursOf } from "./neighbours.ts";
import { type Allowances, allowedByCommits, noAllowances } from "./trailers.ts";
import { type BaseFlags, loadWorkspace, type Workspace, workspaceName } from "./workspace.ts";

export interface PlanFlags extends Globals, CoverFlags, BaseFlags {
  readonly allow: readonly GuardName[];
  /** Globs of keys to revive now. */
  readonly renew: readonly string[];
  readonly only?: Cause;
  /** One purchase that was asked for; `target` has its keys. */
  readonly once?: Once;
  /** A kept plan, of which what still holds is planned. */
  readonly kept?: Plan;
  /** Free steps only. */
  readonly noSpend?: boolean;
  /** What doesn't fit the budget is held. */
  readonly withinBudget?: boolean;
  /** Kopecks that the wallet may give at most. */
  readonly maxCost?: number;
}

/** All that a run of plan or apply stands on. */
export interface Ground {
  readonly workspace: Workspace;
  readonly compiled: Compiled;
  readonly open: OpenBoard;
  readonly identity: { readonly board: string; readonly account: string };
  readonly repository: Repository | undefined;
  /** Files of the workspace that aren't committed as they are. */
  readonly uncommitted: ReadonlySet<string>;
  /** The board isn't asked: what was last observed stands for it. */
  readonly offline?: boolean;
}

/** A plan with what lifted guards for it. */
export interface Planned extends Prepared {
  readonly allowances: Allowances;
  readonly history: History;
}

/** What `vac` itself writes into a workspace. */
export const ownFiles = [".vac", ".board"];

/**
 * Checks the workspace, connects and runs a task; the connection is let go of whatever happens. Returns undefined
 * where the files have errors, which were told: nothing was sent then.
 */
export async function onGround<T>(
  io: Io,
  flags: PlanFlags,
  task: (ground: Ground) => Promise<T>,
): Promise<T | undefined> {
  const workspace = await loadWorkspace(io, flags);
  if (refuseErrors(io, flags, workspace.compiled.diagnostics)) return undefined;
  // After the files were read: what is written or committed meanwhile is then told as not committed, never the other way.
  const repository = await openRepository(workspace.dir);
  const open = await openBoard(io, flags, workspace.compiled.config);
  try {
    const [{ account }, uncommitted] = await Promise.all([
      open.board.identity(),
      repository?.uncommitted(ownFiles) ?? new Set<string>(),
    ]);
    const identity = { board: open.address, account };
    // Before anything is read of it: another account's jobs are none of this state's.
    if (workspace.state) checkIdentity(workspace.state, identity);
    const clock = open.clockWarning();
    if (clock !== undefined) log(io, flags, "warn", clock);
    const compiled = await resolveTitles(workspace, open);
    if (refuseErrors(io, flags, compiled.diagnostics)) return undefined;
    return await task({ workspace, compiled, open, identity, repository, uncommitted });
  } finally {
    await open.close();
  }
}

/** Tells what is wrong with the files; true where that forbids to go on. */
export function refuseErrors(io: Io, flags: Globals, diagnostics: readonly Diagnostic[]): boolean {
  if (!hasErrors(diagnostics)) return false;
  tell(io, diagnosticsText(diagnostics, styleOf(io, flags, "err")));
  tell(io, "Nothing was sent: mend the errors first (vac validate shows them too).");
  return true;
}

async function resolveTitles({ compiled, dir, address }: Workspace, { board }: OpenBoard): Promise<Compiled> {
  if (compiled.titles.length === 0) return compiled;
  return resolveProfessions(compiled, await professionsFor(compiled.titles, dir, address, board));
}

/** Makes the plan from the state as it is, or as the session of an apply has it. */
export async function planOn(
  io: Io,
  ground: Ground,
  flags: PlanFlags,
  session: StateSession | undefined,
): Promise<Planned> {
  const { workspace, compiled, open, identity, repository } = ground;
  const { store } = workspace;
  const state =
    session?.state ??
    (await (ground.offline ? store.recall() : store.read())) ??
    emptyState(identity.board, identity.account, noLineage);
  checkIdentity(state, identity);
  const desired = compiled.vacancies;
  const keys = new Set([...desired.map(({ key }) => key), ...Object.keys(state.entries)]);
  const covered = await coveredBy(flags, repository, compiled, state, flags.once ? "KEY" : "--target");
  const renewed = compileGlobs("--renew", flags.renew, keys);
  const other = session === undefined && !ground.offline ? await workspace.store.holder() : undefined;
  const neighbours = await neighboursOf(repository, workspace, identity, ground.offline);
  // What commits lift is for the plan that they belong to, with the steps that commits bring.
  const allowances =
    flags.once || (flags.only ?? "commit") !== "commit"
      ? noAllowances
      : await allowedByCommits(repository, ground.uncommitted, state);
  const history = await historyFor(repository, state, desired);
  const prepared = await prepare({
    board: open.board,
    desired,
    state,
    config: compiled.config,
    allow: new Set([...flags.allow, ...allowances.names]),
    ...(covered.covers && { covers: covered.covers }),
    ...(renewed && { renew: { globs: flags.renew, covers: renewed } }),
    ...(flags.only && { only: flags.only }),
    ...(flags.noSpend && { noSpend: true }),
    ...(flags.withinBudget && { withinBudget: true }),
    ...(flags.maxCost !== undefined && { maxCost: flags.maxCost }),
    ...(flags.once && { once: flags.once }),
    ...(flags.kept && { kept: flags.kept }),
    ...(ground.offline && { offline: true }),
    history,
    elsewhere: neighbours.jobs,
    ...(neighbours.background !== undefined && { backgroundElsewhere: neighbours.background }),
    openElsewhere: neighbours.open,
    renames: await renamesFor(repository, workspace.dir, state, desired),
    about: {
      workspace: workspaceName(repository, workspace),
      commit: repository?.commit ?? null,
      content: compiled.contentHash,
    },
    diagnostics: [
      ...compiled.diagnostics,
      ...covered.diagnostics,
      ...allowances.diagnostics,
      ...(other ? [atWork(other)] : []),
    ],
    machine: await store.machine(),
    countUnprocessed: (jobs) => tolerant(io, flags, open.countUnread(jobs)),
    ...(!ground.offline && { readSpent: open.spent }),
    busy: other !== undefined,
  });
  return { ...prepared, allowances, history };
}

/** What a run that is at work is going to do is its own: the plan is of a state that changes. */
const atWork = ({ pid, host, since, until }: Held): Diagnostic => ({
  severity: "warning",
  code: "run-at-work",
  message: `a run is at work on this state: process ${pid} on ${host}, since ${since}; what it plans is left alone`,
  file: "",
  line: 0,
  column: 0,
  hint: `plan again once it has ended${until === undefined ? "" : `; without a sign of life the state is free from ${new Date(until).toISOString()} on`}`,
});

/** A count is for the reader alone: without it the plan stands, and that is said. */
async function tolerant(
  io: Io,
  flags: Globals,
  counts: Promise<ReadonlyMap<string, number>>,
): Promise<ReadonlyMap<string, number>> {
  try {
    return await counts;
  } catch (error) {
    log(io, flags, "warn", `applications weren't counted: ${(error as Error).message}`);
    return new Map();
  }
}
