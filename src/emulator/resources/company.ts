import type { Handler } from "../handler.ts";

/** The account of the document's example; `balance` is a decimal string of kopecks. */
const EXAMPLE = {
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
};

/** GET company ("Получение состояния баланса компании"): who the account is, its limits and balance. */
export const showCompany: Handler = ({ account }) => {
  const number = Number(account.companyId);
  const id = Number.isSafeInteger(number) ? number : account.companyId;
  const data = { id: account.companyId, type: "company", attributes: { id, ...EXAMPLE } };
  return { status: 200, body: { data } };
};
