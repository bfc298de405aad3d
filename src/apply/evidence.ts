// What the ledger knows of what was taken since a mark, so that the funds show what an open call took beyond it.
import { type BuyCall, type Call, chargedCode, type JobView } from "../model/job.ts";
import { type Intent, type LedgerCharge, openIntents, type State } from "../model/state.ts";

type Mark = NonNullable<Intent["funds"]>;

/** Milliseconds by which times of the board's clock may be out of order: it is known to the second only. */
const clockSlack = 5_000;

/** The codes of what calls take. */
export const codesOf = (calls: readonly Call[]): string[] => calls.flatMap((call) => chargedCode(call) ?? []);

/**
 * What was taken of some codes, or may have come from the wallet, since a mark: `charged` for certain, `maybe` perhaps. Calls
 * of the ids in `except` are those that are asked about. `at` stands for the mark's time where it has none.
 */
export function takenSince(
  state: Pick<State, "ledger" | "intents">,
  mark: Mark,
  about: { readonly codes: readonly string[]; readonly except: ReadonlySet<string>; readonly at: number },
): { charged: Call[]; maybe: Call[] } {
  const counts = ({ code, wallet }: { code: string; wallet: number }): boolean =>
    about.codes.includes(code) || wallet > 0;
  const lines = (state.ledger ?? []).filter(counts).map((line) => ({
    when: whenOf(line, mark, about.at),
    calls: callsOf(line),
  }));
  const open = openIntents(state)
    .filter(({ id, charge }) => !about.except.has(id) && (charge === undefined || counts(charge)))
    .map(({ call }) => call)
    .filter((call) => chargedCode(call) !== undefined);
  const of = (wanted: When): Call[] => lines.flatMap(({ when, calls }) => (when === wanted ? calls : []));
  return { charged: of("since"), maybe: [...of("maybe"), ...open] };
}

type When = "before" | "since" | "maybe";

/**
 * Told by the order of the log. A call that was open when the mark was taken, or is only assumed to be done, may have
 * been charged after it or not; so may what has no place in the log, as in a state of an older version.
 */
function whenOf({ at, begun, ended, assumed }: LedgerCharge, mark: Mark, markedAt: number): When {
  const { serial } = mark;
  if (serial === undefined || begun === undefined || ended === undefined)
    return at < (mark.at ?? markedAt) - clockSlack ? "before" : "maybe";
  if (ended <= serial) return "before";
  return begun > serial && !assumed ? "since" : "maybe";
}

/** As purchases, whatever they were: only code and purse count. */
function callsOf({ code, units, job, account = "company" }: LedgerCharge): BuyCall[] {
  return Array.from({ length: units }, () => ({
    do: "buy",
    job: { id: job ?? "" },
    action: code,
    account,
  }));
}

/**
 * Whether a call that counts as done may not have been charged. An answer leaves no doubt, nor does a new job, or one
 * that runs for longer than before: somebody has paid for that. One that came back within the time that was paid for may
 * have cost nothing.
 */
export function assumedOf(done: {
  readonly call: Call;
  readonly view: JobView | undefined;
  readonly recognised: boolean;
}): { assumed?: true } {
  const { call, view, recognised } = done;
  if (call.do === "create") return {};
  const [before, after] = [call.do === "revive" ? call.expiresAt : undefined, view?.expiresAt];
  const isTold = before !== undefined && after !== undefined;
  const isCertain = isTold ? after > before : !recognised;
  return isCertain ? {} : { assumed: true };
}
