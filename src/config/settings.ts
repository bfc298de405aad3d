// `_config.yaml` to settings with their defaults filled in.
import type { ConfigFile } from "../generated/config.ts";
import type { TriageRule } from "../model/triage.ts";
import type { Config } from "../model/vacancy.ts";
import { type ParsedFile, second } from "./assemble.ts";
import { zoneOf } from "./dates.ts";
import { durationMs } from "./durations.ts";
import { isTable } from "./layers.ts";
import { folderOf, foldersDownTo, fromFile } from "./paths.ts";
import type { Path, Problem, Report } from "./problem.ts";
import { picture } from "./rules/values.ts";
import { nearest, show } from "./wording.ts";

/** Settings of a workspace without a `_config.yaml`. */
export const defaultConfig: Config = {
  board: "emulator",
  concurrency: 4,
  timezone: "Europe/Moscow",
  closePercent: 30,
  settleAfterMs: 10 * 60_000,
  ignore: [],
  state: { backend: "file" },
  prices: {},
  triage: [],
};

/** The `_config.yaml` at the workspace's root, if there is one. */
export function configFile(files: readonly ParsedFile[], report: Report): ParsedFile | undefined {
  const [first, other] = files.filter(({ name, kind }) => kind === "config" && folderOf(name) === "");
  if (first && other) report(second(other, first));
  return first;
}

/** Settings of a file whose value fits its schema. */
export function configOf(file: ParsedFile): Config {
  // The schema has been asked.
  const value = (file.value ?? {}) as ConfigFile;
  const { guards = {}, settle_after: settle = "", state, budget, background } = value;
  const image = background && fromFile(file.name, background.file);
  return {
    board: (value.board ?? defaultConfig.board).replace(/\/+$/, ""),
    concurrency: value.concurrency ?? defaultConfig.concurrency,
    timezone: value.timezone ?? defaultConfig.timezone,
    closePercent: guards.close_percent ?? defaultConfig.closePercent,
    ...(guards.close_count === undefined ? {} : { closeCount: guards.close_count }),
    settleAfterMs: durationMs(settle) ?? defaultConfig.settleAfterMs,
    ignore: (value.ignore ?? []).map((id) => id.trim()),
    state: { ...(state ?? defaultConfig.state) },
    prices: { ...value.prices },
    triage: (value.triage ?? []).map(triageRule),
    ...(budget ? { budget: plain(budget) } : {}),
    ...(background && image !== undefined
      ? { background: { file: image, ...(background.crop && { crop: { ...background.crop } }) } }
      : {}),
  };
}

/** A rule of triage: what has been looked at by nobody unless it says otherwise. */
function triageRule({ when, set }: NonNullable<ConfigFile["triage"]>[number]): TriageRule {
  const { vacancy, status = "unread", older_than: olderThan } = when;
  return {
    status,
    set,
    olderThanMs: durationMs(olderThan ?? "0m") ?? 0,
    ...(olderThan !== undefined && { olderThan }),
    ...(vacancy !== undefined && { vacancy: vacancy.normalize("NFC") }),
  };
}

/** A value of a settings file; lists are told as texts. */
export type Stated = string | number | boolean | null;

/** Every value with its path. */
export function statedIn(table: object, path = ""): Map<string, Stated> {
  const found = new Map<string, Stated>();
  for (const [name, value] of Object.entries(table)) {
    const at = path === "" ? name : `${path}.${name}`;
    if (isTable(value)) for (const [below, inner] of statedIn(value, at)) found.set(below, inner);
    else found.set(at, Array.isArray(value) ? value.map(told).join(", ") : (value as Stated));
  }
  return found;
}

const told = (item: unknown): string => (typeof item === "string" ? item : JSON.stringify(item));

/** A copy whose maps have the prototype that everything else has. */
function plain<T>(value: T): T {
  if (!isTable(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)])) as T;
}

/** What the schema can't say of settings. */
export function checkConfig(file: ParsedFile, files: readonly ParsedFile[], report: Report): void {
  const { value } = file;
  if (value === undefined) return;
  const say = (path: Path, said: Said): void =>
    report({ severity: "error", ...said, file: file.name, spot: { path, part: said.part ?? "value" } });
  if (typeof value.timezone === "string" && value.timezone !== "" && !zoneOf(value.timezone)) {
    say(["timezone"], {
      code: "bad-timezone",
      message: `there is no time zone ${show(value.timezone)}`,
      hint: zoneHint(value.timezone),
    });
  }
  if (typeof value.board === "string") checkBoard(value.board, say);
  if (isTable(value.background)) picture(file.name, value.background, ["background"], say);
  if (isTable(value.budget) && isTable(value.budget.folders)) {
    checkFolders(Object.keys(value.budget.folders), files, say);
  }
}

type Said = Pick<Problem, "code" | "message" | "hint"> & { severity?: "warning"; part?: "key" };
type Say = (path: Path, said: Said) => void;

function zoneHint(name: string): string {
  const [near] = nearest(name, Intl.supportedValuesOf("timeZone"), 1);
  return near === undefined ? "write a name such as Europe/Moscow" : `did you mean ${near}?`;
}

function checkBoard(board: string, say: Say): void {
  if (!/^https?:\/\/./.test(board)) return;
  const url = URL.canParse(board) ? new URL(board) : undefined;
  const isHeld = url ? url.username !== "" || url.password !== "" : board.includes("@");
  if (url === undefined && !isHeld) {
    say(["board"], {
      code: "bad-board",
      message: `board ${show(board)} is no address`,
      hint: "write emulator, or an address that begins with https://",
    });
  } else if (isHeld) {
    say(["board"], {
      code: "board-credentials",
      message: "the board's address holds credentials",
      hint: "take them out, and out of git's history; set VAC_LOGIN and VAC_PASSWORD in the environment",
    });
  }
}

function checkFolders(names: readonly string[], files: readonly ParsedFile[], say: Say): void {
  const vacancies = files.filter(({ kind }) => kind === "vacancy");
  const folders = new Set(vacancies.flatMap(({ name }) => foldersDownTo(folderOf(name))));
  for (const { value } of vacancies) {
    if (typeof value?.key === "string")
      for (const one of foldersDownTo(folderOf(value.key))) folders.add(one);
  }
  folders.delete("");
  for (const name of names) {
    if (folders.has(name)) continue;
    const [near] = nearest(name, [...folders], 1);
    say(["budget", "folders", name], {
      severity: "warning",
      code: "unknown-folder",
      message: `the budget names the folder ${show(name)}, which holds no vacancy`,
      hint: near === undefined ? "name a folder of the workspace, such as moscow" : `did you mean ${near}?`,
      part: "key",
    });
  }
}
