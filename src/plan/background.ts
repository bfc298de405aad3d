// Background pictures: what is wanted against what was sent last, since the board shows nobody which it has.
import { accountKey, type Field, type Held, type PlanChange, type Step } from "../model/plan.ts";
import type { GivenPicture } from "../model/state.ts";
import type { Background } from "../model/vacancy.ts";
import type { PlanInput } from "./input.ts";
import type { Row } from "./rows.ts";
import { hasActiveJob, isWantedClosed } from "./situation.ts";
import { forgetStep } from "./steps.ts";

/** The settings, which alone can name the account's own picture. */
const configFile = "_config.yaml";

/**
 * Adds what a row's background wants: only for a job that is, or will by this plan be, active, and that isn't held whole
 * or wanted closed.
 */
export function withBackground(row: Row, input: PlanInput): Row {
  const { vacancy, entry, decision } = row;
  const isLeftAlone = decision.hold !== undefined && decision.partial === undefined;
  if (vacancy === undefined || isLeftAlone || isWantedClosed(vacancy, input.now)) return row;
  const has = (name: Step["step"]): boolean => decision.steps.some(({ step }) => step === name);
  const published = has("create") || has("revive");
  if (!published && !hasActiveJob(row.job, entry, input)) return row;
  // A new job has nothing of what another job under this key was given.
  const step = backgroundStep(vacancy.background, has("create") ? undefined : entry?.background);
  return step ? { ...row, decision: { ...decision, steps: [...decision.steps, step] } } : row;
}

/** The change without a background that hangs in the air: its job isn't active, and the plan doesn't publish it any more. */
export function withoutHanging(change: PlanChange, input: PlanInput): PlanChange {
  const { key, job_id, steps } = change;
  const has = (...names: Step["step"][]): boolean => steps.some(({ step }) => names.includes(step));
  if (key === accountKey || !has("background") || has("create", "revive")) return change;
  const from = steps.find(({ step }) => step === "move")?.from;
  if (hasActiveJob(job_id, input.state.entries[from ?? key], input)) return change;
  return { ...change, steps: steps.filter(({ step }) => step !== "background") };
}

/**
 * What is planned for the account's own background; nothing where neither the settings nor the state have one. One that
 * another workspace of the repository has given is never touched.
 */
export function accountBackground(input: PlanInput): { changes: PlanChange[]; held: Held[] } {
  const none = { changes: [], held: [] };
  const isCovered = input.covers?.(accountKey) ?? true;
  if (!isCovered || input.once || (input.only ?? "commit") !== "commit") return none;
  const { background } = input.config;
  const given = input.state.background;
  const other = input.backgroundElsewhere;
  if (other !== undefined && background)
    return { ...none, held: [{ key: accountKey, job_id: null, ...claimed(other) }] };
  const step =
    other !== undefined && given
      ? forgetStep(`the workspace ${other} has it now`)
      : backgroundStep(background, given);
  if (step === undefined) return none;
  return {
    ...none,
    changes: [{ key: accountKey, job_id: null, file: configFile, steps: [step], warnings: [] }],
  };
}

const claimed = (other: string): Pick<Held, "reason" | "hint"> => ({
  reason: `the account has one background, and the workspace ${other} has set it`,
  hint: `name it in the _config.yaml of one of the two; to move it here, remove it from that of ${other} and apply there first`,
});

/** The step that brings it about; undefined where all is as it should be. What was never in the files isn't ours. */
export function backgroundStep(
  desired: Background | undefined,
  given: GivenPicture | undefined,
): Step | undefined {
  if (desired === undefined) return given && removal(given);
  const { file, hash, crop } = desired;
  // Of a file that wasn't read nothing can be told.
  if (hash === undefined) return undefined;
  const reason = whyGiven({ hash, crop }, given);
  if (reason === undefined) return undefined;
  const fields = fieldsOf({ file, hash, crop }, given);
  return {
    step: "background",
    reason,
    cause: "commit",
    fields,
    picture: { file, hash, ...(crop && { crop }) },
  };
}

function removal({ file, unsure }: GivenPicture): Step {
  const again = unsure ? ", once more, as nobody knows whether it is there" : "";
  const fields = [{ name: "background", prior: file, desired: null }];
  return { step: "background", reason: `removed from the files${again}`, cause: "commit", fields };
}

interface Shown extends Pick<GivenPicture, "hash"> {
  readonly crop: GivenPicture["crop"];
}

function whyGiven({ hash, crop }: Shown, given: GivenPicture | undefined): string | undefined {
  if (given === undefined) return "new";
  if (given.hash !== hash) return "another picture";
  if (cropText(given.crop) !== cropText(crop)) return "another crop";
  return given.unsure ? "once more, as nobody knows whether it arrived" : undefined;
}

function fieldsOf(desired: Shown & { file: string }, given: GivenPicture | undefined): Field[] {
  const [from, to] = [cropText(given?.crop), cropText(desired.crop)];
  const short = (hash: string): string => hash.slice(0, 12);
  const sides = [
    { name: "background", prior: given?.unsure ? null : (given?.file ?? null), desired: desired.file },
    // The same name with other bytes.
    ...(given?.file === desired.file && given.hash !== desired.hash
      ? [{ name: "background.sha256", prior: short(given.hash), desired: short(desired.hash) }]
      : []),
    { name: "background.crop", prior: from, desired: to },
  ];
  return sides.filter((side) => side.prior !== side.desired);
}

/** A crop as people read it; null for the whole picture. */
function cropText(crop: GivenPicture["crop"]): string | null {
  return crop === undefined ? null : `${crop.w}×${crop.h} from ${crop.x}, ${crop.y}`;
}
