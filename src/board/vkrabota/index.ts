// VK Работа's External API behind the Board port.
import { setTimeout as sleep } from "node:timers/promises";
import pLimit from "p-limit";
import { BoardError } from "../../model/errors.ts";
import { newSecrets, type Secrets } from "../../model/secrets.ts";
import type { Board } from "../port.ts";
import { checkAddress } from "./address.ts";
import { type Application, type ApplicationFilter, listApplications } from "./applications.ts";
import { client } from "./client.ts";
import { type Company, readAccount, readCompany } from "./company.ts";
import { readFunds } from "./funds.ts";
import { gateOf } from "./gate.ts";
import { type Answer, transport } from "./http.ts";
import { getJob, listJobs } from "./jobs.ts";
import {
  listPackets,
  type Packet,
  type PacketBalance,
  type PacketFilter,
  readPacketBalance,
} from "./packets.ts";
import { readProfessions } from "./professions.ts";
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
  readonly credentials: Credentials;
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
  /** What candidates sent; no part of the port, since no plan is made from it. */
  applications(filter?: ApplicationFilter): AsyncIterable<Application>;
  /** The account's wallet and units, packets and transactions, as people are shown them; plans are made from `funds`. */
  company(): Promise<Company>;
  packets(filter?: PacketFilter): Promise<readonly Packet[]>;
  packetBalance(): Promise<readonly PacketBalance[]>;
  transactions(): AsyncIterable<Transaction>;
}

/** Connects to a board. Nothing is sent before the first question. */
export function createVkrabota(options: VkrabotaOptions): VkrabotaBoard {
  const address = checkAddress(options.address);
  const { concurrency, credentials } = options;
  const secrets = options.secrets ?? newSecrets();
  const { redact, learn } = secrets;
  if ("token" in credentials) learn(credentials.token);
  else {
    learn(credentials.password);
    learn(credentials.login, "texts");
  }
  const wires = transport(concurrency);
  const ended = new AbortController();
  const requestMs = options.requestMs ?? 30_000;
  const backoffMs = options.backoffMs ?? 500;
  let skew: number | undefined;
  const onAnswer = ({ headers }: Answer): void => {
    const date = Date.parse(headers.date ?? "");
    if (!Number.isNaN(date)) skew = date - Date.now();
  };
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
  const now = (): number => Date.now() + (skew ?? 0);
  const { safely, safelyEach, safeOutcome } = guardTexts(redact);
  return {
    traits,
    identity: async () => ({
      kind: "vkrabota",
      address: options.label ?? address,
      account: await safely(readAccount(ask)),
    }),
    jobs: () => safelyEach(listJobs(ask, concurrency)),
    job: (ref) => safely(getJob(ask, ref)),
    async dictionary(name) {
      if (name === "professions") return safely(readProfessions(ask));
      throw new BoardError(`this board has no dictionary ${name}`);
    },
    funds: () => safely(readFunds(ask)),
    send: async (calls, sending) => (await sendAll(ask, calls, { ...sending, limit, now })).map(safeOutcome),
    settle: async (calls, before) =>
      (await settleCalls(ask, calls, before, { concurrency, wait: options.wait ?? sleep, now })).map(
        safeOutcome,
      ),
    now,
    skewMs: () => skew,
    applications: (filter) => safelyEach(listApplications(ask, filter)),
    company: () => safely(readCompany(ask)),
    packets: (filter) => safely(listPackets(ask, filter)),
    packetBalance: () => safely(readPacketBalance(ask)),
    transactions: () => safelyEach(listTransactions(ask)),
    async close() {
      ended.abort();
      wires.close();
    },
  };
}
