// The session: one token in memory, made and renewed once for all who ask at the same time.
import { AuthError, BoardError } from "../../model/errors.ts";
import { errorText, type Redact, redirectTarget, root } from "./answers.ts";
import { type Answer, type Transport, TransportError } from "./http.ts";

export type Credentials = { readonly login: string; readonly password: string } | { readonly token: string };

export interface Session {
  token(): Promise<string>;
  /** A token other than this one, which the board has refused. */
  renew(refused: string): Promise<string>;
}

export interface SessionOptions {
  readonly address: string;
  /** Undefined where none are at hand: then nothing but what is open to all can be asked. */
  readonly credentials: Credentials | undefined;
  readonly transport: Transport;
  readonly redact: Redact;
  readonly learn: (secret: string) => void;
  readonly requestMs: number;
  readonly backoffMs: number;
  readonly onAnswer: (answer: Answer) => void;
}

const attempts = 3;

/** Document: Получение сессионного токена. The token is opaque; its life isn't told. */
export function session(options: SessionOptions): Session {
  const { credentials } = options;
  if (credentials === undefined) {
    const refuse = async (): Promise<never> => {
      throw new AuthError("the board wants credentials", {
        hint: "set VAC_LOGIN and VAC_PASSWORD (or VAC_TOKEN) in the environment",
      });
    };
    return { token: refuse, renew: refuse };
  }
  if ("token" in credentials) {
    return {
      token: async () => credentials.token,
      renew: async () => {
        throw new AuthError("the board doesn't accept the token in VAC_TOKEN", {
          status: 401,
          hint: "get a new one, or use VAC_LOGIN and VAC_PASSWORD, which renew themselves",
        });
      },
    };
  }
  let current: Promise<string> | undefined;
  let held: string | undefined;
  const make = (): Promise<string> => {
    current ??= logIn(options, credentials).then(
      (token) => {
        held = token;
        return token;
      },
      (error) => {
        current = undefined;
        throw error;
      },
    );
    return current;
  };
  return {
    token: make,
    renew(refused) {
      if (held === refused) {
        held = undefined;
        current = undefined;
      }
      return make();
    },
  };
}

async function logIn(
  options: SessionOptions,
  credentials: { login: string; password: string },
): Promise<string> {
  const answer = await post(options, new URLSearchParams(credentials).toString());
  const { status, body, headers } = answer;
  if (status >= 300 && status < 400) {
    const target = options.redact(redirectTarget(headers.location, options.address));
    throw new BoardError(
      `POST ${root}/session: the board redirects (${status}) to ${target}, which isn't followed`,
      {
        status,
        hint: `give the board's own address with --board or VAC_BOARD; ${options.address} redirects`,
      },
    );
  }
  // Never the answer itself: it may hold a token that can't be read, and so isn't known as a secret.
  const text = (): string => {
    const told = errorText(body, options.redact);
    return told === undefined ? "" : `: ${told}`;
  };
  if (status === 401 || status === 422) {
    throw new AuthError(`the board doesn't accept the login and password${text()}`, {
      status,
      hint: "check VAC_LOGIN and VAC_PASSWORD",
    });
  }
  const token = status === 200 || status === 201 ? tokenIn(body) : undefined;
  if (token === undefined) {
    throw new BoardError(`POST ${root}/session: the board answers ${status} without a token${text()}`, {
      status,
      hint: "is this the board's address (--board, VAC_BOARD)?",
    });
  }
  options.learn(token);
  return token;
}

/** A log-in makes nothing, so that it may be repeated while the board can't be reached or is at fault. */
async function post(options: SessionOptions, body: string): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    const last = attempt === attempts;
    try {
      const answer = await options.transport.ask({
        method: "POST",
        url: new URL(`${options.address}${root}/session`),
        headers: { accept: "application/json", "content-type": "application/x-www-form-urlencoded" },
        body,
        timeoutMs: options.requestMs,
        reuse: true,
      });
      options.onAnswer(answer);
      if (last || (answer.status < 500 && answer.status !== 429)) return answer;
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
      if (last || error.final) {
        const { address, redact } = options;
        const what = error.final
          ? `POST ${address}${root}/session`
          : `the board at ${address} can't be reached`;
        throw new BoardError(redact(`${what}: ${error.message}`), {
          hint: "is the address right (--board, VAC_BOARD), and can this machine reach it?",
        });
      }
    }
    await new Promise((resolve) => setTimeout(resolve, options.backoffMs * attempt));
  }
}

/** Whether a token can stand in a header. */
const isSendable = (token: string): boolean => /^[\x21-\x7e]{1,8000}$/.test(token);

function tokenIn(body: string): string | undefined {
  try {
    const { token } = JSON.parse(body) as { token?: unknown };
    return typeof token === "string" && isSendable(token) ? token : undefined;
  } catch {
    return undefined;
  }
}
