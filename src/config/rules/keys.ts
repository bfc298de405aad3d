// Rules about keys and names of files.

import { accountKey } from "../../model/plan.ts";
import type { ParsedFile } from "../assemble.ts";
import { isTable } from "../layers.ts";
import { folderOf, keyOf } from "../paths.ts";
import { type Problem, type Report, type Spot, start } from "../problem.ts";
import { show } from "../wording.ts";

/** Checks that every vacancy file has a key of its own, which nothing else looks like. Files with an error. */
export function checkKeys(files: readonly ParsedFile[], report: Report): Set<string> {
  const broken = new Set<string>();
  const say = (file: string, spot: Spot, said: Pick<Problem, "code" | "message" | "hint">): void => {
    broken.add(file);
    report({ severity: "error", ...said, file, spot });
  };
  const taken = new Map<string, { readonly key: string; readonly file: string }>();
  for (const { name, kind, value } of files) {
    if (kind === "config" && folderOf(name) !== "") {
      say(name, start, {
        code: "config-not-at-root",
        message: "settings belong to the workspace as a whole",
        hint: "move it to the workspace's root, or rename it to _defaults.yaml",
      });
    }
    if (kind !== "vacancy") continue;
    const stated = typeof value?.key === "string" ? value.key.normalize("NFC") : undefined;
    const key = stated ?? keyOf(name);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be in a key.
    if (stated === undefined && /[@\s\u0000-\u001f\u007f]/u.test(key)) {
      say(name, start, {
        code: "bad-file-name",
        message: `the path ${show(key)} can't be a key, as it holds a space or @`,
        hint: "rename the file with - instead, or give it a key",
      });
    }
    if (stated === accountKey) {
      say(
        name,
        { path: ["key"], part: "value" },
        {
          code: "key-reserved",
          message: `the key ${accountKey} stands for the account itself`,
          hint: "give it another key",
        },
      );
    }
    const spot: Spot = stated === undefined ? start : { path: ["key"], part: "value" };
    const first = taken.get(key.toLowerCase());
    if (first === undefined) taken.set(key.toLowerCase(), { key, file: name });
    else say(name, spot, first.key === key ? sameKey(key, first.file) : nearKey(key, first));
    if (isTable(value?.locations)) checkLocations(name, Object.keys(value.locations), say);
  }
  return broken;
}

const sameKey = (key: string, file: string) => ({
  code: "key-taken",
  message: `the key ${key} is that of ${file} too`,
  hint: "rename one of the files, or give one a key of its own",
});

const nearKey = (key: string, first: { readonly key: string; readonly file: string }) => ({
  code: "key-case",
  message: `the key ${key} differs only in case from ${first.key} of ${first.file}`,
  hint: "rename one of them: some file systems can't tell them apart",
});

type Say = (file: string, spot: Spot, said: Pick<Problem, "code" | "message" | "hint">) => void;

function checkLocations(file: string, names: readonly string[], say: Say): void {
  const taken = new Map<string, string>();
  for (const name of names) {
    const folded = name.normalize("NFC").toLowerCase();
    const first = taken.get(folded);
    if (first === undefined) taken.set(folded, name);
    else {
      say(
        file,
        { path: ["locations", name], part: "key" },
        {
          code: "key-case",
          message: `the location ${name} differs only in case from ${first}`,
          hint: "rename one of them",
        },
      );
    }
  }
}
