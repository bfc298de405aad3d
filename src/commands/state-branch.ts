// vac state pull, push, history: the state where it is kept on a branch.
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { readConfigFile, soundConfig } from "../config/index.ts";
import { LockError, UsageError } from "../model/errors.ts";
import type { Config } from "../model/vacancy.ts";
import type { BranchStore, Pulled } from "../state/git/store.ts";
import { takeLock } from "../state/lock.ts";
import { writeSnapshot } from "../state/snapshot.ts";
import { filesIn } from "../state/store.ts";
import { historyText } from "../view/history.ts";
import { boardAddress } from "./board.ts";
import { type ExitCode, exit, type Globals, type Io, print, printJson, styleOf, tell } from "./io.ts";
import { branchesOf, storeOnBranch } from "./stores.ts";

interface OnBranch {
  readonly dir: string;
  readonly address: string;
  readonly config: Config;
  readonly store: BranchStore;
}

/** The branch that the settings name; `any` also where they say that the state is in files. */
async function onBranch(io: Io, flags: Globals, any: boolean): Promise<OnBranch> {
  const dir = resolve(flags.dir);
  const branches = branchesOf(io);
  const read = soundConfig(await readConfigFile(dir));
  const config = { ...read, state: branches.placeOf(read) };
  if (config.state.backend === "file" && !any) {
    throw new UsageError("the state of this workspace is kept in files, so there is no branch of it", {
      hint: "state: { backend: git } in _config.yaml keeps it on a branch; docs/state.md tells how",
    });
  }
  const address = boardAddress(io, flags, config);
  const store = await storeOnBranch(io, branches, dir, address, config.state);
  return { dir, address, config, store };
}

/** Brings the branch's state here: into the local copy, or where the state is kept in files by now, into those. */
export async function statePull(io: Io, flags: Globals): Promise<ExitCode> {
  const { dir, address, config, store } = await onBranch(io, flags, true);
  const pulled = await store.pull();
  if (!pulled) throw new UsageError(`the branch has no state of ${address}`, { hint: "vac apply makes it" });
  const place = config.state.backend === "git" ? pulled.folder : await intoFiles(dir, address, pulled);
  const { entries, serial, lineage } = pulled.state;
  const count = Object.keys(entries).length;
  if (flags.format === "json") printJson(io, { folder: place, entries: count, serial, lineage });
  else tell(io, `${count} ${count === 1 ? "entry" : "entries"} of ${address} in ${place}.`);
  return exit.ok;
}

/** Makes the branch's state the one in files, which has to have none. */
async function intoFiles(dir: string, address: string, { state, holder }: Pulled): Promise<string> {
  if (holder) {
    throw new LockError(`a run is at work on the branch: process ${holder.pid} on ${holder.host}`, {
      hint: "wait until it has ended",
    });
  }
  const folder = join(dir, ".vac", "state");
  const files = filesIn(folder, address);
  const lock = await takeLock(files.lock);
  try {
    const there = [files.snapshot, files.log].find(existsSync);
    if (there !== undefined)
      throw new UsageError(`${there} is there already`, {
        hint: "move it away if the branch's state is to take its place",
      });
    await writeSnapshot(files.snapshot, state);
  } finally {
    await lock.release();
  }
  return folder;
}

/** Pushes what a run couldn't push. */
export async function statePush(io: Io, flags: Globals): Promise<ExitCode> {
  const { store } = await onBranch(io, flags, false);
  tell(io, (await store.push()) ? "Pushed." : "The branch has everything already.");
  return exit.ok;
}

export interface HistoryFlags extends Globals {
  readonly limit: number;
}

/** Lists what happened to the state, newest first. */
export async function stateHistory(io: Io, flags: HistoryFlags): Promise<ExitCode> {
  const { store, config } = await onBranch(io, flags, false);
  const moments = await store.history(flags.limit);
  const items = moments.map(({ at, ...rest }) => ({ at: new Date(at).toISOString(), ...rest }));
  if (flags.format === "json") printJson(io, { items });
  else print(io, historyText(moments, { ...styleOf(io, flags, "out"), timezone: config.timezone }));
  return exit.ok;
}
