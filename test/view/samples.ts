// Plans for the tests of views, made of what a test cares about.
import type { Plan, PlanChange, Step } from "../../src/model/plan.ts";

export const plain = { colour: false, width: 80 } as const;

/** A change of one or more steps, with its summary left to `plan`. */
export function change(key: string, steps: Step[], more: Partial<PlanChange> = {}): PlanChange {
  return { key, job_id: "651", file: `${key}.yaml`, title: "Пекарь", steps, warnings: [], ...more };
}

/** An update of some fields. */
export function update(fields: NonNullable<Step["fields"]>, reason = "edited"): Step {
  return { step: "update", reason, cause: reason === "drift" ? "board" : "commit", fields };
}

/** One unit of the usual publication type. */
export const publish = (wallet: NonNullable<Step["cost"]>[number]["wallet"]): NonNullable<Step["cost"]> => [
  { code: "job_publish", units: 1, wallet },
];

/** A plan with the summary and the cost that its changes come to. */
export function plan(changes: PlanChange[], more: Partial<Plan> = {}, unchanged = 0): Plan {
  const steps = changes.flatMap((one) => one.steps);
  const count = (name: Step["step"]): number => steps.filter(({ step }) => step === name).length;
  const units = new Map<string, number>();
  for (const charge of steps.flatMap(({ cost }) => cost ?? []))
    units.set(charge.code, (units.get(charge.code) ?? 0) + charge.units);
  return {
    format_version: "1.0",
    id: "p1",
    created_at: "2026-12-01T09:00:00.000Z",
    workspace: "vacancies",
    board: "emulator",
    account: "1",
    commit: null,
    summary: {
      adopt: count("adopt"),
      create: count("create"),
      update: count("update"),
      revive: count("revive"),
      close: count("close"),
      promote: count("promote"),
      background: count("background"),
      move: count("move"),
      record: count("record"),
      forget: count("forget"),
      held: more.held?.length ?? 0,
      unchanged,
    },
    changes,
    held: [],
    guards: [],
    cost: {
      wallet: null,
      codes: [...units].map(([code, all]) => ({ code, units: all, wallet: null })),
    },
    diagnostics: [],
    ...more,
  };
}
