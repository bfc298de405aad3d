// The board's dictionary of professions, kept beside the state so that titles can be checked offline.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Board, DictionaryItem } from "../board/port.ts";
import { writeWhole } from "../state/files.ts";
import { boardFile } from "../state/store.ts";

/** Milliseconds after which a kept dictionary is read again. */
const fresh = 24 * 3_600_000;

interface Kept {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly items: readonly DictionaryItem[];
}

const fileOf = (dir: string, board: string): string =>
  join(dir, ".vac", "dictionaries", boardFile(board), "professions.json");

/** The kept dictionary; undefined where there is none or it can't be used: it is a cache. */
export async function keptProfessions(dir: string, board: string): Promise<Kept | undefined> {
  try {
    const kept = JSON.parse(await readFile(fileOf(dir, board), "utf8")) as Kept;
    const sound =
      Number.isFinite(kept.at) &&
      kept.items.every((item) => typeof item.id === "string" && typeof item.title === "string");
    return sound ? kept : undefined;
  } catch {
    return undefined;
  }
}

/** The dictionary for these titles: the kept one if it is young and has them all, else the board's, which is then kept. */
export async function professionsFor(
  titles: readonly string[],
  dir: string,
  address: string,
  board: Board,
): Promise<readonly DictionaryItem[]> {
  const kept = await keptProfessions(dir, address);
  const known = new Set(kept?.items.map((item) => item.title.normalize("NFC").toLowerCase()));
  const enough = titles.every((title) => known.has(title.normalize("NFC").toLowerCase()));
  if (kept && enough && Date.now() - kept.at < fresh) return kept.items;
  const items = await board.dictionary("professions");
  const text = `${JSON.stringify({ at: Date.now(), items }, null, 1)}\n`;
  // A folder that can't be written costs the next run a request, no more.
  await writeWhole(fileOf(dir, address), text).catch(() => undefined);
  return items;
}

/** Titles by id, for showing; empty where no dictionary is kept. */
export async function professionTitles(workspace: {
  dir: string;
  address: string;
}): Promise<Map<string, string>> {
  const kept = await keptProfessions(workspace.dir, workspace.address);
  return new Map(kept?.items.map((item) => [item.id, item.title]));
}
