// Columns, lines and widths. Cyrillic is one column wide, emoji are two.
import stringWidth from "fast-string-width";

const graphemes = new Intl.Segmenter("ru", { granularity: "grapheme" });

/** Pads a text to a number of columns. */
export function pad(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - stringWidth(text)));
}

/** A text without colours, cut to so many columns with an ellipsis; no character is cut in two. */
export function cut(text: string, columns: number): string {
  if (stringWidth(text) <= columns) return text;
  let shown = "";
  let width = 0;
  for (const { segment } of graphemes.segment(text)) {
    width += stringWidth(segment);
    if (width > columns - 1) break;
    shown += segment;
  }
  return `${shown}…`;
}

/** Rows as aligned columns, two spaces apart; the last column isn't padded. */
export function table(rows: readonly (readonly string[])[]): string {
  return columns(rows).text;
}

/** The same, for rows that come in parts: with the widths of the part before, which only grow. */
export function columns(
  rows: readonly (readonly string[])[],
  before: readonly number[] = [],
): { readonly text: string; readonly widths: readonly number[] } {
  const widths = (rows[0] ?? []).map((_, column) =>
    rows.reduce((most, row) => Math.max(most, stringWidth(row[column] ?? "")), before[column] ?? 0),
  );
  const text = rows
    .map((row) =>
      row
        .map((cell, column) => (column === row.length - 1 ? cell : pad(cell, widths[column] ?? 0)))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
  return { text, widths };
}

/** Where the lines of a text begin and end, if it is broken at its line feeds, and at spaces after so many columns. */
export function lineRanges(text: string, columns: number): [from: number, to: number][] {
  const ranges: [number, number][] = [];
  let from = 0;
  let width = 0;
  let at = 0;
  for (const line of text.split("\n")) {
    from = at;
    width = 0;
    for (const word of line.split(" ")) {
      const wide = stringWidth(word);
      if (at > from && width + 1 + wide > columns) {
        ranges.push([from, at - 1]);
        from = at;
        width = wide;
      } else width += wide + (at > from ? 1 : 0);
      at += word.length + 1;
    }
    ranges.push([from, at - 1]);
  }
  return ranges;
}

/** The lines of a text, of at most so many columns where its words allow it. */
export function wrap(text: string, columns: number): string[] {
  return lineRanges(text, columns).map(([from, to]) => text.slice(from, to));
}
