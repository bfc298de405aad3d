// Finds a workspace's files.
import type { Dirent } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import { compareText, type Diagnostic } from "../model/diagnostic.ts";
import { limits } from "./limits.ts";
import { codeOf, trouble } from "./trouble.ts";

const yaml = /\.ya?ml$/i;
const special = /^_(config|defaults)\.ya?ml$/;
/** What others look for at a repository's root, which may be the workspace too; vac init writes the first. */
const ofOthers = /^\.(gitlab-ci|pre-commit-config)\.ya?ml$/;

interface Found {
  readonly files: string[];
  readonly problems: Diagnostic[];
  /** Folders at or below a link so far. */
  linked: number;
}

/**
 * Names of the yaml files below `root`, relative to it, with `/`. Other names with a leading `_` are passed over with
 * a warning; hidden ones too where they look like a vacancy. Links are followed as long as they stay inside.
 */
export async function walk(root: string): Promise<Pick<Found, "files" | "problems">> {
  const found: Found = { files: [], problems: [], linked: 0 };
  await walkFolder({ root, path: root, name: "", above: [root], linked: false }, found);
  return found;
}

interface Folder {
  readonly root: string;
  /** Absolute. */
  readonly path: string;
  /** Relative to the root, with `/`. */
  readonly name: string;
  /** True paths of this folder and those above it, so that links can't go round. */
  readonly above: readonly string[];
  /** Whether a link leads here. */
  readonly linked: boolean;
}

async function walkFolder(folder: Folder, found: Found): Promise<void> {
  if (folder.linked) {
    found.linked += 1;
    if (found.linked === limits.linked + 1) {
      const message = `links lead to more than ${limits.linked} folders`;
      found.problems.push(
        trouble(folder.name, "too-many-links", message, "remove links that branch or repeat"),
      );
    }
    if (found.linked > limits.linked) return;
  }
  let entries: Dirent[];
  try {
    entries = await readdir(folder.path, { withFileTypes: true });
  } catch (cause) {
    const message = `the folder ${folder.name || "."} can't be read (${codeOf(cause)})`;
    found.problems.push(trouble(folder.name, "unreadable", message, "mend its permissions"));
    return;
  }
  for (const entry of entries.sort((a, b) => compareText(a.name, b.name))) {
    if (found.files.length > limits.files || found.linked > limits.linked) return;
    const name = folder.name === "" ? entry.name : `${folder.name}/${entry.name}`;
    if (passedOver(entry, name, found.problems)) continue;
    if (entry.name.includes("\ufffd") && (entry.isDirectory() || yaml.test(entry.name))) {
      found.problems.push(trouble(name, "bad-file-name", `the name of ${name} isn't UTF-8`, "rename it"));
      continue;
    }
    if (entry.isDirectory()) {
      const path = join(folder.path, entry.name);
      await walkFolder({ ...folder, path, name, above: [...folder.above, path] }, found);
    } else if (entry.isSymbolicLink()) {
      await follow(folder, entry.name, name, found);
    } else if (yaml.test(entry.name)) {
      add(name, entry.isFile(), found);
    }
  }
}

function passedOver(entry: Dirent, name: string, problems: Diagnostic[]): boolean {
  if (special.test(entry.name)) return false;
  const hidden = entry.name.startsWith(".");
  if (!hidden && !entry.name.startsWith("_")) return false;
  if (!hidden || (yaml.test(entry.name) && !entry.isDirectory() && !ofOthers.test(name))) {
    const message = `${name} is passed over, as names with a leading ${entry.name[0]} are`;
    const hint = "rename it if it holds vacancies, or move it out of the workspace";
    problems.push(trouble(name, "name-passed-over", message, hint, "warning"));
  }
  return true;
}

async function follow(folder: Folder, link: string, name: string, found: Found): Promise<void> {
  const path = join(folder.path, link);
  let real: string;
  let directory: boolean;
  let regular: boolean;
  try {
    real = await realpath(path);
    const target = await stat(real);
    directory = target.isDirectory();
    regular = target.isFile();
  } catch {
    if (yaml.test(link)) add(name, true, found);
    return;
  }
  if (!directory && !yaml.test(link)) return;
  if (real !== folder.root && !real.startsWith(folder.root + sep)) {
    const message = `${name} is a link out of the workspace, which is not followed`;
    found.problems.push(trouble(name, "link-outside", message, "copy what it points to into the workspace"));
  } else if (!directory) {
    add(name, regular, found);
  } else if (folder.above.includes(real)) {
    const message = `${name} is a link to a folder that it lies in`;
    found.problems.push(trouble(name, "link-outside", message, "remove the link"));
  } else {
    await walkFolder({ ...folder, path: real, name, above: [...folder.above, real], linked: true }, found);
  }
}

function add(name: string, regular: boolean, found: Found): void {
  if (!regular) {
    found.problems.push(trouble(name, "unreadable", `${name} is no regular file`, "remove it"));
  } else if (found.files.length < limits.files) {
    found.files.push(name);
  } else {
    found.files.push(name);
    const message = `the workspace has more than ${limits.files} files`;
    found.problems.push(trouble("", "too-many-files", message, "split it into several workspaces"));
  }
}
