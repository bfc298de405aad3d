// A promotion that somebody asks for, outside the files: planned for the keys that were named, and for nothing else.

import { dateTime } from "../model/dates.ts";
import { refKey } from "../model/job.ts";
import { type Decision, hold, take } from "./decision.ts";
import type { Once, PlanInput } from "./input.ts";
import type { Row } from "./rows.ts";
import { hasActiveJob, isWantedClosed } from "./situation.ts";
import { promoteStep } from "./steps.ts";

/** The row with this one purchase, or with why it can't be made; whatever else is due for it is left to apply. */
export function askedFor(row: Row, once: Once, input: PlanInput): Row {
  return { ...row, decision: decided(row, once, input) };
}

function decided(
  { key, vacancy, entry, decision }: Row,
  { action, account, again = false }: Once,
  input: PlanInput,
): Decision {
  const { live, now, traits, config } = input;
  if (decision.hold && !decision.partial) return { steps: [], hold: decision.hold };
  const isTaken = decision.steps.some(({ step }) => step === "move" || step === "adopt" || step === "create");
  if (isTaken || entry === undefined)
    return hold("it isn't managed under this key yet", `publish it first: vac apply --target ${key}`);
  if (entry.tombstone !== undefined)
    return hold("its file is gone", "restore its file, and apply that first");
  if (!vacancy || isWantedClosed(vacancy, now))
    return hold("it is wanted closed", "set status: active in its file, and apply that first");
  if (!hasActiveJob(null, entry, input))
    return hold(
      "it isn't active on the board",
      "what isn't active can't be promoted: vac plan shows how it stands",
    );
  const last = entry.promoted?.[action];
  if (last === undefined && entry.adoptedAt !== undefined && !again) {
    const { gapMs = 0, lastsMs = 0 } = traits.services[action] ?? {};
    const until = entry.adoptedAt + Math.max(gapMs, lastsMs);
    if (until > now)
      return hold(
        `its job was taken over on ${dateTime(entry.adoptedAt, config.timezone)}, and whether ${action} still runs can't be told before ${dateTime(until, config.timezone)}`,
        "ask again then, or buy it all the same with --again",
      );
  }
  const { gapMs, lastsMs } = traits.services[action] ?? {};
  const possible = last === undefined ? 0 : last + (gapMs ?? 0);
  if (possible > now)
    return hold(`${action} isn't possible before ${dateTime(possible, config.timezone)}`, "ask again then");
  const runsTill =
    live.jobs.get(refKey(entry.job))?.services?.[action] ?? (last === undefined ? 0 : last + (lastsMs ?? 0));
  if (runsTill > now && !again)
    return hold(
      `${action} runs until ${dateTime(runsTill, config.timezone)} already, and buying it again would be charged again`,
      "ask again then, or buy it all the same with --again",
    );
  return take(
    promoteStep({ action, account, words: [`${action}@asked`], reason: "asked for", cause: "commit" }),
  );
}
