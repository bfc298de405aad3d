// Requests as the board wants them: session, repeats where they are safe, errors in the board's own words.
import { setTimeout as sleep } from "node:timers/promises";
import pRetry, { AbortError } from "p-retry";
import { AuthError, BoardError } from "../../model/errors.ts";
import { isNestedDeeper } from "../../model/nesting.ts";
import { boardText, type Redact, redirectTarget, retryAfter, root } from "./answers.ts";
import type { Gate } from "./gate.ts";
import { type Answer, type Transport, TransportError } from "./http.ts";
import type { Session } from "./session.ts";

export interface Ask {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below the API's root, such as `/jobs`. */
  readonly path: string;
  /** What it is about, in a person's words, such as `job 651`; else errors name method and path. */
  readonly about?: string;
  readonly query?: readonly (readonly [string, string])[];
  /** The body: JSON, or bytes of another kind. */
  readonly json?: unknown;
  readonly raw?: { readonly bytes: Uint8Array; readonly contentType: string };
  /** True for calls that can't be sent twice: they are repeated only where they are certainly not done. */
  readonly once?: boolean;
  /** True for what is answered without a session. */
  readonly open?: boolean;
  readonly onSend?: () => void;
}

/** An answer that was not 2xx, or no whole answer at all. */
export class CallError extends BoardError {
  /** Certainly not done, not done as the board says, or possibly done. */
  readonly fate: "unsent" | "refused" | "unclear";
  /** Asking again would bring the same. */
  readonly final: boolean;

  constructor(
    message: string,
    fate: "unsent" | "refused" | "unclear",
    options: { status?: number; hint?: string; final?: boolean } = {},
  ) {
    super(message, options);
    this.fate = fate;
    this.final = options.final ?? false;
  }
}

export interface ClientOptions {
  /** Base address without a trailing slash. */
  readonly address: string;
  readonly transport: Transport;
  readonly gate: Gate;
  readonly session: Session;
  readonly redact: Redact;
  /** Takes secrets out of what an answer holds, so that they reach no job, no state and no plan. */
  readonly hide: (value: unknown) => unknown;
  /** Milliseconds that one request, and one request with all its repeats, may take. */
  readonly requestMs: number;
  readonly totalMs: number;
  /** Milliseconds before the first repeat; each further one waits twice as long. */
  readonly backoffMs: number;
  readonly onAnswer: (answer: Answer) => void;
  readonly log: (message: string) => void;
  /** Aborted when nobody waits for answers any more, such as for pages that were read ahead: then nothing is repeated. */
  readonly closed: AbortSignal;
}

/** Attempts at a request that may be repeated, and at one that was turned away for coming too fast. */
const attempts = { repeat: 4, busy: 8 };

export type Client = (ask: Ask) => Promise<unknown>;

/** Makes the function that all resources go through. It returns the parsed JSON of a 2xx answer, or throws a CallError or an AuthError. */
export function client(options: ClientOptions): Client {
  return async (ask) => {
    const deadline = Date.now() + options.totalMs;
    let tries = 0;
    const attempt = async (): Promise<unknown> => {
      tries += 1;
      const started = Date.now();
      const answer = await options.gate.run(async () => {
        const came = await sendOnce(options, ask);
        if (came.status === 429) options.gate.slower(retryAfter(came.headers["retry-after"]));
        else options.gate.faster();
        return came;
      });
      options.log(`${ask.method} ${ask.path} ${answer.status} in ${Date.now() - started} ms`);
      return readAnswer(answer, ask, options);
    };
    return pRetry(
      async () => {
        try {
          return await attempt();
        } catch (error) {
          const wait = waitBefore(error, ask, tries, options);
          const late = options.closed.aborted || wait === undefined || Date.now() + wait > deadline;
          if (late) throw new AbortError(error as Error);
          options.log(
            `${ask.method} ${ask.path}: ${(error as Error).message}; again in ${Math.round(wait)} ms`,
          );
          await sleep(wait, undefined, { signal: options.closed }).catch(() => {
            throw new AbortError(error as Error);
          });
          throw error;
        }
      },
      { retries: attempts.busy, minTimeout: 0, factor: 1 },
    );
  };
}

/** Carries Retry-After from an answer to the wait. */
class BusyError extends CallError {
  readonly retryAfterMs: number | undefined;

  constructor(message: string, status: number, retryAfterMs: number | undefined) {
    super(message, "refused", {
      status,
      hint: "the board limits how fast it may be asked; lower concurrency in _config.yaml",
    });
    this.retryAfterMs = retryAfterMs;
  }
}

