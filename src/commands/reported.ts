// A result in a file, as a command printed it with --format json: told by its shape, checked against its schema.
import { readFile } from "node:fs/promises";
import type { ValidateFunction } from "ajv";
import apply from "../generated/validators/apply.cjs";
import drift from "../generated/validators/drift.cjs";
import plan from "../generated/validators/plan.cjs";
import validate from "../generated/validators/validate.cjs";
import { UsageError } from "../model/errors.ts";
import type { Reported } from "../model/reported.ts";

/** Each kind with keys that only it has, and its schema. */
const kinds: readonly (readonly [Reported["is"], readonly string[], ValidateFunction<unknown>])[] = [
  ["plan", ["format_version", "changes"], plan],
  ["apply", ["plan_id", "results"], apply],
  ["drift", ["account", "items"], drift],
  ["validate", ["diagnostics"], validate],
];

const hint = "vac plan, apply, validate or drift with --format json makes one";

/** Reads a result; a UsageError says what is wrong with the file. */
export async function readReported(file: string): Promise<Reported> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    const why = error.code === "ENOENT" ? "there is no such file" : error.message;
    throw new UsageError(`${file}: ${why}`, { hint });
  });
  if (text.trim() === "") {
    throw new UsageError(`${file} is empty: the command that should have written it has failed`, {
      hint: "look at what that command said on stderr",
    });
  }
  const value = parse(text, file);
  const [is, , valid] = kinds.find(([, keys]) => keys.every((key) => key in value)) ?? [];
  if (!is || !valid) throw new UsageError(`${file} is no result of vac`, { hint });
  if (!valid(value)) {
    const first = valid.errors?.[0];
    const where = first?.instancePath || "the top level";
    throw new UsageError(`${file} is no result of vac ${is}: ${where} ${first?.message ?? ""}`, { hint });
  }
  // The schema has been asked.
  return { is, value } as unknown as Reported;
}

function parse(text: string, file: string): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) return value;
  } catch {
    throw new UsageError(`${file} isn't JSON`, { hint });
  }
  throw new UsageError(`${file} is no result of vac`, { hint });
}
