// What runs leave behind, kept where VAC_TRACES names a folder: test/secrets/search-process.ts goes through it.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join, sep } from "node:path";
import { inflateSync } from "node:zlib";

const folder = process.env.VAC_TRACES;
const story = basename(process.argv[1] ?? "").replace(/\.test\.ts$/, "");
const known = new Set<string>();
/** The embedded board's own data, and what no run writes. */
const passed = new Set([".board", "board", "node_modules"]);

/** Keeps a text once, however often it comes. */
export function keepText(kind: string, text: string | Buffer): void {
  if (folder === undefined || text.length === 0) return;
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 20);
  if (known.has(hash)) return;
  known.add(hash);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${story}~${kind}~${hash}`), text);
}

/** Keeps all files below a folder as one; git's objects are unpacked. */
export function keepFolder(dir: string): void {
  if (folder === undefined) return;
  const kept: Buffer[] = [];
  for (const entry of readdirSync(dir, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const inside = path.slice(dir.length + 1);
    if (!entry.isFile() || inside.split(sep).some((part) => passed.has(part))) continue;
    const bytes = readFileSync(path);
    const isObject = /[\\/]objects[\\/][\da-f]{2}[\\/][\da-f]{38,}$/.test(inside);
    kept.push(Buffer.from(`\n--- ${inside}\n`), isObject ? inflateSync(bytes) : bytes);
  }
  keepText("files", Buffer.concat(kept));
}
