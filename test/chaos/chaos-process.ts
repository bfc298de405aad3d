// npm run chaos: goes through scenarios and prints how many were run and how many promises were broken.
import { VacError } from "../../src/model/errors.ts";
import type { ApplyResult, Plan } from "../../src/model/plan.ts";
import type { Stage } from "../e2e/harness.ts";
import { applyInside, planInside } from "../e2e/inside.ts";
import { type Books, booksOf, brokenPromises, unexplained, untruths } from "./check.ts";
import { loseState, type Scenario, scenariosOf } from "./scenarios.ts";
import { buildWorld, openWorld, type World } from "./world.ts";

/** Runs until all is quiet; more than these are a circle. */
const rounds = 8;
const settleMs = 11 * 60_000;

/** One run, and what is wrong with how it ended. An error that a person can mend is no fault of a run. */
async function attempt(stage: Stage, broken: string[]): Promise<ApplyResult | undefined> {
  try {
    const { result } = await applyInside(stage);
    broken.push(...untruths(result, stage));
    return result;
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    if (!(error instanceof VacError) && !/^apply ended with/.test(said))
      broken.push(`internal error: ${said}`);
    return undefined;
  }
}

async function planned(stage: Stage): Promise<Plan | undefined> {
  return planInside(stage).catch(() => undefined);
}

/** Runs again until nothing is left to do. */
async function untilQuiet(stage: Stage, broken: string[]): Promise<Plan | undefined> {
  for (let round = 0; round < rounds; round += 1) {
    await attempt(stage, broken);
    const plan = await planned(stage);
    if (plan && plan.changes.length === 0 && plan.guards.length === 0) {
      const waits = plan.held.some(({ hint }) => /plan again/.test(hint));
      if (!waits) return plan;
    }
    stage.board.control.advance(settleMs);
  }
  broken.push(`it isn't quiet after ${rounds} runs`);
  return undefined;
}

async function play(world: World, scenario: Scenario, wanted: Books): Promise<string[]> {
  const { stage, close } = await openWorld(world, { readings: scenario.readings });
  const broken: string[] = [];
  try {
    await scenario.disturb(stage, async () => {
      await attempt(stage, broken);
    });
    stage.board.control.setFaults([]);
    if (scenario.loses) await loseState(stage);
    stage.board.control.advance(scenario.later);
    const plan = await untilQuiet(stage, broken);
    const writes = stage.board.control.requests().filter(({ method }) => method !== "GET");
    broken.push(
      ...brokenPromises(
        stage,
        world.foreign,
        writes.map(({ path }) => path),
      ),
    );
    if (plan && !scenario.loses && scenario.later < 86_400_000)
      broken.push(...unexplained(stage, plan, wanted, world.foreign));
  } finally {
    await close();
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

const world = await buildWorld();
let failed = 0;
try {
  const { stage, close } = await openWorld(world, {});
  const faults: string[] = [];
  await untilQuiet(stage, faults);
  const wanted = booksOf(stage);
  await close();
  if (faults.length > 0) throw new Error(`undisturbed: ${faults.join("; ")}`);
  const all = scenariosOf(runs, seed);
  for (const [index, scenario] of all.entries()) {
    if (only >= 0 && index !== only) continue;
    const broken = await play(world, scenario, wanted);
    failed += broken.length;
    if (broken.length > 0) say(`✘ ${scenario.name}\n${broken.map((one) => `    ${one}`).join("\n")}`);
    else if ((index + 1) % 100 === 0) say(`${index + 1} of ${runs}`);
  }
} finally {
  await world.remove();
}
say(`chaos: ${only >= 0 ? 1 : runs} scenarios (seed ${seed}), ${failed} promises broken`);
process.exitCode = failed === 0 ? 0 : 1;
