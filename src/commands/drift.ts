// vac drift: what was changed on the board after our last write, and the way of it into the files.
import type { Acceptance } from "../config/index.ts";
import type { DriftItem, DriftResult } from "../model/drift.ts";
import { BoardError, UsageError } from "../model/errors.ts";
import type { Plan } from "../model/plan.ts";
import { emptyState, noLineage, type State } from "../model/state.ts";
import { type Drifted, type DriftOf, findDrift } from "../plan/drift.ts";
import { applyEvent, copyState } from "../state/events.ts";
import type { StateSession } from "../state/store.ts";
import { driftText } from "../view/drift.ts";
import { accept } from "./accepting.ts";
import { professionTitles } from "./dictionary.ts";
import { compileGlobs } from "./globs.ts";
import { type ExitCode, exit, type Globals, type Io, printAs, styleOf } from "./io.ts";
import { type Ground, onGround, planOn } from "./planning.ts";
import { workspaceName } from "./workspace.ts";

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
  const acceptance = session && (await accept(ground, state, session, drift, titles, flags.all));
  const result = resultOf(ground, drift, acceptance);
  await printAs(io, flags.format, result, {
    text: () => driftText(result, { ...styleOf(io, flags, "out"), titles, accepting: flags.accept }),
    markdown: async () => (await import("../view/markdown/drift.ts")).driftMarkdown(result, titles),
  });
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
  const { workspace, compiled, open, identity } = ground;
  const { plan, live, events, history } = await planOn(
    io,
    ground,
    { ...flags, target: [], renew: [], allow: [] },
    session,
  );
  if (live.doubt !== undefined) {
    throw new BoardError(`what was changed can't be told: ${live.doubt.why}`, {
      hint: "check the board's address and the account; vac plan shows what is held",
    });
  }
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
    history,
    moves: movesOf(plan),
    now: open.board.now(),
    timezone: compiled.config.timezone,
  });
  const kept = drift
    .filter(({ key, known }) => wanted?.(key) ?? wanted?.(known) ?? true)
    // What the file has already is nothing to tell, and something to bring in line.
    .map((one) => ({ ...one, fields: one.fields.filter(({ kind }) => flags.accept || kind !== "settled") }));
  return { drift: kept.filter(({ fields }) => fields.length > 0), state };
}

function movesOf({ changes }: Plan): Map<string, string> {
  return new Map(
    changes.flatMap(({ key, steps }) => {
      const from = steps.find(({ step }) => step === "move")?.from;
      return from === undefined ? [] : [[key, from] as const];
    }),
  );
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
        const { name, prior, live, desired, kind } = field;
        const at = acceptance?.accepted.find((one) => one.key === key && one.name === name);
        const left = acceptance?.left.find(({ want }) => want.key === key && want.name === name);
        const why = left?.why ?? (acceptance === undefined ? noteOf(kind, key, field.why) : undefined);
        return {
          name,
          prior,
          live,
          desired,
          ...(at && { accepted: { file: at.file, line: at.line } }),
          ...(why !== undefined && { left: why }),
        };
      }),
    }),
  );
  const all = items.flatMap(({ fields }) => fields);
  return {
    workspace: workspaceName(repository, workspace),
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

/** What is to be known of a change that is only listed. */
function noteOf(kind: Drifted["kind"], key: string, why: string | undefined): string | undefined {
  if (kind !== "awaited") return why;
  return `it was accepted in an edit that isn't here: merge it, accept it again, or vac state resolve ${key} --not-done`;
}
