// What was changed on the board after our last write, and only that.
import type { Traits, Value } from "../model/attributes.ts";
import { compareText } from "../model/diagnostic.ts";
import { type JobView, refId, refKey } from "../model/job.ts";
import type { State, StateEntry } from "../model/state.ts";
import type { Vacancy } from "../model/vacancy.ts";
import { judgeAll, type Verdict } from "./diff.ts";
import type { History, Live } from "./input.ts";
import { closingOf } from "./lifecycle.ts";
import { isOpen, statusOf } from "./situation.ts";

export interface DriftInput {
  readonly traits: Traits;
  readonly state: State;
  readonly desired: readonly Vacancy[];
  readonly live: Live;
  readonly history: History;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly timezone: string;
}

/** One value that somebody changed on the board. `status` stands for closed, opened again or gone. */
export interface Drifted {
  readonly name: string;
  /** What was observed after our last write. */
  readonly prior: Value;
  readonly live: Value;
  /** What the files want. */
  readonly desired: Value;
}

export interface DriftOf {
  readonly key: string;
  readonly job: string | null;
  readonly vacancy: Vacancy;
  readonly entry: StateEntry;
  /** Undefined where the job is gone. */
  readonly view: JobView | undefined;
  readonly fields: readonly Drifted[];
}

const drifts: ReadonlySet<Verdict> = new Set(["drift", "edited+drift", "insists"]);

/** Vacancies that were changed on the board, by key; attributes as the board's traits list them, status first. */
export function findDrift(input: DriftInput): DriftOf[] {
  const found = input.desired.flatMap((vacancy): DriftOf[] => {
    const entry = input.state.entries[vacancy.key];
    if (!entry || entry.tombstone !== undefined) return [];
    const view = input.live.jobs.get(refKey(entry.job));
    const fields = [
      ...statusDrift(vacancy, entry, view, input),
      ...(view ? attributeDrift(vacancy, entry, view, input) : []),
    ];
    return fields.length === 0
      ? []
      : [{ key: vacancy.key, job: refId(entry.job), vacancy, entry, view, fields }];
  });
  return found.sort((a, b) => compareText(a.key, b.key));
}

function attributeDrift(
  vacancy: Vacancy,
  entry: StateEntry,
  view: JobView,
  { traits, history }: DriftInput,
): Drifted[] {
  const order = Object.keys(traits.attributes);
  return judgeAll(traits, vacancy, entry, view.attributes, history)
    .filter(({ verdict }) => drifts.has(verdict))
    .map(({ sides: { name, observed, live, desired } }) => ({
      name,
      prior: observed ?? null,
      live: live ?? null,
      desired: desired ?? null,
    }))
    .sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
}

function statusDrift(
  vacancy: Vacancy,
  entry: StateEntry,
  view: JobView | undefined,
  { live, now, timezone }: DriftInput,
): Drifted[] {
  const field = (prior: string, is: string, desired: string): Drifted[] => [
    { name: "status", prior, live: is, desired },
  ];
  const wanted = closingOf(vacancy, { now, timezone }) ? "closed" : "active";
  const prior = entry.observed.status ?? "active";
  if (!view)
    return live.gone.has(refKey(entry.job)) && live.doubt === undefined ? field(prior, "gone", wanted) : [];
  const status = statusOf(view, entry, now);
  if (wanted === "active" && status === "closed" && !entry.closed) return field(prior, "closed", wanted);
  if (wanted === "closed" && isOpen(status) && entry.closed) return field("closed", "active", wanted);
  return [];
}
