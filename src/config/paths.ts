// Paths of a workspace, always with `/`.
import { posix } from "node:path";

/** The folder of a file; empty for the workspace's root. */
export function folderOf(file: string): string {
  return file.slice(0, Math.max(0, file.lastIndexOf("/")));
}

/** The folder and those above it, from the root, which is empty, down. */
export function foldersDownTo(folder: string): string[] {
  if (folder === "") return [""];
  const names = folder.split("/");
  return ["", ...names.map((_, index) => names.slice(0, index + 1).join("/"))];
}

/** A path that a file states, relative to the workspace; undefined if it leads out of it. */
export function fromFile(file: string, stated: string): string | undefined {
  if (stated.includes("\\") || posix.isAbsolute(stated) || /^[a-z][a-z\d+.-]*:/i.test(stated))
    return undefined;
  const path = posix.join(folderOf(file), stated);
  return path === ".." || path.startsWith("../") || path === "." ? undefined : path;
}

/** The key that a file's path gives its vacancy. */
export function keyOf(file: string): string {
  return file.replace(/\.ya?ml$/i, "").normalize("NFC");
}
