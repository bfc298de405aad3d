// `vac fmt` over a whole workspace.
import { kindOf } from "../shapes.ts";
import type { Sources } from "../sources.ts";
import { parseText } from "../yaml/document.ts";
import { decode } from "../yaml/text.ts";
import { formatText } from "./format.ts";

export interface Formatted {
  /** Files whose text isn't canonical, with the text that is. */
  readonly changed: readonly { readonly file: string; readonly text: string }[];
  /** Files that can't be parsed, and so are left alone. */
  readonly broken: readonly string[];
}

/** Formats every file of a workspace. Nothing is written. */
export function formatSources(sources: Sources): Formatted {
  const changed: { file: string; text: string }[] = [];
  const broken: string[] = [];
  for (const { name: file, bytes } of sources.files) {
    const text = decode(bytes);
    const kind = kindOf(file);
    if (text === undefined || parseText(text, kind).value === undefined) {
      broken.push(file);
      continue;
    }
    const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? `\ufeff${text}` : text;
    const formatted = formatText(marked, kind);
    if (formatted !== marked) changed.push({ file, text: formatted });
  }
  return { changed, broken };
}
