// vac state: what is known of the board, and the few ways to put it right by hand.
import { resolve } from "node:path";
import { afterPurchase } from "../apply/intents.ts";
import { mergePromoted } from "../apply/promoted.ts";
import { type Compiled, nearest, readConfigFile, soundConfig } from "../config/index.ts";
import { UsageError } from "../model/errors.ts";
import { type JobRef, jobOf, refId, refKey } from "../model/job.ts";
import { accountKey } from "../model/plan.ts";
import { type GivenPicture, type Intent, openIntents, type State, type StateEntry } from "../model/state.ts";
import type { StateSession } from "../state/store.ts";
import { stateAccountText, stateEntryText, stateListText } from "../view/state.ts";
import { boardAddress } from "./board.ts";
import { type ExitCode, exit, type Globals, type Io, print, printJson, styleOf, tell } from "./io.ts";
import { branchesOf, storeOf } from "./stores.ts";
import { loadManaged } from "./workspace.ts";

/** Lists what is managed. */
export async function stateList(io: Io, flags: Globals): Promise<ExitCode> {
  const { state, compiled } = await loadManaged(io, flags);
  const entries = state?.entries ?? {};
  if (flags.format === "json") {
    printJson(io, {
      items: Object.keys(entries)
        .sort()
        .map((key) => itemOf(key, entries[key] as StateEntry)),
    });
  } else
    print(io, stateListText(entries, { ...styleOf(io, flags, "out"), timezone: compiled.config.timezone }));
  return exit.ok;
}

function itemOf(key: string, entry: StateEntry) {
  return { key, job_id: refId(entry.job), ...entry };
}

/** Shows one entry whole. */
export async function stateShow(io: Io, flags: Globals, key: string): Promise<ExitCode> {
  const { state, compiled } = await loadManaged(io, flags);
  if (key === accountKey && state?.background) return showAccount(io, flags, state.background, compiled);
  const entry = entryOf(state, key);
  if (flags.format === "json") printJson(io, itemOf(key, entry));
  else
    print(
      io,
      stateEntryText(key, entry, { ...styleOf(io, flags, "out"), timezone: compiled.config.timezone }),
    );
  return exit.ok;
}

function showAccount(io: Io, flags: Globals, background: GivenPicture, { config }: Compiled): ExitCode {
  if (flags.format === "json") printJson(io, { key: accountKey, job_id: null, background });
  else {
    const style = { ...styleOf(io, flags, "out"), timezone: config.timezone };
    print(io, stateAccountText(accountKey, background, style));
  }
  return exit.ok;
}

/** Gives an entry another key; the file has to have it too, or the next plan closes the job. */
export async function stateMove(io: Io, flags: Globals, from: string, to: string): Promise<ExitCode> {
  return change(io, flags, async (session) => {
    if (openIntents(session.state).every(({ key }) => key !== from)) entryOf(session.state, from);
    if (to === accountKey)
      throw new UsageError(`${to} stands for the account itself`, { hint: "choose another key" });
    if (session.state.entries[to]) {
      throw new UsageError(`${to} is in the state already`, { hint: `remove it first: vac state rm ${to}` });
    }
    // Two calls under one key could be two jobs, of which one would be lost.
    if (openIntents(session.state).some(({ key }) => key === to)) throw stillOpen(to);
    await session.append({ event: "rename", from, to }, "fsync");
    return `${from} is ${to} now.`;
  });
}

/** Forgets an entry; its job stays on the board as it is, and is nobody's. */
export async function stateRemove(io: Io, flags: Globals, key: string): Promise<ExitCode> {
  return change(io, flags, async (session) => {
    if (key === accountKey && session.state.background) {
      await session.append({ event: "drop", key }, "fsync");
      return "The account's background is forgotten. It stays on the board as it is, and isn't managed any more.";
    }
    if (openIntents(session.state).some((intent) => intent.key === key)) throw stillOpen(key);
    const entry = entryOf(session.state, key);
    await session.append({ event: "drop", key }, "fsync");
    return `${key} is forgotten. Job ${refKey(entry.job)} stays on the board as it is, and isn't managed any more.`;
  });
}

/** Takes the lock away from a run that is gone for certain. */
export async function stateForceUnlock(io: Io, flags: Globals): Promise<ExitCode> {
  // Without a look at the state: what the run has left of it may be what can't be read.
  const dir = resolve(flags.dir);
  const config = soundConfig(await readConfigFile(dir));
  const store = await storeOf(io, branchesOf(io), dir, boardAddress(io, flags, config), config);
  const holder = await store.forceUnlock();
  tell(io, holder ? `The lock of process ${holder.pid} on ${holder.host} is gone.` : "Nobody held the lock.");
  return exit.ok;
}

