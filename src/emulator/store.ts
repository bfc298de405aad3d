import { randomBytes } from "node:crypto";
import { type Journal, openJournal } from "./journal.ts";
import type { Charge, Funds } from "./money/records.ts";
import { FIRST_FUNDS } from "./money/setup.ts";
import type { Application, Background, BoardRecord, Change, Contact, Job } from "./records.ts";

/** The tables in memory and, with a data folder, in files. Everything is written before it counts. */
export interface Store {
  board(): BoardRecord;
  /** All jobs, highest id first; those that are `gone` included. The list is not to be changed. */
  jobs(): readonly Job[];
  job(id: string): Job | undefined;
  /** Jobs that renew themselves, in no order. */
  renewing(): Job[];
  /** The ledger, oldest charge first. The list is not to be changed. */
  charges(): readonly Charge[];
  /** How many charges the ledger holds. */
  chargeCount(): number;
  /** Oldest first. The list is not to be changed. */
  applications(): readonly Application[];
  /** The contact of a candidate, once it was bought. */
  contact(candidate: string): Contact | undefined;
  /** Those that were bought, in the order in which they were. The list is not to be changed. */
  contacts(): readonly Contact[];
  funds(): Funds;
  /** Whether the funds were ever set or spent. */
  hasFunds(): boolean;
  /** Backgrounds, oldest first, with those that are gone. The list is not to be changed. */
  backgrounds(): readonly Background[];
  /** The id of the next new job: above all there ever were, 651 at first. */
  nextJobId(): string;
  /** Writes the changes as one piece: all or, if the disk refuses (EmulatorError), none. */
  commit(changes: readonly Change[]): void;
  /** Compacts the files and releases the folder; the store is not to be used after it. */
  close(): void;
}

const FIRST_JOB_ID = 651;

/** What records of earlier versions lack. */
const UNTOUCHED = {
  publishedAt: null,
  refreshedAt: null,
  highlightedTill: null,
  elevatedTill: null,
  lapsedAt: null,
};
const UNTOLD = { source: "wallet", packet_id: null, kopecks: 0 } as const;

function firstBoard(): BoardRecord {
  return {
    id: "board",
    secret: randomBytes(32).toString("hex"),
    tokenGeneration: 1,
    clock: { offsetMs: 0, frozenAt: null },
  };
}

/** Opens a store in memory, or on a data folder. Throws EmulatorError as `openJournal` does. */
export function openStore(dataDir: string | undefined): Store {
  let board = firstBoard();
  const jobs = new Map<string, Job>();
  const charges = new Map<string, Charge>();
  const applications = new Map<string, Application>();
  const contacts = new Map<string, Contact>();
  const backgrounds = new Map<string, Background>();
  const renewing = new Set<string>();
  let funds: Funds | null = null;
  let nextId = FIRST_JOB_ID;
  let sorted: Job[] | null = null;
  let ledger: Charge[] | null = null;

  function apply(change: Change): void {
    if (change.table === "board") board = change.record;
    if (change.table === "charge") {
      const { record } = change;
      charges.set(record.id, { ...UNTOLD, ...record, code: record.action });
      ledger = null;
    }
    if (change.table === "funds") funds = change.record;
    if (change.table === "background") backgrounds.set(change.record.id, change.record);
    if (change.table === "application") applications.set(change.record.id, change.record);
    if (change.table === "contact") contacts.set(change.record.id, change.record);
    if (change.table === "job") {
      const job = { ...UNTOUCHED, ...change.record };
      jobs.set(job.id, job);
      if (job.attributes.auto_renew === true) renewing.add(job.id);
      else renewing.delete(job.id);
      nextId = Math.max(nextId, Number(change.record.id) + 1);
      sorted = null;
    }
  }

  function everything(): Change[] {
    return [
      { table: "board", record: board },
      ...Array.from(jobs.values(), (record): Change => ({ table: "job", record })),
      ...Array.from(charges.values(), (record): Change => ({ table: "charge", record })),
      ...Array.from(applications.values(), (record): Change => ({ table: "application", record })),
      ...Array.from(contacts.values(), (record): Change => ({ table: "contact", record })),
      ...(funds ? [{ table: "funds", record: funds } satisfies Change] : []),
      ...Array.from(backgrounds.values(), (record): Change => ({ table: "background", record })),
    ];
  }

  let journal: Journal | null = null;
  if (dataDir !== undefined) {
    const opened = openJournal(dataDir);
    journal = opened.journal;
    for (const change of opened.changes) apply(change);
    try {
      if (journal.size() === "long") journal.compact(everything());
      if (opened.changes.length === 0) journal.append([{ table: "board", record: board }]);
    } catch (thrown) {
      journal.close();
      throw thrown;
    }
  }

  return {
    board: () => board,
    jobs: () => (sorted ??= [...jobs.values()].sort((one, other) => Number(other.id) - Number(one.id))),
    job: (id) => jobs.get(id),
    charges: () => (ledger ??= [...charges.values()]),
    chargeCount: () => charges.size,
    renewing: () => Array.from(renewing, (id) => jobs.get(id)).filter((job) => job !== undefined),
    contact: (candidate) => contacts.get(candidate),
    contacts: () => [...contacts.values()],
    funds: () => funds ?? FIRST_FUNDS,
    hasFunds: () => funds !== null,
    backgrounds: () => [...backgrounds.values()],
    applications: () => [...applications.values()],
    nextJobId: () => String(nextId),
    commit(changes) {
      if (changes.length === 0) return;
      journal?.append(changes);
      for (const change of changes) apply(change);
    },
    close() {
      if (!journal) return;
      try {
        if (journal.size() !== "empty") journal.compact(everything());
      } catch {
        // The journal still holds everything: the next start reads it.
      } finally {
        journal.close();
        journal = null;
      }
    },
  };
}
