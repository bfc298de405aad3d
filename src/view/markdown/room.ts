// How much is told where room is limited: all of it, then less and less, and never cut in the middle.

/** How much a view tells. */
export interface Room {
  /** Changes each with all its values, each with short ones, each as a row, by kind, or only counted. */
  readonly changes: "each" | "short" | "rows" | "grouped" | "counted";
  /** Items of a list. */
  readonly items: number;
  /** Columns of a text. */
  readonly text: number;
  /** UTF-16 units of the whole: what is longer won't be shown, so it needn't be made. */
  readonly most: number;
}

const all = Number.POSITIVE_INFINITY;
/** From the whole to what fits anywhere, were every character escaped. */
const rungs: readonly Omit<Room, "most">[] = [
  { changes: "each", items: all, text: all },
  { changes: "short", items: 200, text: 300 },
  { changes: "rows", items: 200, text: 120 },
  { changes: "grouped", items: 100, text: 300 },
  { changes: "grouped", items: 20, text: 160 },
  { changes: "grouped", items: 5, text: 80 },
  { changes: "counted", items: 0, text: 40 },
];
/** Where there is room for all. */
export const roomy: Room = { changes: "each", items: all, text: all, most: all };

/** The most that fits into a number of UTF-16 units or, if so measured, of something else that is never fewer. */
export function fitted(
  render: (room: Room) => string,
  most: number,
  measure: (text: string) => number = (text) => text.length,
): string {
  let text = "";
  for (const rung of rungs) {
    text = render({ ...rung, most });
    if (measure(text) <= most) break;
  }
  return text;
}

/** The first items as lines of a list, and how many more there are. */
export function listed<T>(items: readonly T[], most: number, tell: (item: T) => string): string[] {
  const told = items.slice(0, most).map((item) => `- ${tell(item)}`);
  const more = items.length - told.length;
  return more > 0 ? [...told, `- … and ${more} more`] : told;
}

/** A list under a heading; nothing where there is no item. */
export function section(heading: string, lines: readonly string[]): string {
  return lines.length === 0 ? "" : [`**${heading}**`, "", ...lines].join("\n");
}

/** Parts of a page, without the empty ones. */
export const parts = (texts: readonly string[]): string => texts.filter((text) => text !== "").join("\n\n");
