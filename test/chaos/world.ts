// The world of the chaos run: a board and a workspace in which an apply has every kind of step to do.
import { chmod, cp, mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../src/emulator/index.ts";
import { login, password } from "../e2e/credentials.ts";
import { git } from "../e2e/git.ts";
import { Stage, vacancyFile } from "../e2e/harness.ts";
import { applyInside } from "../e2e/inside.ts";
import { keepFolder } from "../e2e/traces.ts";
import { wholePng } from "../pictures.ts";

const hour = 3_600_000;
const day = 24 * hour;
const settings = `concurrency: 4
prices: { job_publish: 1200, job_highlight: 500, elevation_1d: 900 }
guards: { close_percent: 100 }
`;
const settingsOf: Readonly<Record<Backend, string>> = { file: "", git: "state: { backend: git }\n" };
const funds = {
  balance: 1_000_000_00,
  bonus: 1_000_000_00,
  otvas: { job_refresh: 0, elevation_plus: 0 },
  packets: [{ limits: { job_publish: 20, job_highlight: 3 }, end: Date.now() + 900 * day }],
  prices: { job_publish: 1_200_00, job_highlight: 500_00, elevation_1d: 900_00 },
};

const file = (title: string, more: Record<string, unknown> = {}): string =>
  vacancyFile({ title, description: `О вакансии: ${title}.`, address: `Москва, ${title}`, ...more });
/** Files of one group: `group/v1.yaml` and on. */
function group(name: string, count: number, more: Record<string, unknown> = {}): Record<string, string> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, index) => [`${name}/v${index}.yaml`, file(`${name} ${index}`, more)]),
  );
}

/** Where the state lives: in files beside the workspace, or on a branch of a remote. */
export type Backend = "file" | "git";

/** Another job altogether, so that git takes no file of these for a renamed one. */
const elsewhere = {
  lat: 59.9363,
  long: 30.3154,
  salary_from: 45000,
  salary_to: 99000,
  salary_period: "hourly",
  profession_id: 3,
};

/** A board's and a workspace's folders, to be copied for each scenario. */
export interface World {
  readonly dir: string;
  readonly backend: Backend;
  /** Every copy listens there, since the state names its board by the address. */
  readonly port: number;
  /** Ids of jobs that nobody manages, as they have to stay. */
  readonly foreign: readonly string[];
  remove(): Promise<void>;
}

/** Builds it: what has expired was published a month ago, everything else ten days ago. */
export async function buildWorld(backend: Backend): Promise<World> {
  const dir = await mkdtemp(join(tmpdir(), "vac-chaos-"));
  const board = await startEmulator({ login, password, dataDir: join(dir, "board"), funds });
  const stage = new Stage(join(dir, "clone", "vacancies"), board);
  const share = backend === "git" ? await shared(dir) : async () => undefined;
  const write = async (files: Record<string, string | Uint8Array>): Promise<void> => {
    for (const [name, text] of Object.entries(files)) await stage.write(name, text);
  };
  const promoted = [
    { action: "job_highlight", every: "1d" },
    { action: "elevation_1d", at: new Date(Date.now() + 30.9 * day).toISOString() },
  ];
  const onBonus = [{ action: "job_highlight", every: "2d", account: "bonus" }];
  await write({ "_config.yaml": settings + settingsOf[backend], ...group("expired", 8) });
  await share();
  await apply(stage);
  board.control.advance(21 * day);
  await write({
    ...group("edited", 6),
    ...group("drifted", 4),
    ...group("deleted", 4),
    ...group("moved", 3),
    ...group("promoted", 4, { promote: promoted }),
    ...group("bonus", 2, { promote: onBonus }),
    ...group("pictured", 3),
  });
  await share();
  await apply(stage);
  // Jobs like files that come later: long enough on the board for any list to show them.
  for (let index = 0; index < 3; index += 1) {
    const title = `adopted ${index}`;
    const attributes = { title, description: `О вакансии: ${title}.`, address: `Москва, ${title}` };
    board.control.putJob({ attributes: { ...attributes, ...elsewhere } });
  }
  board.control.advance(10 * day);
  // What people do on the board.
  const jobs = stage.jobs();
  for (const { id, attributes } of jobs)
    if (String(attributes.title).startsWith("drifted"))
      board.control.putJob({ id, attributes: { salary_from: 1 } });
  const foreign = ["Чужая", "Вторая чужая"].map((title) =>
    board.control.putJob({ attributes: { title, address: title } }),
  );
  // What is done in the files.
  await rm(join(stage.dir, "deleted"), { recursive: true });
  await rename(join(stage.dir, "moved"), join(stage.dir, "renamed"));
  await write({
    "images/a.png": wholePng(800, 400),
    ...group("edited", 6, { salary_from: 70000 }),
    ...group("adopted", 3, elsewhere),
    ...group("new", 5, elsewhere),
    ...group("pictured", 3, { background: { file: "../images/a.png" } }),
  });
  await share();
  const { port } = new URL(board.url);
  await board.close();
  return {
    dir,
    backend,
    port: Number(port),
    foreign,
    remove: () => rm(dir, { recursive: true, force: true }),
  };
}

