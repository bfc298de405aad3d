// vac init: a workspace to begin with, what editors and git are told of it, and a pipeline. Writes over nothing.
import { readFile, realpath, stat } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { createPatch } from "diff";
import packageJson from "../../package.json" with { type: "json" };
import config from "../../schemas/config.schema.json" with { type: "json" };
import defaults from "../../schemas/defaults.schema.json" with { type: "json" };
import vacancy from "../../schemas/vacancy.schema.json" with { type: "json" };
import { openRepository, type Repository } from "../git/repository.ts";
import { UsageError } from "../model/errors.ts";
import type { InitFile, InitResult } from "../model/init.ts";
import type { Answers } from "../starter/answers.ts";
import { type StarterFile, starterFiles } from "../starter/files.ts";
import { writeWhole } from "../state/files.ts";
import { initText } from "../view/init.ts";
import { askFor, type Wishes } from "./init-answers.ts";
import { type ExitCode, exit, type Globals, type Io, print, printJson, styleOf, tell } from "./io.ts";

export type InitFlags = Globals & Wishes;

/** Writes what isn't there; where something else is there, tells what differs. */
export async function initCommand(io: Io, flags: InitFlags): Promise<ExitCode> {
  const dir = resolve(flags.dir);
  const { root, repository } = await rootOf(dir);
  const answers = await askFor(io, flags, { dir, workspace: workspaceIn(root, dir), root, repository });
  if (answers === undefined) {
    tell(io, "\nNothing was written.");
    return exit.interrupted;
  }
  const tool = `${packageJson.name}@${packageJson.version}`;
  const files: InitFile[] = [];
  for (const file of starterFiles(answers, tool, { vacancy, defaults, config }))
    files.push(await put(join(root, file.path), file));
  const { workspace, board, state, ci } = answers;
  const result: InitResult = {
    root,
    workspace,
    board,
    state,
    ci,
    files,
    notes: notesOn(answers, repository !== undefined),
  };
  if (flags.format === "json") printJson(io, result);
  else print(io, initText(result, styleOf(io, flags, "out")));
  return exit.ok;
}

/** The repository's folder, else where the command was called; workspaces may not exist yet. */
async function rootOf(dir: string): Promise<{ root: string; repository: Repository | undefined }> {
  let place = dir;
  let found = await stat(place).catch(() => undefined);
  while (found === undefined && dirname(place) !== place) {
    place = dirname(place);
    found = await stat(place).catch(() => undefined);
  }
  if (!found?.isDirectory()) {
    throw new UsageError(`${place} is no folder, so there can be no workspace`, {
      hint: "move it, or name another folder with --dir",
    });
  }
  const repository = await openRepository(place);
  return { root: repository?.root ?? resolve("."), repository };
}

function workspaceIn(root: string, dir: string): string {
  const path = relative(root, dir).split(sep).join("/");
  if (!path.startsWith("..")) return path;
  throw new UsageError(`the workspace ${dir} isn't inside ${root}`, {
    hint: "call vac init where the repository is or is to be, and name a folder in it with --dir",
  });
}

async function put(path: string, file: StarterFile): Promise<InitFile> {
  const target = await realpath(path).catch(() => path);
  const there = await readFile(target, "utf8").catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT") return undefined;
    throw new UsageError(`${file.path} can't be read (${cause.code})`, {
      hint: "mend or move it, and call vac init again",
      cause,
    });
  });
  const wanted = file.text(there);
  if (there === wanted) return { path: file.path, action: "unchanged" };
  if (there !== undefined && file.owner === "yours") return { path: file.path, action: "kept" };
  if (there !== undefined && (file.keeps !== true || wanted === undefined)) {
    const patch = createPatch(
      file.path,
      there,
      wanted ?? file.text(undefined) ?? "",
      "as it is",
      "as vac init would write it",
    );
    return { path: file.path, action: "differs", patch };
  }
  await writeWhole(target, wanted ?? "", { mode: 0o644 }).catch((cause: NodeJS.ErrnoException) => {
    throw new UsageError(`${file.path} can't be written (${cause.code})`, {
      hint: "mend that and call vac init again: it goes on with what isn't there yet",
      cause,
    });
  });
  return { path: file.path, action: there === undefined ? "written" : "extended" };
}

function notesOn({ board, ci, state }: Answers, hasRepository: boolean): string[] {
  const notes: string[] = [];
  if (!hasRepository) notes.push("make this folder a repository: git init");
  if (ci !== "none" && state === "file") {
    notes.push(
      "_config.yaml keeps the state on one machine, which a pipeline forgets: say state: { backend: git, remote: origin, ref: refs/heads/vac-state }",
    );
  }
  if (ci === "github" && board !== "emulator")
    notes.push(
      "set the repository's secrets VAC_LOGIN and VAC_PASSWORD (Settings, Secrets and variables, Actions)",
    );
  if (ci === "gitlab")
    notes.push(
      "allow pushes by job tokens (Settings, CI/CD, Job token permissions), and set the masked variables VAC_LOGIN and VAC_PASSWORD",
    );
  notes.push("vac validate checks the files, vac plan shows what would be published");
  return notes;
}
