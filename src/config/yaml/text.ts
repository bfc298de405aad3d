// Bytes of a file as text, and places in it.

const strict = new TextDecoder("utf-8", { fatal: true });
const lenient = new TextDecoder("utf-8");

/** The text of a file without its byte order mark; undefined if it isn't UTF-8. */
export function decode(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}

/** The text of a file with U+FFFD for what isn't UTF-8. */
export function decodeAnyhow(bytes: Uint8Array): string {
  return lenient.decode(bytes);
}

export interface Place {
  /** From 1. */
  readonly line: number;
  /** From 1, in code points. */
  readonly column: number;
  /** The line without its end. */
  readonly excerpt: string;
}

/** The longest part of a line that is shown, in UTF-16 units. */
const shown = 500;

/** Where an offset, in UTF-16 units, lies. Beyond the end is at the end. */
export function placeOf(text: string, offset: number): Place {
  const at = Math.max(0, Math.min(offset, text.length));
  const from = text.lastIndexOf("\n", at - 1) + 1;
  const end = text.indexOf("\n", from);
  const whole = text.slice(from, end < 0 ? text.length : end).replace(/\r$/, "");
  return {
    line: lineOf(text, from),
    column: [...text.slice(from, at)].length + 1,
    excerpt: whole.slice(0, shown),
  };
}

/** The line, from 1, in which an offset lies. */
export function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) line++;
  return line;
}
