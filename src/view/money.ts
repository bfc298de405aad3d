import type { Charge } from "../model/plan.ts";

const narrow = "\u202f";

/** Kopecks as roubles, with narrow no-break spaces: `4 050 ₽`, `4 050.50 ₽`. */
export function roubles(kopecks: number): string {
  const whole = Math.trunc(Math.abs(kopecks) / 100);
  const rest = Math.abs(kopecks) % 100;
  const grouped = String(whole).replace(/\B(?=(\d{3})+$)/g, narrow);
  return `${kopecks < 0 ? "−" : ""}${grouped}${rest === 0 ? "" : `.${String(rest).padStart(2, "0")}`}${narrow}₽`;
}

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
