import { DAY_MS, moscowTime } from "../clock.ts";
import { REGIONS } from "../dictionary/regions.ts";
import type { Handler } from "../handler.ts";
import { SERVICES } from "../money/codes.ts";
import type { Funds, Packet, Step } from "../money/records.ts";
import { currentStep, isRunning } from "../money/spending.ts";
import type { Settings } from "../options.ts";
import { choice } from "../validation.ts";

/** A packet's own prices, and beside them what the reading in force has packets tell. */
function pricesOf(packet: Packet, { prices }: Funds, how: Settings["readings"]["packetPrices"]): unknown[] {
  return SERVICES.flatMap((service) => {
    const other = { zero: 0, absent: undefined, list: prices[service.code] }[how];
    const price = packet.prices[service.code] ?? other;
    return price === undefined ? [] : [{ code: service.packet, price }];
  });
}

/** What a packet looks like in an answer, with the time and readings of the answer. */
type Show = (packet: Packet) => Record<string, unknown>;

function shower(funds: Funds, now: number, { packetPrices }: Settings["readings"]): Show {
  function stepShown(packet: Packet, step: Step): unknown {
    const views = step.limits.contact_view;
    return {
      start_time: moscowTime(step.start),
      end_time: moscowTime(step.end),
      active: isRunning(step, now),
      packet_type: packet.type,
      prolongable: false,
      russian_region: REGIONS.find(({ fias_id }) => fias_id === packet.region)?.name ?? "Region 16",
      hidden: false,
      price: null,
      fias_id: packet.region,
      prices: pricesOf(packet, funds, packetPrices),
      limits: SERVICES.map((service) => {
        const {
          initial,
          left,
          default: usual,
        } = step.limits[service.code] ?? { initial: 0, left: 0, default: 0 };
        return { code: service.packet, initial, left, default: usual };
      }),
      created_at: moscowTime(packet.steps[0]?.start ?? step.start),
      initial_views_limit: views?.initial ?? 0,
      views_limit: views?.left ?? 0,
      buy_transaction_type: packet.free ? "BonusTransaction" : "PaymentTransaction",
      job_category_uuid: packet.category,
    };
  }
  return (packet) => {
    const last = packet.steps.at(-1) as Step;
    const start = packet.steps[0]?.start ?? last.start;
    return {
      start_time: moscowTime(start),
      end_time: moscowTime(last.end),
      current_step: stepShown(packet, currentStep(packet, now)),
      last_step: stepShown(packet, last),
      days_count: Math.ceil((last.end - start) / DAY_MS),
      left_days_count: Math.max(0, Math.ceil((last.end - Math.max(now, start)) / DAY_MS)),
      id: Number(packet.id),
      free: packet.free,
      auto_prolongable: false,
    };
  };
}

function statusOf(packet: Packet, now: number): "active" | "archived" {
  return (packet.steps.at(-1)?.end ?? 0) > now ? "active" : "archived";
}

/**
 * GET packets ("Получение списка пакетов"): all of them, or those of one region or status; 422 for another status.
 * In `meta` the counts without `_total` are of what is listed, those with it of the account; free and paid are of
 * the active ones. A packet that hasn't begun is active, its step isn't.
 */
export const listPackets: Handler = ({ board }, { query }) => {
  const status = query.get("status");
  if (status !== null) choice(status, "status", ["active", "archived"]);
  const region = query.get("fias_id")?.toLowerCase() ?? null;
  const funds = board.funds();
  const now = board.now();
  const count = (packets: readonly Packet[], wanted: string) =>
    packets.filter((packet) => statusOf(packet, now) === wanted).length;
  const listed = funds.packets
    .filter((packet) => region === null || packet.region === region)
    .filter((packet) => status === null || statusOf(packet, now) === status);
  const free = funds.packets.filter((packet) => packet.free === true);
  const active = count(funds.packets, "active");
  const meta = {
    total: listed.length,
    active: count(listed, "active"),
    archived: count(listed, "archived"),
    active_total: active,
    archived_total: count(funds.packets, "archived"),
    free_total: count(free, "active"),
    paid_total: active - count(free, "active"),
  };
  const show = shower(funds, now, board.settings.readings);
  return { status: 200, body: { packets: listed.map(show), meta } };
};

const isViewAccess = ({ type }: Packet) => type.startsWith("temporary_view");

/**
 * GET packets/categories_balance ("Получение баланса пакетов"): units left in the running packets for each region and
 * category; access to contacts stands beside them.
 */
export const showCategoriesBalance: Handler = ({ board }) => {
  const funds = board.funds();
  const now = board.now();
  const running = funds.packets.filter((packet) => isRunning(currentStep(packet, now), now));
  const groups = new Map<string, Packet[]>();
  for (const packet of running.filter((one) => !isViewAccess(one))) {
    const place = `${packet.region} ${packet.category}`;
    groups.set(place, [...(groups.get(place) ?? []), packet]);
  }
  const items = Array.from(groups.values(), (packets) => ({
    fias_id: packets[0]?.region,
    job_category_uuid: packets[0]?.category,
    balance: SERVICES.map((service) => {
      const left = (free: boolean) =>
        packets
          .filter((packet) => (packet.free === true) === free)
          .reduce((sum, packet) => sum + (currentStep(packet, now).limits[service.code]?.left ?? 0), 0);
      return { bought: left(false), free: left(true), code: service.packet };
    }),
  }));
  const access = running.filter(isViewAccess).at(-1);
  const show = shower(funds, now, board.settings.readings);
  const body = {
    items,
    last_view_access_group_packet: access ? show(access) : null,
    meta: { hidden_packet_expires_at: null },
  };
  return { status: 200, body };
};
