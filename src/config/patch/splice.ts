// Changes to a text by ranges of it.

/** What stands at a range is replaced by a text. */
export interface Splice {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** The text with ranges replaced, which come in order and don't overlap. */
export function spliced(text: string, splices: readonly Splice[]): string {
  let result = "";
  let done = 0;
  for (const { from, to, text: part } of splices) {
    result += text.slice(done, from) + part;
    done = to;
  }
  return result + text.slice(done);
}

/** The line end that a text uses. */
export const eolOf = (text: string): string => (text.includes("\r\n") ? "\r\n" : "\n");

/** Offset of the end of an offset's line, before its line end. */
export function lineStop(text: string, offset: number): number {
  const at = text.slice(offset).search(/\r?\n/);
  return at < 0 ? text.length : offset + at;
}
