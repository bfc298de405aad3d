// One sentence of a transaction, such as "Размещение вакансии: -1" (document: Получение списка транзакций VAS'ов).
import { codeOfTitle } from "./codes.ts";

/** Units that a sentence takes from the account or puts on it; `nothing` where it moves none. */
export type Change =
  | { readonly is: "charge" | "added"; readonly code: string; readonly units: number }
  | { readonly is: "nothing" }
  | { readonly is: "unread" };

/** A title, a colon, and a whole number with any kind of minus; spaces may stand between, also within the number. */
const shape =
  /^(?<title>.*\S)\s*[:：]\s*(?<sign>[-+\u2010-\u2015\u2212\uFE63\uFF0D\uFF0B]?)\s*(?<number>\d{1,3}(?:\s\d{3})+|\d{1,9})$/u;

/**
 * Reads a sentence. A minus makes a charge; an amount without one was put on the account. A service that isn't in the
 * document's tables is unread, except where a plus says that nothing was taken.
 */
export function readChange(sentence: string): Change {
  const parts = shape.exec(sentence.normalize("NFC").trim())?.groups;
  if (parts === undefined) return { is: "unread" };
  const { title = "", sign = "", number = "" } = parts;
  const units = Number(number.replace(/\s/gu, ""));
  const isPlus = sign === "+" || sign === "\uFF0B";
  const code = codeOfTitle(title);
  if (code === undefined) return { is: isPlus ? "nothing" : "unread" };
  if (units === 0) return { is: "nothing" };
  return { is: sign !== "" && !isPlus ? "charge" : "added", code, units };
}
