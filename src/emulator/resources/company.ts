import { moscowTime } from "../clock.ts";
import type { Context, Handler } from "../handler.ts";
import { SERVICES } from "../money/codes.ts";
import { otvasLeft } from "../money/spending.ts";

/** In the order of the document's example. */
const LIMITS: readonly string[] = [
  "otvas_jobs_limit",
  "otvas_super_jobs_limit",
  "otvas_ultra_jobs_limit",
  "otvas_refreshes_limit",
  "otvas_highlights_limit",
  "otvas_views_limit",
  "otvas_elevations_plus_limit",
  "otvas_elevations_1d_limit",
  "otvas_elevations_3d_limit",
];

/** Limits that this section's example lacks: shown only where the account was ever given such units. */
const RARE: readonly string[] = ["super_job_publish", "ultra_job_publish"];

/**
 * The company as a resource ("Получение состояния баланса компании"): balance as a decimal string of kopecks, and
 * one-time units, 0 once they have expired. Names are those of the example, not of the model.
 */
export function companyResource({ board, account }: Context): unknown {
  const funds = board.funds();
  const now = board.now();
  const number = Number(account.companyId);
  const limits = LIMITS.flatMap((limit) => {
    const code = SERVICES.find((service) => service.limit === limit)?.code;
    if (!code || (RARE.includes(code) && funds.otvas[code] === undefined)) return [];
    return [[limit, otvasLeft(funds, code, now)]];
  });
  const attributes = {
    id: Number.isSafeInteger(number) ? number : account.companyId,
    otvas_expires_at: funds.otvasExpiresAt === null ? null : moscowTime(funds.otvasExpiresAt),
    balance: `${funds.balance}.0`,
    wallet_id: funds.wallet_id,
    otvas_user_limit: 1,
    ...Object.fromEntries(limits),
  };
  return { data: { id: account.companyId, type: "company", attributes } };
}

/** GET company ("Получение состояния баланса компании"): who the account is, its limits and balance. */
export const showCompany: Handler = (context) => ({ status: 200, body: companyResource(context) });
