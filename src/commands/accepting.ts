// Writes values of the board into the files and brings the state in line.
import { realpath } from "node:fs/promises";
import { join } from "node:path";
import { type AcceptedValue, acceptedEntry } from "../apply/accepted.ts";
import { type Acceptance, acceptValues, type Want } from "../config/index.ts";
import { addTo } from "../model/groups.ts";
import type { State } from "../model/state.ts";
import type { Drifted, DriftOf } from "../plan/drift.ts";
import type { StateSession } from "../state/store.ts";
import { replaceFile } from "./newfiles.ts";
import type { Ground } from "./planning.ts";
import { contextOf } from "./workspace.ts";

/**
 * Accepts drift. A file comes before the entries that it makes true, one file after the other: what is interrupted
 * between the two is found again, since the file has the board's value then and the state doesn't. `spared` are edits
 * that aren't committed and that nobody named.
 */
export async function accept(
  ground: Ground,
  state: State,
  session: StateSession,
  drift: readonly DriftOf[],
  titles: ReadonlyMap<string, string>,
  all: boolean,
): Promise<Acceptance> {
  const { workspace, compiled, repository, open, uncommitted } = ground;
  const { kind } = open.board.traits.roles;
  const left: Acceptance["left"][number][] = [];
  const wants: Want[] = [];
  for (const { key, entry, vacancy, fields } of drift) {
    for (const field of fields) {
      const { name, live } = field;
      const title = name === kind ? titles.get(String(live)) : undefined;
      const want = { key, name, value: live, ...(title !== undefined && { title }) };
      const spared = all && isPending(field, entry.applied[name]) && uncommitted.has(vacancy.file);
      if (field.why !== undefined) left.push({ want, why: field.why });
      else if (spared)
        left.push({
          want,
          why: `${vacancy.file} has an edit of it that isn't committed: accept it by its key, or commit first`,
        });
      else wants.push(want);
    }
  }
  const made = acceptValues(compiled.sources, compiled, wants, contextOf(state));
  const faults = await linkedTwice(workspace.dir, compiled.sources.files, made);
  const waiting = new Map<string, Set<string>>();
  for (const { key, file } of made.accepted) waiting.set(key, (waiting.get(key) ?? new Set()).add(file));
  const settle = async (key: string): Promise<void> => {
    const of = drift.find((one) => one.key === key);
    const values: AcceptedValue[] = made.accepted.filter((one) => one.key === key && !faults.has(one.file));
    const vacancy = made.vacancies.get(key);
    if (!of || !vacancy || values.length === 0) return;
    const after = { textHash: vacancy.textHash, commit: repository?.commit };
    const entry = acceptedEntry(of.entry, values, of.view, after);
    await session.append({ event: "put", key: of.known, entry }, "fsync");
  };
  const changed = new Set(made.files.map(({ name }) => name));
  for (const [key, files] of waiting) if (![...files].some((file) => changed.has(file))) await settle(key);
  for (const { name, text } of made.files) {
    const bytes = compiled.sources.files.find((file) => file.name === name)?.bytes ?? new Uint8Array();
    const fault = faults.get(name) ?? (await replaceFile(workspace.dir, name, bytes, text));
    if (fault !== undefined) faults.set(name, fault);
    changed.delete(name);
    for (const [key, files] of waiting)
      if (files.has(name) && ![...files].some((file) => changed.has(file))) await settle(key);
  }
  return {
    ...made,
    accepted: made.accepted.filter(({ file }) => !faults.has(file)),
    left: [
      ...left,
      ...made.left,
      ...made.accepted.flatMap((want) => {
        const why = faults.get(want.file);
        return why === undefined ? [] : [{ want, why }];
      }),
    ],
  };
}

/** Whether the file was edited, and the edit wasn't applied. */
const isPending = ({ desired, kind }: Drifted, applied: unknown): boolean =>
  kind === "open" && desired !== (applied ?? null);

/** Files that are one and the same by a link: what is written into one would change the other. */
async function linkedTwice(
  dir: string,
  sources: readonly { readonly name: string }[],
  { files }: Acceptance,
): Promise<Map<string, string>> {
  const faults = new Map<string, string>();
  if (files.length === 0) return faults;
  const paths = new Map<string, string[]>();
  for (const { name } of sources) {
    const path = await realpath(join(dir, name)).catch(() => name);
    addTo(paths, path, name);
  }
  for (const names of [...paths.values()].filter(({ length }) => length > 1)) {
    for (const name of names)
      faults.set(name, `${names.join(" and ")} are one file by a link: edit it by hand`);
  }
  return faults;
}
