// What the board refuses, through every command that asks it for something: one line with its own words, and the exit code.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  companyCommand,
  packetBalanceCommand,
  packetsCommand,
  transactionsCommand,
} from "../../src/commands/account.ts";
import { applicationsList } from "../../src/commands/applications.ts";
import { candidatesBuy } from "../../src/commands/buy.ts";
import { candidatesSearch } from "../../src/commands/candidates.ts";
import { dictionariesCommand } from "../../src/commands/dictionaries.ts";
import type { ExitCode, Globals, Io } from "../../src/commands/io.ts";
import { jobsGet, jobsList } from "../../src/commands/jobs.ts";
import { loginCommand } from "../../src/commands/login.ts";
import { candidatesPhone } from "../../src/commands/phone.ts";
import { applicationsProceed } from "../../src/commands/proceed.ts";
import { onStage } from "./harness.ts";
import { commandInside } from "./inside.ts";

const list = { csv: false, limit: 50, all: false };
const words = "Слова самой доски";
const statuses = [401, 404, 422, 429, 500, 503];
type Command = (io: Io, flags: Globals) => Promise<ExitCode>;
/** A command, the path that is refused, and exit codes other than 1. */
const commands: [name: string, path: string, command: Command, codes?: Record<number, number>][] = [
  ["login", "/company$", loginCommand],
  ["company", "/company$", companyCommand],
  ["packets", "/packets$", packetsCommand],
  ["packets balance", "/categories_balance$", packetBalanceCommand],
  ["transactions", "/vas_transactions$", (io, flags) => transactionsCommand(io, { ...flags, ...list })],
  ["jobs list", "/jobs$", (io, flags) => jobsList(io, { ...flags, ...list, status: [], unmanaged: false })],
  ["jobs get", "/jobs/7$", (io, flags) => jobsGet(io, flags, "7")],
  [
    "dictionaries",
    "/categories$",
    (io, flags) => dictionariesCommand(io, { ...flags, ...list, name: "categories" }),
  ],
  [
    "applications list",
    "/applications$",
    (io, flags) =>
      applicationsList(io, { ...flags, ...list, keys: [], jobs: [], status: [], contacts: false }),
  ],
  [
    "applications proceed",
    "/proceed$",
    (io, flags) => applicationsProceed(io, { ...flags, ids: ["1"], status: "read" }),
    // It may have been done.
    { 500: 3, 503: 3 },
  ],
  [
    "candidates search",
    "/candidates$",
    (io, flags) => candidatesSearch(io, { ...flags, ...list, filter: { city_id: "1" } }),
  ],
  [
    "candidates buy",
    "/paid_actions$",
    (io, flags) =>
      candidatesBuy(io, { ...flags, ids: ["31136"], account: "company", contacts: false, maxCost: 0 }),
    { 500: 3, 503: 3 },
  ],
  [
    "candidates phone",
    "/phone$",
    (io, flags) => candidatesPhone(io, { ...flags, id: "31136", maxCost: 0 }),
    { 500: 3, 503: 3 },
  ],
];

const refusals = suite("refusals");
for (const [name, path, command, codes = {}] of commands) {
  refusals(`${name}: ${statuses.join(", ")}`, async () => {
    for (const status of statuses) {
      // An open call would keep the next one from being made.
      await onStage({}, async (stage) => {
        const job_id = stage.board.control.putJob({ id: "7" });
        stage.board.control.putApplication({ job_id });
        const body = { errors: [{ detail: words }] };
        stage.board.control.setFaults([{ match: { path }, do: { kind: "status", status, body } }]);
        const { code, out, err } = await commandInside(stage, command, { format: "text" });
        const about = `${status}: ${err}${out}`;
        assert.is(code, codes[status] ?? 1, about);
        const lines = `${err}${out}`.split("\n").filter((line) => line.includes(words));
        assert.is(lines.length, 1, about);
        assert.match(lines[0] ?? "", status === 401 ? /session|401/ : String(status), about);
        assert.not.match(`${err}${out}`, /\n\s+at |Internal error/);
      });
    }
  });
}
refusals.run();
