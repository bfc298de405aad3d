// Lists as results: text in columns, JSON or CSV, written while they are read, so that their length costs no memory.
import { csvText } from "../view/csv.ts";
import { painter } from "../view/paint.ts";
import { columns } from "../view/table.ts";
import { type Globals, type Io, printPart, styleOf, tell } from "./io.ts";

/** A cell of a list: what isn't told is null. */
export type Cell = string | number | boolean | null;

/** How the items of a list are shown. */
export interface Shown<T> {
  /** One item with the board's names. */
  readonly json: (item: T) => object;
  /** The same for a spreadsheet, under these names. */
  readonly csv: { readonly names: readonly string[]; readonly row: (item: T) => readonly Cell[] };
  readonly text: { readonly heads: readonly string[]; readonly row: (item: T) => readonly string[] };
  /** What is said where there is none. */
  readonly none: string;
}

export interface ListFlags extends Globals {
  readonly csv: boolean;
  /** How many are shown at most. */
  readonly limit: number;
  /** Every one. */
  readonly all: boolean;
}

/** Rows that share their widths; further ones keep them where they can. */
const block = 200;

/**
 * Prints a list as it comes. `total` is asked at the end. Of a list that can't be read nothing is printed; one that fails
 * midway is left unfinished, so that its JSON can't be taken for the whole.
 */
export async function printList<T>(
  io: Io,
  flags: ListFlags,
  items: AsyncIterable<T>,
  shown: Shown<T>,
  total?: () => number | undefined,
): Promise<void> {
  const isJson = flags.format === "json" && !flags.csv;
  const write = (text: string): Promise<void> => printPart(io, text, isJson ? "json" : "text");
  const wanted = flags.all ? Number.POSITIVE_INFINITY : flags.limit;
  const out = writerOf(io, flags, shown);
  let count = 0;
  let more = false;
  let begin = out.begin;
  for await (const item of items) {
    if (count === wanted) {
      more = true;
      break;
    }
    await write(begin + out.item(item, count));
    begin = "";
    count += 1;
  }
  await write(begin + out.end(count, total?.()));
  if (more && flags.format !== "json") {
    const all = total?.();
    tell(
      io,
      `(${all === undefined ? "there are more" : `${count} of ${all}`}: --limit N or --all shows them)`,
    );
  }
}

interface Writer<T> {
  readonly begin: string;
  item(item: T, index: number): string;
  end(count: number, total: number | undefined): string;
}

function writerOf<T>(io: Io, flags: ListFlags, shown: Shown<T>): Writer<T> {
  if (flags.csv) {
    const cell = (value: Cell): string | number | null =>
      typeof value === "boolean" ? (value ? "true" : "false") : value;
    return {
      begin: csvText([[...shown.csv.names]]),
      item: (item) => csvText([shown.csv.row(item).map(cell)]),
      end: () => "",
    };
  }
  if (flags.format === "json") {
    const part = (value: unknown): string => JSON.stringify(value, null, 2).replaceAll("\n", "\n    ");
    return {
      begin: '{\n  "items": [',
      item: (item, index) => `${index === 0 ? "" : ","}\n    ${part(shown.json(item))}`,
      end: (count, total) =>
        `${count === 0 ? "" : "\n  "}]${total === undefined ? "" : `,\n  "total": ${total}`}\n}\n`,
    };
  }
  const paint = painter(styleOf(io, flags, "out").colour);
  const rows: string[][] = [];
  let widths: readonly number[] | undefined;
  const flush = (): string => {
    if (rows.length === 0) return "";
    const heads = widths === undefined ? [shown.text.heads.map((head) => paint("dim", head))] : [];
    const set = columns([...heads, ...rows.splice(0)], widths);
    widths = set.widths;
    return `${set.text}\n`;
  };
  return {
    begin: "",
    item(item) {
      rows.push([...shown.text.row(item)]);
      return rows.length < block ? "" : flush();
    },
    end: (count) => (count === 0 ? `${shown.none}\n` : flush()),
  };
}
