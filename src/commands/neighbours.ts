// Other workspaces of the same repository: what they manage is none of this one's.
import { join, relative, resolve } from "node:path";
import type { Repository } from "../git/repository.ts";
import { refKey } from "../model/job.ts";
import { fileStore } from "../state/store.ts";

/**
 * Jobs that other workspaces of the repository manage on this board and account, by `refKey`, with the workspace's
 * folder from the repository's root. A state that can't be read is a StateError: what it claims isn't known then.
 */
export async function managedElsewhere(
  repository: Repository | undefined,
  folder: string,
  identity: { readonly board: string; readonly account: string },
): Promise<ReadonlyMap<string, string>> {
  const jobs = new Map<string, string>();
  if (!repository) return jobs;
  for (const other of await repository.foldersWith(["_config.yaml", "_config.yml"])) {
    if (resolve(other) === resolve(folder)) continue;
    const state = await fileStore(join(other, ".vac", "state"), identity.board).read();
    if (state?.account !== identity.account) continue;
    const name = relative(repository.root, other) || ".";
    for (const entry of Object.values(state.entries)) jobs.set(refKey(entry.job), name);
  }
  return jobs;
}
