// What is measured for one number of vacancies, each beside its floor.
import { type BenchBoard, startBoard } from "./board.ts";
import { measure, median, medianOf, type Took } from "./measure.ts";
import type { BenchWorkspace } from "./workspace.ts";

/** What `vac` and the bare script are, and how often each is run. */
export interface Tools {
  readonly cli: string;
  readonly floor: string;
  readonly runs: number;
  readonly port: number;
  /** Milliseconds that the board waits before each answer; every row is measured with each. */
  readonly latencies: readonly number[];
  /** Told of each row as it is done. */
  readonly done: (row: Row) => void;
}

export interface Row {
  readonly name: string;
  readonly n: number;
  /** Milliseconds; undefined where no board is asked. */
  readonly latency?: number;
  readonly took: Took;
  readonly requests?: number;
  /** Milliseconds that nothing can be faster than; undefined where no floor is known. */
  readonly floor?: number;
}

/** Requests in flight that the workspace allows, which is what it has unless it says otherwise. */
const concurrency = 4;
const pageSize = 50;

/** The floor of starting Node: an empty program. */
export async function helpRow({ cli, runs, done }: Tools): Promise<void> {
  const { floor, vac } = await inTurn(runs, undefined, {
    floor: () => measure({ args: ["-e", "0"], ends: 0 }),
    vac: () => measure({ args: [cli, "--help"], ends: 0 }),
  });
  done({ name: "vac --help", n: 0, took: vac.took, floor: floor.took.wall });
}

/** Every row of one workspace. It ends as it began: without a state, with the files as they were committed. */
export async function rowsOf(tools: Tools, workspace: BenchWorkspace, n: number): Promise<void> {
  await validateRows(tools, workspace, n);
  let running: BenchBoard | undefined;
  /** Ends the board that runs, and starts an empty one. */
  const start = async (): Promise<BenchBoard> => {
    await running?.close();
    running = undefined;
    running = await startBoard(tools.cli, tools.port);
    return running;
  };
  try {
    const board = await newRows(tools, workspace, n, start);
    await quietRows(tools, board, workspace, n);
    await changedRows(tools, board, workspace, n);
  } finally {
    await running?.close();
    workspace.restore();
    workspace.forget("state", "cache");
  }
}

async function validateRows(tools: Tools, { dir, root, forget }: BenchWorkspace, n: number): Promise<void> {
  const { cli, runs, done } = tools;
  const validate = (): Promise<Took> => measure({ args: [cli, "validate"], cwd: root, ends: 0 });
  const { floor, cold, warm } = await inTurn(runs, undefined, {
    floor: () => runFloor(tools, { dir }),
    cold: () => {
      forget("cache");
      return validate();
    },
    warm: validate,
  });
  done({ name: "validate, cold", n, took: cold.took, floor: floor.took.wall });
  done({ name: "validate, warm", n, took: warm.took, floor: floor.took.wall });
}

/** A plan and an apply of all that is new; `start` starts an empty board. Returns the board with everything on it. */
async function newRows(
  tools: Tools,
  { dir, root, forget }: BenchWorkspace,
  n: number,
  start: () => Promise<BenchBoard>,
): Promise<BenchBoard> {
  const { cli, runs, latencies, done } = tools;
  let board = await start();
  const floors = new Map<number, Reads>();
  for (const latency of latencies) {
    await board.latency(latency);
    forget("state");
    // The list is empty, and read twice before anything is created.
    const task = { dir, url: board.url, pages: 1, passes: 2, concurrency };
    const { env } = board;
    const { floor, plan } = await inTurn(runs, board, {
      floor: () => runFloor(tools, task, env),
      plan: () => {
        forget("cache");
        return measure({ args: [cli, "plan", "--detailed-exitcode"], cwd: root, env, ends: 2 });
      },
    });
    const { wall } = floor.took;
    if (latency > 0) floors.set(latency, { wall, requests: floor.requests, latency });
    done({ name: "plan, all new", n, latency, ...plan, floor: wall });
  }
  for (const latency of latencies.toReversed()) {
    const took: Took[] = [];
    const requests: number[] = [];
    for (let run = 0; run < runs; run += 1) {
      forget("state", "cache");
      board = await start();
      await board.latency(latency);
      took.push(
        await measure({ args: [cli, "apply", "--auto-approve"], cwd: root, env: board.env, ends: 0 }),
      );
      requests.push(await board.requests());
    }
    const apply = { took: medianOf(took), requests: median(requests) };
    done({
      name: "apply, all new",
      n,
      latency,
      ...apply,
      ...applyFloor(apply.requests, floors.get(latency)),
    });
  }
  return board;
}

