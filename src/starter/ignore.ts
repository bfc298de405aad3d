/** What git is told to pass over: the state with its phones, caches, and the embedded board's data. */
const lines = [".vac/", ".board/"];

/** A `.gitignore` with our lines at its end, where it doesn't have them. */
export function ignoreLines(there = ""): string {
  const has = new Set(there.split(/\r?\n/).map((line) => line.trim().replace(/^(\*\*\/|\/)|\/$/g, "")));
  const missing = lines.filter((line) => !has.has(line.replace(/\/$/, "")));
  if (missing.length === 0) return there;
  const end = there.includes("\r\n") ? "\r\n" : "\n";
  const before = there === "" || there.endsWith("\n") ? there : there + end;
  return before + missing.map((line) => line + end).join("");
}
