import type { StepName } from "../model/plan.ts";

/** What was done, by step, in the order in which a summary names it. */
export const past: Readonly<Record<StepName, string>> = {
  create: "created",
  update: "updated",
  revive: "revived",
  close: "closed",
  adopt: "adopted",
  promote: "promoted",
  background: "with a changed background",
  move: "moved",
  record: "recorded",
  forget: "forgotten",
};
