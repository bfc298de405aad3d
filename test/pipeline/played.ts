/** Which steps which file's stories go through: all that there are, together. */
export const played = {
  story: [
    "plan.yml: Install",
    "plan.yml: Validate",
    "plan.yml: Plan",
    "plan.yml: Report the plan",
    "apply.yml: Install",
    "apply.yml: Apply",
    "apply.yml: Report the result",
    "nightly.yml: Install",
    "nightly.yml: Apply what is due",
    "nightly.yml: Report what was due",
    "nightly.yml: Look for drift",
    "nightly.yml: Report drift",
    "nightly.yml: Look for what was left undone",
    "nightly.yml: Report what was left undone",
  ],
  refusals: [
    "plan.yml: Plan without credentials",
    "plan.yml: Validate again",
    "plan.yml: Report what is wrong",
  ],
  left: ["nightly.yml: Apply", "nightly.yml: Report what is still left"],
} as const;
