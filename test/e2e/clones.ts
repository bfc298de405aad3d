// Clones of one repository with one board: a bare remote, and a stage for each clone.
import { execFileSync } from "node:child_process";
import { chmod, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { EmulatorOptions } from "../../src/emulator/index.ts";
import type { State } from "../../src/model/state.ts";
import { git, repoOf } from "./git.ts";
import { onStage, Stage } from "./harness.ts";

/** The settings of a workspace whose state lives on a branch. */
export const onBranch = "state: { backend: git }\n";
const branch = "refs/heads/vac-state";

export class Clones {
  /** The bare repository that all clones have as origin. */
  readonly remote: string;
  readonly first: Stage;
  readonly #root: string;

  constructor(first: Stage) {
    this.first = first;
    this.#root = `${dirname(first.dir)}.clones`;
    this.remote = join(this.#root, "remote.git");
  }

  async begin(): Promise<void> {
    await mkdir(this.remote, { recursive: true });
    git(this.remote, "init", "-q", "--bare", "-b", "main");
    const { root } = await repoOf(this.first);
    git(root, "remote", "add", "origin", this.remote);
    git(root, "push", "-q", "origin", "main");
  }

  /** One more clone of what is on main, such as a runner makes. */
  clone(name: string, ...how: string[]): Stage {
    const folder = join(this.#root, name);
    git(this.#root, "clone", "-q", ...how, how.length > 0 ? `file://${this.remote}` : this.remote, folder);
    return new Stage(join(folder, "vacancies"), this.first.board);
  }

  /** Commits and pushes what a clone has. */
  share(stage: Stage, ref = "main"): void {
    git(stage.dir, "add", "-A");
    git(stage.dir, "commit", "-q", "-m", "an edit");
    git(stage.dir, "push", "-q", "origin", `HEAD:${ref}`);
  }

  /** What git says of the remote. */
  ask(...args: string[]): string {
    return git(this.remote, ...args);
  }

  /** The messages of the state's branch, newest first. */
  happened(): string[] {
    return this.ask("log", "--format=%s", branch).split("\n");
  }

  /** A file of the state's branch; undefined where it isn't there. */
  file(name: string): string | undefined {
    try {
      return execFileSync("git", ["show", `${branch}:${name}`], {
        cwd: this.remote,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      });
    } catch {
      return undefined;
    }
  }

  /** The snapshot on the branch. */
  state(name: string): State {
    return JSON.parse(this.file(name) ?? "null") as State;
  }

  /** The names on the branch, with what they end with. */
  names(end = ""): string[] {
    return this.ask("ls-tree", "-r", "--name-only", branch)
      .split("\n")
      .filter((name) => name.endsWith(end));
  }

  /** A hook of the remote, as a shell script; the empty text takes it away. */
  async hook(name: string, script: string): Promise<void> {
    const file = join(this.remote, "hooks", name);
    await rm(file, { force: true });
    if (script === "") return;
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, `#!/bin/sh\n${script}\n`);
    await chmod(file, 0o755);
  }

  async close(): Promise<void> {
    await rm(this.#root, { recursive: true, force: true });
  }
}

/** Runs a story on a repository with a remote, whose state lives on a branch. */
export async function onClones(
  files: Record<string, string | Uint8Array>,
  story: (clones: Clones) => Promise<void>,
  options: EmulatorOptions = {},
): Promise<void> {
  await onStage(
    { "_config.yaml": onBranch, ...files },
    async (stage) => {
      const clones = new Clones(stage);
      try {
        await clones.begin();
        await story(clones);
      } finally {
        await clones.close();
      }
    },
    options,
  );
}

/** All of a work tree that vac must not touch: HEAD, index, references of people, files. */
export async function tracesOf({ dir }: Stage): Promise<string> {
  const own = (...args: string[]): string => git(dir, ...args);
  const index = await readFile(join(own("rev-parse", "--absolute-git-dir"), "index"));
  const refs = own("for-each-ref", "--format=%(refname) %(objectname)")
    .split("\n")
    .filter((ref) => !/^refs\/(vac|remotes)\//.test(ref));
  const status = own("--no-optional-locks", "status", "--porcelain");
  const fetchHead = await readFile(join(own("rev-parse", "--absolute-git-dir"), "FETCH_HEAD"), "utf8").catch(
    () => "",
  );
  const shallow = own("rev-parse", "--is-shallow-repository");
  return JSON.stringify([
    own("rev-parse", "HEAD"),
    index.toString("base64"),
    refs,
    status,
    fetchHead,
    shallow,
  ]);
}
