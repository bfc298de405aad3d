// A workspace's files parsed and merged: what each vacancy states, and which file states it.
import { hash as hashOf } from "node:crypto";
import { timed } from "../model/timings.ts";
import type { ParseCache } from "./cache/file.ts";
import { isTable, type Layer, layOver, type Merged, nothing, ranks } from "./layers.ts";
import { folderOf, foldersDownTo, keyOf } from "./paths.ts";
import { createLocators, type Locators } from "./place.ts";
import { type Report, start } from "./problem.ts";
import { checkSchema } from "./schema.ts";
import { type FileKind, kindOf, namesAt } from "./shapes.ts";
import type { SourceFile, Sources } from "./sources.ts";
import { nearest } from "./wording.ts";
import { parseText, type Table } from "./yaml/document.ts";
import { decode, decodeAnyhow } from "./yaml/text.ts";

export interface ParsedFile {
  readonly name: string;
  readonly kind: FileKind;
  /** SHA-256 of its bytes, hex. */
  readonly hash: string;
  /** Undefined where it can't be read as YAML, or states no map. */
  readonly value: Table | undefined;
  /** Attributes that it may have been meant to state; all where that can't be told. */
  readonly meant: ReadonlySet<string> | "all";
}

/** One vacancy: a file, or one of its locations. */
export interface Entry {
  readonly key: string;
  readonly file: ParsedFile;
  readonly location?: string;
  readonly merged: Merged;
  /** Every file that it is made of, the farthest defaults first. */
  readonly files: readonly ParsedFile[];
}

export interface Assembled {
  readonly files: readonly ParsedFile[];
  /** In the order of their files. */
  readonly entries: readonly Entry[];
  /** Every map of attributes, each once. */
  readonly layers: readonly Layer[];
  readonly locators: Locators;
}

/**
 * Parses every file, holds it against its schema, and merges. Problems go to `report`; nothing is thrown. What `cache`
 * knows was found sound before.
 */
export function assemble(sources: Sources, report: Report, cache?: ParseCache): Assembled {
  const locators = createLocators(sources.files);
  const files = sources.files.map((file) => readFile(file, locators, report, cache));
  const folders = createFolders(files, report);
  const layers = [...folders.layers];
  const entries: Entry[] = [];
  for (const file of files) {
    if (file.kind !== "vacancy" || file.value === undefined) continue;
    const above = folders.at(folderOf(file.name));
    const own: Layer = { file: file.name, path: [], values: file.value, rank: ranks.file };
    const merged = layOver(above.merged, own);
    const base = { file, files: [...above.files, file] };
    const key = typeof file.value.key === "string" ? file.value.key.normalize("NFC") : keyOf(file.name);
    layers.push(own);
    const { locations } = file.value;
    if (!isTable(locations)) {
      entries.push({ ...base, key, merged });
      continue;
    }
    for (const [name, values] of Object.entries(locations)) {
      const path = ["locations", name];
      const layer = { file: file.name, path, values: isTable(values) ? values : {}, rank: ranks.location };
      layers.push(layer);
      const location = name.normalize("NFC");
      entries.push({ ...base, key: `${key}@${location}`, location, merged: layOver(merged, layer) });
    }
  }
  return { files, entries, layers, locators };
}

function readFile(
  { name, bytes }: SourceFile,
  locators: Locators,
  report: Report,
  cache: ParseCache | undefined,
): ParsedFile {
  const kind = kindOf(name);
  const hash = hashOf("sha256", bytes, "hex");
  const known = timed("parse", () => cache?.find(kind, hash));
  if (known) return { name, kind, hash, value: known, meant: meantBy(kind, known) };
  let isSound = true;
  const parsed = parseFile({ name, bytes }, kind, hash, locators, (problem) => {
    isSound = false;
    report(problem);
  });
  if (isSound && parsed.value) cache?.keep(kind, hash, parsed.value);
  return parsed;
}

function parseFile(
  { name, bytes }: SourceFile,
  kind: FileKind,
  hash: string,
  locators: Locators,
  report: Report,
): ParsedFile {
  const text = decode(bytes);
  if (text === undefined) {
    const offset = Math.max(0, decodeAnyhow(bytes).indexOf("\ufffd"));
    report({
      severity: "error",
      code: "not-utf8",
      message: "the file isn't UTF-8",
      hint: "save it as UTF-8",
      file: name,
      spot: { offset },
    });
    return { name, kind, hash, value: undefined, meant: "all" };
  }
  const { value, faults } = timed("parse", () => parseText(text, kind));
  for (const { offset, ...fault } of faults) {
    report({ severity: "error", ...fault, file: name, spot: { offset } });
  }
  if (value === undefined) return { name, kind, hash, value, meant: "all" };
  for (const problem of checkSchema(kind, value, name, () => locators(name))) report(problem);
  const lost = faults.some(({ code }) => code === "unresolved-alias" || code === "merge-key");
  return { name, kind, hash, value, meant: lost ? "all" : meantBy(kind, value) };
}

const none: ReadonlySet<string> = new Set();

/** Attributes that unknown names of a file come near to. */
function meantBy(kind: FileKind, value: Table): ReadonlySet<string> {
  const known = namesAt(kind, []);
  const maps = [value, ...(isTable(value.locations) ? Object.values(value.locations).filter(isTable) : [])];
  const unknown = maps.flatMap((map) => Object.keys(map).filter((name) => !known.includes(name)));
  if (unknown.length === 0) return none;
  return new Set(unknown.slice(0, 100).flatMap((name) => nearest(name, known, 1)));
}

interface Folders {
  readonly layers: readonly Layer[];
  /** What the defaults of a folder and of those above it state. */
  at(folder: string): { readonly merged: Merged; readonly files: readonly ParsedFile[] };
}

function createFolders(files: readonly ParsedFile[], report: Report): Folders {
  const defaults = new Map<string, ParsedFile>();
  for (const file of files) {
    if (file.kind !== "defaults") continue;
    const first = defaults.get(folderOf(file.name));
    if (first === undefined) defaults.set(folderOf(file.name), file);
    else report(second(file, first));
  }
  const layers = new Map<ParsedFile, Layer>();
  for (const [folder, file] of defaults) {
    const rank = folder === "" ? 0 : folder.split("/").length;
    layers.set(file, { file: file.name, path: [], values: file.value ?? {}, rank });
  }
  const known = new Map<string, ReturnType<Folders["at"]>>();
  const at = (folder: string): ReturnType<Folders["at"]> => {
    const found = known.get(folder);
    if (found) return found;
    const chain = foldersDownTo(folder).flatMap((one) => defaults.get(one) ?? []);
    const merged = chain.flatMap((file) => layers.get(file) ?? []).reduce(layOver, nothing);
    const result = { merged, files: chain };
    known.set(folder, result);
    return result;
  };
  return { layers: [...layers.values()], at };
}

/** That a folder has a file twice, with either extension. */
export function second(file: ParsedFile, first: ParsedFile): Parameters<Report>[0] {
  return {
    severity: "error",
    code: "second-file",
    message: `${first.name} stands beside ${file.name}`,
    hint: "keep one of the two",
    file: file.name,
    spot: start,
  };
}
