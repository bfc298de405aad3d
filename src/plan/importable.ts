// Which jobs of an account can become files: those that nobody claims, and that no file waits for.
import type { Traits } from "../model/attributes.ts";
import { type JobStatus, type JobView, refId, refKey } from "../model/job.ts";
import type { State, StateEntry } from "../model/state.ts";
import type { Vacancy } from "../model/vacancy.ts";
import { findAdoptions } from "./adopt.ts";
import { statusOf } from "./situation.ts";

export interface ImportInput {
  readonly traits: Traits;
  readonly state: State;
  readonly desired: readonly Vacancy[];
  /** What there is to choose from. */
  readonly jobs: readonly JobView[];
  readonly ignore: readonly string[];
  /** Jobs that other workspaces manage, by `refKey`, with the workspace. */
  readonly elsewhere: ReadonlyMap<string, string>;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** The jobs were named one by one: closed ones and those that a file once had are meant too. */
  readonly named: boolean;
  readonly includeClosed: boolean;
  /** Also what may be another copy of a vacancy that waits to be published. */
  readonly allowTwins: boolean;
}

export interface Chosen {
  readonly view: JobView;
  readonly status: JobStatus;
  /** A key whose file is gone, and that this job had. */
  readonly was?: string;
}

/** A job that stays as it is. Reasons of one `kind` are told together. */
export interface NotChosen {
  readonly id: string;
  readonly title: string;
  readonly kind:
    | "managed"
    | "ignored"
    | "elsewhere"
    | "remembered"
    | "equal"
    | "twin"
    | "closed"
    | "unpublished";
  readonly reason: string;
}

/** A file that is there already, lacks what only a create needs, and is equal to a job: it is bound to it. */
export interface Found {
  readonly vacancy: Vacancy;
  readonly view: JobView;
}

export interface Choice {
  readonly chosen: readonly Chosen[];
  readonly found: readonly Found[];
  readonly left: readonly NotChosen[];
}

/** Chooses; every job is either chosen or left with a reason. */
export function chooseJobs(input: ImportInput): Choice {
  const { traits, state, now } = input;
  const owners = new Map(
    Object.entries(state.entries).map(([key, entry]) => [refKey(entry.job), { key, entry }]),
  );
  const chosen: Chosen[] = [];
  const left: NotChosen[] = [];
  for (const view of input.jobs) {
    const owner = owners.get(refKey(view.ref));
    const status = statusOf(view, owner?.entry, now);
    const why = reasonAgainst(view, status, owner, input);
    if (why) left.push({ id: refKey(view.ref), title: titleOf(view, traits), ...why });
    else chosen.push({ view, status, ...(owner && { was: owner.key }) });
  }
  return withoutWaiting(chosen, left, input);
}

type Why = Pick<NotChosen, "kind" | "reason">;

function reasonAgainst(
  view: JobView,
  status: JobStatus,
  owner: { readonly key: string; readonly entry: StateEntry } | undefined,
  { ignore, elsewhere, named, includeClosed }: ImportInput,
): Why | undefined {
  const id = refKey(view.ref);
  const other = elsewhere.get(id);
  if (ignore.includes(id)) return { kind: "ignored", reason: "_config.yaml ignores it" };
  if (other !== undefined) return { kind: "elsewhere", reason: `the workspace ${other} manages it` };
  if (owner && owner.entry.tombstone === undefined)
    return { kind: "managed", reason: `it is ${owner.key} already` };
  if (owner && !named)
    return {
      kind: "remembered",
      reason: `it was ${owner.key}, whose file is gone; vac import ${id} takes it back`,
    };
  if (status === "pending" || status === "rejected" || status === "hidden")
    return { kind: "unpublished", reason: `it isn't published (${view.note ?? status})` };
  if (status === "closed" && !named && !includeClosed)
    return { kind: "closed", reason: "it is closed; --include-closed takes it as status: closed" };
  return undefined;
}

/** Leaves out what a file without a job would take over, or may be another copy of. */
function withoutWaiting(chosen: Chosen[], left: NotChosen[], input: ImportInput): Choice {
  const { traits, state, desired } = input;
  const waiting = desired.filter(({ key }) => state.entries[key] === undefined);
  const { adopted, twins } = findAdoptions(
    traits,
    waiting,
    chosen.map(({ view }) => view),
    [],
  );
  const reasons = new Map<string, Why>();
  for (const [key, view] of input.allowTwins ? [] : twins)
    reasons.set(refKey(view.ref), {
      kind: "twin",
      reason: `it may be ${key}, which has no job yet: vac state adopt ${key} ${refId(view.ref) ?? ""} binds it; --allow twins imports it as another`,
    });
  const found = waiting.flatMap((vacancy): Found[] => {
    const view = adopted.get(vacancy.key);
    return view && lacksRequired(vacancy, traits) ? [{ vacancy, view }] : [];
  });
  const bound = new Set(found.map(({ view }) => refKey(view.ref)));
  for (const [key, view] of adopted)
    reasons.set(refKey(view.ref), {
      kind: "equal",
      reason: `it is equal to ${key}, which takes it over at the next apply`,
    });
  const waits = (one: Chosen): Why | undefined => reasons.get(refKey(one.view.ref));
  return {
    chosen: chosen.filter((one) => !waits(one)),
    found,
    left: [
      ...left,
      ...chosen.flatMap((one) => {
        const why = waits(one);
        return why && !bound.has(refKey(one.view.ref))
          ? [{ id: refKey(one.view.ref), title: titleOf(one.view, traits), ...why }]
          : [];
      }),
    ],
  };
}

function lacksRequired({ attributes }: Vacancy, traits: Traits): boolean {
  return Object.entries(traits.attributes).some(
    ([name, { required }]) => required && (attributes[name] ?? null) === null,
  );
}

function titleOf({ attributes }: JobView, { roles }: Traits): string {
  return String(attributes[roles.title] ?? "");
}
