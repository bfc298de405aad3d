// Which board a command talks to, and how: the embedded one needs nothing, a real one its credentials.
import { randomUUID } from "node:crypto";
import { join, resolve } from "node:path";
import type { Board } from "../board/port.ts";
import { refuseCredentials } from "../board/vkrabota/address.ts";
import type { Credentials, VkrabotaBoard } from "../board/vkrabota/index.ts";
import type { Emulator } from "../emulator/index.ts";
import { UsageError } from "../model/errors.ts";
import type { Spent } from "../model/spent.ts";
import type { Config } from "../model/vacancy.ts";
import { type Globals, type Io, log } from "./io.ts";

/** What the embedded board is called. */
export const embedded = "emulator";

/** Milliseconds by which the clocks may differ before it is told. */
const skewTold = 120_000;

export interface OpenBoard {
  readonly board: Board;
  readonly address: string;
  /** Counts applications that nobody has read, by job. */
  countUnread(jobs: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** What was taken from the account, by the board's transactions. */
  spent(): Promise<Spent>;
  /** A warning about the clock, once something was answered. */
  clockWarning(): string | undefined;
  close(): Promise<void>;
}

/** The board's address: --board, else VAC_BOARD, else the workspace's own. */
export function boardAddress(io: Io, flags: Globals, config: Pick<Config, "board">): string {
  const given = flags.board ?? (io.env.VAC_BOARD || undefined);
  if (given !== undefined) refuseCredentials(given);
  const address = given ?? config.board;
  if (address === embedded) return embedded;
  // One board has one spelling: scheme and host in lower case, no slash at the end. Credentials in the workspace's own
  // address are an error among its diagnostics; here they are left out.
  const plain = URL.canParse(address) ? new URL(address) : undefined;
  const spelled = plain && plain.host !== "" ? `${plain.origin}${plain.pathname}` : address;
  return spelled.replace(/\/+$/, "");
}

/** A connection with everything that the board's API has. */
export interface OpenClient {
  readonly client: VkrabotaBoard;
  readonly address: string;
  close(): Promise<void>;
}

/** Connects; nothing is sent yet. `open`: for what needs no credentials. */
export async function openClient(
  io: Io,
  flags: Globals,
  config: Config,
  { open = false }: { open?: boolean } = {},
): Promise<OpenClient> {
  const address = boardAddress(io, flags, config);
  const [{ createVkrabota }, emulator] = await Promise.all([
    import("../board/vkrabota/index.ts"),
    address === embedded ? startEmbedded(flags) : undefined,
  ]);
  const client = createVkrabota({
    ...(emulator
      ? {
          address: emulator.url,
          label: embedded,
          credentials: { login: emulator.login, password: emulator.password },
        }
      : { address, credentials: open && !hasCredentials(io) ? undefined : credentialsOf(io) }),
    concurrency: config.concurrency,
    secrets: io.secrets,
    ...io.pace,
    log: (message) => log(io, flags, "debug", message),
  });
  return {
    client,
    address,
    async close() {
      await client.close();
      await emulator?.close();
    },
  };
}

async function startEmbedded({ dir }: Globals): Promise<Emulator> {
  const { startEmulator } = await import("../emulator/index.ts");
  // Others on this machine can reach its port, but not what is in it.
  return startEmulator({ dataDir: join(resolve(dir), ".board"), password: randomUUID() });
}

/** The same as plans and applies see it. */
export async function openBoard(io: Io, flags: Globals, config: Config): Promise<OpenBoard> {
  const { client, address, close } = await openClient(io, flags, config);
  return {
    board: client,
    address,
    countUnread: (jobs) => countUnread(client, jobs),
    spent: () => readSpentOf(client),
    // The embedded board's clock is meant to be moved.
    clockWarning: () => (address === embedded ? undefined : clockWarning(client)),
    close,
  };
}

/** Reads all transactions of the account. */
export async function readSpentOf(client: VkrabotaBoard): Promise<Spent> {
  const { readSpent } = await import("../board/vkrabota/spent.ts");
  return readSpent(client.transactions());
}

/** More jobs than this are counted in one read of all unread applications. */
const oneByOne = 20;

async function countUnread(board: VkrabotaBoard, jobs: readonly string[]): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  const filters = jobs.length > oneByOne ? [{}] : jobs.map((jobId) => ({ jobId }));
  for (const filter of filters) {
    for await (const { jobId, status } of board.applications({ ...filter, status: ["unread"] })) {
      if (status === "unread" && jobs.includes(jobId)) counts.set(jobId, (counts.get(jobId) ?? 0) + 1);
    }
  }
  return counts;
}

/** Whether the environment holds what a real board wants. */
export function hasCredentials({ env }: Io): boolean {
  return Boolean(env.VAC_TOKEN?.trim()) || (Boolean(env.VAC_LOGIN) && Boolean(env.VAC_PASSWORD));
}

function credentialsOf({ env }: Io): Credentials {
  const { VAC_LOGIN: login, VAC_PASSWORD: password, VAC_TOKEN } = env;
  // A line feed at its end comes of the file that it was kept in.
  const token = VAC_TOKEN?.trim();
  if (token && /[^!-~]/.test(token)) {
    throw new UsageError("VAC_TOKEN holds a space, a line break or a letter that no token has", {
      hint: "set it to the token alone, without the word before it",
    });
  }
  if (token) return { token };
  if (login && password) return { login, password };
  const missing = login ? "VAC_PASSWORD is" : password ? "VAC_LOGIN is" : "VAC_LOGIN and VAC_PASSWORD are";
  throw new UsageError(`the board wants credentials, and ${missing} not set`, {
    hint: "set VAC_LOGIN and VAC_PASSWORD (or VAC_TOKEN) in the environment, or try --board emulator",
  });
}

function clockWarning(board: VkrabotaBoard): string | undefined {
  const skew = board.skewMs();
  if (skew === undefined || Math.abs(skew) <= skewTold) return undefined;
  const minutes = Math.round(Math.abs(skew) / 60_000);
  return `this machine's clock is ${minutes} min ${skew > 0 ? "behind" : "ahead of"} the board's, which counts`;
}