async function apply(stage: Stage): Promise<void> {
  const { code, err } = await applyInside(stage);
  if (code !== 0) throw new Error(`the world can't be built: ${err}`);
}

/** Makes the clone's remote; the returned function commits and pushes what the clone has. */
async function shared(dir: string): Promise<() => Promise<void>> {
  const [remote, clone] = [join(dir, "remote.git"), join(dir, "clone")];
  await mkdir(clone, { recursive: true });
  git(dir, "init", "-q", "--bare", "-b", "main", remote);
  git(clone, "init", "-q", "-b", "main");
  git(clone, "remote", "add", "origin", remote);
  await writeFile(join(clone, ".gitignore"), ".vac/\n.board/\n");
  return async () => {
    git(clone, "add", "-A");
    git(clone, "commit", "-q", "-m", "an edit");
    git(clone, "push", "-q", "origin", "main");
  };
}

/** A copy of the world with a board of its own, in which one scenario happens. */
export class Ground {
  readonly backend: Backend;
  readonly #root: string;
  readonly #board: Emulator;
  #stage: Stage;
  #clones = 0;
  /** Milliseconds by which this machine's clock is ahead: it goes with the board's. */
  #ahead = 0;

  private constructor(backend: Backend, root: string, board: Emulator) {
    this.backend = backend;
    this.#root = root;
    this.#board = board;
    this.#stage = new Stage(join(root, "clone", "vacancies"), board);
  }

  static async open({ dir, backend, port }: World, options: EmulatorOptions): Promise<Ground> {
    const root = await mkdtemp(join(tmpdir(), "vac-chaos-run-"));
    await cp(dir, root, { recursive: true });
    if (backend === "git") git(join(root, "clone"), "remote", "set-url", "origin", join(root, "remote.git"));
    const dataDir = join(root, "board");
    return new Ground(backend, root, await startEmulator({ login, password, ...options, port, dataDir }));
  }

  /** Where the next run takes place. */
  get stage(): Stage {
    return this.#stage;
  }

  get edges(): { now: () => number } {
    return { now: () => Date.now() + this.#ahead };
  }

  /** Lets time pass, for the board and for this machine. */
  pass(ms: number): void {
    this.#board.control.advance(ms);
    this.#ahead += ms;
  }

  /** Another machine's clone; where the state lies in files there is only the one folder. */
  another(): Stage {
    if (this.backend === "file") return this.#stage;
    this.#clones += 1;
    const name = `clone-${this.#clones}`;
    git(this.#root, "clone", "-q", join(this.#root, "remote.git"), name);
    return new Stage(join(this.#root, name, "vacancies"), this.#board);
  }

  /** The machine is gone: with it the state in files, or the local copy of what lies on the branch. */
  async lose(): Promise<void> {
    if (this.backend === "file") await rm(join(this.#stage.dir, ".vac"), { recursive: true, force: true });
    else this.#stage = this.another();
  }

  /** The remote refuses the pushes after so many; undefined: none any more. */
  async refuseAfter(pushes: number | undefined): Promise<void> {
    const hook = join(this.#root, "remote.git", "hooks", "pre-receive");
    await rm(hook, { force: true });
    if (pushes === undefined) return;
    await mkdir(dirname(hook), { recursive: true });
    await writeFile(hook, `#!/bin/sh\necho x >> pushes\ntest $(wc -l < pushes) -le ${pushes}\n`);
    await chmod(hook, 0o755);
  }

  async close(): Promise<void> {
    await this.#board.close();
    keepFolder(this.#root);
    await rm(this.#root, { recursive: true, force: true });
  }
}
