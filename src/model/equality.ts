import type { Attributes, Equality, Traits, Value } from "./attributes.ts";
import type { JobView } from "./job.ts";

/** Degrees within which two coordinates are one place on the board. */
const sameDegrees = 1e-6;
/** Metres within which two places count as near. */
const nearMetres = 300;

/** Text as it is counted, compared and sent: NFC, LF, no white space around it. */
export function normalText(text: string): string {
  const composed = text.normalize("NFC");
  return (composed.includes("\r") ? composed.replace(/\r\n?/g, "\n") : composed).trim();
}

const asNumber = (value: string | number | boolean): number =>
  typeof value === "string" && value.trim() === "" ? Number.NaN : Number(value);

const asFlag = (value: string | number | boolean): string => {
  if (value === true || value === 1 || value === "true" || value === "1") return "yes";
  if (value === false || value === 0 || value === "false" || value === "0") return "no";
  return String(value);
};

type Full = string | number | boolean;

/** The one table of equality. Each row gets two values that are not empty. */
const rules: Readonly<Record<Equality, (a: Full, b: Full) => boolean>> = {
  text: (a, b) => normalText(String(a)) === normalText(String(b)),
  number: (a, b) => asNumber(a) === asNumber(b),
  degrees: (a, b) => Math.abs(asNumber(a) - asNumber(b)) <= sameDegrees + 1e-12,
  flag: (a, b) => asFlag(a) === asFlag(b),
};

const isEmpty = (value: Value): value is null =>
  value === null || (typeof value === "string" && normalText(value) === "");

/** Whether two known values of an attribute mean the same to the board. Null and empty text are equal. */
export function equalValue(rule: Equality, a: Value, b: Value): boolean {
  // Most are the very same. Texts that are no numbers are never equal as such.
  if (a === b && (rule === "text" || typeof a !== "string")) return true;
  if (isEmpty(a) || isEmpty(b)) return isEmpty(a) && isEmpty(b);
  return rules[rule](a, b);
}

/** As `equalValue`, with the rule of the attribute's trait; an attribute without one is compared as text. */
export function equalAttribute(traits: Traits, name: string, a: Value, b: Value): boolean {
  return equalValue(traits.attributes[name]?.equal ?? "text", a, b);
}

/**
 * Whether a job is what these attributes would make: each one that the job shows is equal, and each one that reads
 * always return is shown. Attributes in `except` are passed over.
 */
export function sameContent(
  traits: Traits,
  wanted: Attributes,
  view: JobView,
  except: readonly string[] = [],
): boolean {
  for (const [name, value] of Object.entries(wanted)) {
    if (except.includes(name)) continue;
    const shown = view.attributes[name];
    if (shown === undefined) {
      if (traits.attributes[name]?.read === "always" && !isEmpty(value)) return false;
    } else if (!equalAttribute(traits, name, value, shown)) return false;
  }
  return true;
}

/** Great-circle distance in metres between two points given in degrees. */
function metresBetween(a: { lat: number; long: number }, b: { lat: number; long: number }): number {
  const rad = Math.PI / 180;
  const h =
    Math.sin(((b.lat - a.lat) * rad) / 2) ** 2 +
    Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * Math.sin(((b.long - a.long) * rad) / 2) ** 2;
  return 2 * 6371008.8 * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Whether two sets of attributes are at one place: the same address, or points no further apart than 300 m. */
export function samePlace(traits: Traits, a: Attributes, b: Attributes): boolean {
  const { address, lat, long } = traits.roles;
  const [x, y] = [a[address], b[address]];
  if (x !== undefined && y !== undefined && !isEmpty(x) && equalValue("text", x, y)) return true;
  const [p, q] = [point(a[lat], a[long]), point(b[lat], b[long])];
  return p !== undefined && q !== undefined && metresBetween(p, q) <= nearMetres;
}

function point(lat: Value | undefined, long: Value | undefined): { lat: number; long: number } | undefined {
  if (lat === undefined || long === undefined || isEmpty(lat) || isEmpty(long)) return undefined;
  const at = { lat: asNumber(lat), long: asNumber(long) };
  return Number.isFinite(at.lat) && Number.isFinite(at.long) ? at : undefined;
}

/** Whether a job may well be another copy of these attributes: the same title or the same text, at one place. */
export function isTwin(traits: Traits, wanted: Attributes, other: Attributes): boolean {
  const alike = [traits.roles.title, traits.roles.text].some((name) => {
    const [a, b] = [wanted[name], other[name]];
    return a !== undefined && b !== undefined && !isEmpty(a) && equalValue("text", a, b);
  });
  return alike && samePlace(traits, wanted, other);
}
