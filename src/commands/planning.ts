// What plan and apply share: the workspace checked, the board read, the plan made.
import { basename } from "node:path";
import { type Prepared, prepare } from "../apply/prepare.ts";
import { type Compiled, resolveProfessions } from "../config/index.ts";
import { renamesSince } from "../git/renames.ts";
import { openRepository, type Repository } from "../git/repository.ts";
import { type Diagnostic, hasErrors } from "../model/diagnostic.ts";
import type { Cause, GuardName, Plan } from "../model/plan.ts";
import { emptyState, noLineage, type State } from "../model/state.ts";
import { machineWord } from "../state/machine.ts";
import { checkIdentity, type StateSession } from "../state/store.ts";
import { diagnosticsText } from "../view/diagnostics.ts";
import { type OpenBoard, openBoard } from "./board.ts";
import { professionsFor } from "./dictionary.ts";
import { compileGlobs } from "./globs.ts";
import { type Globals, type Io, log, styleOf, tell } from "./io.ts";
import { loadWorkspace, type Workspace } from "./workspace.ts";

export interface PlanFlags extends Globals {
  readonly target: readonly string[];
  readonly allow: readonly GuardName[];
  /** Globs of keys to revive now. */
  readonly renew: readonly string[];
  readonly only?: Cause;
  /** A kept plan, of which what still holds is planned. */
  readonly kept?: Plan;
}

/** All that a run of plan or apply stands on. */
export interface Ground {
  readonly workspace: Workspace;
  readonly compiled: Compiled;
  readonly open: OpenBoard;
  readonly identity: { readonly board: string; readonly account: string };
  readonly repository: Repository | undefined;
}

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
  const repository = await openRepository(workspace.dir);
  const open = await openBoard(io, flags, workspace.compiled.config);
  try {
    const { account } = await open.board.identity();
    const clock = open.clockWarning();
    if (clock !== undefined) log(io, flags, "warn", clock);
    const compiled = await resolveTitles(workspace, open);
    if (refuseErrors(io, flags, compiled.diagnostics)) return undefined;
    return await task({ workspace, compiled, open, identity: { board: open.address, account }, repository });
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
): Promise<Prepared> {
  const { workspace, compiled, open, identity, repository } = ground;
  const state =
    session?.state ??
    (await workspace.store.read()) ??
    emptyState(identity.board, identity.account, noLineage);
  checkIdentity(state, identity);
  const keys = new Set([...compiled.vacancies.map(({ key }) => key), ...Object.keys(state.entries)]);
  const covers = compileGlobs("--target", flags.target, keys);
  const renewed = compileGlobs("--renew", flags.renew, keys);
  const busy = session === undefined && (await workspace.store.holder()) !== undefined;
  return prepare({
    board: open.board,
    desired: compiled.vacancies,
    state,
    config: compiled.config,
    allow: new Set(flags.allow),
    ...(covers && { covers }),
    ...(renewed && { renew: { globs: flags.renew, covers: renewed } }),
    ...(flags.only && { only: flags.only }),
    ...(flags.kept && { kept: flags.kept }),
    contains: await commitsOf(state, repository),
    renames: await renamesOf(ground, state),
    about: {
      workspace: repository?.prefix || basename(workspace.dir),
      commit: repository?.commit ?? null,
      content: compiled.contentHash,
    },
    diagnostics: compiled.diagnostics,
    machine: machineWord(),
    countUnprocessed: (jobs) => tolerant(io, flags, open.countUnread(jobs)),
    busy,
  });
}

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

/** Asks git for renames only where a key has gone and another has come: it takes a while. */
async function renamesOf(
  { workspace, compiled, repository }: Ground,
  state: State,
): Promise<ReadonlyMap<string, string>> {
  const wanted = new Set(compiled.vacancies.map(({ key }) => key));
  const vanished = Object.entries(state.entries).some(([key, entry]) => !wanted.has(key) && !entry.tombstone);
  const fresh = compiled.vacancies.some(({ key }) => state.entries[key] === undefined);
  if (!repository || state.commit === undefined || !vanished || !fresh) return new Map();
  return renamesSince(workspace.dir, state.commit);
}

/** Asks git once for each commit that the state names, so that planning needn't wait. Without git the rule has no say. */
async function commitsOf(
  state: State,
  repository: Repository | undefined,
): Promise<(commit: string) => "yes" | "no" | "unknown"> {
  if (!repository) return () => "yes";
  const commits = new Set(
    Object.values(state.entries).flatMap(({ commit }) => (commit === null ? [] : [commit])),
  );
  const answers = new Map<string, "yes" | "no" | "unknown">();
  for (const commit of commits) answers.set(commit, await repository.contains(commit));
  return (commit) => answers.get(commit) ?? "unknown";
}
