// Where entries come from, kept true by every apply: what a squash or a rebase has renamed, and what has arrived.
import type { Repository } from "../git/repository.ts";
import type { StateEntry } from "../model/state.ts";
import type { Vacancy } from "../model/vacancy.ts";
import type { StateSession } from "../state/store.ts";

/**
 * Notes which entries the checked-out commit has, where the state names a commit that it doesn't contain; and which
 * accepted values. No step of a plan, since nothing but git's own story changes.
 */
export async function keepProvenance(
  session: StateSession,
  repository: Repository | undefined,
  uncommitted: ReadonlySet<string>,
  desired: readonly Vacancy[],
): Promise<void> {
  if (!repository || repository.commit === null) return;
  for (const vacancy of desired) {
    const entry = session.state.entries[vacancy.key];
    if (!entry || entry.tombstone !== undefined || uncommitted.has(vacancy.file)) continue;
    const next = await settled(entry, vacancy, repository, repository.commit);
    if (next !== entry) await session.append({ event: "put", key: vacancy.key, entry: next });
  }
}

async function settled(
  entry: StateEntry,
  vacancy: Vacancy,
  { contains }: Repository,
  commit: string,
): Promise<StateEntry> {
  const { uncommitted, ...rest } = entry;
  const strange = entry.commit !== null && (uncommitted || (await contains(entry.commit)) === "no");
  const marks = Object.entries(entry.accepted ?? {});
  const fresh = marks.filter(([name, mark]) => !mark.arrived && hasValue(vacancy, name, mark.before));
  if (!strange && fresh.length === 0) return entry;
  const accepted = Object.fromEntries(
    marks.map(([name, mark]) => [
      name,
      fresh.some(([one]) => one === name) ? { ...mark, commit, arrived: true as const } : mark,
    ]),
  );
  return {
    ...(strange ? { ...rest, commit } : entry),
    ...(marks.length > 0 && { accepted }),
  };
}

/** Whether a file states something else than what it stated before. */
function hasValue({ status, attributes }: Vacancy, name: string, before: readonly unknown[]): boolean {
  return !before.includes((name === "status" ? status : attributes[name]) ?? null);
}
