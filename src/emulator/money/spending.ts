import type { Code } from "./codes.ts";
import { ANY, type Funds, type Packet, type Source, type Step } from "./records.ts";

/** In which order packets, one-time units and the wallet are drawn on; the document doesn't tell. */
export type SpendOrder = "packets_first" | "otvas_first" | "wallet_first";

const ORDERS: Record<SpendOrder, readonly Source[]> = {
  packets_first: ["packet", "otvas", "wallet"],
  otvas_first: ["otvas", "packet", "wallet"],
  wallet_first: ["wallet", "packet", "otvas"],
};

/** One unit of a service that somebody wants to have. */
export interface Purchase {
  code: Code;
  /** ms of the emulator's clock. */
  at: number;
  /** Where the job is and what it is, as far as that is known; null fits only packets for all. */
  region: string | null;
  category: string | null;
  /** `use_account` ("Применение VAS'ов"): bonus pays with nothing but the bonus account. */
  account: "company" | "bonus";
}

/** How a purchase was paid, and what is left after it. */
interface Payment {
  funds: Funds;
  source: Source;
  packet_id: string | null;
  kopecks: number;
}

/** How spending is read. */
export interface SpendReadings {
  spendOrder: SpendOrder;
  /** Any packet fits any job. */
  ignoreRegions: boolean;
}

/** The step that is being spent ("Получение списка пакетов", `current_step`): before the start the first, then the last. */
export function currentStep({ steps }: Packet, at: number): Step {
  return steps.find(({ end }) => at < end) ?? (steps.at(-1) as Step);
}

/** Whether a step runs. */
export function isRunning({ start, end }: Step, at: number): boolean {
  return start <= at && at < end;
}

/** One-time units of a service that are still worth something ("Аббревиатуры", OTVAS). */
export function otvasLeft({ otvas, otvasExpiresAt }: Funds, code: Code, at: number): number {
  return otvasExpiresAt !== null && otvasExpiresAt <= at ? 0 : (otvas[code] ?? 0);
}

/** Running packets that a purchase may draw on, those that end first first. */
function fitting(funds: Funds, { at, region, category }: Purchase, ignoreRegions: boolean): Packet[] {
  return funds.packets
    .filter((packet) => isRunning(currentStep(packet, at), at))
    .filter(
      (packet) =>
        ignoreRegions || ([ANY, region].includes(packet.region) && [ANY, category].includes(packet.category)),
    )
    .sort(
      (one, other) =>
        currentStep(one, at).end - currentStep(other, at).end || Number(one.id) - Number(other.id),
    );
}

function fromPacket(funds: Funds, { code, at }: Purchase, packets: Packet[]): Payment | null {
  const packet = packets.find((one) => (currentStep(one, at).limits[code]?.left ?? 0) > 0);
  if (!packet) return null;
  const step = currentStep(packet, at);
  const limit = step.limits[code];
  if (!limit) return null;
  const limits = { ...step.limits, [code]: { ...limit, left: limit.left - 1 } };
  const steps = packet.steps.map((one) => (one === step ? { ...step, limits } : one));
  const left = funds.packets.map((one) => (one === packet ? { ...packet, steps } : one));
  return { funds: { ...funds, packets: left }, source: "packet", packet_id: packet.id, kopecks: 0 };
}

function fromOtvas(funds: Funds, { code, at }: Purchase): Payment | null {
  const left = otvasLeft(funds, code, at);
  if (left === 0) return null;
  const otvas = { ...funds.otvas, [code]: left - 1 };
  return { funds: { ...funds, otvas }, source: "otvas", packet_id: null, kopecks: 0 };
}

function fromMoney(funds: Funds, { code, account }: Purchase, packets: Packet[]): Payment | null {
  const kopecks = packets.map(({ prices }) => prices[code]).find((price) => price) ?? funds.prices[code];
  if (kopecks === null) return null;
  if (account === "bonus") {
    if (funds.bonus < kopecks) return null;
    return { funds: { ...funds, bonus: funds.bonus - kopecks }, source: "bonus", packet_id: null, kopecks };
  }
  const balance = funds.balance - kopecks;
  if (balance < 0 && !funds.overdraft) return null;
  return { funds: { ...funds, balance }, source: "wallet", packet_id: null, kopecks };
}

/** Pays for one unit, or null for want of money. */
export function pay(funds: Funds, purchase: Purchase, readings: SpendReadings): Payment | null {
  const packets = fitting(funds, purchase, readings.ignoreRegions);
  if (purchase.account === "bonus") return fromMoney(funds, purchase, packets);
  for (const source of ORDERS[readings.spendOrder]) {
    const payment =
      source === "packet"
        ? fromPacket(funds, purchase, packets)
        : source === "otvas"
          ? fromOtvas(funds, purchase)
          : fromMoney(funds, purchase, packets);
    if (payment) return payment;
  }
  return null;
}