/** Milliseconds to wait before the next attempt; undefined where there must not be one. */
function waitBefore(error: unknown, ask: Ask, tries: number, options: ClientOptions): number | undefined {
  if (!(error instanceof CallError)) return undefined;
  const backoff = options.backoffMs * 2 ** (tries - 1) * (0.5 + Math.random());
  if (error instanceof BusyError) {
    return tries >= attempts.busy ? undefined : (error.retryAfterMs ?? backoff);
  }
  if (tries >= attempts.repeat || error.fate === "refused" || error.final) return undefined;
  if (error.fate === "unclear" && ask.once) return undefined;
  // Nobody listening is told at once where nothing was ever answered: waiting helps a restart, not a wrong address.
  return backoff;
}

async function sendOnce(options: ClientOptions, ask: Ask): Promise<Answer> {
  if (ask.open) return sendWith(options, ask, undefined);
  const token = await unsent(options.session.token());
  const first = await sendWith(options, ask, token);
  if (first.status !== 401) return first;
  // A 401 is certainly not done, so that any call may be sent again with a new token.
  const second = await sendWith(options, ask, await unsent(options.session.renew(token)));
  if (second.status !== 401) return second;
  throw new AuthError(`the board refuses the session: ${boardText(second.body, options.redact)}`, {
    status: 401,
    hint: "check VAC_LOGIN and VAC_PASSWORD, or VAC_TOKEN",
  });
}

/** Without a session nothing was sent: whatever the call is, it is certainly not done. */
async function unsent(token: Promise<string>): Promise<string> {
  try {
    return await token;
  } catch (error) {
    if (error instanceof AuthError || !(error instanceof BoardError)) throw error;
    const { message, hint, status } = error;
    const rest = { ...(hint !== undefined && { hint }), ...(status !== undefined && { status }) };
    throw new CallError(message, "refused", rest);
  }
}

async function sendWith(options: ClientOptions, ask: Ask, token: string | undefined): Promise<Answer> {
  const url = new URL(options.address + root + ask.path);
  for (const [name, value] of ask.query ?? []) url.searchParams.append(name, value);
  const body =
    ask.raw ??
    (ask.json === undefined
      ? undefined
      : { bytes: JSON.stringify(ask.json), contentType: "application/json" });
  try {
    const answer = await options.transport.ask({
      method: ask.method,
      url,
      headers: {
        accept: "application/json",
        ...(token !== undefined && { authorization: `Worki ${token}` }),
        ...(body && { "content-type": body.contentType }),
      },
      ...(body && { body: body.bytes }),
      timeoutMs: options.requestMs,
      reuse: ask.once !== true,
      ...(ask.onSend && { onSend: ask.onSend }),
    });
    options.onAnswer(answer);
    return answer;
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    const what = `${ask.method} ${options.address}${root}${ask.path}`;
    throw new CallError(options.redact(`${what}: ${error.message}`), error.sent ? "unclear" : "unsent", {
      hint: "is the board's address right (--board, VAC_BOARD), and can this machine reach it?",
      final: error.final,
    });
  }
}

/** Maps and lists of an answer within each other: the document's have less than ten. */
const deepest = 100;

function readAnswer(answer: Answer, ask: Ask, { redact, hide, address }: ClientOptions): unknown {
  const { status, body } = answer;
  const what = ask.about ?? `${ask.method} ${root}${ask.path}`;
  // Read only where something is wrong: answers are long.
  const text = (): string => boardText(body, redact);
  if (status === 429) {
    throw new BusyError(
      `${what}: the board answers 429: ${text()}`,
      status,
      retryAfter(answer.headers["retry-after"]),
    );
  }
  if (status >= 300 && status < 400) {
    const target = redact(redirectTarget(answer.headers.location, address));
    throw new CallError(
      `${what}: the board redirects (${status}) to ${target}, which isn't followed`,
      ask.method === "GET" && !ask.once ? "refused" : "unclear",
      {
        status,
        hint: `give the board's own address with --board or VAC_BOARD; ${address} redirects`,
      },
    );
  }
  if (status >= 400 && status < 500 && status !== 408 && status !== 425) {
    throw new CallError(`${what}: the board answers ${status}: ${text()}`, "refused", { status });
  }
  if (status < 200 || status >= 300)
    throw new CallError(`${what}: the board answers ${status}: ${text()}`, "unclear", { status });
  const value = parse(body);
  const fault =
    value === undefined
      ? `isn't JSON: ${text()}`
      : isNestedDeeper(value, deepest)
        ? "is nested too deeply to be the board's"
        : undefined;
  if (fault === undefined) return hide(value);
  throw new CallError(`${what}: the answer ${fault}`, "unclear", {
    status,
    hint: "the address may not be the board's, or the board may be down for maintenance",
  });
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
