// vac applications proceed: the answer to those who applied.
import type { ProceededItem, ProceedResult } from "../model/listed.ts";
import { proceedingText } from "../view/applications.ts";
import { onManaged } from "./ground.ts";
import { type ExitCode, exit, type Globals, type Io, print, printJson, styleOf } from "./io.ts";
import { nameOf } from "./people.ts";
import { type Proceeded, proceedAll, type Result, type Wanted } from "./proceeding.ts";

export interface ProceedFlags extends Globals {
  readonly ids: readonly string[];
  readonly status: string;
}

/** Gives applications another status (document: Изменение статуса отклика). */
export async function applicationsProceed(io: Io, flags: ProceedFlags): Promise<ExitCode> {
  return onManaged(io, flags, async ({ client, config, keys }) => {
    const wanted = [...new Set(flags.ids)].map((id) => ({ id, to: flags.status }));
    const { results, interrupted } = await proceedAll(io, client, wanted, config.concurrency);
    showResults(io, flags, results, keys);
    return exitOf(results, interrupted);
  });
}

/** Tells what became of applications: a line each, or JSON. */
export function showResults<W extends Wanted>(
  io: Io,
  flags: Globals,
  results: readonly Proceeded<W>[],
  keys: ReadonlyMap<string, string>,
): void {
  const items = results.map(({ wanted, result, application, error = null }): ProceededItem => {
    const jobId = application?.jobId ?? wanted.jobId ?? null;
    return {
      id: wanted.id,
      key: jobId === null ? null : (keys.get(jobId) ?? null),
      job_id: jobId,
      status: wanted.to,
      result,
      error,
    };
  });
  if (flags.format === "json") {
    const told: ProceedResult = { summary: summaryOf(results), items };
    printJson(io, told);
    return;
  }
  const lines = items.map((item, index) => ({
    ...item,
    name: nameOf(results[index]?.application?.candidate),
  }));
  print(io, proceedingText(lines, summaryOf(results), styleOf(io, flags, "out")));
}

function summaryOf(results: readonly { readonly result: Result }[]): Record<Result, number> {
  const summary = { applied: 0, failed: 0, unknown: 0, moved_on: 0, not_started: 0 };
  for (const { result } of results) summary[result] += 1;
  return summary;
}

/** One that failed by itself is an error; of several, some may have been done. */
export function exitOf(results: readonly { readonly result: Result }[], interrupted: boolean): ExitCode {
  if (interrupted) return exit.interrupted;
  if (results.every(({ result }) => result === "applied" || result === "moved_on")) return exit.ok;
  return results.length === 1 && results[0]?.result === "failed" ? exit.failed : exit.incomplete;
}
