import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Control } from "./control.ts";
import { answerControl, isControl } from "./control-routes.ts";
import { messageOf } from "./errors.ts";
import type { FaultAction, Faults } from "./faults.ts";
import type { Context } from "./handler.ts";
import { type Answer, errorsAnswer, type Incoming, Refusal } from "./http.ts";
import type { RateLimit } from "./options.ts";
import type { RequestLog } from "./requests.ts";
import { dispatch } from "./routes.ts";
import { doWork, spoil } from "./trouble.ts";

/** Bytes of the largest body that is read. */
const BODY_LIMIT = 16 * 1024 * 1024;

/** What the server works with. */
export interface Parts {
  context: Context;
  control: Control;
  faults: Faults;
  log: RequestLog;
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= BODY_LIMIT) chunks.push(chunk);
  }
  if (size > BODY_LIMIT) throw new Refusal(413, "Слишком большой запрос");
  return Buffer.concat(chunks);
}

function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path).replace(/(?<=.)\/$/, "");
  } catch {
    throw new Refusal(400, "Некорректный адрес запроса");
  }
}

async function readRequest(request: IncomingMessage): Promise<Incoming> {
  const target = request.url ?? "/";
  const [path = "/", ...query] = target.split("?");
  return {
    method: request.method ?? "GET",
    path: decodedPath(path),
    target,
    query: new URLSearchParams(query.join("?")),
    contentType: request.headers["content-type"] ?? "",
    authorization: request.headers.authorization,
    host: request.headers.host ?? "",
    origin: request.headers.origin,
    raw: await readBody(request),
  };
}

/** What was thrown, as an answer: a refusal as it says, anything else 500 with its message. */
function answerOf(thrown: unknown): Answer {
  if (thrown instanceof Refusal) return errorsAnswer(thrown.status, thrown.message, thrown.headers);
  return errorsAnswer(500, messageOf(thrown));
}

/** A fixed window of real time: tells for how many ms a request has to wait, 0 when it may pass. */
function makeLimiter(): (limit: RateLimit | null) => number {
  let start = Number.NEGATIVE_INFINITY;
  let passed = 0;
  return (limit) => {
    if (!limit) return 0;
    const now = performance.now();
    if (now - start >= limit.perMs) {
      start = now;
      passed = 0;
    }
    passed += 1;
    return passed > limit.requests ? start + limit.perMs - now : 0;
  };
}

function send(response: ServerResponse, answer: Answer, now: number, truncated = false): void {
  const body = Buffer.from(typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body));
  response.writeHead(answer.status, {
    "Content-Type": "application/json; charset=utf-8",
    "Content-Length": body.length,
    Date: new Date(now).toUTCString(),
    ...answer.headers,
  });
  if (!truncated) response.end(body);
  else response.write(body.subarray(0, body.length >> 1), () => response.destroy());
}

/** The server, and what ends its pending waits. */
export interface Running {
  server: Server;
  /** Forgets the requests that still wait for their turn: their work will not be done. */
  forgetPending(): void;
}

/** Makes the HTTP server of a board. It doesn't listen yet. */
export function makeServer({ context, control, faults, log }: Parts): Running {
  const { board } = context;
  const limiter = makeLimiter();
  const timers = new Set<NodeJS.Timeout>();

  function wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        resolve();
      }, ms);
      timers.add(timer);
    });
  }

  function work(incoming: Incoming): Answer {
    try {
      return dispatch(context, incoming);
    } catch (thrown) {
      return answerOf(thrown);
    }
  }

  async function answerApi(incoming: Incoming, response: ServerResponse): Promise<void> {
    const record = log.note(incoming, board.now());
    const overMs = limiter(board.settings.rateLimit);
    if (overMs > 0) {
      record.status = 429;
      const after = { "Retry-After": String(Math.ceil(overMs / 1000)) };
      send(response, errorsAnswer(429, "Слишком много запросов", after), board.now());
      return;
    }
    const trouble = faults.next(incoming);
    const action: FaultAction | null = trouble.action;
    record.fault = action?.kind ?? (trouble.delayMs > 0 ? "delay" : null);
    const waitMs = board.settings.latencyMs + trouble.delayMs;
    if (waitMs > 0) await wait(waitMs);
    const honest = doWork(action, board, () => work(incoming));
    const outcome = spoil(action, honest);
    if ("answer" in outcome) {
      record.status = outcome.answer.status;
      send(response, outcome.answer, board.now(), outcome.truncated);
    } else if (outcome.silence === "closed") response.socket?.destroy();
    else if (outcome.silence === "reset") response.socket?.resetAndDestroy();
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const incoming = await readRequest(request);
    if (!isControl(incoming.path)) return answerApi(incoming, response);
    send(response, answerControl(control, incoming), board.now());
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((thrown: unknown) => {
      if (response.headersSent || (request.destroyed && !request.complete)) response.destroy();
      else send(response, answerOf(thrown), board.now());
    });
  });
  server.keepAliveTimeout = 60_000;
  return {
    server,
    forgetPending() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}
