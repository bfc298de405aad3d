// The local copy of a state that lives on a branch: what was pushed last, with what happened since.
import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { StateEvent } from "../events.ts";
import { applyEvent } from "../events.ts";
import { writeWhole } from "../files.ts";
import { readLines } from "../lines.ts";
import { type Content, type Files, fold } from "../load.ts";
import { machineWord } from "../machine.ts";

/** Two contents brought together: what to go on from, and what of the local one is still to be added to it. */
interface Joined {
  readonly content: Content;
  /** Whether that is the local copy, which has all that the branch has. */
  readonly isLocal: boolean;
  readonly late: readonly StateEvent[];
}

/** Nothing at all. */
export const none: Content = { snapshot: undefined, log: undefined };

export const isNone = ({ snapshot, log }: Content): boolean => snapshot === undefined && log === undefined;

/**
 * What a machine goes on from. A local copy that continues the branch is the newer one: its last push didn't arrive. Else
 * the branch counts, and of the local log only what became of calls that the branch still has open: everything else was
 * settled by others from what the board showed.
 */
export function joined(local: Content, remote: Content, names: Pick<Files, "snapshot" | "log">): Joined {
  if (isNone(local)) return { content: remote, isLocal: false, late: [] };
  if (isNone(remote)) return { content: local, isLocal: true, late: [] };
  const { log = empty } = remote;
  const isNewer = (local.log ?? empty).subarray(0, log.length).equals(log);
  if (isNewer && same(local.snapshot, remote.snapshot)) return { content: local, isLocal: true, late: [] };
  return { content: remote, isLocal: false, late: outcomes(local, remote, names) };
}

const empty = Buffer.alloc(0);
const same = (a: Buffer = empty, b: Buffer = empty): boolean => a.equals(b);

export const isEqual = (a: Content, b: Content): boolean =>
  same(a.snapshot, b.snapshot) && same(a.log, b.log);

/** Events about calls that the branch has open. */
function outcomes(local: Content, remote: Content, names: Pick<Files, "snapshot" | "log">): StateEvent[] {
  const { state } = fold(remote, names);
  if (state === undefined || local.log === undefined) return [];
  const late: StateEvent[] = [];
  for (const event of readLines(local.log, names.log).events) {
    const open = state.intents[idOf(event) ?? ""];
    if (open === undefined || (event.event === "intent" && !open.planned)) continue;
    applyEvent(state, event);
    late.push(event);
  }
  return late;
}

function idOf(event: StateEvent): string | undefined {
  switch (event.event) {
    case "intent":
      return event.intent.id;
    case "sent":
    case "unclear":
    case "done":
    case "refused":
      return event.id;
    default:
      return undefined;
  }
}

/** Makes the local copy be like this. The log goes first: what is left of it must not be taken for the snapshot's. */
export async function writeCopy(files: Files, { snapshot, log }: Content): Promise<void> {
  await rm(files.log, { force: true });
  if (snapshot) await writeWhole(files.snapshot, snapshot, { mode: 0o600 });
  else await rm(files.snapshot, { force: true });
  if (log) await writeWhole(files.log, log, { mode: 0o600 });
}

/** Makes the folder of copies, which git passes over. */
export async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(join(folder, ".gitignore"), "*\n", { flag: "wx" }).catch(() => undefined);
}

/**
 * One word for this copy on this start of this machine: only its log has all that its runs did. A copy of the folder is
 * another one, and so is a folder that was made anew.
 */
export async function copyWord(folder: string): Promise<string> {
  await makeFolder(folder);
  const { dev, ino } = await stat(folder);
  const place = `${dev}:${ino}`;
  const file = wordFile(folder);
  const [id = "", at = ""] = (await readFile(file, "utf8").catch(() => "")).trim().split(" ");
  if (id !== "" && at === place) return wordOf(id);
  const fresh = randomUUID();
  await writeWhole(file, `${fresh} ${place}\n`, { mode: 0o600 });
  return wordOf(fresh);
}

const wordFile = (folder: string): string => join(folder, "copy");

/** Gives the copy another word from now on. */
export const forgetWord = (folder: string): Promise<void> => rm(wordFile(folder), { force: true });

const wordOf = (id: string): string =>
  `${machineWord()}/${createHash("sha256").update(id).digest("hex").slice(0, 16)}`;