/** Says what became of a call that reading can't tell. */
export async function stateResolve(io: Io, flags: Globals, key: string, isDone: boolean): Promise<ExitCode> {
  return change(io, flags, async (session) => {
    const open = openIntents(session.state).filter((intent) => intent.key === key);
    const entry = session.state.entries[key];
    if (open.length === 0) {
      if (entry?.accepted !== undefined) {
        await session.append({ event: "put", key, entry: isDone ? arrived(entry) : givenUp(entry) }, "fsync");
        return isDone
          ? `${key}: what was accepted from the board counts as arrived; the next plan compares it with the file.`
          : `${key}: what was accepted from the board is given up; the next plan shows it as drift.`;
      }
      if (entry?.revivedFor === undefined) {
        throw new UsageError(`nothing is open for ${key}`, { hint: "vac plan shows what is held, and why" });
      }
      if (isDone) return `${key}: its revival counts as done, as before.`;
      const { revivedFor: _, ...rest } = entry;
      await session.append({ event: "put", key, entry: rest }, "fsync");
      return `${key}: its revival counts as not done; the next plan may revive it.`;
    }
    for (const intent of open) {
      if (!isDone) {
        await session.append({ event: "refused", id: intent.id }, "fsync");
        continue;
      }
      const job = jobOf(intent.call);
      if (!job || !entry) {
        throw new UsageError(`which job did the create of ${key} make?`, {
          hint: `vac state adopt ${key} ID names it`,
        });
      }
      const known = session.state.entries[key] ?? entry;
      const done = resolvedEntry(known, intent, job);
      // A person's word doesn't show that it was charged.
      await session.append({ event: "done", id: intent.id, key, entry: done, assumed: true }, "fsync");
    }
    return `${key}: counts as ${isDone ? "done" : "not done"}.`;
  });
}

/** What an open call has led to, without taking back what was bought since. */
function resolvedEntry(known: StateEntry, intent: Intent, job: JobRef): StateEntry {
  const { call, entry } = intent;
  if (call.do === "buy") return afterPurchase(known, call, intent);
  const done = { ...entry, job, observed: known.observed };
  if (!known.promoted) return done;
  return { ...done, promoted: mergePromoted(known.promoted, entry.promoted) };
}

/** An acceptance that no history has to bring any more. */
function arrived({ accepted: _, ...entry }: StateEntry): StateEntry {
  return entry;
}

/** As before the acceptance: what was applied then counts as seen, so that the board's value is drift. */
function givenUp(entry: StateEntry): StateEntry {
  const { status, ...others } = entry.accepted ?? {};
  const before = Object.fromEntries(
    Object.entries(others).map(([name, mark]) => [name, mark.before[0] ?? null]),
  );
  const { observed } = entry;
  return arrived({
    ...entry,
    ...(status?.closed && { closed: status.closed }),
    applied: { ...entry.applied, ...before },
    observed: {
      ...observed,
      ...(status && { status: status.closed ? ("closed" as const) : ("active" as const) }),
      attributes: { ...observed.attributes, ...before },
    },
  });
}

async function change(
  io: Io,
  flags: Globals,
  task: (session: StateSession) => Promise<string>,
): Promise<ExitCode> {
  const { store, state } = await loadManaged(io, flags);
  if (!state) throw new UsageError("there is no state yet", { hint: "vac apply makes it" });
  const session = await store.open({ board: state.board, account: state.account });
  try {
    tell(io, await task(session));
  } finally {
    await session.close();
  }
  return exit.ok;
}

/** A plan settles such calls for itself alone: the state learns of it by an apply. */
const stillOpen = (key: string): UsageError =>
  new UsageError(`what became of a call for ${key} isn't in the state yet`, {
    hint: `the next vac apply looks, and notes it; or say it: vac state resolve ${key} --done|--not-done`,
  });

function entryOf(state: State | undefined, key: string): StateEntry {
  const entry = state?.entries[key];
  if (entry) return entry;
  throw unknownKey(key, Object.keys(state?.entries ?? {}), "the state doesn't have");
}

export function unknownKey(key: string, keys: readonly string[], what: string): UsageError {
  const near = nearest(key, keys);
  return new UsageError(`${what} ${key}`, {
    hint: near.length > 0 ? `did you mean ${near.join(" or ")}?` : "vac state list shows what is managed",
  });
}
