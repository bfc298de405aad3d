// Diagnostics that come of planning, not of a file's text.
import type { Diagnostic } from "../model/diagnostic.ts";
import { refKey } from "../model/job.ts";
import type { PlanChange } from "../model/plan.ts";
import type { Vacancy } from "../model/vacancy.ts";
import type { PlanInput } from "./input.ts";
import type { Row } from "./rows.ts";
import { statusOf } from "./situation.ts";
import { day } from "./wording.ts";

/** Things to know that change nothing: a publication type that can't be changed in place, a day that has passed. */
export function notes(input: PlanInput, rows: readonly Row[]): Diagnostic[] {
  return rows.flatMap(({ key, vacancy, entry, decision }): Diagnostic[] => {
    if (!vacancy) return [];
    const note = (code: string, message: string, hint: string): Diagnostic[] => [
      { severity: "warning", code, message, file: vacancy.file, line: 0, column: 0, hint, key },
    ];
    const { publishUntil } = vacancy;
    if (!entry && publishUntil !== undefined && publishUntil <= input.now && vacancy.status === "active") {
      const last = day(publishUntil - 1, input.config.timezone);
      return note(
        "publish-until-past",
        `${key} is new, but publish_until was ${last}: it isn't created`,
        "move publish_until, or delete the file",
      );
    }
    const lacking = decision.steps.some(({ step }) => step === "create") ? lacks(vacancy, input) : [];
    if (lacking.length > 0) {
      return [
        {
          severity: "error",
          code: "missing-attribute",
          message: `${key} can't be published without ${lacking.join(", ")}, and no job on the board is equal to it`,
          file: vacancy.file,
          line: 1,
          column: 1,
          hint: "add it to the file or to a _defaults.yaml above it",
          key,
        },
      ];
    }
    const view = entry && input.live.jobs.get(refKey(entry.job));
    const live = view?.publication ?? entry?.observed.publication;
    const types = input.traits.publications;
    const rises =
      live !== undefined && types.indexOf(vacancy.publication) > types.indexOf(live) && types.includes(live);
    if (
      rises &&
      view &&
      statusOf(view, entry, input.now) === "active" &&
      decision.steps.every((s) => s.step !== "revive")
    ) {
      return note(
        "publication-type",
        `${key} runs as ${live}; ${vacancy.publication} is bought at its next revival`,
        `it can't be changed in place; vac apply --renew ${key} revives it now, which is paid`,
      );
    }
    return [];
  });
}

/** What the board requires and the vacancy doesn't state. */
function lacks({ attributes }: Vacancy, { traits, offline }: PlanInput): string[] {
  return (
    Object.entries(traits.attributes)
      .filter(([name, { required }]) => required && (attributes[name] ?? null) === null)
      // Without the board a profession by its title may have no id.
      .filter(([name]) => !offline || name !== traits.roles.kind)
      .map(([name]) => name)
  );
}

/** Without any vacancy file nothing is closed, whatever is allowed: that is a wrong folder, or a lost one. */
export function emptyWorkspace(input: PlanInput, changes: readonly PlanChange[]): Diagnostic[] {
  const closes = changes.filter((change) => change.steps.some((step) => step.step === "close")).length;
  if (input.desired.length > 0 || closes === 0) return [];
  return [
    {
      severity: "error",
      code: "empty-workspace",
      message: `there is no vacancy file, which would close ${closes} ${closes === 1 ? "vacancy" : "vacancies"}`,
      file: "",
      line: 0,
      column: 0,
      hint: "is this the right folder? To close all, set status: closed in _defaults.yaml and keep the files",
    },
  ];
}
