/** The board gives at most that many items a page, and as many when it isn't told ("не более 50"). */
const PAGE_SIZE = 50;

function whole(value: string | null, fallback: number): number {
  const number = Number.parseInt(value ?? "", 10);
  return number >= 1 ? number : fallback;
}

/** The page that `page[number]` and `page[size]` ask for, counted from 1; empty past the end. */
export function pageOf<T>(items: readonly T[], query: URLSearchParams): T[] {
  const size = Math.min(whole(query.get("page[size]"), PAGE_SIZE), PAGE_SIZE);
  const start = (whole(query.get("page[number]"), 1) - 1) * size;
  return items.slice(start, start + size);
}
