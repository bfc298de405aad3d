// The bytes of background pictures, for an apply that sends them.
import type { Picture } from "../board/port.ts";
import { type Compiled, loadPicture } from "../config/index.ts";

/** Reads a picture anew by the hash that it had when the files were checked; rejects where it has changed since. */
export function pictureLoader({ root, config, vacancies }: Compiled): (hash: string) => Promise<Picture> {
  const files = new Map<string, string>();
  for (const { background } of [...vacancies, config])
    if (background?.hash !== undefined) files.set(background.hash, background.file);
  return async (hash) => {
    const file = files.get(hash);
    if (file === undefined) throw new Error(`no file of the workspace has the hash ${hash}`);
    return loadPicture(root, file, hash);
  };
}
