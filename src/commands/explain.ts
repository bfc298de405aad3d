// vac explain KEY: each value of a vacancy and the file it came from.
import { explainVacancy, nearest } from "../config/index.ts";
import { UsageError } from "../model/errors.ts";
import { refId } from "../model/job.ts";
import { explainText } from "../view/explain.ts";
import { colourOf, type ExitCode, exit, type Globals, type Io, print, printJson, widthOf } from "./io.ts";
import { refuseErrors } from "./planning.ts";
import { loadWorkspace, resolveOffline } from "./workspace.ts";

/** Explains one vacancy offline: what is wanted and from where, and what the state knows. */
export async function explainCommand(io: Io, flags: Globals, key: string): Promise<ExitCode> {
  const workspace = await loadWorkspace(io, flags);
  const compiled = await resolveOffline(workspace);
  const vacancy = compiled.vacancies.find((candidate) => candidate.key === key);
  const entry = workspace.state?.entries[key];
  if (!vacancy) {
    if (refuseErrors(io, flags, compiled.diagnostics)) return exit.failed;
    const near = nearest(
      key,
      compiled.vacancies.map((candidate) => candidate.key),
    );
    throw new UsageError(
      entry
        ? `the file of ${key} is gone; vac state show ${key} tells what is known`
        : `there is no vacancy ${key}`,
      {
        hint:
          near.length > 0
            ? `did you mean ${near.join(" or ")}?`
            : "a key is the file's path without its extension",
      },
    );
  }
  const explanation = {
    ...explainVacancy(workspace.sources, compiled, key),
    ...(entry && { state: { job: refId(entry.job), applied: entry.applied, ...entry.observed } }),
  };
  if (flags.format === "json") printJson(io, explanation);
  else {
    print(
      io,
      explainText(explanation, {
        colour: colourOf(io, flags, "out"),
        width: widthOf(io, "out"),
        timezone: compiled.config.timezone,
      }),
    );
  }
  return exit.ok;
}
