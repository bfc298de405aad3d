// Copies of plain data: maps, lists and what is in them.

/** A copy all the way down, of what JSON could hold; texts are shared, which `structuredClone` would hold twice. */
export function copyPlain<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(copyPlain) as T;
  // Entries, and not assignments: a key may be __proto__.
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, copyPlain(each)])) as T;
}
