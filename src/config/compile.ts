// The desired side of a plan: sources to vacancies, with every problem of every file.
import { createHash } from "node:crypto";
import { byPlace, compareText, type Diagnostic } from "../model/diagnostic.ts";
import { UsageError } from "../model/errors.ts";
import { addTo } from "../model/groups.ts";
import type { Config, Vacancy } from "../model/vacancy.ts";
import { type Assembled, assemble, type Entry, type ParsedFile } from "./assemble.ts";
import type { ParseCache } from "./cache/file.ts";
import { type Zone, zoneOf } from "./dates.ts";
import { type WantedPicture, wantedPictures } from "./pictures/wanted.ts";
import { createLocators, place } from "./place.ts";
import type { Path, Problem } from "./problem.ts";
import { checkKeys } from "./rules/keys.ts";
import { checkMissing, type Optional } from "./rules/missing.ts";
import { checkVacancy } from "./rules/vacancies.ts";
import { checkValues, type Gaps } from "./rules/values.ts";
import { checkConfig, configFile, configOf, defaultConfig, type Stated, statedIn } from "./settings.ts";
import type { Sources } from "./sources.ts";
import { vacancyOf } from "./vacancy.ts";

/** What compiling has to be told from outside the workspace. */
export interface Context {
  /** Attributes that a vacancy may lack since its job has them: then their absence is a warning, not an error. */
  readonly optional?: Optional;
  /** The least time that the board leaves between two services of a kind, in milliseconds. */
  readonly gaps?: Gaps;
  /** What was parsed before. */
  readonly cache?: ParseCache;
}

/** A profession's title that still has to be looked up, with where it is stated. */
export interface WantedTitle {
  /** The vacancy. */
  readonly key: string;
  readonly title: string;
  readonly file: string;
  readonly path: Path;
}

/** A workspace as it is wanted on the board. */
export interface Compiled {
  /** Absolute path. */
  readonly root: string;
  readonly config: Config;
  /**
   * Sorted by key. Those in which something is an error are left out, so nothing may be concluded from a key's
   * absence while there is an error among `diagnostics`.
   */
  readonly vacancies: readonly Vacancy[];
  /** Sorted by place. */
  readonly diagnostics: readonly Diagnostic[];
  /** How many files were read. */
  readonly files: number;
  /** SHA-256 of the names and bytes of all files, hex. */
  readonly contentHash: string;
  /** Titles of professions to be resolved, each once, sorted. */
  readonly titles: readonly string[];
  /** The same, for each vacancy. */
  readonly wanted: readonly WantedTitle[];
  /** Background pictures that are named, whose files still have to be read. */
  readonly pictures: readonly WantedPicture[];
  readonly sources: Sources;
}

/** Compiles a workspace. Never throws for what files hold: their faults are `diagnostics`, all of them at once. */
export function compileWorkspace(sources: Sources, context: Context = {}): Compiled {
  const problems: Problem[] = [];
  const report = (problem: Problem): void => void problems.push(problem);
  const assembled = assemble(sources, report, context.cache);
  const { files, layers, locators } = assembled;
  for (const layer of layers) checkValues(layer, context.gaps ?? {}, report);
  const broken = checkKeys(files, report);
  const file = configFile(files, report);
  if (file) checkConfig(file, files, report);
  for (const problem of problems) if (problem.severity === "error") broken.add(problem.file);
  const config = file?.value && !broken.has(file.name) ? configOf(file) : defaultConfig;
  const sound = soundEntries(assembled, broken, context.optional ?? (() => false), report);
  const zone = zoneOf(config.timezone) ?? utc;
  const diagnostics = [...sources.problems, ...place(problems, locators)].sort(byPlace);
  const wanted = sound.flatMap(wantedTitle).sort((a, b) => compareText(a.key, b.key));
  return {
    root: sources.root,
    config,
    vacancies: sound.map((entry) => vacancyOf(entry, zone)).sort((a, b) => compareText(a.key, b.key)),
    diagnostics,
    files: sources.files.length,
    contentHash: hashOf(files),
    titles: [...new Set(wanted.map(({ title }) => title))].sort(compareText),
    wanted,
    pictures: wantedPictures(assembled.entries, file),
    sources,
  };
}