async function quietRows(
  tools: Tools,
  board: BenchBoard,
  workspace: BenchWorkspace,
  n: number,
): Promise<void> {
  for (const latency of tools.latencies) {
    await board.latency(latency);
    await planRows("plan, no change", 0, tools, board, workspace, n, latency);
  }
}

async function changedRows(
  tools: Tools,
  board: BenchBoard,
  workspace: BenchWorkspace,
  n: number,
): Promise<void> {
  const { cli, runs, latencies, done } = tools;
  let salary = 60_000;
  for (const latency of latencies) {
    await board.latency(latency);
    salary += 1;
    workspace.change(salary);
    const reads = await planRows("plan, 1 % changed", 2, tools, board, workspace, n, latency);
    const apply = async (): Promise<Took> => {
      salary += 1;
      workspace.change(salary);
      // Its floor parses every file, so it does too.
      workspace.forget("cache");
      return measure({
        args: [cli, "apply", "--auto-approve"],
        cwd: workspace.root,
        env: board.env,
        ends: 0,
      });
    };
    const { took, requests } = (await inTurn(runs, board, { apply })).apply;
    done({ name: "apply, 1 % changed", n, latency, took, requests, ...applyFloor(requests, reads) });
  }
}

/** A plan without and with what the last one has left in its cache; returns what its floor was. */
async function planRows(
  name: string,
  ends: number,
  tools: Tools,
  board: BenchBoard,
  { dir, root, forget }: BenchWorkspace,
  n: number,
  latency: number,
): Promise<Reads> {
  const { cli, runs, done } = tools;
  const { env } = board;
  const task = { dir, url: board.url, pages: Math.ceil(n / pageSize) + 1, concurrency };
  const plan = (): Promise<Took> =>
    measure({ args: [cli, "plan", "--detailed-exitcode"], cwd: root, env, ends });
  const { floor, cold, warm } = await inTurn(runs, board, {
    floor: () => runFloor(tools, task, env),
    cold: () => {
      forget("cache");
      return plan();
    },
    warm: plan,
  });
  const { wall } = floor.took;
  done({ name: `${name}, cold`, n, latency, ...cold, floor: wall });
  done({ name: `${name}, warm`, n, latency, ...warm, floor: wall });
  return { wall, requests: floor.requests, latency };
}

const runFloor = ({ floor }: Tools, task: object, env?: BenchBoard["env"]): Promise<Took> =>
  measure({ args: [floor, JSON.stringify(task)], ends: 0, ...(env && { env }) });

/** What the bare script read of the board. */
interface Reads {
  /** Milliseconds that it took. */
  readonly wall: number;
  readonly requests: number;
  readonly latency: number;
}

/** What reading takes, and a round of the board for each group of calls that can be in flight together. */
function applyFloor(requests: number, reads: Reads | undefined): { floor?: number } {
  if (!reads || reads.latency === 0) return {};
  const rounds = Math.ceil((requests - reads.requests) / concurrency);
  return { floor: reads.wall + rounds * reads.latency };
}

interface Measured {
  readonly took: Took;
  /** Requests of one run; 0 where no board is asked. */
  readonly requests: number;
}

/** Runs several things in turn, so that what a shared machine does meanwhile falls on all of them; medians of each. */
async function inTurn<Name extends string>(
  runs: number,
  board: BenchBoard | undefined,
  tasks: Readonly<Record<Name, () => Promise<Took>>>,
): Promise<Record<Name, Measured>> {
  const names = Object.keys(tasks) as Name[];
  const all = new Map(names.map((name) => [name, { took: [] as Took[], requests: [] as number[] }]));
  await board?.requests();
  for (let run = 0; run < runs; run += 1) {
    for (const [name, { took, requests }] of all) {
      took.push(await tasks[name]());
      requests.push((await board?.requests()) ?? 0);
    }
  }
  const medians = [...all].map(([name, { took, requests }]) => [
    name,
    { took: medianOf(took), requests: median(requests) },
  ]);
  return Object.fromEntries(medians) as Record<Name, Measured>;
}
