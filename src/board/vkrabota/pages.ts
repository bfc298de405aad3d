// Lists in pages without a total: read until an empty one, some of them ahead of what is asked for.
import pLimit from "p-limit";
import { BoardError } from "../../model/errors.ts";

export interface Pages<T> {
  /** What is read, for errors, such as `GET /jobs`. */
  readonly what: string;
  /** Items on a full page. */
  readonly size: number;
  /** Pages in flight at most. */
  readonly concurrency: number;
  readonly read: (page: number) => Promise<readonly T[]>;
  readonly idOf: (item: T) => string;
  /** How many items there will be, as far as can be told: pages are asked for as far as these go before more are tried. */
  readonly expected?: number;
  /** How many ids are kept for telling what came before; all unless given. A list moves by few items at a time. */
  readonly remember?: number;
}

/**
 * Every item of a list, each once. A short page isn't the end, and an item may come twice where the list moves meanwhile;
 * a list that repeats itself is a BoardError.
 */
export async function* eachPage<T>({
  what,
  size,
  concurrency,
  read,
  idOf,
  expected,
  remember,
}: Pages<T>): AsyncGenerator<T> {
  const seen = new Set<string>();
  const limit = pLimit(concurrency);
  const start = (page: number): Promise<readonly T[]> => limit(() => read(page));
  const ahead = new Map<number, Promise<readonly T[]>>();
  // The last page of what is expected is the empty one behind it.
  const last = expected === undefined ? 0 : Math.ceil(expected / size) + 1;
  let width = last > 0 ? concurrency : 1;
  let stale = 0;
  let count = 0;
  for (let page = 1; ; page += 1) {
    // The window opens while pages come full and shuts at a short one, so that few pages past the end are asked for; none
    // where the end was expected.
    const end = page > last ? page + width : Math.min(page + width, last + 1);
    for (let next = page; next < end; next += 1) {
      if (!ahead.has(next)) ahead.set(next, quiet(start(next)));
    }
    const items = await (ahead.get(page) ?? start(page));
    ahead.delete(page);
    if (items.length === 0) return;
    width = items.length < size ? 1 : Math.min(concurrency, width * 2);
    const fresh = items.filter((item) => !seen.has(idOf(item)));
    stale = fresh.length === 0 ? stale + 1 : 0;
    // One page of known items is what a list that moves may give; a second one is a board that repeats itself: with a
    // short page its last one, past the end, with a full one whatever it was asked for.
    if (stale > 1 && items.length < size) return;
    if (stale > 1) throw loop(what, page, count);
    for (const item of fresh) {
      seen.add(idOf(item));
      count += 1;
      yield item;
    }
    if (remember !== undefined) forget(seen, remember);
  }
}

/** Drops the oldest ids. */
function forget(seen: Set<string>, remember: number): void {
  for (const id of seen) {
    if (seen.size <= remember) return;
    seen.delete(id);
  }
}

/** A rejected page is reported where it is awaited, not before. */
function quiet<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

function loop(what: string, page: number, count: number): BoardError {
  const things = what.replace(/^.*\//, "");
  return new BoardError(
    `${what}: page ${page} holds only ${things} that came before (${count} so far): the list repeats itself`,
    {
      hint: "the board ignores page numbers or the list changes fast; try again, and lower concurrency if it stays so",
    },
  );
}
