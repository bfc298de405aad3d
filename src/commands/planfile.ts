// Plans in files: written by `plan --out`, shown by `show`, carried out by `apply FILE`, each once.
import validate from "../generated/validators/plan.cjs";
import { UsageError } from "../model/errors.ts";
import { isNestedDeeper } from "../model/nesting.ts";
import type { Plan } from "../model/plan.ts";
import { noLineage, type State } from "../model/state.ts";
import { largestFile, readUpTo, tooBig, writeWhole } from "../state/files.ts";

const format = "1.0";
/** Maps and lists of a plan within each other, with room for what later versions add. */
const deepest = 50;
const again = { hint: "vac plan --out FILE makes one" };

/** Keeps a plan; the file is for its owner's eyes. A UsageError where it has more than `most` bytes: it couldn't be read again. */
export async function writePlan(file: string, plan: Plan, most = largestFile): Promise<void> {
  const text = textOf(plan);
  if (text === undefined || Buffer.byteLength(text) > most) {
    throw new UsageError(`the plan can't be written to ${file}: ${tooBig(most).message}`, {
      hint: "plan a part (--target GLOB), or apply without a kept plan",
    });
  }
  await writeWhole(file, text, { mode: 0o600 }).catch((error: Error) => {
    throw new UsageError(`the plan can't be written to ${file}: ${error.message}`, {
      hint: "choose another place with --out",
      cause: error,
    });
  });
}

/** A plan as JSON; undefined where it is longer than a text can be. */
function textOf(plan: Plan): string | undefined {
  try {
    return `${JSON.stringify(plan, null, 2)}\n`;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Reads a kept plan; a UsageError says what is wrong with it. */
export async function readPlan(file: string): Promise<Plan> {
  const bytes = await readUpTo(file, largestFile).catch((error: NodeJS.ErrnoException) => {
    throw new UsageError(
      `${file}: ${error.code === "ENOENT" ? "there is no such file" : `can't be read: ${error.message}`}`,
      again,
    );
  });
  const value = parse(bytes.toString("utf8"), file);
  const version = (value as { format_version?: unknown } | null)?.format_version;
  if (typeof version === "string" && version !== format) {
    throw new UsageError(
      `${file}: its format is ${version.slice(0, 20)}, and this vac reads ${format}`,
      again,
    );
  }
  if (isNestedDeeper(value, deepest))
    throw new UsageError(`${file} is no plan: it is nested too deeply`, again);
  if (!validate(value)) {
    const first = validate.errors?.[0];
    throw new UsageError(
      `${file} is no plan: ${first?.instancePath || "the top level"} ${first?.message ?? ""}`,
      again,
    );
  }
  return value as Plan;
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`${file} is no plan: it isn't JSON`, again);
  }
}

/** Refuses a plan that was made for something else than what is here now, or that was used. */
export function checkPlan(plan: Plan, state: State, content: string): void {
  const refuse = (why: string): never => {
    throw new UsageError(`${why}; nothing was changed`, { hint: "make a new one: vac plan --out FILE" });
  };
  if (plan.offline) refuse("the plan was made offline, from what was last seen of the board");
  for (const what of ["board", "account"] as const) {
    if (plan[what] !== state[what])
      refuse(`the plan is for ${what} ${plan[what]}, and this is ${what} ${state[what]}`);
  }
  if (state.plans?.includes(plan.id)) refuse("the plan was applied already, and a plan is used once");
  const sameLine = plan.lineage === state.lineage || (plan.lineage === noLineage && state.serial === 0);
  if (!sameLine) refuse("the plan was made from another state than the one that is here");
  if (plan.content !== content) refuse("the files have changed since the plan was made");
}
