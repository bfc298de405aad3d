// The world of the chaos run: a board and a workspace in which an apply has every kind of step to do.
import { cp, mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../src/emulator/index.ts";
import { login, password } from "../e2e/credentials.ts";
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

/** A board's and a workspace's folders, to be copied for each scenario. */
export interface World {
  readonly dir: string;
  /** Every copy listens there, since the state names its board by the address. */
  readonly port: number;
  /** Ids of jobs that nobody manages, as they have to stay. */
  readonly foreign: readonly string[];
  remove(): Promise<void>;
}

/** Builds it: what has expired was published a month ago, everything else ten days ago. */
export async function buildWorld(): Promise<World> {
  const dir = await mkdtemp(join(tmpdir(), "vac-chaos-"));
  const board = await startEmulator({ login, password, dataDir: join(dir, "board"), funds });
  const stage = new Stage(join(dir, "vacancies"), board);
  const write = async (files: Record<string, string | Uint8Array>): Promise<void> => {
    for (const [name, text] of Object.entries(files)) await stage.write(name, text);
  };
  const promoted = [
    { action: "job_highlight", every: "1d" },
    { action: "elevation_1d", at: new Date(Date.now() + 30.9 * day).toISOString() },
  ];
  const onBonus = [{ action: "job_highlight", every: "2d", account: "bonus" }];
  await write({ "_config.yaml": settings, ...group("expired", 8) });
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
  await apply(stage);
  // Jobs like files that come later: long enough on the board for any list to show them.
  for (let index = 0; index < 3; index += 1) {
    const title = `adopted ${index}`;
    const attributes = { title, description: `О вакансии: ${title}.`, address: `Москва, ${title}` };
    const rest = { lat: 55.7346276065292, long: 37.5734168663621, salary_from: 60000 };
    board.control.putJob({
      attributes: { ...attributes, ...rest, salary_period: "monthly", profession_id: 85 },
    });
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
    ...group("adopted", 3),
    ...group("new", 5),
    ...group("pictured", 3, { background: { file: "../images/a.png" } }),
  });
  const { port } = new URL(board.url);
  await board.close();
  return { dir, port: Number(port), foreign, remove: () => rm(dir, { recursive: true, force: true }) };
}

async function apply(stage: Stage): Promise<void> {
  const { code, err } = await applyInside(stage);
  if (code !== 0) throw new Error(`the world can't be built: ${err}`);
}

/** A copy of the world with a board of its own, under the given readings. */
export async function openWorld(
  { dir, port }: World,
  options: EmulatorOptions,
): Promise<{ stage: Stage; close: () => Promise<void> }> {
  const own = await mkdtemp(join(tmpdir(), "vac-chaos-run-"));
  await cp(dir, own, { recursive: true });
  const board: Emulator = await startEmulator({
    login,
    password,
    ...options,
    port,
    dataDir: join(own, "board"),
  });
  const stage = new Stage(join(own, "vacancies"), board);
  return {
    stage,
    close: async () => {
      await board.close();
      keepFolder(dirname(stage.dir));
      await rm(dirname(stage.dir), { recursive: true, force: true });
    },
  };
}
