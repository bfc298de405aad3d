// One job of an import at a time: its file, then its entry.
import { boundEntry } from "../apply/bind.ts";
import type { Written } from "../config/index.ts";
import { UsageError } from "../model/errors.ts";
import type { ImportedItem } from "../model/import.ts";
import { refKey } from "../model/job.ts";
import { openIntents, type State } from "../model/state.ts";
import { difference } from "../plan/diff.ts";
import type { Chosen, Found } from "../plan/importable.ts";
import type { StateSession } from "../state/store.ts";
import type { Neighbours } from "./neighbours.ts";
import { writeNew } from "./newfiles.ts";
import type { Ground } from "./planning.ts";

/** A job that an interrupted create may have made must not become another vacancy's. */
export function refuseOpenCreates(state: State, { open }: Neighbours): void {
  const own = openIntents(state).find(({ call }) => call.do === "create");
  const [other] = open;
  const key = own?.key ?? other?.key;
  if (key === undefined) return;
  const where = own === undefined ? ` in the workspace ${other?.workspace}` : "";
  throw new UsageError(
    `a create of ${key}${where} was interrupted, and one of the board's jobs may be what it made; nothing was imported`,
    {
      hint: `vac apply${where} finds out; if the board can't tell: vac state resolve ${key} --done|--not-done`,
    },
  );
}

/** Binds a file that an earlier import has left without a job. */
export async function bindFound(
  { repository, uncommitted, open }: Ground,
  session: StateSession | undefined,
  { vacancy, view }: Found,
): Promise<ImportedItem> {
  const standing = { commit: repository?.commit ?? null, uncommitted };
  const entry = boundEntry(vacancy, view, standing, open.board.now());
  await session?.append({ event: "put", key: vacancy.key, entry }, "fsync");
  return {
    key: vacancy.key,
    file: vacancy.file,
    job_id: refKey(view.ref),
    title: String(vacancy.attributes.title ?? ""),
    left_out: [],
    sent_next: [],
    found: true,
  };
}

/** Writes one file and binds its vacancy; the file comes first, since what has no file could be taken for deleted. */
export async function take(
  ground: Ground,
  state: State,
  session: StateSession | undefined,
  { id, file, text, vacancy, leftOut }: Written,
  { view, was, status }: Chosen,
): Promise<{ item: ImportedItem; fault?: string }> {
  const { workspace, open, repository } = ground;
  const { key } = vacancy;
  const before = was === undefined ? undefined : state.entries[was];
  const standing = { commit: repository?.commit ?? null, uncommitted: new Set([file]) };
  const bound = boundEntry(vacancy, view, standing, open.board.now(), before?.applied);
  // That we closed it is still so.
  const entry = before?.closed && status === "closed" ? { ...bound, closed: before.closed } : bound;
  const { update } = difference(open.board.traits, vacancy, entry, view.attributes);
  const item = {
    key,
    file,
    job_id: id,
    title: String(vacancy.attributes.title ?? view.attributes.title ?? ""),
    left_out: [...leftOut],
    sent_next: (update?.fields ?? []).map(({ name }) => name),
    status,
  };
  if (!session) return { item };
  const fault = await writeNew(workspace.dir, file, text);
  if (fault !== undefined) return { item, fault };
  if (was !== undefined && was !== key) await session.append({ event: "drop", key: was });
  await session.append({ event: "put", key, entry }, "fsync");
  return { item };
}
