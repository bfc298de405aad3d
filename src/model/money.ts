const narrow = "\u202f";

/** Kopecks as roubles, with narrow no-break spaces: `4 050 ₽`, `4 050.50 ₽`. */
export function roubles(kopecks: number): string {
  const whole = Math.trunc(Math.abs(kopecks) / 100);
  const rest = Math.abs(kopecks) % 100;
  const grouped = String(whole).replace(/\B(?=(\d{3})+$)/g, narrow);
  return `${kopecks < 0 ? "−" : ""}${grouped}${rest === 0 ? "" : `.${String(rest).padStart(2, "0")}`}${narrow}₽`;
}
