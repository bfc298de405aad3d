import { EmulatorError } from "../errors.ts";
import { isObject } from "../http.ts";
import { instant } from "../instant.ts";
import { type Code, codeOf, SERVICES } from "./codes.ts";
import { ANY, type Funds, type Limit, type Packet, type Step } from "./records.ts";
import type { FundsPatch, FundsState, LimitShape, PacketShape } from "./shape.ts";

/** Life of one-time units from their last purchase ("Аббревиатуры", OTVAS), and of a packet unless told otherwise. */
const LIFE_MS = 30 * 24 * 60 * 60 * 1000;
const FIRST_PACKET_ID = 151;

/**
 * A packet that fits every job and never runs dry, so that a rehearsal needs no prices. It is there until funds are set:
 * who sets some says what there is.
 */
const ENDLESS: Packet = {
  id: "1",
  type: "job_packet",
  region: ANY,
  category: ANY,
  free: null,
  prices: {},
  steps: [
    {
      start: 0,
      end: Date.UTC(2100, 0, 1),
      limits: Object.fromEntries(
        SERVICES.map(({ code }) => [code, { initial: 1_000_000, left: 1_000_000, default: 0 }]),
      ) as Step["limits"],
    },
  ],
};

/** A packet that somebody gave the same id doesn't begin in 1970. */
const isEndless = ({ id, steps }: Packet): boolean => id === ENDLESS.id && steps[0]?.start === 0;

/** The account of the document's example ("Получение состояния баланса компании"), which never runs dry. */
export const FIRST_FUNDS: Funds = {
  id: "funds",
  balance: 10_000_000,
  overdraft: true,
  wallet_id: null,
  bonus: 0,
  otvas: { job_refresh: 1, contact_view: 1, elevation_plus: 1 },
  otvasExpiresAt: null,
  prices: Object.fromEntries(SERVICES.map(({ code, price }) => [code, price])) as Record<Code, number>,
  packets: [ENDLESS],
};

const PATCH = "balance, overdraft, wallet_id, bonus, otvas, otvas_expires_at, prices, packets".split(", ");
const PACKET = "id, type, region, category, free, prices, start, end, limits, steps".split(", ");

function refuse(what: string): never {
  throw new EmulatorError(`Emulator: the funds can't be set: ${what}`);
}

function onlyNames(value: unknown, known: readonly string[], where: string): void {
  if (!isObject(value)) refuse(`${where} must be an object`);
  const unknown = Object.keys(value).find((name) => !known.includes(name));
  if (unknown !== undefined) refuse(`${where} has no ${unknown}; it has ${known.join(", ")}`);
}

function whole(value: unknown, where: string): number {
  if (!Number.isSafeInteger(value)) refuse(`${where} must be a whole number`);
  return value as number;
}

function units(value: unknown, where: string): number {
  const count = whole(value, where);
  return count < 0 ? refuse(`${where} must not be below 0`) : count;
}

/** Values by code, whichever spelling the codes have. */
function byCode<T>(
  given: unknown,
  where: string,
  read: (value: unknown, where: string) => T,
): Partial<Record<Code, T>> {
  if (!isObject(given)) refuse(`${where} must be an object of codes`);
  const found: Partial<Record<Code, T>> = {};
  for (const [name, value] of Object.entries(given)) {
    const code = codeOf(name);
    if (!code) refuse(`${where} has no ${name}; it has ${SERVICES.map((one) => one.code).join(", ")}`);
    found[code] = read(value, `${where}.${name}`);
  }
  return found;
}

function limit(value: unknown, where: string): Limit {
  const given = (typeof value === "number" ? { left: value } : value) as Exclude<LimitShape, number>;
  onlyNames(given, ["initial", "left", "default"], where);
  const left = units(given.left ?? given.initial ?? 0, where);
  return { initial: units(given.initial ?? left, where), left, default: units(given.default ?? 0, where) };
}

function packet(given: PacketShape, index: number, now: number): Packet {
  const where = `packet ${index + 1}`;
  onlyNames(given, PACKET, where);
  const id = given.id ?? String(FIRST_PACKET_ID + index);
  if (!/^\d{1,15}$/.test(id)) refuse(`${where}: id ${id} is not a string of digits`);
  let start = given.start === undefined ? now : instant(given.start);
  const asked = given.steps ?? [{ end: given.end ?? start + LIFE_MS, limits: given.limits ?? {} }];
  if (asked.length === 0) refuse(`${where} needs a step`);
  const steps = asked.map(({ end, limits = {} }): Step => {
    const step = { start, end: instant(end), limits: byCode(limits, `${where}: limits`, limit) };
    if (step.end <= start) refuse(`${where} ends before it starts`);
    start = step.end;
    return step;
  });
  return {
    id,
    type: given.type ?? "job_packet",
    region: given.region?.toLowerCase() ?? ANY,
    category: given.category?.toLowerCase() ?? ANY,
    free: given.free ?? null,
    prices: byCode(given.prices ?? {}, `${where}: prices`, units),
    steps,
  };
}

/** The end of all one-time units: what is said, else 30 days from a purchase, else as it was. */
function otvasEnd(funds: Funds, patch: FundsPatch, now: number): number | null {
  const said = patch.otvas_expires_at;
  if (said !== undefined) return said === null ? null : instant(said);
  return patch.otvas ? now + LIFE_MS : funds.otvasExpiresAt;
}

/** The funds after a change at `now` (ms). Throws EmulatorError for an unknown name or a value that can't be. */
export function patchFunds(funds: Funds, patch: FundsPatch, now: number): Funds {
  onlyNames(patch, PATCH, "the funds");
  const price = (value: unknown, where: string) => (value === null ? null : units(value, where));
  const packets =
    patch.packets?.map((one, index) => packet(one, index, now)) ??
    (Object.keys(patch).length === 0 ? funds.packets : funds.packets.filter((one) => !isEndless(one)));
  if (new Set(packets.map(({ id }) => id)).size < packets.length) refuse("two packets have the same id");
  const expired = funds.otvasExpiresAt !== null && funds.otvasExpiresAt <= now;
  return {
    id: "funds",
    balance: patch.balance === undefined ? funds.balance : whole(patch.balance, "balance"),
    overdraft: patch.overdraft ?? (patch.balance === undefined && funds.overdraft),
    wallet_id: patch.wallet_id === undefined ? funds.wallet_id : patch.wallet_id,
    bonus: patch.bonus === undefined ? funds.bonus : units(patch.bonus, "bonus"),
    otvas: { ...(expired ? {} : funds.otvas), ...byCode(patch.otvas ?? {}, "otvas", units) },
    otvasExpiresAt: otvasEnd(funds, patch, now),
    prices: { ...funds.prices, ...byCode(patch.prices ?? {}, "prices", price) },
    packets,
  };
}

const iso = (at: number) => new Date(at).toISOString();

/** The funds as the state shows them: given to `patchFunds`, they come out the same. */
export function fundsState({ id: _id, otvasExpiresAt, packets, ...funds }: Funds): FundsState {
  return {
    ...structuredClone(funds),
    otvas_expires_at: otvasExpiresAt === null ? null : iso(otvasExpiresAt),
    packets: packets.map(({ steps, ...packet }) => ({
      ...structuredClone(packet),
      start: iso(steps[0]?.start ?? 0),
      steps: steps.map(({ end, limits }) => ({ end: iso(end), limits: structuredClone(limits) })),
    })),
  };
}
