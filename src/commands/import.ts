// vac import: live jobs become files and state, and nothing on the board changes.
import { mkdir } from "node:fs/promises";
import { resolve } from "node:path";
import { readList, readUntilAtRest } from "../apply/reads.ts";
import { writeJobs } from "../config/index.ts";
import { UsageError } from "../model/errors.ts";
import type { ImportedItem, ImportResult } from "../model/import.ts";
import { type JobView, refKey } from "../model/job.ts";
import type { GuardName } from "../model/plan.ts";
import { emptyState, noLineage } from "../model/state.ts";
import { type Choice, type Chosen, chooseJobs } from "../plan/importable.ts";
import type { StateSession } from "../state/store.ts";
import { importText } from "../view/import.ts";
import { importables } from "./importables.ts";
import { type ExitCode, exit, type Globals, type Io, print, printJson, styleOf } from "./io.ts";
import { neighboursOf } from "./neighbours.ts";
import { folderInside } from "./newfiles.ts";
import { type Ground, onGround } from "./planning.ts";
import { bindFound, refuseOpenCreates, take } from "./taking.ts";
import { contextOf, workspaceName } from "./workspace.ts";

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
  if (!flags.dryRun) await mkdir(resolve(flags.dir), { recursive: true }).catch(() => undefined);
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
  const neighbours = await neighboursOf(repository, workspace, identity);
  refuseOpenCreates(state, neighbours);
  const { jobs, missing } = await readJobs(ground, flags);
  const choice = chooseJobs({
    traits,
    state,
    desired: compiled.vacancies,
    jobs,
    ignore: compiled.config.ignore,
    elsewhere: neighbours.jobs,
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
    for (const one of choice.found) items.push(await bindFound(ground, session, one));
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
  const result = resultOf(ground, { ...flags, stopped }, items, choice, [
    ...missing.map((id) => ({ id, why: "the board doesn't know it: check the id and the account" })),
    ...failed,
    ...unwritten,
  ]);
  if (flags.format === "json") printJson(io, result);
  else {
    print(io, importText(result, styleOf(io, flags, "out")));
    if (items.length > 0 && compiled.config.board !== identity.board)
      print(io, `For good, write into ${flags.dir}/_config.yaml: board: ${identity.board}`);
  }
  if (stopped) return exit.interrupted;
  if (result.failed.length === 0) return exit.ok;
  return items.length === 0 ? exit.failed : exit.incomplete;
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

function resultOf(
  { workspace, identity, repository, open }: Ground,
  { dryRun, renew, stopped }: ImportFlags & { readonly stopped: boolean },
  items: readonly ImportedItem[],
  { chosen, left }: Choice,
  failed: readonly { readonly id: string; readonly why: string }[],
): ImportResult {
  const names = Object.keys(open.board.traits.attributes);
  const taken = new Set(items.map(({ job_id }) => job_id));
  const views = chosen.map(({ view }) => view).filter(({ ref }) => taken.has(refKey(ref)));
  return {
    workspace: workspaceName(repository, workspace),
    board: identity.board,
    account: identity.account,
    dry_run: dryRun,
    renew,
    ...(stopped && { interrupted: true }),
    items: [...items],
    left: left.map(({ id, title, kind, reason }) => ({ job_id: id, title, kind, reason })),
    failed: failed.map(({ id, why }) => ({ job_id: id, reason: why })),
    not_shown:
      views.length === 0
        ? []
        : names.filter(
            (name) =>
              views.every(({ attributes }) => attributes[name] === undefined) &&
              items.every(({ sent_next }) => !sent_next.includes(name)),
          ),
  };
}
