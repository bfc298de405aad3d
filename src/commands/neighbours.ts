// Other workspaces of the same repository: what they manage, or are about to publish, is none of this one's.
import { relative, resolve } from "node:path";
import type { Repository } from "../git/repository.ts";
import type { Attributes } from "../model/attributes.ts";
import { refKey } from "../model/job.ts";
import { openIntents } from "../model/state.ts";
import { stateBeside } from "./stores.ts";
import type { Workspace } from "./workspace.ts";

export interface Neighbours {
  /** Jobs that they manage on this board and account, by `refKey`, with the workspace's folder from the repository's root. */
  readonly jobs: ReadonlyMap<string, string>;
  /** The workspace that has given the account its background on this board, where one has. */
  readonly background?: string;
  /** Publications of theirs of which nobody knows yet what became: one of the board's jobs may be each of them. */
  readonly open: readonly {
    readonly workspace: string;
    readonly key: string;
    readonly attributes: Attributes;
  }[];
}

/** Reads the other states, in files or on a branch. One that can't be read is a StateError: what it claims isn't known then. */
export async function neighboursOf(
  repository: Repository | undefined,
  { dir, branches }: Pick<Workspace, "dir" | "branches">,
  identity: { readonly board: string; readonly account: string },
  alone = false,
): Promise<Neighbours> {
  const jobs = new Map<string, string>();
  const open: Neighbours["open"][number][] = [];
  let background: string | undefined;
  for (const other of (await repository?.yamlFolders()) ?? []) {
    if (resolve(other) === resolve(dir)) continue;
    const state = await stateBeside(branches, other, identity.board, alone);
    if (!repository || state?.account !== identity.account) continue;
    const workspace = relative(repository.root, other) || ".";
    for (const entry of Object.values(state.entries)) jobs.set(refKey(entry.job), workspace);
    if (state.background) background = workspace;
    for (const { key, call } of openIntents(state))
      if (call.do === "create") open.push({ workspace, key, attributes: call.attributes });
  }
  return { jobs, open, ...(background !== undefined && { background }) };
}
