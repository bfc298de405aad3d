// Entries of the state as text.

import { dateTime } from "../model/dates.ts";
import { refKey } from "../model/job.ts";
import type { GivenPicture, StateEntry } from "../model/state.ts";
import { givenText } from "./background.ts";
import { cleanLine } from "./clean.ts";
import { painter, type Style } from "./paint.ts";
import { table } from "./table.ts";
import { cell, noneMeans } from "./values.ts";

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

/** What the state has of the account itself. */
export function stateAccountText(key: string, background: GivenPicture, style: StateStyle): string {
  const paint = painter(style.colour);
  return `${paint("bold", key)}\n\n${table([["background", givenText(background)]])}`;
}

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
      cleanLine(refKey(entry.job)),
      standing(entry),
      expiry(entry, style.timezone),
      entry.commit?.slice(0, 8) ?? "",
    ];
  });
  return table([["KEY", "JOB", "LAST SEEN", "EXPIRES", "COMMIT"].map((name) => paint("dim", name)), ...rows]);
}

/** What was done about it before, where something was. */
function historyRows({ revivedFor, overwritten, observed }: StateEntry, timezone: string): string[][] {
  const names = Object.keys(overwritten ?? {});
  const services = Object.entries(observed.services ?? {});
  return [
    ...(revivedFor === undefined ? [] : [["revived for", `its expiry of ${dateTime(revivedFor, timezone)}`]]),
    ...(names.length === 0 ? [] : [["overwritten once", cleanLine(names.join(", "))]]),
    ...services.map(([code, until]) => [cleanLine(code), `until ${dateTime(until, timezone)}`]),
  ];
}

/** One entry whole. */
export function stateEntryText(key: string, entry: StateEntry, style: StateStyle): string {
  const paint = painter(style.colour);
  const names = [...new Set([...Object.keys(entry.applied), ...Object.keys(entry.observed.attributes)])];
  const wide = names.reduce((most, name) => Math.max(most, name.length), 0);
  // Both sides of an attribute fit beside each other; the JSON has them whole.
  const room = Math.max(16, Math.floor((style.width - wide - 4) / 2));
  return [
    paint("bold", cleanLine(key)),
    table([
      ["job", cleanLine(refKey(entry.job))],
      ["file", cleanLine(entry.file)],
      ["last seen", `${standing(entry)}, ${dateTime(entry.observed.at, style.timezone)}`],
      ["expires", expiry(entry, style.timezone)],
      ["commit", entry.commit ?? "(none)"],
      ...historyRows(entry, style.timezone),
      ...(entry.background ? [["background", givenText(entry.background)]] : []),
      [
        "kept when the file goes",
        `prevent_close: ${entry.keep.preventClose}, close_reason: ${entry.keep.closeReason}, on_delete: ${entry.keep.onDelete}`,
      ],
    ]),
    table([
      ["", "APPLIED", "OBSERVED"].map((name) => paint("dim", name)),
      ...names.map((name) => [
        cleanLine(name),
        cell(entry.applied[name], room),
        cell(entry.observed.attributes[name], room),
      ]),
    ]),
    paint("dim", `(${noneMeans})`),
  ].join("\n\n");
}
