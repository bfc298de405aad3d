/**
 * A stand-in for the External API of VK Работа: a real HTTP server on loopback, as strict and as awkward as the
 * board's document says, with a clock, a ledger and faults that a test can set. Imports nothing of the rest of
 * the project, so that one misreading of the document can't hide another.
 */
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { makeBoard } from "./board.ts";
import { type Control, makeControl } from "./control.ts";
import { codeOf, EmulatorError, messageOf } from "./errors.ts";
import { exampleChanges } from "./example.ts";
import { makeFaults } from "./faults.ts";
import { DEFAULTS, type EmulatorOptions, patchSettings, type SettingsPatch } from "./options.ts";
import { makeRequestLog } from "./requests.ts";
import { makeServer } from "./server.ts";
import { openStore } from "./store.ts";
import { makePeople } from "./world/people.ts";

export type { Control, EmulatorState, JobState } from "./control.ts";
export { EmulatorError } from "./errors.ts";
export type { Fault, FaultAction } from "./faults.ts";
export type { FundsPatch } from "./money/shape.ts";
export type { EmulatorOptions } from "./options.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

/** A running emulator. */
export interface Emulator {
  /** `http://127.0.0.1:PORT`; the API is under `/api/external/v1`, the control under `/__emulator/`. */
  url: string;
  login: string;
  password: string;
  control: Control;
  /** Whether this start filled it with the example account. */
  filled: boolean;
  /** Stops listening, drops every connection, compacts the files and releases the data folder. */
  close(): Promise<void>;
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (thrown) => {
      const why =
        codeOf(thrown) === "EADDRINUSE"
          ? `port ${port} on 127.0.0.1 is taken: stop what listens there, or use another port (0 takes any free one)`
          : `can't listen on 127.0.0.1:${port}: ${messageOf(thrown)}`;
      reject(new EmulatorError(`Emulator: ${why}`, { cause: thrown }));
    });
    server.listen(port, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}

function settingsPatch({ readings, latencyMs, rateLimit }: EmulatorOptions): SettingsPatch {
  return {
    ...(readings === undefined ? {} : { readings }),
    ...(latencyMs === undefined ? {} : { latencyMs }),
    ...(rateLimit === undefined ? {} : { rateLimit }),
  };
}

/**
 * Starts an emulator on 127.0.0.1. Throws EmulatorError when the port is taken, an option is wrong, or the data
 * folder is held by another process, can't be used or is damaged.
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const {
    login = "test",
    password = "correct",
    companyId = "1",
    tokenLifeMs = DAY_MS,
    seed = 1,
    now = Date.now,
  } = options;
  const settings = patchSettings(DEFAULTS, settingsPatch(options));
  const faults = makeFaults();
  faults.set(options.faults ?? []);
  const store = openStore(options.dataDir);
  const log = makeRequestLog();
  const board = makeBoard(store, settings, now);
  // Most starts never ask for anybody.
  let people: ReturnType<typeof makePeople> | undefined;
  const context = {
    board,
    account: { login, password, companyId, tokenLifeMs },
    get people() {
      people ??= makePeople(seed);
      return people;
    },
  };
  const control = makeControl(board, faults, log, now, context);
  const { server, forgetPending } = makeServer({ context, control, faults, log });
  const filled = options.example === true && store.jobs().length === 0;
  let port: number;
  try {
    if (filled) store.commit(exampleChanges(board.now(), [...context.people.values()]));
    if (options.funds && !store.hasFunds()) control.setFunds(options.funds);
    port = await listen(server, options.port ?? 0);
  } catch (thrown) {
    store.close();
    throw thrown;
  }
  let closing: Promise<void> | undefined;
  async function close(): Promise<void> {
    forgetPending();
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
    store.close();
  }
  return {
    url: `http://127.0.0.1:${port}`,
    login,
    password,
    control,
    filled,
    close: () => (closing ??= close()),
  };
}
