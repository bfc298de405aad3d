// vac import: live jobs become files and state, and nothing on the board changes.
import { boundEntry } from "../apply/bind.ts";
import { readList, readUntilAtRest } from "../apply/reads.ts";
import { type Written, writeJobs } from "../config/index.ts";
import { UsageError } from "../model/errors.ts";
import type { ImportedItem, ImportResult } from "../model/import.ts";
import { type JobView, refKey } from "../model/job.ts";
import type { GuardName } from "../model/plan.ts";
import { emptyState, noLineage, openIntents, type State } from "../model/state.ts";
import { difference } from "../plan/diff.ts";
import { type Choice, type Chosen, chooseJobs } from "../plan/importable.ts";
import type { StateSession } from "../state/store.ts";
import { importText } from "../view/import.ts";
import { importables } from "./importables.ts";
import { type ExitCode, exit, type Globals, type Io, print, printJson, styleOf } from "./io.ts";
import { managedElsewhere } from "./neighbours.ts";
import { folderInside, writeNew } from "./newfiles.ts";
import { type Ground, onGround } from "./planning.ts";
import { contextOf } from "./workspace.ts";

export interface ImportFlags extends Globals {
  readonly ids: readonly string[];
  readonly all: boolean;
  readonly dryRun: boolean;
  /** Folder below the workspace; empty for folders after the cities. */
  readonly into: string;
  readonly includeClosed: boolean;
  readonly renew: "never" | "on_expiry";
  readonly allow: readonly GuardName[];
}

/** Takes over jobs that nobody manages. */
export async function importCommand(io: Io, flags: ImportFlags): Promise<ExitCode> {
  if (flags.all === flags.ids.length > 0) {
    throw new UsageError(flags.all ? "--all and ids exclude each other" : "which jobs?", {
      hint: "vac import --all takes over every job that nobody manages, vac import ID… these",
    });
  }
  const into = folderInside(flags.into);
  const code = await onGround(io, { ...flags, target: [], renew: [] }, async (ground) => {
    const session = flags.dryRun ? undefined : await ground.workspace.store.open(ground.identity);
    try {
      return await importOn(io, { ...flags, into }, ground, session);
    } finally {
      await session?.close();
    }
  });
  return code ?? exit.failed;
}

async function importOn(
  io: Io,
  flags: ImportFlags,
  ground: Ground,
  session: StateSession | undefined,
): Promise<ExitCode> {
  const { workspace, compiled, open, identity, repository } = ground;
  const { traits } = open.board;
  const state = session?.state ?? workspace.state ?? emptyState(identity.board, identity.account, noLineage);
  refuseOpenCreates(state);
  const elsewhere = await managedElsewhere(repository, workspace.dir, identity);
  const { jobs, missing } = await readJobs(ground, flags);
  const choice = chooseJobs({
    traits,
    state,
    desired: compiled.vacancies,
    jobs,
    ignore: compiled.config.ignore,
    elsewhere,
    now: open.board.now(),
    named: !flags.all,
    includeClosed: flags.includeClosed,
    allowTwins: flags.allow.includes("twins"),
  });
  const { written, failed } = writeJobs(
    compiled.sources,
    await importables(ground, state, choice.chosen, flags.into),
    flags.renew,
    contextOf(state),
  );
  const byId = new Map(choice.chosen.map((one) => [refKey(one.view.ref), one]));
  const items: ImportedItem[] = [];
  const unwritten: { id: string; why: string }[] = [];
  let stopped = false;
  const takeOver = async (): Promise<void> => {
    for (const one of written) {
      if (stopped) return;
      const chosen = byId.get(one.id) as Chosen;
      const { item, fault } = await take(ground, state, session, one, chosen);
      if (fault === undefined) items.push(flags.verbose ? { ...item, text: one.text } : item);
      else unwritten.push({ id: one.id, why: fault });
    }
  };
  await io.guarded(() => {
    stopped = true;
  }, takeOver);
  const result = resultOf(ground, flags, items, choice, [
    ...missing.map((id) => ({ id, why: "the board doesn't know it: check the id and the account" })),
    ...failed,
    ...unwritten,
  ]);
  if (flags.format === "json") printJson(io, result);
  else print(io, importText(result, styleOf(io, flags, "out")));
  if (stopped) return exit.interrupted;
  if (result.failed.length === 0) return exit.ok;
  return items.length === 0 ? exit.failed : exit.incomplete;
}

