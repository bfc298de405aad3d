import { folderOf, foldersDownTo } from "../paths.ts";
import { kindOf } from "../shapes.ts";
import type { Sources } from "../sources.ts";
import { parseText } from "../yaml/document.ts";
import { decode } from "../yaml/text.ts";

/** Names that the defaults of a folder or of those above it state. */
export function statedByDefaults(sources: Sources, folder: string): ReadonlySet<string> {
  const chain = new Set(foldersDownTo(folder));
  const names = new Set<string>();
  for (const { name, bytes } of sources.files) {
    if (kindOf(name) !== "defaults" || !chain.has(folderOf(name))) continue;
    const { value } = parseText(decode(bytes) ?? "", "defaults");
    for (const one of Object.keys(value ?? {})) names.add(one);
  }
  return names;
}
