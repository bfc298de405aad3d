// What can be read off any answer.
import { withoutContacts } from "../../model/contacts.ts";

/** Replaces every occurrence of the secrets in a text, also encoded ones: the board may echo what it was sent. */
export type Redact = (text: string) => string;

/** The document's paths stand under this one. */
export const root = "/api/external/v1";

/** What the board says went wrong: the details of its errors, else the beginning of what it sent, on one line. */
export function boardText(body: string, redact: Redact): string {
  return errorText(body, redact) ?? (oneLine(redact(body.slice(0, looked)), 100) || "(no text)");
}

/** The details of its errors alone, for answers that may hold what nobody is to see; undefined where there are none. */
export function errorText(body: string, redact: Redact): string | undefined {
  return oneLine(redact(detailsIn(body).join("; ")), 500) || undefined;
}

/** Characters of an answer that isn't what it should be in which its words are looked for, and of a text that is told. */
const looked = 100_000;
const longest = 5_000;

function detailsIn(body: string): string[] {
  try {
    return detailsOf((JSON.parse(body) as { errors?: unknown } | null)?.errors);
  } catch {
    // Not JSON: shown as it is.
    return [];
  }
}

/** The texts of `errors: [{detail}]`; none of what has another shape. */
export function detailsOf(errors: unknown): string[] {
  if (!Array.isArray(errors)) return [];
  const details = errors.map((error) => (error as { detail?: unknown } | null)?.detail);
  return details.filter((detail) => typeof detail === "string");
}

/**
 * A text of the board on one line, without contacts and what could move a terminal, cut after `most` characters. What may
 * hold a secret has to be redacted before it is cut.
 */
export function oneLine(text: string, most = longest): string {
  const line = withoutContacts(
    text
      .replace(/[\p{Cc}\p{Cf}\s]+/gu, " ")
      .trim()
      .slice(0, longest),
  );
  return line.length > most ? `${line.slice(0, most)}…` : line;
}

/** Where a redirect leads, without what may be secret in it: credentials, query, fragment. */
export function redirectTarget(location: string | undefined, base: string): string {
  if (location === undefined) return "an address that it doesn't name";
  if (!URL.canParse(location, base)) return "an address that can't be read";
  const { protocol, host, pathname } = new URL(location, base);
  return oneLine(`${protocol}//${host}${pathname}`, 200);
}

/** Retry-After in both its forms, as milliseconds from now. */
export function retryAfter(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
}
