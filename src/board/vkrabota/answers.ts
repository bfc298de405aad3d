// What can be read off any answer.
import { withoutContacts } from "../../model/contacts.ts";
import type { Redact } from "./secrets.ts";

/** The document's paths stand under this one. */
export const root = "/api/external/v1";

/** What the board says went wrong: the details of its errors, else the beginning of what it sent, on one line. */
export function boardText(body: string, redact: Redact): string {
  try {
    const { errors } = JSON.parse(body) as { errors?: { detail?: unknown }[] };
    const details = errors?.map((error) => error.detail).filter((detail) => typeof detail === "string");
    if (details && details.length > 0) return oneLine(redact(details.join("; ")), 500);
  } catch {
    // Not JSON: shown as it is, but for contacts of candidates, of which a cut answer may hold some.
  }
  return oneLine(withoutContacts(redact(body)), 100) || "(no text)";
}

/** A text of the board on one line, without what could move a terminal, cut after `most` characters. */
export function oneLine(text: string, most: number): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, " ").trim();
  return line.length > most ? `${line.slice(0, most)}…` : line;
}

/** Retry-After in both its forms, as milliseconds from now. */
export function retryAfter(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
}
