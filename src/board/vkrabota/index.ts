// VK Работа's External API behind the Board port.
import { setTimeout as sleep } from "node:timers/promises";
import pLimit from "p-limit";
import { BoardError } from "../../model/errors.ts";
import type { JobView } from "../../model/job.ts";
import { newSecrets, type Secrets } from "../../model/secrets.ts";
import type { Board } from "../port.ts";
import { checkAddress } from "./address.ts";
import {
  type Application,
  type ApplicationFilter,
  listApplications,
  proceedApplication,
} from "./applications.ts";
import {
  buyContacts,
  type CandidateFilter,
  type ContactOutcome,
  type Found,
  findBought,
  type Phone,
  searchCandidates,
  showPhone,
} from "./candidates.ts";
import { client } from "./client.ts";
import { boardClock } from "./clock.ts";
import { type Company, readAccount, readCompany } from "./company.ts";
import { type DictionaryEntry, isDictionary, readDictionary } from "./dictionaries.ts";
import { readFunds } from "./funds.ts";
import { gateOf } from "./gate.ts";
import { type Answer, transport } from "./http.ts";
import { getJob, listJobs, showJob } from "./jobs.ts";
import type { DictionaryName } from "./names.ts";
import {
  listPackets,
  type Packet,
  type PacketBalance,
  type PacketFilter,
  readPacketBalance,
} from "./packets.ts";
import type { Candidate } from "./people.ts";
import { guardTexts } from "./secrets.ts";
import { sendAll } from "./send-all.ts";
import { type Credentials, session } from "./session.ts";
import { settleCalls } from "./settle.ts";
import { traits } from "./traits.ts";
import { listTransactions, type Transaction } from "./transactions.ts";

export type { Credentials } from "./session.ts";

export interface VkrabotaOptions {
  /** Base address, such as https://host or http://127.0.0.1:8080; the API's path is added. */
  readonly address: string;
  /** What the board is called in state and plans, where that isn't its address. */
  readonly label?: string;
  /** Undefined: only what is open to all can be asked. */
  readonly credentials: Credentials | undefined;
  /** Requests in flight at once. */
  readonly concurrency: number;
  /** Milliseconds: one request (30 s), and one request with its repeats (120 s). */
  readonly requestMs?: number;
  readonly totalMs?: number;
  /** Milliseconds before the first repeat (500). */
  readonly backoffMs?: number;
  readonly wait?: (ms: number) => Promise<void>;
  readonly log?: (message: string) => void;
  /** Learns the credentials and every token; a store of the board's own unless given. */
  readonly secrets?: Secrets;
}

export interface VkrabotaBoard extends Board {
  /** Milliseconds that the board's clock is ahead of this machine's; undefined before the first answer with a date. */
  skewMs(): number | undefined;
  /** A job by its id; throws, with the board's own words, where there is none. */
  showJob(id: string): Promise<JobView>;
  /** A dictionary with all that the board tells of its entries. */
  entries(name: DictionaryName): Promise<readonly DictionaryEntry[]>;
  /** What candidates sent; no part of the port, since no plan is made from it. */
  applications(filter?: ApplicationFilter): AsyncIterable<Application>;
  /** Gives an application another status; throws a CallError, unclear where it may have been done. */
  proceed(id: string, status: string): Promise<Application>;
  candidates(filter: CandidateFilter): Found;
  /** Those of these candidates whose contacts the board shows as bought. */
  bought(ids: readonly string[]): Promise<ReadonlyMap<string, Candidate>>;
  /** Buys contacts, which is charged each time; `onSend` is called right before the bytes leave. */
  buyContacts(
    ids: readonly string[],
    account: "company" | "bonus",
    onSend: () => void,
  ): Promise<readonly ContactOutcome[]>;
  /** Shows a phone, and buys it where it isn't bought; throws a CallError, unclear where it may have been done. */
  phone(id: string, onSend: () => void): Promise<Phone>;
  /** The account's wallet and units, packets and transactions, as people are shown them; plans are made from `funds`. */
  company(): Promise<Company>;
  packets(filter?: PacketFilter): Promise<readonly Packet[]>;
  packetBalance(): Promise<readonly PacketBalance[]>;
  transactions(onTotal?: (total: number) => void): AsyncIterable<Transaction>;
}

/** Connects to a board. Nothing is sent before the first question. */
export function createVkrabota(options: VkrabotaOptions): VkrabotaBoard {
  const address = checkAddress(options.address);
  const { concurrency, credentials } = options;
  const secrets = options.secrets ?? newSecrets();
  const { redact, learn } = secrets;
  if (credentials && "token" in credentials) learn(credentials.token);
  else if (credentials) {
    learn(credentials.password);
    learn(credentials.login, "texts");
  }
  const wires = transport(concurrency);
  const ended = new AbortController();
  const requestMs = options.requestMs ?? 30_000;
  const backoffMs = options.backoffMs ?? 500;
  const clock = boardClock();
  const onAnswer = ({ headers }: Answer): void => clock.tell(headers.date);
  const shared = { address, transport: wires, redact, requestMs, backoffMs, onAnswer };
  const ask = client({
    ...shared,
    session: session({ ...shared, credentials, learn }),
    gate: gateOf(concurrency, ended.signal),
    totalMs: options.totalMs ?? 120_000,
    closed: ended.signal,
    hide: secrets.redactValue,
    log: (message) => options.log?.(redact(message)),
  });
  const limit = pLimit(concurrency);
  const { now } = clock;
  const { safely, safelyEach, safeOutcome } = guardTexts(redact);
  return {
    traits,
    identity: async () => ({
      kind: "vkrabota",
      address: options.label ?? address,
      account: await safely(readAccount(ask)),
    }),
    jobs: (expected) => safelyEach(listJobs(ask, concurrency, expected)),
    job: (ref) => safely(getJob(ask, ref)),
    async dictionary(name) {
      if (!isDictionary(name)) throw new BoardError(`this board has no dictionary ${name}`);
      return (await safely(readDictionary(ask, name))).map(({ id, title }) => ({ id, title }));
    },
    showJob: (id) => safely(showJob(ask, { id })),
    entries: (name) => safely(readDictionary(ask, name)),
    funds: () => safely(readFunds(ask)),
    send: async (calls, sending) => (await sendAll(ask, calls, { ...sending, limit, now })).map(safeOutcome),
    settle: async (calls, before) =>
      (await settleCalls(ask, calls, before, { concurrency, wait: options.wait ?? sleep, now })).map(
        safeOutcome,
      ),
    now,
    skewMs: clock.skewMs,
    applications: (filter) => safelyEach(listApplications(ask, concurrency, filter)),
    proceed: (id, status) => safely(proceedApplication(ask, id, status)),
    candidates(filter) {
      const found = searchCandidates(ask, concurrency, filter);
      return { candidates: safelyEach(found.candidates), total: found.total };
    },
    bought: (ids) => safely(findBought(ask, concurrency, ids)),
    buyContacts: async (ids, account, onSend) =>
      (await buyContacts(ask, ids, account, onSend)).map((one) =>
        one.is === "done" ? one : (safeOutcome(one) as ContactOutcome),
      ),
    phone: (id, onSend) => safely(showPhone(ask, id, onSend)),
    company: () => safely(readCompany(ask)),
    packets: (filter) => safely(listPackets(ask, filter)),
    packetBalance: () => safely(readPacketBalance(ask)),
    transactions: (onTotal) => safelyEach(listTransactions(ask, onTotal)),
    async close() {
      ended.abort();
      wires.close();
    },
  };
}
