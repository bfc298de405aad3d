// vac plan: what would change.
import { hasErrors } from "../model/diagnostic.ts";
import { hasChanges } from "../model/plan.ts";
import { planText } from "../view/plan.ts";
import { withBase } from "./base.ts";
import { professionTitles } from "./dictionary.ts";
import { type ExitCode, exit, type Io, printAs, styleOf } from "./io.ts";
import { onGround, type PlanFlags, planOn, refuseErrors } from "./planning.ts";

export interface PlanCommandFlags extends PlanFlags {
  readonly detailedExitcode: boolean;
  /** File to keep the plan in. */
  readonly out?: string;
  /** Plans from the state alone. */
  readonly offline: boolean;
}

/** Shows the plan, and keeps it where --out says; writes nothing to the board, nor to the state. */
export async function planCommand(io: Io, flags: PlanCommandFlags): Promise<ExitCode> {
  const stand = flags.offline ? (await import("./offline.ts")).offlineGround : onGround;
  const code = await stand(io, flags, async (ground): Promise<ExitCode> => {
    const planned = await planOn(io, ground, flags, undefined);
    const { workspace, compiled } = ground;
    const { base, state } = workspace;
    const plan = base ? withBase(planned.plan, base, compiled.vacancies, state) : planned.plan;
    if (hasErrors(plan.diagnostics)) {
      refuseErrors(io, flags, plan.diagnostics);
      return exit.failed;
    }
    if (flags.out !== undefined) await (await import("./planfile.ts")).writePlan(flags.out, plan);
    const titles = (): Promise<Map<string, string>> => professionTitles(workspace);
    await printAs(io, flags.format, plan, {
      text: async () => planText(plan, { ...styleOf(io, flags, "out"), titles: await titles() }),
      markdown: async () => (await import("../view/markdown/plan.ts")).planMarkdown(plan, await titles()),
    });
    return flags.detailedExitcode && hasChanges(plan) ? exit.changes : exit.ok;
  });
  return code ?? exit.failed;
}
