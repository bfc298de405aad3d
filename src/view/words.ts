// Long texts as a word diff.
import { diffWords } from "diff";
import type { Paint } from "./paint.ts";

const segmenter = new Intl.Segmenter("ru", { granularity: "word" });
/** Texts that differ more than this many words are shown whole, one after the other. */
const most = 400;

/** What went and what came, in place: `[-old-]{+new+}` without colours, red struck and green with them. */
export function wordDiff(before: string, after: string, paint: Paint, colour: boolean): string {
  const parts = diffWords(before, after, { intlSegmenter: segmenter, maxEditLength: most });
  const removed = (text: string): string => (colour ? paint("red", `[-${text}-]`) : `[-${text}-]`);
  const added = (text: string): string => (colour ? paint("green", `{+${text}+}`) : `{+${text}+}`);
  if (parts === undefined) return `${removed(before)}\n${added(after)}`;
  return parts
    .map((part) => (part.removed ? removed(part.value) : part.added ? added(part.value) : part.value))
    .join("");
}
