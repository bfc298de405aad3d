// What the control is asked to do, held against schemas/emulator.schema.json before anything is done.
import type { ErrorObject } from "ajv";
import validate from "../generated/validators/emulator.cjs";
import { EmulatorError } from "./errors.ts";
import type { Fault } from "./faults.ts";
import type { HandApplication, HandEdit } from "./hand.ts";
import { type Incoming, isObject, Refusal } from "./http.ts";
import type { FundsPatch } from "./money/shape.ts";
import type { SettingsPatch } from "./options.ts";

interface Bodies {
  clock: { advance_ms?: number; set?: string | number; freeze?: string | number };
  faults: Fault[];
  options: SettingsPatch;
  funds: FundsPatch;
  applications: HandApplication;
  jobs: HandEdit;
}

/**
 * The body of a POST to an endpoint of the control; a list of faults may stand in an object. Refuses with 400 what isn't
 * JSON; throws EmulatorError for another shape, with the place of the first fault.
 */
export function controlBody<Name extends keyof Bodies>(incoming: Incoming, name: Name): Bodies[Name] {
  const value = parsed(incoming.raw);
  const body = name === "faults" && isObject(value) ? value.faults : value;
  if (!validate({ [name]: body })) {
    const [first] = validate.errors ?? [];
    throw new EmulatorError(`Emulator: ${first ? told(first) : `${name} is wrong`}`);
  }
  return body as Bodies[Name];
}

function parsed(raw: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(raw));
  } catch (error) {
    throw new Refusal(400, `The body is not JSON: ${(error as Error).message}`);
  }
}

/** `jobs.attributes has no titel`, `faults.0.match.nth must be >= 1`. */
function told({ instancePath, keyword, params, message = "is wrong" }: ErrorObject): string {
  const place = instancePath.slice(1).replaceAll("/", ".");
  return keyword === "additionalProperties"
    ? `${place} has no ${params.additionalProperty}`
    : `${place} ${message}`;
}
