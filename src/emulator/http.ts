/** A request as the handlers see it: read whole, nothing interpreted yet. */
export interface Incoming {
  method: string;
  /** Path without the query, percent-decoded, without a trailing slash. */
  path: string;
  /** Path and query as they were sent. */
  target: string;
  query: URLSearchParams;
  contentType: string;
  authorization: string | undefined;
  host: string;
  /** Of the web page that sent it; undefined where none did. */
  origin: string | undefined;
  raw: Buffer;
}

/** An answer before it goes out; `body` becomes JSON unless it is a string. */
export interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

/** Thrown by whatever finds a request wrong; becomes the board's `{"errors":[{"detail":…}]}`. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly status: number;
  readonly headers: Record<string, string>;

  constructor(status: number, detail: string, headers: Record<string, string> = {}) {
    super(detail);
    this.status = status;
    this.headers = headers;
  }
}

/** The board's error answer (its document, "Использование сессионных токенов"). */
export function errorsAnswer(status: number, detail: string, headers: Record<string, string> = {}): Answer {
  return { status, body: { errors: [{ detail }] }, headers };
}

/** Whether a parsed JSON value is an object (no array, no null). */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * The JSON object in the body. Refuses with 400 what isn't one: another content type, bytes that aren't UTF-8,
 * broken JSON, an array or a bare value.
 */
export function jsonObject(incoming: Incoming): Record<string, unknown> {
  if (!/^application\/(?:[\w.-]+\+)?json\b/i.test(incoming.contentType)) {
    throw new Refusal(400, "Тело запроса должно быть в формате JSON (Content-Type: application/json)");
  }
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(incoming.raw));
  } catch {
    throw new Refusal(400, "Тело запроса не является корректным JSON");
  }
  if (!isObject(value)) throw new Refusal(400, "Тело запроса должно быть объектом JSON");
  return value;
}

/**
 * Parameters from wherever they were put: query, form or JSON body (the last wins). For calls whose examples
 * leave the place open. Refuses with 400 a JSON body that isn't an object.
 */
export function parameters(incoming: Incoming): Record<string, unknown> {
  const found: Record<string, unknown> = Object.fromEntries(incoming.query);
  if (incoming.raw.length === 0) return found;
  if (/^application\/x-www-form-urlencoded\b/i.test(incoming.contentType)) {
    return { ...found, ...Object.fromEntries(new URLSearchParams(incoming.raw.toString("utf8"))) };
  }
  return { ...found, ...jsonObject(incoming) };
}
