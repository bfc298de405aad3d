// One HTTP request over node:http: what was sent, what came, and whether it may have been done.
import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
} from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";

/** The longest answer that is read, bytes. */
const largest = 64 * 1024 * 1024;

export interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/**
 * A request without a whole answer. `sent` is false where no byte of it can have reached the board, so that it is
 * certainly not done; `final` is true where the answer would be no better the next time.
 */
export class TransportError extends Error {
  readonly sent: boolean;
  readonly final: boolean;

  constructor(message: string, sent: boolean, final = false) {
    super(message);
    this.name = "TransportError";
    this.sent = sent;
    this.final = final;
  }
}

/** An answer that came and can't be used. */
class UnfitAnswer extends Error {}

export interface WireRequest {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly timeoutMs: number;
  /** Whether a connection that was used before may serve: a stale one can't be told from a call that was done. */
  readonly reuse: boolean;
  /** Called once the connection stands, right before the first byte leaves. */
  readonly onSend?: () => void;
}

export interface Transport {
  ask(request: WireRequest): Promise<Answer>;
  close(): void;
}

/** Connections of a board, at most `concurrency` of them kept. */
export function transport(concurrency: number): Transport {
  const options = { keepAlive: true, maxSockets: concurrency, scheduling: "lifo" as const };
  const agents = { "http:": new HttpAgent(options), "https:": new HttpsAgent(options) };
  return {
    ask: (request) => ask(request, agents),
    close() {
      agents["http:"].destroy();
      agents["https:"].destroy();
    },
  };
}

function ask(wire: WireRequest, agents: { "http:": HttpAgent; "https:": HttpsAgent }): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const secure = wire.url.protocol === "https:";
    const agent = wire.reuse ? (secure ? agents["https:"] : agents["http:"]) : false;
    const body = typeof wire.body === "string" ? Buffer.from(wire.body) : wire.body;
    const request = (secure ? httpsRequest : httpRequest)(wire.url, {
      method: wire.method,
      agent,
      headers: { ...wire.headers, ...(body && { "content-length": String(body.length) }) },
    });
    let sent = false;
    const timer = setTimeout(() => {
      request.destroy(new Error(`no answer within ${wire.timeoutMs / 1000} s`));
    }, wire.timeoutMs);
    const fail = (error: Error): void => {
      clearTimeout(timer);
      reject(new TransportError(reasonOf(error), sent, error instanceof UnfitAnswer));
    };
    request.on("error", fail);
    let answered = false;
    request.on("close", () => {
      if (!answered) fail(new Error("the connection was closed without an answer"));
    });
    request.on("upgrade", (_response, socket) => {
      socket.destroy();
      fail(new UnfitAnswer("the answer is to speak another protocol"));
    });
    request.on("response", (response) => {
      answered = true;
      read(response).then((answer) => {
        clearTimeout(timer);
        resolve(answer);
      }, fail);
    });
    whenConnected(request, secure, () => {
      try {
        wire.onSend?.();
      } catch (error) {
        // What has to be noted before the bytes leave couldn't be: they don't leave.
        request.destroy(error as Error);
        return;
      }
      sent = true;
      request.end(body);
    });
  });
}

/** Holds the request back until its connection stands, so that a refused connection is known as never sent. */
function whenConnected(request: ClientRequest, secure: boolean, go: () => void): void {
  request.on("socket", (socket) => {
    if (request.reusedSocket || (!socket.connecting && !secure)) go();
    else socket.once(secure ? "secureConnect" : "connect", go);
  });
}

async function read(response: IncomingMessage): Promise<Answer> {
  const encoding = response.headers["content-encoding"] || "identity";
  if (encoding.toLowerCase() !== "identity") {
    response.destroy();
    throw new UnfitAnswer(`the answer is encoded (${encoding.slice(0, 20)}), which wasn't asked for`);
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    size += (chunk as Buffer).length;
    if (size > largest) {
      response.destroy();
      throw new UnfitAnswer(`the answer is longer than ${largest / 1024 / 1024} MiB`);
    }
    chunks.push(chunk as Buffer);
  }
  if (!response.complete) throw new Error("the answer was cut short");
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    body: Buffer.concat(chunks).toString("utf8"),
  };
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens there (connection refused)",
  ENOTFOUND: "there is no such host",
  EAI_AGAIN: "the host's name can't be looked up now",
  ECONNRESET: "the connection was reset",
  EPIPE: "the connection was closed",
  ETIMEDOUT: "the connection timed out",
};

function reasonOf(error: Error): string {
  const { code } = error as NodeJS.ErrnoException;
  const inner =
    error instanceof AggregateError ? (error.errors[0] as NodeJS.ErrnoException | undefined) : undefined;
  const known = reasons[code ?? inner?.code ?? ""];
  if (/^(ERR_SSL|EPROTO)/.test(code ?? "")) return "https isn't spoken there";
  if (error.message === "aborted") return "the answer was cut short";
  return known ?? (error.message || code || "the connection failed");
}
