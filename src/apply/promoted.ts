// What the state remembers of promotions: what was bought when, and which times were declared.
import type { Traits } from "../model/attributes.ts";
import type { BuyCall, JobView } from "../model/job.ts";
import { type EntryDraft, type Intent, observe, type StateEntry } from "../model/state.ts";
import type { Vacancy } from "../model/vacancy.ts";
import { isTimed, timedWord } from "../plan/promotion.ts";

type Promoted = NonNullable<EntryDraft["promoted"]>;

/** A publication counts as a refresh. */
export function published(
  { traits, now }: { readonly traits: Traits; readonly now: number },
  entry: StateEntry | undefined,
): Pick<EntryDraft, "promoted"> {
  return { promoted: { ...entry?.promoted, [traits.roles.refresh]: now } };
}

/** A job that was taken over: its repeated promotions begin now, and times that have passed count as dealt with. */
export function startedNow({ promote }: Vacancy, now: number): Promoted {
  return Object.fromEntries(
    promote.flatMap(({ action, at, every }): [string, number][] => [
      ...(every === undefined ? [] : [[action, now] as [string, number]]),
      ...(at !== undefined && at <= now ? [[timedWord(action, at), now] as [string, number]] : []),
    ]),
  );
}

/** The times that a file declares. */
export function declaredBy({
  promote,
  publishUntil,
}: Vacancy): Pick<EntryDraft, "declared" | "publishUntil"> {
  const declared = promote.flatMap(({ action, at }) => (at === undefined ? [] : [timedWord(action, at)]));
  return { ...(declared.length > 0 && { declared }), ...(publishUntil !== undefined && { publishUntil }) };
}

/** What a purchase leaves behind: when its service was bought last, and the times that it has dealt with. */
export function boughtBy({ action }: BuyCall, words: readonly string[], at: number): Promoted {
  return { [action]: at, ...Object.fromEntries(words.map((word) => [word, at])) };
}

/**
 * What is known once the board says that a service runs already, or isn't possible yet: when that must have begun, so
 * that its next time is the board's. A time that the board puts off isn't dealt with yet. Milliseconds since 1970.
 */
export function foundBy(
  { services }: Traits,
  { action }: BuyCall,
  words: readonly string[],
  view: JobView | undefined,
  now: number,
): Promoted {
  const { gapMs, lastsMs } = services[action] ?? {};
  const runsTill = view?.services?.[action];
  if (runsTill !== undefined && runsTill > now) {
    const begun = lastsMs === undefined ? now : Math.min(now, runsTill - lastsMs);
    return { ...boughtBy({ action } as BuyCall, words, now), [action]: begun };
  }
  const possibleAt = view?.refreshableAt;
  if (possibleAt === undefined || possibleAt <= now || gapMs === undefined)
    return boughtBy({ action } as BuyCall, words, now);
  return { [action]: Math.min(now, possibleAt - gapMs) };
}

/** The later of what two sides remember: what was bought once stays bought. */
export function mergePromoted(a: Promoted | undefined, b: Promoted | undefined): Promoted {
  const merged: Promoted = { ...a };
  for (const [word, at] of Object.entries(b ?? {})) merged[word] = Math.max(at, merged[word] ?? at);
  return merged;
}

/** An entry after one of its services was bought: all else stays as it is known now. */
export function boughtEntry(
  known: StateEntry,
  promoted: Promoted,
  view: JobView | undefined,
  now: number,
): StateEntry {
  return {
    ...known,
    promoted: mergePromoted(known.promoted, promoted),
    observed: observe(known.observed, view, now),
  };
}

/** Whether an open purchase was for a time, and not for a period: then it is asked about, and never assumed. */
export function isForTime({ words = [] }: Intent): boolean {
  return words.some(isTimed);
}
