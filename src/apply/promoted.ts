// What the state remembers of promotions: what was bought when, and which times were declared.
import type { Traits } from "../model/attributes.ts";
import type { Step } from "../model/plan.ts";
import type { EntryDraft, StateEntry } from "../model/state.ts";
import type { Vacancy } from "../model/vacancy.ts";
import { timedWord } from "../plan/promotion.ts";

/** A publication counts as a refresh. */
export function published(
  { traits, now }: { readonly traits: Traits; readonly now: number },
  entry: StateEntry | undefined,
): Pick<EntryDraft, "promoted"> {
  return { promoted: { ...entry?.promoted, [traits.roles.refresh]: now } };
}

/** A job that was taken over: its repeated promotions begin now, and times that have passed count as dealt with. */
export function startedNow({ promote }: Vacancy, now: number): NonNullable<EntryDraft["promoted"]> {
  return Object.fromEntries(
    promote.flatMap(({ action, at, every }): [string, number][] => [
      ...(every === undefined ? [] : [[action, now] as [string, number]]),
      ...(at !== undefined && at <= now ? [[timedWord(action, at), now] as [string, number]] : []),
    ]),
  );
}

/** What a promotion leaves behind: when its service was bought last, and that its time was dealt with. */
export function boughtBy({ action = "", word = action }: Step, now: number): Record<string, number> {
  return { [action]: now, [word]: now };
}

/** The times that a file declares. */
export function declaredBy({ promote }: Vacancy): Pick<EntryDraft, "declared"> {
  const declared = promote.flatMap(({ action, at }) => (at === undefined ? [] : [timedWord(action, at)]));
  return declared.length > 0 ? { declared } : {};
}
