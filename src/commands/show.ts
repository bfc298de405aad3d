// vac show FILE: a kept plan, in any format.
import { planText } from "../view/plan.ts";
import { type ExitCode, exit, type Globals, type Io, printAs, styleOf } from "./io.ts";
import { readPlan } from "./planfile.ts";

export interface ShowFlags extends Globals {}

/** Shows a plan that `plan --out` has kept; needs neither the workspace nor the board. */
export async function showCommand(io: Io, flags: ShowFlags, file: string): Promise<ExitCode> {
  const plan = await readPlan(file);
  await printAs(io, flags.format, plan, {
    text: () => planText(plan, styleOf(io, flags, "out")),
    markdown: async () => (await import("../view/markdown/plan.ts")).planMarkdown(plan),
  });
  return exit.ok;
}
