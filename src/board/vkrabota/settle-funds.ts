// What became of paid calls, told from the funds before and after. Only what can't be otherwise is told: a wrong "none"
// would be paid for twice.
import { type Call, chargedCode, type Funds, type Source } from "../../model/job.ts";
import type { Before } from "../port.ts";

/**
 * How many of the calls of a code were charged: `some` where more is gone than is known to be charged, so that any of them
 * may have been; undefined where the funds don't tell.
 */
export type Charged = "none" | "some" | "all" | undefined;

export type Money = Pick<Before, "funds" | "charged" | "maybe">;

/**
 * Holds the funds before `calls` against those of `now` (milliseconds since 1970): what was taken beyond the calls that
 * are known to be charged. The returned function answers by code.
 */
export function chargedOf(
  calls: readonly Call[],
  { funds: was, charged = [], maybe = [] }: Money,
  is: Funds,
  now: number,
): (code: string) => Charged {
  const counted = count(calls);
  const known = count(charged);
  const doubtful = count(maybe);
  const codes = new Set([...counted.keys(), ...known.keys(), ...doubtful.keys()]);
  // Bonuses aren't shown, and nothing tells whether a call that may use them takes units first.
  const bonus = new Set(
    [...calls, ...charged, ...maybe]
      .filter((call) => call.do === "buy" && call.account === "bonus")
      .map(chargedCode),
  );
  return (code) => {
    if (was === undefined || bonus.has(code)) return undefined;
    const units = unitsTaken(was, is, code, now);
    const fromWallet = walletTaken(was, is, code, codes.size === 1);
    const certain = known.get(code) ?? 0;
    if (units === undefined || fromWallet === undefined)
      return (units?.taken ?? 0) > certain || couldHavePaid(was, is, code) ? "some" : undefined;
    const extra = units.taken + fromWallet - certain;
    if (extra === 0) return units.all && isChargeable(was, code) ? "none" : undefined;
    if (extra === (counted.get(code) ?? 0) + (doubtful.get(code) ?? 0)) return "all";
    return extra > 0 ? "some" : undefined;
  };
}

function count(calls: readonly Call[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const code of calls.map(chargedCode))
    if (code !== undefined) counts.set(code, (counts.get(code) ?? 0) + 1);
  return counts;
}

/**
 * Units of a code that are gone, and whether every place that they may come from was seen. Undefined where one has
 * grown or has ended: what was taken from it then can't be told.
 */
function unitsTaken(
  was: Funds,
  is: Funds,
  code: string,
  now: number,
): { taken: number; all: boolean } | undefined {
  const [before, after] = [placesOf(was, code), placesOf(is, code)];
  if (before.has("once") !== after.has("once")) return undefined;
  let taken = 0;
  for (const [place, { left, expiresAt }] of before) {
    const rest = after.get(place)?.left ?? 0;
    if (rest > left || (rest < left && expiresAt !== undefined && expiresAt <= now)) return undefined;
    taken += left - rest;
  }
  for (const [place, { left }] of after) if (left > 0 && !before.has(place)) return undefined;
  return { taken, all: before.has("once") };
}

/** Units by place; packets of the same scope and end are one. */
function placesOf({ sources }: Funds, code: string): Map<string, Pick<Source, "left" | "expiresAt">> {
  const places = new Map<string, Pick<Source, "left" | "expiresAt">>();
  for (const source of sources) {
    if (source.code !== code || source.kind === "wallet" || source.kind === "bonus") continue;
    const place = source.kind === "once" ? "once" : JSON.stringify([source.scope, source.expiresAt]);
    places.set(place, { ...source, left: source.left + (places.get(place)?.left ?? 0) });
  }
  return places;
}

/** Units that the wallet has paid for; undefined unless one price and one code explain what is gone from it. */
function walletTaken(was: Funds, is: Funds, code: string, alone: boolean): number | undefined {
  const [before, after] = [wallet(was), wallet(is)];
  if (before === undefined || after === undefined || after > before) return undefined;
  const gone = before - after;
  if (gone === 0) return 0;
  const price = onePrice(was, code);
  return alone && price !== undefined && gone % price === 0 ? gone / price : undefined;
}

/** Whether as much is gone from the wallet as one call takes at least, whatever else may have taken it. */
function couldHavePaid(was: Funds, is: Funds, code: string): boolean {
  const gone = (wallet(was) ?? 0) - (wallet(is) ?? Number.POSITIVE_INFINITY);
  return gone > 0 && gone >= (was.prices[code]?.min ?? 0);
}

function wallet({ sources }: Funds): number | undefined {
  return sources.find(({ kind }) => kind === "wallet")?.left;
}

/** Kopecks; undefined where packets tell none or several. */
function onePrice({ prices }: Funds, code: string): number | undefined {
  const price = prices[code];
  return price && !price.open && price.min === price.max && price.min > 0 ? price.min : undefined;
}

/** Whether a charge would have shown: a free one, or one that nothing is there for, leaves no trace. */
function isChargeable(was: Funds, code: string): boolean {
  const price = onePrice(was, code);
  if ([...placesOf(was, code).values()].some(({ left }) => left > 0)) return true;
  return price !== undefined && (wallet(was) ?? 0) >= price;
}
