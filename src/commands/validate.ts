// vac validate: every problem of every file, offline.

import { openRepository } from "../git/repository.ts";
import { hasErrors, toJson, type ValidateResult } from "../model/diagnostic.ts";
import { validateText } from "../view/validate.ts";
import { type ExitCode, exit, type Globals, type Io, print, printAsIs, printJson, styleOf } from "./io.ts";
import { loadWorkspace, resolveOffline, workspaceName } from "./workspace.ts";

/** Checks a workspace; no request is sent. */
export async function validateCommand(io: Io, flags: Globals): Promise<ExitCode> {
  const workspace = await loadWorkspace(io, flags, true);
  const { diagnostics, files, vacancies } = await resolveOffline(workspace);
  const count = (severity: "error" | "warning"): number =>
    diagnostics.filter((d) => d.severity === severity).length;
  const summary = { files, vacancies: vacancies.length, errors: count("error"), warnings: count("warning") };
  if (flags.format === "text") print(io, validateText(summary, diagnostics, styleOf(io, flags, "out")));
  else {
    const repository = await openRepository(workspace.dir);
    const result: ValidateResult = {
      workspace: workspaceName(repository, workspace),
      summary,
      diagnostics: diagnostics.map(toJson),
    };
    if (flags.format === "json") printJson(io, result);
    else printAsIs(io, (await import("../view/markdown/validate.ts")).validateMarkdown(result));
  }
  return hasErrors(diagnostics) ? exit.failed : exit.ok;
}
