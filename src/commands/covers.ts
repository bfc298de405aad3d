// Which keys a plan is about: --target and --changed-since.
import type { Compiled } from "../config/index.ts";
import type { Repository } from "../git/repository.ts";
import type { Diagnostic } from "../model/diagnostic.ts";
import { UsageError } from "../model/errors.ts";
import { accountKey } from "../model/plan.ts";
import type { State } from "../model/state.ts";
import type { Config, Vacancy } from "../model/vacancy.ts";
import { compileGlobs } from "./globs.ts";

export interface Covered {
  /** Undefined for all keys. */
  readonly covers: ((key: string) => boolean) | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

export interface CoverFlags {
  readonly target: readonly string[];
  /** A branch or commit: only keys whose files have changed since. */
  readonly changedSince?: string;
}

/** A key is covered if every flag that is given covers it. UsageError for a glob or a ref that means nothing. */
export async function coveredBy(
  flags: CoverFlags,
  repository: Repository | undefined,
  { vacancies: desired, config }: Pick<Compiled, "vacancies" | "config">,
  state: State,
  /** How the command calls its targets. */
  name = "--target",
): Promise<Covered> {
  const account = config.background || state.background ? [accountKey] : [];
  const keys = new Set([...account, ...desired.map(({ key }) => key), ...Object.keys(state.entries)]);
  const targets = compileGlobs(name, flags.target, keys);
  if (flags.changedSince === undefined) return { covers: targets, diagnostics: [] };
  if (!repository) {
    throw new UsageError("--changed-since needs git, and the workspace lies in no repository", {
      hint: "leave it out, or name keys with --target",
    });
  }
  const changed = await repository.history.changedSince(flags.changedSince);
  const touched = new Set([...touchedKeys(changed, desired, state), ...touchedAccount(changed, config)]);
  return {
    covers: (key) => touched.has(key) && (targets?.(key) ?? true),
    diagnostics: settingsChanged(changed, flags.changedSince),
  };
}

/** Keys of which a file changed, or a `_defaults.yaml` above it, or its picture. */
export function touchedKeys(
  changed: ReadonlySet<string>,
  desired: readonly Vacancy[],
  state: Pick<State, "entries"> | undefined,
): ReadonlySet<string> {
  const folders = [...changed]
    .filter((file) => /(^|\/)_defaults\.ya?ml$/i.test(file))
    .map((file) => file.slice(0, file.lastIndexOf("/") + 1));
  const isTouched = (file: string): boolean =>
    changed.has(file) || folders.some((folder) => file.startsWith(folder));
  const touched = new Set<string>();
  for (const { key, file, background } of desired) {
    if (isTouched(file) || (background !== undefined && changed.has(background.file))) touched.add(key);
  }
  for (const [key, { file }] of Object.entries(state?.entries ?? {})) if (isTouched(file)) touched.add(key);
  return touched;
}

/** The account's key, where the settings changed or its picture. */
function touchedAccount(changed: ReadonlySet<string>, { background }: Config): readonly string[] {
  const settings = [...changed].some((name) => settingsFile.test(name));
  return settings || (background && changed.has(background.file)) ? [accountKey] : [];
}

/** The name of the settings' file. */
export const settingsFile = /^_config\.ya?ml$/i;

function settingsChanged(changed: ReadonlySet<string>, ref: string): Diagnostic[] {
  const file = [...changed].find((name) => settingsFile.test(name));
  if (file === undefined) return [];
  return [
    {
      severity: "warning",
      code: "settings-changed",
      message: `${file} has changed since ${ref}: what that means for files that haven't isn't part of this plan`,
      file: "",
      line: 0,
      column: 0,
      hint: "plan without --changed-since to see all of it",
    },
  ];
}
