// A bakery and a cook: the vacancies that stories of the lifecycle are about, and what is asked of them.
import * as assert from "uvu/assert";
import { type Stage, stepsOf, vacancyFile } from "./harness.ts";

export const day = 86_400_000;
export const file = "moscow/baker.yaml";
export const other = {
  "moscow/cook.yaml": vacancyFile({
    title: "Повар",
    description: "Готовим.",
    address: "Тверь",
    lat: 56.8,
    long: 35.9,
  }),
};
export const bakery = (change: Record<string, unknown> = {}): Record<string, string> => ({
  [file]: vacancyFile(change),
  ...other,
});

/** Nothing is left to do. */
export async function quiet(stage: Stage): Promise<void> {
  const { code, out, err } = await stage.run("plan", "--detailed-exitcode");
  assert.is(code, 0, out + err);
}

/** One apply that does just these steps, after which the plan is empty. */
export async function applies(stage: Stage, ...steps: string[]): Promise<void> {
  assert.equal(stepsOf(await stage.plan()), steps);
  const { code, err } = await stage.apply();
  assert.is(code, 0, err);
  await quiet(stage);
}

/** The one reason why something is held. */
export async function holds(stage: Stage, reason: RegExp): Promise<void> {
  const plan = await stage.plan();
  assert.equal(stepsOf(plan), []);
  assert.match(plan.held[0]?.reason ?? "(nothing is held)", reason);
  assert.is((await stage.apply()).code, 0);
}

export const baker = (stage: Stage) => {
  const job = stage.jobs().find(({ attributes }) => String(attributes.title).startsWith("Пекарь"));
  if (!job) throw new Error("the board has no baker");
  return job;
};
export const charges = (stage: Stage): number => stage.board.control.state().ledger.length;
