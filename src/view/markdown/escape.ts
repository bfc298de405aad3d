// Text from files or from the board as markdown that is nothing but text: no element, no link, nobody called.
import { clean, cleanLine } from "../clean.ts";
import { cut } from "../table.ts";

/** Nothing to see and no space: what stands around it is no word any more for those who look for words to link. */
const gap = "\u200b";

/** What GitHub would link, call or draw wherever it stands, with where a gap keeps it from that. */
const links: readonly (readonly [RegExp, string | ((found: string) => string)])[] = [
  [/@/g, `@${gap}`],
  [/#(?=\d)/g, `#${gap}`],
  [/\bGH-(?=\d)/gi, `$&${gap}`],
  [/:(?=\/\/|[\w+-]+:)/g, `:${gap}`],
  [/www(?=\.)/gi, `$&${gap}`],
  // A commit, by seven of its digits or more.
  [/[0-9a-f]{7,}/gi, (found) => found.replace(/.{6}(?=.)/g, `$&${gap}`)],
];
/** What markdown or HTML would take for its own, as far as it can stand within a line; `_` within a word can't. */
const structural = /[&<>`*~[\]|\\$]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu;

/** What would begin a list, a heading or a line across, where it stands first in a line or in an item of a list. */
const leading = /^[-+](?=[\s-]|$)|^#(?=#*(?:\s|$))|(?<=^\d{1,9})[.)](?=\s|$)/g;

/** Text in which nothing is linked and nobody called, for where there is no markdown. */
export const apart = (text: string): string =>
  links.reduce((all, [found, put]) => all.replace(found, put as string), text);

/** Clean text, escaped. A dollar begins a formula, and only this keeps it from that. */
export function escaped(text: string): string {
  const asCode = (mark: string): string => `&#${mark.charCodeAt(0)};`;
  return apart(text)
    .replace(structural, (mark) => (mark === "$" ? "<span>$</span>" : asCode(mark)))
    .replace(leading, asCode);
}

/** Any text on one line, of at most so many columns, escaped. */
export function md(text: string, columns = Number.POSITIVE_INFINITY): string {
  return escaped(shortened(cleanLine(start(text, columns)), columns));
}

/** A key, a file or an attribute's name. */
export const code = (text: string, columns?: number): string => `<code>${md(text, columns)}</code>`;

/** Text of several lines, its ends trimmed, escaped. */
export function mdLines(text: string, columns = Number.POSITIVE_INFINITY): string {
  const lines = shortened(clean(start(text, columns)).trim(), columns).split("\n");
  return lines.map(escaped).join("<br>");
}

/** So much of a text as can be shown, and some more for what is taken out of it. */
const start = (text: string, columns: number): string =>
  text.length > 8 * columns ? text.slice(0, 8 * columns) : text;

/** A text whose characters are all kept where there is room, else as many as fit. */
export function shortened(text: string, columns: number): string {
  // What has no width has a length nevertheless.
  return text.length <= columns ? text : cut(text.slice(0, 2 * columns), columns);
}
