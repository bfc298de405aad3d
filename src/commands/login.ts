// vac login: whether the board accepts the credentials, and whose they are.
import type { LoginResult } from "../model/listed.ts";
import { cleanLine } from "../view/clean.ts";
import { onClient } from "./ground.ts";
import { type ExitCode, type Globals, type Io, print, printJson } from "./io.ts";

/** Makes a session (document: Получение сессионного токена) and reads the company. Nothing of it is kept. */
export async function loginCommand(io: Io, flags: Globals): Promise<ExitCode> {
  return onClient(io, flags, async ({ client, address }) => {
    const { id, walletId = null } = await client.company();
    const result: LoginResult = { board: address, company: { id, wallet_id: walletId } };
    if (flags.format === "json") return printJson(io, result);
    const wallet = walletId === null ? "" : `, wallet ${cleanLine(walletId)}`;
    print(io, `${address} accepts the credentials: company ${cleanLine(id)}${wallet}.`);
  });
}
