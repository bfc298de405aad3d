// Where money and units can come from: packets, one-time units, the wallet (document: Компания, Пакеты).
import type { Funds, Source, UnitPrice } from "../../model/job.ts";
import type { Client } from "./client.ts";
import { type Company, readCompany } from "./company.ts";
import { listPackets, type Packet, zeroGuid } from "./packets.ts";

/** Units and the wallet in kopecks, and the prices that active packets tell. */
export async function readFunds(ask: Client): Promise<Funds> {
  const [company, packets] = await Promise.all([readCompany(ask), listPackets(ask, { status: "active" })]);
  return {
    sources: [...packets.flatMap(packetSources), ...companySources(company)],
    prices: pricesOf(packets),
  };
}

function packetSources(packet: Packet): Source[] {
  const { endsAt: expiresAt } = packet;
  const scope = scopeOf(packet);
  return Object.entries(packet.left)
    .filter(([, left]) => left > 0)
    .map(([code, left]) => ({
      code,
      kind: "packet",
      left,
      ...(expiresAt !== undefined && { expiresAt }),
      ...(scope !== undefined && { scope }),
    }));
}

/** Region and category; undefined where neither limits a packet. One that isn't told may be any. */
function scopeOf({ region = "?", category = "?" }: Packet): string | undefined {
  return region === zeroGuid && category === zeroGuid ? undefined : `${region}/${category}`;
}

/** One-time units also where none is left: what is known to be 0 isn't unknown. */
function companySources({ units, unitsExpireAt, balance }: Company): Source[] {
  return [
    ...Object.entries(units).map(
      ([code, left]): Source => ({
        code,
        kind: "once",
        left,
        ...(unitsExpireAt !== undefined && { expiresAt: unitsExpireAt }),
      }),
    ),
    ...(balance === undefined ? [] : [{ code: "wallet", kind: "wallet" as const, left: balance }]),
  ];
}

/**
 * The least and the most that packets ask for a unit; 0 means that one doesn't tell. Open as long as no packet for every
 * region and category tells one.
 */
function pricesOf(packets: readonly Packet[]): Funds["prices"] {
  const prices = new Map<string, UnitPrice>();
  const told = packets.flatMap((packet) =>
    Object.entries(packet.prices).map(([code, price]) => ({ code, price, scope: scopeOf(packet) })),
  );
  for (const { code, price, scope } of told) {
    if (price <= 0) continue;
    const before = prices.get(code);
    const range = {
      min: Math.min(before?.min ?? price, price),
      max: Math.max(before?.max ?? price, price),
    };
    const isOpen = scope !== undefined && (before === undefined || before.open === true);
    prices.set(code, isOpen ? { ...range, open: true } : range);
  }
  return Object.fromEntries(prices);
}
