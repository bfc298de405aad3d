import picomatch from "picomatch";
import { nearest } from "../config/index.ts";
import { UsageError } from "../model/errors.ts";

/**
 * The keys that the globs of a flag mean; undefined for all. A glob matches whole keys (such as `moscow/*`), and a key
 * without its location means all its locations. A glob that matches nothing is a UsageError, never "all" or "none".
 */
export function compileGlobs(
  flag: string,
  globs: readonly string[],
  keys: ReadonlySet<string>,
): ((key: string) => boolean) | undefined {
  if (globs.length === 0) return undefined;
  const wanted = new Set<string>();
  for (const glob of globs) {
    const matches = picomatch(glob.normalize("NFC"), { dot: true, noextglob: true });
    const found = [...keys].filter((key) => matches(key) || matches(key.replace(/@[^@]*$/, "")));
    if (found.length === 0) {
      const near = nearest(glob, [...keys]);
      throw new UsageError(`${flag} ${glob} matches no vacancy`, {
        hint: near.length > 0 ? `did you mean ${near.join(" or ")}?` : "vac state list shows what is managed",
      });
    }
    for (const key of found) wanted.add(key);
  }
  return (key) => wanted.has(key);
}
