/**
 * Whether more than `most` maps and lists lie within each other. JSON is read at any depth, but what then goes through
 * it from the outside in, such as writing it, isn't.
 */
export function isNestedDeeper(value: unknown, most: number): boolean {
  let level = [value].filter(isNest);
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > most) return true;
    level = level.flatMap((nest) => Object.values(nest).filter(isNest));
  }
  return false;
}

const isNest = (value: unknown): value is object => typeof value === "object" && value !== null;
