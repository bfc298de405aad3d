// What must not be shown, and how it is taken out of texts: also encoded, since a board may echo what it was sent.

/** What stands in the place of a secret. */
const mask = "[secret]";
/** Below this a form can't be anything but an ordinary word. */
const shortestTelling = 8;
/** Below this a secret is no more than a syllable: to mask it would tell it. */
const shortest = 3;
/** A session's token, also one that this run never had. */
const jwt = /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*/g;
/** A login or password within an address, such as in what git says of a remote. */
const inAddress = /(https?:\/\/)[^\s/?#"'@]+@/gi;

/** Knows the secrets of a run; they come up one by one (a session's token only after the log-in). */
export interface Secrets {
  /**
   * Remembers a secret. One that is only for `texts` may well stand in data, such as a login that is the company's
   * address, and is masked in errors and logs alone.
   */
  learn(secret: string, where?: "everywhere" | "texts"): void;
  /** An error, a log line, a quotation of an answer: ordinary words are masked too where they stand alone. */
  redact(text: string): string;
  /** A result: only what can't be anything but a secret is masked, so that no title is damaged by a poor password. */
  redactData(text: string): string;
  /** The same in every text and name of a parsed JSON value, in place. */
  redactValue(value: unknown): unknown;
}

/** Knows nothing yet. */
export function newSecrets(): Secrets {
  const telling = { texts: new Set<string>(), everywhere: new Set<string>() };
  const ordinary = new Set<string>();
  const redactData = (text: string): string =>
    without(text, telling.everywhere).replace(inAddress, `$1${mask}@`);
  return {
    learn(secret, where = "everywhere") {
      if (secret.length < shortest) return;
      for (const form of formsOf(secret)) {
        if (!isTelling(form)) ordinary.add(form);
        else telling[where].add(form);
      }
    },
    redact(text) {
      const rest = without(redactData(text), telling.texts).replace(jwt, mask);
      return [...ordinary].reduce((one, word) => one.replace(alone(word), mask), rest);
    },
    redactData,
    redactValue: (value) => redactDeep(value, (text) => without(text, telling.everywhere)),
  };
}

function without(text: string, forms: ReadonlySet<string>): string {
  if (text.length < shortestTelling) return text;
  let rest = text;
  for (const form of forms) if (rest.includes(form)) rest = rest.replaceAll(form, mask);
  return rest;
}

/** Long, and neither words nor a number: what stands in nothing but secrets. */
function isTelling(form: string): boolean {
  return (
    form.length >= shortestTelling && !/^[\p{L}\p{M}\s'’_-]*$/u.test(form) && !/^[\d\s()+.,:-]*$/.test(form)
  );
}

function alone(word: string): RegExp {
  const plain = word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  return new RegExp(`(?<![\\p{L}\\p{N}])${plain}(?![\\p{L}\\p{N}])`, "gu");
}

/** A secret as it may be met, the longest forms first. */
function formsOf(secret: string): string[] {
  const spaced = secret.replace(/[\p{Cc}\s]+/gu, " ").trim();
  const lines = secret.split(/[\r\n]+/).filter((line) => line.length >= 8);
  // A JWT tells as much in its parts; the first is the same for all.
  const parts = /^[\w-]+\.[\w-]+\.[\w-]+$/.test(secret) ? secret.split(".").slice(1) : [];
  const texts = new Set([secret, spaced, ...lines, ...parts.filter((part) => part.length >= 8)]);
  for (const text of [...texts]) for (const form of ["NFC", "NFD"]) texts.add(text.normalize(form));
  const forms = new Set([...texts].flatMap(encoded));
  return [...forms].filter((form) => form.length >= shortest).sort((a, b) => b.length - a.length);
}

function encoded(text: string): string[] {
  const bytes = Buffer.from(text);
  const hex = bytes.toString("hex");
  const percent = encodeURIComponent(text);
  const form = new URLSearchParams({ a: text }).toString().slice(2);
  const json = JSON.stringify(text).slice(1, -1);
  const units = text.split("").map((unit) => unit.charCodeAt(0).toString(16).padStart(4, "0"));
  const everyUnit = units.map((unit) => `\\u${unit}`).join("");
  const foreign = json.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
  const everyByte = hex.replace(/../g, "%$&");
  const html = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const bothCases = [hex, everyByte, percent, percent.replaceAll("%20", "+"), form].flatMap((one) => [
    one,
    hexCase(one),
  ]);
  return [
    ...[text, json, foreign, everyUnit, hexCase(foreign), hexCase(everyUnit), ...bothCases],
    ...[html, html.replaceAll('"', "&quot;").replaceAll("'", "&#39;")],
    ...[0, 1, 2].flatMap((offset) => base64At(bytes, offset)),
  ];
}

/** The digits of hex, percent and \u codes in the other case. */
function hexCase(text: string): string {
  if (/^[\da-f]+$/.test(text)) return text.toUpperCase();
  return text.replace(/(%|\\u)([\da-fA-F]+)/g, (_, sign: string, digits: string) => {
    const upper = digits.toUpperCase();
    return sign + (upper === digits ? digits.toLowerCase() : upper);
  });
}

/** What is the same in the base64 of anything that holds these bytes so many bytes after a multiple of three. */
function base64At(bytes: Buffer, offset: number): string[] {
  const whole = Buffer.concat([Buffer.alloc(offset), bytes]).toString("base64");
  const core = whole.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
  return [core, core.replaceAll("+", "-").replaceAll("/", "_")];
}

/** Goes through a value of any depth without a stack of calls. */
function redactDeep(value: unknown, redact: (text: string) => string): unknown {
  if (typeof value === "string") return redact(value);
  const open: unknown[] = [value];
  // Answers have few names, each of them many times.
  const names = new Map<string, string>();
  const nameOf = (name: string): string => {
    const known = names.get(name) ?? redact(name);
    names.set(name, known);
    return known;
  };
  for (let one = open.pop(); one !== undefined; one = open.pop()) {
    if (typeof one !== "object" || one === null) continue;
    const record = one as Record<string, unknown>;
    for (const [name, item] of Object.entries(record)) {
      const shown = nameOf(name);
      const now = typeof item === "string" ? redact(item) : item;
      if (now !== item) record[name] = now;
      if (shown !== name) {
        delete record[name];
        record[shown] = now;
      }
      if (typeof item === "object") open.push(item);
    }
  }
  return value;
}
