// vac drift: what was changed on the board after our last write, and the way of it into the files.
import { type AcceptedValue, acceptedEntry } from "../apply/accepted.ts";
import { type Acceptance, acceptValues, type Want } from "../config/index.ts";
import type { DriftItem, DriftResult } from "../model/drift.ts";
import { UsageError } from "../model/errors.ts";
import { emptyState, noLineage, type State } from "../model/state.ts";
import { type DriftOf, findDrift } from "../plan/drift.ts";
import { applyEvent, copyState } from "../state/events.ts";
import type { StateSession } from "../state/store.ts";
import { driftText } from "../view/drift.ts";
import { professionTitles } from "./dictionary.ts";
import { compileGlobs } from "./globs.ts";
import { historyFor } from "./history.ts";
import { type ExitCode, exit, type Globals, type Io, print, printJson, styleOf } from "./io.ts";
import { replaceFile } from "./newfiles.ts";
import { type Ground, onGround, planOn } from "./planning.ts";
import { contextOf } from "./workspace.ts";

export interface DriftFlags extends Globals {
  /** Globs of keys; none means all where they are only listed. */
  readonly keys: readonly string[];
  readonly accept: boolean;
  readonly all: boolean;
  readonly detailedExitcode: boolean;
}

/** Lists drift, or writes the board's values into the files and brings the state in line. Sends nothing. */
export async function driftCommand(io: Io, flags: DriftFlags): Promise<ExitCode> {
  if (flags.accept && flags.all === flags.keys.length > 0) {
    throw new UsageError(flags.all ? "--all and keys exclude each other" : "which vacancies?", {
      hint: "vac drift --accept KEY… for some, vac drift --accept --all for every one",
    });
  }
  const code = await onGround(io, { ...flags, target: [], renew: [], allow: [] }, async (ground) => {
    const session = flags.accept ? await ground.workspace.store.open(ground.identity) : undefined;
    try {
      return await driftOn(io, flags, ground, session);
    } finally {
      await session?.close();
    }
  });
  return code ?? exit.failed;
}

async function driftOn(
  io: Io,
  flags: DriftFlags,
  ground: Ground,
  session: StateSession | undefined,
): Promise<ExitCode> {
  const { drift, state } = await readDrift(io, flags, ground, session);
  const titles = await professionTitles(ground.workspace);
  const acceptance = session && (await accept(ground, state, session, drift, titles));
  const result = resultOf(ground, drift, acceptance);
  if (flags.format === "json") printJson(io, result);
  else print(io, driftText(result, { ...styleOf(io, flags, "out"), titles, accepting: flags.accept }));
  if (!flags.accept) return flags.detailedExitcode && drift.length > 0 ? exit.changes : exit.ok;
  if (result.summary.left === 0) return exit.ok;
  return result.summary.accepted === 0 ? exit.failed : exit.incomplete;
}

/** The drift of the wanted keys, with the state that it was told from. */
async function readDrift(
  io: Io,
  flags: DriftFlags,
  ground: Ground,
  session: StateSession | undefined,
): Promise<{ drift: readonly DriftOf[]; state: State }> {
  const { workspace, compiled, open, identity, repository } = ground;
  const { live, events } = await planOn(io, ground, { ...flags, target: [], renew: [], allow: [] }, session);
  for (const event of session ? events : []) await session?.append(event, "fsync");
  const state =
    session?.state ?? copyState(workspace.state ?? emptyState(identity.board, identity.account, noLineage));
  for (const event of session ? [] : events) applyEvent(state, event);
  const desired = compiled.vacancies;
  const keys = new Set([...desired.map(({ key }) => key), ...Object.keys(state.entries)]);
  const wanted = compileGlobs("drift", flags.keys, keys);
  const drift = findDrift({
    traits: open.board.traits,
    state,
    desired,
    live,
    history: await historyFor(repository, state, desired),
    now: open.board.now(),
    timezone: compiled.config.timezone,
  });
  return { drift: drift.filter(({ key }) => wanted?.(key) ?? true), state };
}

/** Files first, then the state: a file that has the board's value already is only noted by the next plan. */
async function accept(
  { workspace, compiled, repository, open }: Ground,
  state: State,
  session: StateSession,
  drift: readonly DriftOf[],
  titles: ReadonlyMap<string, string>,
): Promise<Acceptance> {
  const { kind } = open.board.traits.roles;
  const wants = drift.flatMap(({ key, fields }) =>
    fields
      .filter(({ name, live }) => name !== "status" || live !== "gone")
      .map(({ name, live }): Want => {
        const title = name === kind ? titles.get(String(live)) : undefined;
        return { key, name, value: live, ...(title !== undefined && { title }) };
      }),
  );
  const made = acceptValues(compiled.sources, compiled, wants, contextOf(state));
  const faults = new Map<string, string>();
  for (const { name, text } of made.files) {
    const bytes = compiled.sources.files.find((file) => file.name === name)?.bytes ?? new Uint8Array();
    const fault = await replaceFile(workspace.dir, name, bytes, text);
    if (fault !== undefined) faults.set(name, fault);
  }
  const accepted = made.accepted.filter(({ file }) => !faults.has(file));
  const failed = made.accepted.filter(({ file }) => faults.has(file));
  for (const { key, entry, view } of drift) {
    const values: AcceptedValue[] = accepted.filter((one) => one.key === key);
    const vacancy = made.vacancies.get(key);
    if (values.length === 0 || !vacancy) continue;
    const after = { textHash: vacancy.textHash, commit: repository?.commit };
    await session.append({ event: "put", key, entry: acceptedEntry(entry, values, view, after) }, "fsync");
  }
  const left = failed.map((want) => ({ want, why: faults.get(want.file) ?? "" }));
  return { ...made, accepted, left: [...made.left, ...left] };
}

function resultOf(
  { workspace, identity, repository }: Ground,
  drift: readonly DriftOf[],
  acceptance: Acceptance | undefined,
): DriftResult {
  const items = drift.map(
    ({ key, job, vacancy, fields }): DriftItem => ({
      key,
      job_id: job,
      file: vacancy.file,
      title: String(vacancy.attributes.title ?? ""),
      fields: fields.map((field) => {
        const at = acceptance?.accepted.find((one) => one.key === key && one.name === field.name);
        const left = acceptance?.left.find(({ want }) => want.key === key && want.name === field.name);
        const why = left?.why ?? (acceptance && !at ? gone : undefined);
        return {
          ...field,
          ...(at && { accepted: { file: at.file, line: at.line } }),
          ...(why !== undefined && { left: why }),
        };
      }),
    }),
  );
  const all = items.flatMap(({ fields }) => fields);
  return {
    workspace: repository?.prefix || workspace.dir,
    board: identity.board,
    account: identity.account,
    summary: {
      vacancies: items.length,
      fields: all.length,
      accepted: all.filter((field) => field.accepted !== undefined).length,
      left: all.filter((field) => field.left !== undefined).length,
    },
    items,
  };
}

const gone =
  "the board doesn't know its job any more: delete the file to agree, or vac apply --allow missing publishes it anew";
