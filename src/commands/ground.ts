// What commands on the board's other resources stand on: the settings and a connection, and what is managed where they name vacancies.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { VkrabotaBoard } from "../board/vkrabota/index.ts";
import { readConfigFile, soundConfig } from "../config/index.ts";
import { refKey } from "../model/job.ts";
import type { Config } from "../model/vacancy.ts";
import { checkIdentity } from "../state/store.ts";
import { embedded, openClient } from "./board.ts";
import { type ExitCode, exit, type Globals, type Io } from "./io.ts";
import { loadManaged, type Workspace } from "./workspace.ts";

export interface Ground {
  readonly client: VkrabotaBoard;
  readonly config: Config;
  readonly address: string;
}

/** The settings; what is asked of a board that is named needs no workspace. */
async function settingsOf(io: Io, flags: Globals): Promise<Config> {
  const root = resolve(flags.dir);
  const board = flags.board ?? io.env.VAC_BOARD ?? embedded;
  const isAlone = board !== "" && board !== embedded && !existsSync(root);
  return soundConfig(isAlone ? { root, files: [], problems: [] } : await readConfigFile(root));
}

/** Reads the settings, connects and runs a task. `open`: for what the board tells without credentials too. */
export async function onClient(
  io: Io,
  flags: Globals,
  task: (ground: Ground) => Promise<void>,
  options: { readonly open?: boolean } = {},
): Promise<ExitCode> {
  const config = await settingsOf(io, flags);
  const { client, address, close } = await openClient(io, flags, config, options);
  try {
    await task({ client, config, address });
    return exit.ok;
  } finally {
    await close();
  }
}

export interface Managed extends Ground {
  readonly workspace: Workspace;
  readonly identity: { readonly board: string; readonly account: string };
  /** Keys by job. */
  readonly keys: ReadonlyMap<string, string>;
}

/** The same with the workspace and its state, which has to be of this board and account. */
export async function onManaged(
  io: Io,
  flags: Globals,
  task: (ground: Managed) => Promise<ExitCode>,
): Promise<ExitCode> {
  const workspace = await loadManaged(io, flags);
  const { config } = workspace.compiled;
  const { client, address, close } = await openClient(io, flags, config);
  try {
    const identity = { board: address, account: (await client.identity()).account };
    if (workspace.state) checkIdentity(workspace.state, identity);
    const entries = Object.entries(workspace.state?.entries ?? {});
    const keys = new Map(entries.map(([key, { job }]) => [refKey(job), key]));
    return await task({ client, config, address, workspace, identity, keys });
  } finally {
    await close();
  }
}
