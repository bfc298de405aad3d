// Entries, intents and folders that the tests of the state share.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Intent, LedgerCharge, State, StateEntry } from "../../src/model/state.ts";
import type { StateEvent } from "../../src/state/events.ts";

export const identity = { board: "emulator", account: "7" };

const keep = { preventClose: false, closeReason: "closed_irrelevant", onDelete: "close" as const };

/** An entry for a job. */
export function entry(id: string, title = "Пекарь"): StateEntry {
  return {
    job: { id },
    file: "moscow/baker.yaml",
    textHash: "00",
    commit: null,
    applied: { title, remote: false, lat: 55.7, phone: null },
    observed: { at: 1, attributes: { title } },
    keep,
  };
}

/** An open intent to create. */
export function intent(id: string, key: string): Intent {
  return {
    id,
    key,
    plan: "p1",
    at: 1,
    machine: "m",
    call: { do: "create", attributes: { title: "Пекарь" }, publication: "job_publish" },
    entry: { file: "moscow/baker.yaml", textHash: "00", commit: null, applied: { title: "Пекарь" }, keep },
  };
}

/** A charge that was read from the board's transactions. */
export const charge: LedgerCharge = {
  at: 1,
  key: "",
  job: null,
  code: "job_publish",
  units: 1,
  wallet: 1500,
};

/** A story that has each kind of event in it. */
export const story: readonly StateEvent[] = [
  { event: "intent", intent: intent("i1", "moscow/baker") },
  { event: "sent", id: "i1" },
  { event: "done", id: "i1", key: "moscow/baker", entry: entry("651") },
  { event: "put", key: "constructor", entry: entry("652", "Прораб\n\"'\u2028🙂") },
  { event: "rename", from: "moscow/baker", to: "moscow/пекарь" },
  { event: "intent", intent: intent("i2", "spb/baker") },
  { event: "unclear", id: "i2", cause: "time-out" },
  { event: "intent", intent: intent("i3", "spb/cook") },
  { event: "refused", id: "i3" },
  { event: "planned", intent: intent("i5", "spb/smith") },
  { event: "orphaned", plan: "p1", at: 2 },
  { event: "planned", intent: intent("i6", "spb/tailor") },
  { event: "intent", intent: intent("i6", "spb/tailor") },
  { event: "put", key: "gone", entry: entry("653") },
  { event: "drop", key: "gone" },
  { event: "ledger", since: 1, charges: [charge] },
  { event: "background", background: { file: "p/a.png", hash: "00", unsure: true } },
  { event: "plan", id: "p1" },
];

/** A state as text, for comparing: entries in the order of their keys, intents in the order of the log. */
export function asText(state: State | undefined): string {
  if (state === undefined) return "none";
  const { format, lineage, serial, board, account, intents, plans, ledger, ledgerSince, background } = state;
  const entries = Object.entries(state.entries).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify({
    format,
    background,
    lineage,
    serial,
    board,
    account,
    entries,
    intents: Object.values(intents),
    plans,
    ledger,
    ledgerSince,
  });
}

/** Runs something with a folder of its own. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "vac-state-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a promise is rejected with; fails if it isn't. */
export async function rejection(promise: Promise<unknown>): Promise<Error & { hint?: string }> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error("it should have been refused");
}