/** A job that an interrupted create may have made must not become another vacancy's. */
function refuseOpenCreates(state: State): void {
  const create = openIntents(state).find(({ call }) => call.do === "create");
  if (create === undefined) return;
  throw new UsageError(
    `a create of ${create.key} was interrupted, and one of the board's jobs may be what it made; nothing was imported`,
    {
      hint: `vac apply finds out; if the board can't tell: vac state resolve ${create.key} --done|--not-done`,
    },
  );
}

/** All jobs, of which two reads agree, or those that were named. */
async function readJobs(
  { open }: Ground,
  { all, ids }: ImportFlags,
): Promise<{ jobs: readonly JobView[]; missing: readonly string[] }> {
  if (all) {
    const jobs = await readUntilAtRest(open.board, await readList(open.board));
    return { jobs: [...jobs.values()], missing: [] };
  }
  const jobs: JobView[] = [];
  const missing: string[] = [];
  for (const id of new Set(ids)) {
    const view = await open.board.job({ id });
    if (view === "gone") missing.push(id);
    else jobs.push(view);
  }
  return { jobs, missing };
}

/** Writes one file and binds its vacancy; the file comes first, since what has no file could be taken for deleted. */
async function take(
  ground: Ground,
  state: State,
  session: StateSession | undefined,
  { id, file, text, vacancy, leftOut }: Written,
  { view, was }: Chosen,
): Promise<{ item: ImportedItem; fault?: string }> {
  const { workspace, open, repository } = ground;
  const { key } = vacancy;
  const before = was === undefined ? undefined : state.entries[was];
  const standing = { commit: repository?.commit ?? null, uncommitted: new Set([file]) };
  const entry = boundEntry(vacancy, view, standing, open.board.now(), before?.applied);
  const { update } = difference(open.board.traits, vacancy, entry, view.attributes);
  const item = {
    key,
    file,
    job_id: id,
    title: String(vacancy.attributes.title ?? view.attributes.title ?? ""),
    left_out: [...leftOut],
    sent_next: (update?.fields ?? []).map(({ name }) => name),
  };
  if (!session) return { item };
  const fault = await writeNew(workspace.dir, file, text);
  if (fault !== undefined) return { item, fault };
  if (was !== undefined && was !== key) await session.append({ event: "drop", key: was });
  await session.append({ event: "put", key, entry }, "fsync");
  return { item };
}

function resultOf(
  { workspace, identity, repository, open }: Ground,
  { dryRun }: ImportFlags,
  items: readonly ImportedItem[],
  { chosen, left }: Choice,
  failed: readonly { readonly id: string; readonly why: string }[],
): ImportResult {
  const names = Object.keys(open.board.traits.attributes);
  const taken = new Set(items.map(({ job_id }) => job_id));
  const views = chosen.map(({ view }) => view).filter(({ ref }) => taken.has(refKey(ref)));
  return {
    workspace: repository?.prefix || workspace.dir,
    board: identity.board,
    account: identity.account,
    dry_run: dryRun,
    items: [...items],
    left: left.map(({ id, title, kind, reason }) => ({ job_id: id, title, kind, reason })),
    failed: failed.map(({ id, why }) => ({ job_id: id, reason: why })),
    not_shown:
      views.length === 0
        ? []
        : names.filter((name) => views.every(({ attributes }) => attributes[name] === undefined)),
  };
}
