// What an account has, as the document's examples show it.
import type { Script } from "./server.ts";

export const zero = "00000000-0000-0000-0000-000000000000";
export const region = "01d3b0b4-7fca-486a-8b54-73e8b729fd4d";

const codes = [
  "job_publish",
  "super_job_publish",
  "ultra_job_publish",
  "job_refresh",
  "job_highlight",
  "contact_view",
  "job_elevate_plus",
  "job_elevate_1d",
  "job_elevate_3d",
];

/** The company of the document's example, with attributes of one's own. */
export const companyWith = (attributes: Record<string, unknown> = {}) => ({
  data: {
    id: "1",
    type: "company",
    attributes: {
      id: 1,
      otvas_expires_at: null,
      balance: "10000000.0",
      wallet_id: null,
      otvas_user_limit: 1,
      otvas_jobs_limit: 0,
      otvas_refreshes_limit: 1,
      otvas_highlights_limit: 0,
      otvas_views_limit: 1,
      otvas_elevations_plus_limit: 1,
      otvas_elevations_1d_limit: 0,
      otvas_elevations_3d_limit: 0,
      ...attributes,
    },
  },
});

/** One packet of the document's example; `left` and `prices` by code, 0 where not given. */
export function packet(
  left: Record<string, number> = {},
  {
    prices = {},
    ...rest
  }: {
    prices?: Record<string, unknown>;
    step?: Record<string, unknown>;
    packet?: Record<string, unknown>;
  } = {},
) {
  const step = {
    start_time: "2021-06-25T11:49:38.515+03:00",
    end_time: "2021-06-26T11:49:38.515+03:00",
    active: true,
    packet_type: "job_packet",
    price: null,
    fias_id: region,
    prices: codes.map((code) => ({ code, price: prices[code] ?? 0 })),
    limits: codes.map((code) => ({ code, initial: 0, left: left[code] ?? 0, default: 0 })),
    buy_transaction_type: "BonusTransaction",
    job_category_uuid: zero,
    ...rest.step,
  };
  return {
    start_time: "2021-06-25T11:49:38.515+03:00",
    end_time: "2021-06-26T11:49:38.515+03:00",
    current_step: step,
    last_step: { ...step, limits: [{ code: "job_publish", left: 999 }] },
    days_count: 1,
    id: 151,
    free: null,
    ...rest.packet,
  };
}

export const everywhere = { fias_id: zero, job_category_uuid: zero };

/** Answers for an account's company and packets. */
export function account(attributes: Record<string, unknown>, packets: readonly unknown[] = []): Script {
  return ({ path }) => {
    if (path === "/company") return { json: companyWith(attributes) };
    return path.startsWith("/packets?") ? { json: { packets, meta: { total: packets.length } } } : undefined;
  };
}
