// Long texts as a word diff.
import { diffWords } from "diff";
import { reveal } from "./clean.ts";
import type { Colour, Paint } from "./paint.ts";
import { lineRanges } from "./table.ts";

const segmenter = new Intl.Segmenter("ru", { granularity: "word" });
/** Texts that differ in more than this many words are shown whole, one after the other. */
const most = 400;
/** So are texts of more UTF-16 units than this together: finding their words alone would take seconds. */
const longest = 10_000;

type Kind = "gone" | "new" | "same";
/** A run of words that went, came or stayed. */
export interface Part {
  readonly kind: Kind;
  readonly text: string;
}

const marks: Readonly<Record<Kind, readonly [before: string, after: string]>> = {
  gone: ["[-", "-]"],
  new: ["{+", "+}"],
  same: ["", ""],
};
const colours: Readonly<Partial<Record<Kind, Colour>>> = { gone: "gone", new: "green" };

/**
 * The lines of what went and what came, in place: `[-old-]{+new+}` without colours, red struck and green with them.
 * Takes clean texts; where only white space differs, it is written out.
 */
export function wordDiff(
  before: string,
  after: string,
  style: { readonly paint: Paint; readonly colour: boolean; readonly width: number },
): string[] {
  let text = "";
  const kinds: Kind[] = [];
  for (const { kind, text: own } of wordParts(before, after)) {
    const [open, close] = style.colour ? ["", ""] : marks[kind];
    const shown = `${open}${own}${close}`;
    text += shown;
    for (let at = 0; at < shown.length; at++) kinds.push(kind);
  }
  return lineRanges(text, style.width).map(([from, to]) => painted(text, kinds, from, to, style.paint));
}

/** Two texts as runs of words, in order; where only white space differs, it is written out. */
export function wordParts(before: string, after: string): Part[] {
  const whole = (a: string, b: string): Part[] => [
    { kind: "gone", text: a },
    { kind: "same", text: "\n" },
    { kind: "new", text: b },
  ];
  const parts =
    before.length + after.length > longest
      ? undefined
      : diffWords(before, after, { intlSegmenter: segmenter, maxEditLength: most });
  if (parts === undefined) return whole(before, after);
  // White space is no word: where it is all that differs, the words are equal.
  if (parts.every((part) => !part.added && !part.removed)) return whole(reveal(before), reveal(after));
  return parts.map((part) => ({
    kind: part.removed ? "gone" : part.added ? "new" : "same",
    text: part.value,
  }));
}

/** One line, painted run by run, so that no colour reaches over the end of a line. */
function painted(text: string, kinds: readonly Kind[], from: number, to: number, paint: Paint): string {
  let line = "";
  for (let at = from; at < to; ) {
    const kind = kinds[at] ?? "same";
    let end = at + 1;
    while (end < to && kinds[end] === kind) end++;
    const run = text.slice(at, end);
    const colour = colours[kind];
    line += colour === undefined ? run : paint(colour, run);
    at = end;
  }
  return line;
}
