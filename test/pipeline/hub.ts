// A repository at a host, a person's clone of it, and a board: what pipelines are played on.
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Emulator, startEmulator } from "../../src/emulator/index.ts";
import { git } from "../e2e/git.ts";

/** The board's, which no output may hold. */
export const password = "sesame-9f3e-open";

export class Hub {
  /** The bare repository. */
  readonly origin: string;
  /** The person's clone. */
  readonly clone: string;
  readonly board: Emulator;
  readonly #folder: string;

  private constructor(folder: string, board: Emulator) {
    this.#folder = folder;
    this.origin = join(folder, "origin.git");
    this.clone = join(folder, "clone");
    this.board = board;
  }

  static async open(): Promise<Hub> {
    const folder = await mkdtemp(join(tmpdir(), "vac-hub-"));
    const hub = new Hub(folder, await startEmulator({ password }));
    git(folder, "init", "-q", "--bare", "-b", "main", hub.origin);
    git(folder, "clone", "-q", `file://${hub.origin}`, hub.clone);
    hub.git("checkout", "-q", "-B", "main");
    return hub;
  }

  git(...args: string[]): string {
    return git(this.clone, ...args);
  }

  async write(path: string, text: string): Promise<void> {
    await mkdir(dirname(join(this.clone, path)), { recursive: true });
    await writeFile(join(this.clone, path), text);
  }

  async edit(path: string, from: string, to: string): Promise<void> {
    const text = await readFile(join(this.clone, path), "utf8");
    if (!text.includes(from)) throw new Error(`${path} doesn't hold ${from}`);
    await this.write(path, text.replace(from, to));
  }

  read(path: string): Promise<string> {
    return readFile(join(this.clone, path), "utf8");
  }

  /** Commits everything and pushes the branch; the commit's hash. */
  push(message: string): string {
    this.git("add", "-A");
    this.git("commit", "-q", "--allow-empty", "-m", message);
    this.git("push", "-q", "origin", "HEAD");
    return this.git("rev-parse", "HEAD");
  }

  /** Leaves what main and this branch would be together where a host leaves it; the commit's hash. */
  offerMerge(number: number): string {
    const branch = this.git("branch", "--show-current");
    this.git("checkout", "-q", "--detach", "origin/main");
    this.git("merge", "-q", "--no-ff", "-m", `Merge ${branch}`, branch);
    const commit = this.git("rev-parse", "HEAD");
    this.git("push", "-q", "--force", "origin", `HEAD:refs/pull/${number}/merge`);
    this.git("checkout", "-q", branch);
    return commit;
  }

  /** Merges a branch into main as one commit, and pushes it; the commit's hash. */
  squash(branch: string): string {
    this.git("checkout", "-q", "main");
    this.git("merge", "-q", "--squash", branch);
    return this.push(`${branch} (#1)`);
  }

  async close(): Promise<void> {
    await this.board.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** Runs a story on a hub of its own, and clears it away whatever happens. */
export async function onHub(story: (hub: Hub) => Promise<void>): Promise<void> {
  const hub = await Hub.open();
  try {
    await story(hub);
  } finally {
    await hub.close();
  }
}
