import { roubles } from "../model/money.ts";
import type { Charge } from "../model/plan.ts";

export { roubles } from "../model/money.ts";

/** What the wallet gives: an amount, or bounds where it is open; empty where prices weren't read. */
export function walletText(wallet: Charge["wallet"]): string {
  if (wallet === null) return "";
  if (typeof wallet === "number") return roubles(wallet);
  return wallet.min === wallet.max ? roubles(wallet.min) : `${roubles(wallet.min)} to ${roubles(wallet.max)}`;
}

/** Units and what the wallet adds: `2 × job_publish (1 200 ₽ from the wallet)`. */
export function chargeText({ units, code, wallet }: Charge): string {
  const paid = wallet === 0 ? "" : walletText(wallet);
  return `${units} × ${code}${paid === "" ? "" : ` (${paid} from the wallet)`}`;
}
