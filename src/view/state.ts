// Entries of the state as text.
import { refKey } from "../model/job.ts";
import type { StateEntry } from "../model/state.ts";
import { cleanLine } from "./clean.ts";
import { dateTime } from "./dates.ts";
import { painter, type Style } from "./paint.ts";
import { table } from "./table.ts";

export interface StateStyle extends Style {
  readonly timezone: string;
}

const expiry = ({ observed }: StateEntry, timezone: string): string =>
  observed.expiresAt === undefined ? "" : dateTime(observed.expiresAt, timezone);

const standing = (entry: StateEntry): string =>
  entry.tombstone
    ? `${entry.tombstone}, file deleted`
    : entry.closed
      ? "closed by us"
      : (entry.observed.status ?? "unknown");

/** One row for each key, sorted. */
export function stateListText(entries: Readonly<Record<string, StateEntry>>, style: StateStyle): string {
  const keys = Object.keys(entries).sort();
  if (keys.length === 0)
    return "Nothing is managed yet: vac apply publishes, and adopts what is on the board.";
  const paint = painter(style.colour);
  const rows = keys.map((key) => {
    const entry = entries[key] as StateEntry;
    return [
      cleanLine(key),
      refKey(entry.job),
      standing(entry),
      expiry(entry, style.timezone),
      entry.commit?.slice(0, 8) ?? "",
    ];
  });
  return table([["KEY", "JOB", "LAST SEEN", "EXPIRES", "COMMIT"].map((name) => paint("dim", name)), ...rows]);
}

/** One entry whole. */
export function stateEntryText(key: string, entry: StateEntry, style: StateStyle): string {
  const paint = painter(style.colour);
  const names = [...new Set([...Object.keys(entry.applied), ...Object.keys(entry.observed.attributes)])];
  const show = (value: unknown): string =>
    value === undefined ? "" : value === null ? "(empty)" : cleanLine(String(value));
  return [
    paint("bold", cleanLine(key)),
    table([
      ["job", refKey(entry.job)],
      ["file", cleanLine(entry.file)],
      ["last seen", `${standing(entry)}, ${dateTime(entry.observed.at, style.timezone)}`],
      ["expires", expiry(entry, style.timezone)],
      ["commit", entry.commit ?? "(none)"],
      [
        "kept when the file goes",
        `prevent_close: ${entry.keep.preventClose}, close_reason: ${entry.keep.closeReason}, on_delete: ${entry.keep.onDelete}`,
      ],
    ]),
    table([
      ["", "APPLIED", "OBSERVED"],
      ...names.map((name) => [name, show(entry.applied[name]), show(entry.observed.attributes[name])]),
    ]),
  ].join("\n\n");
}
