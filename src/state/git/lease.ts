// The lease: who works on a state that several machines write, and until when the others have to leave it alone.
//
// Machines' clocks differ, and a remote doesn't tell its time. A holder starts nothing that can't be repeated unless the
// lease outlives it by two minutes; the others wait two minutes beyond its end. So clocks may be four minutes apart, and
// `vac` warns from two minutes on, by the board's clock.
import { StateError } from "../../model/errors.ts";
import type { StateEvent } from "../events.ts";
import type { Held } from "../store.ts";

/** Milliseconds for which a lease is taken, and after which it is renewed. */
const leaseMs = 10 * 60_000;
const renewMs = 2 * 60_000;
/** What is left between the last call and the end of the lease, and between that end and the next holder. */
const marginMs = 2 * 60_000;
/** Milliseconds that one call may take. */
const callMs = 30_000;

export interface Lease extends Held {
  /** Random: no two leases are alike. */
  readonly token: string;
  readonly plan: string;
  /** Whose log tells what became of its calls. */
  readonly machine: string;
  /** Where the run can be looked at, such as a pipeline's page. */
  readonly run?: string;
  /** When it was renewed, and when it ends: the holder's clock, milliseconds since 1970. */
  readonly renewed: number;
  readonly expires: number;
  /** Milliseconds by which the board's clock is ahead of the holder's. */
  readonly ahead: number;
  /** Somebody has taken it away. */
  readonly unlocked?: true;
}

/** The same lease from now on. */
export function renewed(lease: Omit<Lease, "renewed" | "expires">, now: number): Lease {
  return { ...lease, renewed: now, expires: now + leaseMs };
}

export const isDue = ({ renewed: at }: Lease, now: number): boolean => now - at >= renewMs;

/** A clock that isn't set back while a run goes by it: the others see its lease end by theirs. */
export function steady(now: () => number): () => number {
  const [from, mark] = [now(), performance.now()];
  return () => Math.max(now(), Math.floor(from + performance.now() - mark));
}

/** Until when its holder may still work, as far as anybody else can tell. */
export const respectedUntil = ({ expires }: Lease): number => expires + marginMs;
export const isLive = (lease: Lease, now: number): boolean => !lease.unlocked && now <= respectedUntil(lease);

/** Whether its holder may go on. */
export const isOver = ({ expires }: Lease, now: number): boolean => now >= expires;

/** Whether a call that begins now ends long enough before the lease does. */
export const covers = ({ expires }: Lease, now: number): boolean => now + callMs + marginMs <= expires;

/** Until when the calls of a run that is gone may have been made. */
export function orphaned({ plan, expires, ahead, unlocked }: Lease, now: number): StateEvent {
  // Whoever lost it to a person may not have known at once.
  const last = unlocked ? expires : expires - marginMs;
  return { event: "orphaned", plan, at: Math.round(Math.min(last, now) + ahead) };
}

/** What stands for a lease that can't be read, while somebody takes it away. */
export const unknownLease = (now: number): Lease => ({
  ...{ pid: 0, host: "an unknown machine", since: "an unknown time" },
  ...{ token: "unreadable", plan: "", machine: "", renewed: now, expires: now, ahead: 0 },
});

/** The lease in a file of the branch. */
export function parseLease(bytes: Buffer, name: string): Lease {
  try {
    const value = JSON.parse(bytes.toString("utf8")) as Lease;
    const texts = [value.token, value.plan, value.machine, value.host, value.since];
    const numbers = [value.pid, value.renewed, value.expires, value.ahead];
    const isSound = texts.every((one) => typeof one === "string") && numbers.every(Number.isFinite);
    if (isSound) return value;
  } catch {
    // Told below.
  }
  throw new StateError(`${name}: the lease can't be read`, {
    hint: "it may be a newer vac's: use that one; else look whether a run is at work, then `vac state force-unlock`",
  });
}

export const leaseText = (lease: Lease): string => `${JSON.stringify(lease)}\n`;
