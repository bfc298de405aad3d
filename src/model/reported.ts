import type { ValidateResult } from "./diagnostic.ts";
import type { DriftResult } from "./drift.ts";
import type { ApplyResult, Plan } from "./plan.ts";

/** A result that a command printed as JSON, and that is told to others. */
export type Reported =
  | { readonly is: "plan"; readonly value: Plan }
  | { readonly is: "apply"; readonly value: ApplyResult }
  | { readonly is: "validate"; readonly value: ValidateResult }
  | { readonly is: "drift"; readonly value: DriftResult };
