// Which files were renamed since a commit, committed or not.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** More files than this on either side aren't compared with each other. */
const most = 2000;

/**
 * Files below a folder that git takes for renamed since a commit: new path to old path, both relative to the folder,
 * with `/`. Counts what lies in the work tree, new files included; the real index isn't touched. Empty where git
 * can't tell, as in a history that is too short.
 */
export async function renamesSince(folder: string, commit: string): Promise<ReadonlyMap<string, string>> {
  if (!/^[0-9a-f]{40,64}$/.test(commit)) return new Map();
  const { simpleGit } = await import("simple-git");
  const scratch = await mkdtemp(join(tmpdir(), "vac-index-"));
  try {
    const git = simpleGit({ baseDir: folder, allowEnvironment: ["GIT_INDEX_FILE"] }).env({
      ...(process.env.PATH !== undefined && { PATH: process.env.PATH }),
      ...(process.env.HOME !== undefined && { HOME: process.env.HOME }),
      GIT_INDEX_FILE: join(scratch, "index"),
    });
    await git.raw("read-tree", commit);
    await git.raw("add", "--all", "--", ".");
    const compared = [
      "diff",
      "--cached",
      "-z",
      "--name-status",
      `-l${most}`,
      "--find-renames",
      "--diff-filter=R",
    ];
    return pairs(await git.raw(...compared, "--relative", commit, "--", "."));
  } catch {
    return new Map();
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Reads `R100 NUL old NUL new NUL` and so on. */
function pairs(text: string): Map<string, string> {
  const parts = text.split("\0");
  const found = new Map<string, string>();
  for (let at = 0; at + 2 < parts.length; at += 3) found.set(parts[at + 2] ?? "", parts[at + 1] ?? "");
  return found;
}
