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
  /** Keys that files have now, and the keys that the state has for them. */
  readonly moves: ReadonlyMap<string, string>;
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
  /** What kind of drift it is: `settled` where the file has the board's value already, `awaited` where it was accepted in an edit that isn't here. */
  readonly kind: "open" | "settled" | "awaited";
  /** Why it can't be accepted. */
  readonly why?: string;
}

export interface DriftOf {
  readonly key: string;
  /** The key that the state has for it. */
  readonly known: string;
  readonly job: string | null;
  readonly vacancy: Vacancy;
  readonly entry: StateEntry;
  /** Undefined where the job is gone. */
  readonly view: JobView | undefined;
  readonly fields: readonly Drifted[];
}

const kinds: Partial<Record<Verdict, Drifted["kind"]>> = {
  drift: "open",
  "edited+drift": "open",
  insists: "open",
  awaited: "awaited",
};

/** Vacancies that were changed on the board, by key; attributes as the board's traits list them, status first. */
export function findDrift(input: DriftInput): DriftOf[] {
  const found = input.desired.flatMap((vacancy): DriftOf[] => {
    const known = input.moves.get(vacancy.key) ?? vacancy.key;
    const entry = input.state.entries[known];
    if (!entry || entry.tombstone !== undefined) return [];
    const view = input.live.jobs.get(refKey(entry.job));
    const fields = [
      ...statusDrift(vacancy, entry, view, input),
      ...(view ? attributeDrift(vacancy, entry, view, input) : []),
    ];
    return fields.length === 0
      ? []
      : [{ key: vacancy.key, known, job: refId(entry.job), vacancy, entry, view, fields }];
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
    .flatMap(({ sides, verdict }): Drifted[] => {
      const { name, observed, live, desired, applied } = sides;
      // Typed into the file, or written there by an acceptance that was interrupted.
      const settled = verdict === "record" && desired !== undefined && view.attributes[name] !== undefined;
      const kind = settled ? "settled" : kinds[verdict];
      if (kind === undefined) return [];
      const prior = kind === "settled" ? applied : kind === "awaited" ? desired : observed;
      return [{ name, prior: prior ?? null, live: live ?? null, desired: desired ?? null, kind }];
    })
    .sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
}

function statusDrift(
  vacancy: Vacancy,
  entry: StateEntry,
  view: JobView | undefined,
  { live, now, timezone }: DriftInput,
): Drifted[] {
  const field = (prior: string, is: string, desired: string, why?: string): Drifted[] => [
    { name: "status", prior, live: is, desired, kind: "open", ...(why !== undefined && { why }) },
  ];
  const closing = closingOf(vacancy, { now, timezone });
  const wanted = closing ? "closed" : "active";
  const prior = entry.observed.status ?? "active";
  if (!view) {
    const why = "delete the file to agree, or vac apply --allow missing publishes it anew, which is paid";
    return live.gone.has(refKey(entry.job)) ? field(prior, "gone", wanted, why) : [];
  }
  const status = statusOf(view, entry, now);
  if (wanted === "active" && status === "closed" && !entry.closed) return field(prior, "closed", wanted);
  if (wanted === "active" || !isOpen(status) || !entry.closed) return [];
  const passed = vacancy.publishUntil !== undefined && vacancy.publishUntil <= now;
  const why = passed
    ? `publish_until has passed (${closing?.reason}), so the file would close it again: move publish_until first`
    : undefined;
  return field("closed", "active", wanted, why);
}