/**
 * The settings of a workspace, without a look at its vacancies. A UsageError that names the first fault where they hold
 * one: which board is meant and where the state is isn't known then, and defaults would answer for another.
 */
export function soundConfig(sources: Sources): Config {
  const { config, errors } = readSettings(sources);
  if (errors.length > 0) throw settingsError(errors);
  return config;
}

/** The first of the settings' errors, for whoever can't go on with any. */
export function settingsError([first]: readonly Diagnostic[]): UsageError {
  const place = first && first.line > 0 ? `${first.file}:${first.line}:${first.column}` : first?.file;
  return new UsageError(`${place}: ${first?.message}`, {
    hint: `${first?.hint === undefined ? "mend it" : first.hint}; vac validate shows every problem`,
  });
}

/** What a settings file states. */
export interface Settings {
  /** With defaults filled in; the defaults alone where the file has an error. */
  readonly config: Config;
  /** What stands in the file, by its path, such as `budget.per_apply.wallet`. */
  readonly stated: ReadonlyMap<string, Stated>;
  /** What is wrong with it, sorted by place. */
  readonly errors: readonly Diagnostic[];
}

/** The same with what the file itself states. */
export function readSettings(sources: Sources): Settings {
  const problems: Problem[] = [];
  const report = (problem: Problem): void => void problems.push(problem);
  const isOwn = (name: string): boolean => /^_config\.ya?ml$/i.test(name);
  const own = sources.files.filter(({ name }) => isOwn(name));
  const { files, locators } = assemble({ ...sources, files: own }, report);
  const file = configFile(files, report);
  if (file) checkConfig(file, files, report);
  const unread = sources.problems.filter((problem) => isOwn(problem.file));
  const errors = [...unread, ...place(problems, locators)].filter(({ severity }) => severity === "error");
  const isSound = file?.value !== undefined && errors.length === 0;
  return {
    config: isSound ? configOf(file) : defaultConfig,
    stated: statedIn(file?.value ?? {}),
    errors,
  };
}

const utc: Zone = (local) => local;

/** The entries in which nothing is an error. */
function soundEntries(
  { entries }: Assembled,
  broken: ReadonlySet<string>,
  optional: Optional,
  report: (problem: Problem) => void,
): Entry[] {
  const byFile = new Map<ParsedFile, Entry[]>();
  for (const entry of entries) {
    addTo(byFile, entry.file, entry);
  }
  const lacking = new Set<string>();
  for (const group of byFile.values()) {
    for (const key of checkMissing(group, optional, report)) lacking.add(key);
  }
  return entries.filter((entry) => {
    const fits = checkVacancy(entry, report);
    return fits && !lacking.has(entry.key) && entry.files.every(({ name }) => !broken.has(name));
  });
}

function wantedTitle({ key, merged }: Entry): WantedTitle[] {
  const stated = merged.get("profession");
  if (typeof stated?.value !== "string") return [];
  const { file, path } = stated.layer;
  return [{ key, title: stated.value.normalize("NFC").trim(), file, path: [...path, "profession"] }];
}

function hashOf(files: readonly ParsedFile[]): string {
  const hash = createHash("sha256");
  for (const { name, hash: own } of files) hash.update(`${name}\0${own}\0`);
  return hash.digest("hex");
}

/** Problems found after compiling, added to what was found before. */
export function withProblems(
  compiled: Compiled,
  kept: readonly Diagnostic[],
  problems: readonly Problem[],
): readonly Diagnostic[] {
  if (problems.length === 0) return kept;
  return [...kept, ...place(problems, createLocators(compiled.sources.files))].sort(byPlace);
}
