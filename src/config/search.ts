// Names by what a person types of them: parts of words, in any order, with slips.
import { distance } from "fastest-levenshtein";
import { folded } from "./wording.ts";

/** Words as they are compared: ё and е are one letter, what isn't a letter or digit parts them. */
const wordsOf = (text: string): string[] =>
  folded(text)
    .replaceAll("ё", "е")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");

/** What has no word at all, such as an emoji, is nowhere. */
const nowhere = Number.POSITIVE_INFINITY;

/**
 * The items whose titles hold all words of a text, or words that differ from them in at most a quarter of their letters;
 * best first, equally good ones in their own order.
 */
export function search<T extends { readonly title: string }>(text: string, items: readonly T[]): T[] {
  const found = matches(text, items);
  return found.length > 0 ? found : matches(onOtherKeys(text), items);
}

/** The keys of both keyboards, in the same order. */
const keys = { latin: "qwertyuiop[]asdfghjkl;'zxcvbnm,.`", russian: "йцукенгшщзхъфывапролджэячсмитьбюё" };

/** The text as the same keys give it with the other keyboard: `gtrfhm` is `пекарь`. */
function onOtherKeys(text: string): string {
  const [from, to] = /\p{Script=Cyrillic}/u.test(text)
    ? [keys.russian, keys.latin]
    : [keys.latin, keys.russian];
  return folded(text).replace(/[^\s]/gu, (letter) => to[from.indexOf(letter)] ?? letter);
}

function matches<T extends { readonly title: string }>(text: string, items: readonly T[]): T[] {
  const wanted = wordsOf(text);
  return items
    .map((item, index) => ({ item, index, far: farOf(wanted, item.title) }))
    .filter(({ far }) => far !== nowhere)
    .sort((a, b) => a.far - b.far || a.index - b.index)
    .map(({ item }) => item);
}

function farOf(wanted: readonly string[], title: string): number {
  const words = wordsOf(title);
  if (wanted.length === 0) return nowhere;
  const far = wanted.reduce(
    (sum, word) => sum + Math.min(...words.map((one) => farWord(word, one)), nowhere),
    0,
  );
  // Of titles that hold the same words the shorter one is meant.
  return far + (words.length - wanted.length) / 100;
}

/** 0 for the word itself, less than 1 for a part of it, else the slips in it. */
function farWord(wanted: string, word: string): number {
  if (word === wanted) return 0;
  if (word.startsWith(wanted)) return 0.3;
  if (word.includes(wanted)) return 0.6;
  const begin = word.slice(0, wanted.length);
  const slips = Math.min(
    isSwapped(wanted, word) ? 1 : distance(wanted, word),
    (isSwapped(wanted, begin) ? 1 : distance(wanted, begin)) + 0.5,
  );
  return slips <= Math.max(1, Math.floor(wanted.length / 4)) && wanted.length > 2 ? slips : nowhere;
}

/** Whether two neighbours have changed places, which is one slip. */
function isSwapped(a: string, b: string): boolean {
  const at = [...a].findIndex((letter, index) => letter !== b[index]);
  return (
    a.length === b.length && a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2)
  );
}
