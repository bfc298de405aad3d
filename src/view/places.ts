// Many keys in few words: by the folders that they are in.
import { cleanLine } from "./clean.ts";

/** Folders that are named. */
const most = 5;

const folderOf = (key: string): string => key.slice(0, Math.max(0, key.lastIndexOf("/"))) || ".";

/** `moscow 120, kazan 100 and 38 more folders`, those with the most keys first; empty where all are in one folder. */
export function foldersText(keys: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(folderOf(key), (counts.get(folderOf(key)) ?? 0) + 1);
  if (counts.size < 2) return "";
  const sorted = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const shown = sorted.slice(0, most).map(([folder, count]) => `${cleanLine(folder)} ${count}`);
  const more = sorted.length - shown.length;
  return `${shown.join(", ")}${more > 0 ? ` and ${more} more ${more === 1 ? "folder" : "folders"}` : ""}`;
}

/** The first keys, and how many more there are. */
export function someText(keys: readonly string[], count: number): string {
  const shown = keys.slice(0, count).map(cleanLine);
  return `${shown.join(", ")}${keys.length > count ? ` and ${keys.length - count} more` : ""}`;
}

/** The first keys as they are called, and where all of them are, if that says more than a number. */
export function placesText(
  keys: readonly string[],
  count: number,
  nameOf: (index: number) => string = (index) => keys[index] ?? "",
): string {
  const folders = keys.length > count ? foldersText(keys) : "";
  const names = someText(
    keys.map((_, index) => nameOf(index)),
    count,
  );
  return folders === "" ? names : `${names} (${folders})`;
}
