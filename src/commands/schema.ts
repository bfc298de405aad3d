// vac schema: the JSON Schemas of file formats and outputs, for editors and other tools.
import applications from "../../schemas/applications.schema.json" with { type: "json" };
import apply from "../../schemas/apply.schema.json" with { type: "json" };
import candidates from "../../schemas/candidates.schema.json" with { type: "json" };
import company from "../../schemas/company.schema.json" with { type: "json" };
import config from "../../schemas/config.schema.json" with { type: "json" };
import contacts from "../../schemas/contacts.schema.json" with { type: "json" };
import costs from "../../schemas/costs.schema.json" with { type: "json" };
import defaults from "../../schemas/defaults.schema.json" with { type: "json" };
import dictionaries from "../../schemas/dictionaries.schema.json" with { type: "json" };
import drift from "../../schemas/drift.schema.json" with { type: "json" };
import emulator from "../../schemas/emulator.schema.json" with { type: "json" };
import imported from "../../schemas/import.schema.json" with { type: "json" };
import init from "../../schemas/init.schema.json" with { type: "json" };
import job from "../../schemas/job.schema.json" with { type: "json" };
import jobs from "../../schemas/jobs.schema.json" with { type: "json" };
import login from "../../schemas/login.schema.json" with { type: "json" };
import packetBalance from "../../schemas/packet-balance.schema.json" with { type: "json" };
import packets from "../../schemas/packets.schema.json" with { type: "json" };
import phone from "../../schemas/phone.schema.json" with { type: "json" };
import plan from "../../schemas/plan.schema.json" with { type: "json" };
import proceed from "../../schemas/proceed.schema.json" with { type: "json" };
import state from "../../schemas/state.schema.json" with { type: "json" };
import transactions from "../../schemas/transactions.schema.json" with { type: "json" };
import triage from "../../schemas/triage.schema.json" with { type: "json" };
import vacancy from "../../schemas/vacancy.schema.json" with { type: "json" };
import validate from "../../schemas/validate.schema.json" with { type: "json" };
import { UsageError } from "../model/errors.ts";
import { type ExitCode, exit, type Globals, type Io, print, printJson } from "./io.ts";

const schemas: Readonly<Record<string, object>> = {
  applications,
  apply,
  candidates,
  company,
  config,
  contacts,
  costs,
  defaults,
  dictionaries,
  drift,
  emulator,
  import: imported,
  init,
  job,
  jobs,
  login,
  "packet-balance": packetBalance,
  packets,
  phone,
  plan,
  proceed,
  state,
  transactions,
  triage,
  vacancy,
  validate,
};

/** Names that `vac schema NAME` takes. */
export const schemaNames = Object.keys(schemas);

/** Prints one schema, or without a name lists them. */
export async function schemaCommand(io: Io, flags: Globals, name: string | undefined): Promise<ExitCode> {
  if (name === undefined) {
    if (flags.format === "json") printJson(io, { items: schemaNames });
    else print(io, schemaNames.join("\n"));
    return exit.ok;
  }
  const schema = schemas[name];
  if (!schema)
    throw new UsageError(`there is no schema ${name}`, { hint: `take one of ${schemaNames.join(", ")}` });
  printJson(io, schema);
  return exit.ok;
}
