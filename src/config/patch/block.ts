// The lines of block scalars.

/** What no line of a block scalar, nor a text without escapes, can hold: a control character or half of a pair. */
const hidden =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  /[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** Whether a text can be written without escapes, as far as its characters go. */
export const isPrintable = (text: string): boolean => !hidden.test(text);

/** A text as lines below `|`, without white space around it; undefined where it needs escapes. */
export function literalLines(text: string): string[] | undefined {
  return isPrintable(text) ? text.trim().split("\n") : undefined;
}

/**
 * A text as lines below `>`, each about `width` characters long. Undefined where it needs escapes, or has a line that
 * begins with white space: such lines aren't folded by who reads them.
 */
export function foldedLines(text: string, width: number): string[] | undefined {
  const paragraphs = literalLines(text);
  if (paragraphs === undefined || paragraphs.some((line) => /^[ \t]/.test(line))) return undefined;
  // One line end is read as a space, so each one that is meant takes another.
  return paragraphs.flatMap((line, index) => [...(index > 0 ? [""] : []), ...folded(line, width)]);
}

/** Breaks at single spaces only: around others, white space would be lost or a line wouldn't be folded. */
function folded(line: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of line === "" ? [] : line.split(/(?<=[^ \t]) (?=[^ \t])/)) {
    const last = lines.at(-1);
    const longer = last === undefined ? undefined : `${last} ${word}`;
    if (longer !== undefined && [...longer].length <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

/** Lines at an indentation; an empty one stays empty. */
export function indented(lines: readonly string[], indent: number, eol: string): string {
  return lines.map((line) => (line === "" ? "" : " ".repeat(indent) + line)).join(eol);
}
