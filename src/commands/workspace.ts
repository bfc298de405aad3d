// The desired side as a command needs it: files read, compiled, titles resolved as far as can be done offline.
import { basename, join, resolve } from "node:path";
import { traits } from "../board/vkrabota/traits.ts";
import {
  type Compiled,
  type Context,
  compileWorkspace,
  openCache,
  type ParseCache,
  readSettings,
  readSources,
  resolvePictures,
  resolveProfessions,
  type Sources,
  settingsError,
} from "../config/index.ts";
import type { Repository } from "../git/repository.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import type { State } from "../model/state.ts";
import { timed, timedTask } from "../model/timings.ts";
import type { Config } from "../model/vacancy.ts";
import type { StateStore } from "../state/store.ts";
import { type BranchBase, branchBase } from "./base.ts";
import { boardAddress } from "./board.ts";
import { keptProfessions } from "./dictionary.ts";
import type { Globals, Io } from "./io.ts";
import { type Branches, branchesOf, storeOf } from "./stores.ts";

export interface Workspace {
  readonly dir: string;
  readonly sources: Sources;
  readonly compiled: Compiled;
  /** Errors of the settings: which board is meant and where the state is isn't known with any, and nothing is read of it. */
  readonly unsound: readonly Diagnostic[];
  /** The board that the workspace is for, as the state names it. */
  readonly address: string;
  readonly store: StateStore;
  /** The branches that states of this repository live on. */
  readonly branches: Branches;
  /** Undefined where nothing was ever applied. */
  readonly state: State | undefined;
  /** Where --base names it. */
  readonly base?: BranchBase;
}

export interface BaseFlags {
  /** The branch that this one is to be merged into: its limits count. */
  readonly base?: string;
}

/**
 * Reads and checks a workspace. Problems of its files are in `compiled.diagnostics`; the board is sent nothing. With
 * `alone` nobody is asked for the state either: it is what was seen of it last.
 */
export async function loadWorkspace(io: Io, flags: Globals & BaseFlags, alone = false): Promise<Workspace> {
  const dir = resolve(flags.dir);
  const sources = await timedTask("read", () => readSources(dir));
  const base = flags.base === undefined ? undefined : await branchBase(dir, flags.base, sources);
  const limited = base?.limited ?? ((config: Config) => config);
  const settings = readSettings(sources);
  const config = limited(settings.config);
  const address = boardAddress(io, flags, config);
  const branches = branchesOf(io);
  const store = await storeOf(io, branches, dir, address, config);
  const isSound = settings.errors.length === 0;
  const state = isSound ? await timedTask("state", () => (alone ? store.recall() : store.read())) : undefined;
  const cache = cacheOf(sources);
  const own = await resolvePictures(timed("validate", () => compile(sources, state, cache)));
  cache?.save();
  const compiled = { ...own, config: limited(own.config) };
  const unsound = settings.errors;
  return { dir, sources, compiled, unsound, address, store, branches, state, ...(base && { base }) };
}

declare const __build: string | undefined;

/** Files from which a cache pays; fewer are parsed in no time. */
const cachedFrom = 100;

/** What was parsed before; undefined where it isn't worth it, or where this isn't the built program. */
function cacheOf({ root, files }: Sources): ParseCache | undefined {
  if (files.length < cachedFrom || typeof __build === "undefined") return undefined;
  return openCache(join(root, ".vac", "cache"), __build);
}

/** The same for those who need the state: a UsageError where the settings hold an error. */
export async function loadManaged(io: Io, flags: Globals, alone = false): Promise<Workspace> {
  const workspace = await loadWorkspace(io, flags, alone);
  if (workspace.unsound.length > 0) throw settingsError(workspace.unsound);
  return workspace;
}

/**
 * A vacancy that is bound to a job needs none of the attributes that only a create needs and that were never ours. Where
 * a known key has no file any more, a file that lacks some may be that vacancy under another name: the plan will tell.
 */
function compile(sources: Sources, state: State | undefined, cache: ParseCache | undefined): Compiled {
  const context = { ...contextOf(state), ...(cache && { cache }) };
  const strict = compileWorkspace(sources, context);
  const lacks = strict.diagnostics.some(
    ({ code, severity }) => code === "missing-attribute" && severity === "error",
  );
  if (!state || !lacks) return strict;
  const lenient = compileWorkspace(sources, {
    ...context,
    optional: (key, attribute) =>
      state.entries[key] === undefined || (context.optional?.(key, attribute) ?? false),
  });
  const keys = new Set(lenient.vacancies.map(({ key }) => key));
  return Object.keys(state.entries).some((key) => !keys.has(key)) ? lenient : strict;
}

/** What compiling has to be told of the board and of the state. */
export function contextOf(state: State | undefined): Context {
  const gaps: Record<string, number> = {};
  for (const [action, { gapMs }] of Object.entries(traits.services))
    if (gapMs !== undefined) gaps[action] = gapMs;
  return {
    gaps,
    optional: (key, attribute) => {
      const entry = state?.entries[key];
      return entry !== undefined && entry.applied[attribute] === undefined;
    },
  };
}

/** Resolves titles by the kept dictionary; without one a single warning says that they weren't checked. */
export async function resolveOffline({ compiled, dir, address }: Workspace): Promise<Compiled> {
  if (compiled.titles.length === 0) return compiled;
  return resolveProfessions(compiled, (await keptProfessions(dir, address))?.items);
}

/** How a workspace is called: its path from the repository's root, else its folder's name. */
export function workspaceName(
  repository: Pick<Repository, "prefix"> | undefined,
  { dir }: Pick<Workspace, "dir">,
): string {
  return repository?.prefix || basename(dir);
}
