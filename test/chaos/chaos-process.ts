// npm run chaos: goes through scenarios and prints how many were run and how many promises were broken.
import { VacError } from "../../src/model/errors.ts";
import type { ApplyResult } from "../../src/model/plan.ts";
import { applyInside } from "../e2e/inside.ts";
import { type Books, booksOf, brokenPromises, unexplained, untruths } from "./check.ts";
import { type Scenario, scenariosOf } from "./scenarios.ts";
import { type Backend, buildWorld, Ground, type World } from "./world.ts";

/** Runs until all is quiet; more than these are a circle. */
const rounds = 8;
const settleMs = 11 * 60_000;

/** One run, and what is wrong with how it ended. An error that a person can mend is no fault of a run. */
async function attempt({ stage, edges }: Ground, broken: string[]): Promise<ApplyResult | undefined> {
  try {
    const { result } = await applyInside(stage, {}, edges);
    broken.push(...untruths(result, stage));
    return result;
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    if (!(error instanceof VacError) && !/^apply ended with/.test(said))
      broken.push(`internal error: ${said}`);
    return undefined;
  }
}

/** Runs again until a run has nothing left to do, which is what an empty plan is. */
async function untilQuiet(ground: Ground, broken: string[]): Promise<ApplyResult | undefined> {
  for (let round = 0; round < rounds; round += 1) {
    const last = await attempt(ground, broken);
    const waits = last?.held.some(({ hint }) => /plan again/.test(hint));
    if (last?.results.length === 0 && !waits) return last;
    ground.pass(settleMs);
  }
  broken.push(`it isn't quiet after ${rounds} runs`);
  return undefined;
}

async function play(world: World, scenario: Scenario, wanted: Books): Promise<string[]> {
  const ground = await Ground.open(world, { readings: scenario.readings });
  const { control } = ground.stage.board;
  const broken: string[] = [];
  try {
    await scenario.disturb(ground, async () => {
      await attempt(ground, broken);
    });
    control.setFaults([]);
    if (scenario.loses) await ground.lose();
    ground.pass(scenario.later);
    const last = await untilQuiet(ground, broken);
    const { stage } = ground;
    const writes = control.requests().filter(({ method }) => method !== "GET");
    broken.push(
      ...brokenPromises(
        stage,
        world.foreign,
        writes.map(({ path }) => path),
      ),
    );
    const isKnown = scenario.backend === "git" || !scenario.loses;
    if (last && isKnown && scenario.later < 86_400_000)
      broken.push(...unexplained(stage, last, wanted, world.foreign));
  } finally {
    await ground.close();
  }
  return broken;
}

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const argument = (name: string, usual: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at === -1 ? usual : Number(process.argv[at + 1]);
};
const [runs, seed, only] = [argument("runs", 60), argument("seed", 1), argument("only", -1)];
const all = scenariosOf(runs, seed, argument("git", 4));

/** A world with the books that it ends with where nothing disturbs it. */
async function undisturbed(backend: Backend): Promise<{ world: World; wanted: Books }> {
  const world = await buildWorld(backend);
  const ground = await Ground.open(world, {});
  const faults: string[] = [];
  await untilQuiet(ground, faults);
  const wanted = booksOf(ground.stage);
  await ground.close();
  if (faults.length > 0) throw new Error(`undisturbed, ${backend}: ${faults.join("; ")}`);
  return { world, wanted };
}

const grounds = new Map<Backend, Awaited<ReturnType<typeof undisturbed>>>();
const counts: Record<Backend, number> = { file: 0, git: 0 };
let failed = 0;
try {
  for (const [index, scenario] of all.entries()) {
    if (only >= 0 && index !== only) continue;
    const { backend } = scenario;
    const ground = grounds.get(backend) ?? (await undisturbed(backend));
    grounds.set(backend, ground);
    const broken = await play(ground.world, scenario, ground.wanted);
    counts[backend] += 1;
    failed += broken.length;
    if (broken.length > 0) say(`✘ ${scenario.name}\n${broken.map((one) => `    ${one}`).join("\n")}`);
    else if ((index + 1) % 100 === 0) say(`${index + 1} of ${runs}`);
  }
} finally {
  for (const { world } of grounds.values()) await world.remove();
}
say(
  `chaos: ${counts.file + counts.git} scenarios (seed ${seed}; ${counts.git} with the state on a branch), ${failed} promises broken`,
);
process.exitCode = failed === 0 ? 0 : 1;
