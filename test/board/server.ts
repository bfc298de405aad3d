// A scripted board: each test says what is answered, and sees what was asked.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import * as assert from "uvu/assert";
import { createVkrabota, type VkrabotaBoard, type VkrabotaOptions } from "../../src/board/vkrabota/index.ts";
import { BoardError } from "../../src/model/errors.ts";

export interface Asked {
  readonly method: string;
  /** Path and decoded query below the API's root. */
  readonly path: string;
  readonly body: string;
  /** The body as it came. */
  readonly bytes: Buffer;
  readonly authorization: string | undefined;
  readonly contentType: string | undefined;
}

/** What is answered: a status and a body, or whatever is done with the response. */
export type Answer =
  | {
      readonly status?: number;
      readonly json?: unknown;
      readonly text?: string;
      readonly headers?: Record<string, string>;
    }
  | ((response: ServerResponse) => void);

export type Script = (asked: Asked, count: number) => Answer | undefined;

export const job = (id: string | number, attributes: Record<string, unknown> = {}) => ({
  id,
  type: "job",
  attributes: {
    title: `Вакансия ${id}`,
    description: "Описание",
    status: "active",
    lat: 55.73,
    long: 37.57,
    address: "Москва, улица Еланского, 2",
    salary_from: null,
    salary_to: null,
    salary_period: null,
    expires_at: "2026-12-31T9:21:19.001+03:00",
    current_publication_type: "job_publish",
    ...attributes,
  },
});

export const company = { data: { id: "1", type: "company", attributes: { id: 1, balance: "10000000.0" } } };

/** Cuts the connection without an answer. */
export const drop = (response: ServerResponse): void => {
  response.socket?.destroy();
};

/** Answers with half of a JSON body and cuts. */
export const half = (response: ServerResponse): void => {
  response.writeHead(200, { "content-type": "application/json", "content-length": "100" });
  response.write('{"data":{"id":"6', () => response.socket?.destroy());
};

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Runs a task against a scripted board. Log-ins and the company are answered by themselves unless the script does. */
export async function withBoard(
  script: Script,
  task: (board: VkrabotaBoard, asked: Asked[]) => Promise<void>,
  options: Partial<VkrabotaOptions> = {},
): Promise<void> {
  const asked: Asked[] = [];
  const counts = new Map<string, number>();
  const server = createServer((request, response) => {
    void read(request).then((bytes) => {
      const body = bytes.toString("utf8");
      const path = decodeURIComponent((request.url ?? "").replace("/api/external/v1", ""));
      const { authorization, "content-type": contentType } = request.headers;
      const one: Asked = { method: request.method ?? "", path, body, bytes, authorization, contentType };
      asked.push(one);
      const word = `${one.method} ${one.path}`;
      counts.set(word, (counts.get(word) ?? 0) + 1);
      const answer = script(one, counts.get(word) ?? 0) ?? standing(one);
      if (typeof answer === "function") return answer(response);
      response.writeHead(answer.status ?? 200, {
        "content-type": "application/json; charset=utf-8",
        ...answer.headers,
      });
      response.end(answer.text ?? JSON.stringify(answer.json ?? {}));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const board = createVkrabota({
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: { login: "test", password: "correct-horse" },
    concurrency: 4,
    backoffMs: 1,
    requestMs: 2000,
    wait: async () => undefined,
    ...options,
  });
  try {
    await task(board, asked);
  } finally {
    await board.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

function standing({ method, path }: Asked): Answer {
  if (method === "POST" && path === "/session") return { json: { token: "token-1" } };
  if (method === "GET" && path === "/company") return { json: company };
  return { status: 404, json: { errors: [{ detail: "Не найдено" }] } };
}

/** A list of jobs in pages, as the document has them. */
export function pages(jobs: readonly unknown[]): Script {
  return ({ method, path }) => {
    const match = /^\/jobs\?page\[number\]=(\d+)&page\[size\]=(\d+)$/.exec(path);
    if (method !== "GET" || !match) return undefined;
    const [page, size] = [Number(match[1]), Number(match[2])];
    return { json: { data: jobs.slice((page - 1) * size, page * size) } };
  };
}

export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/** Runs a task that has to fail as a board's fault, with such a message. */
export async function throws(task: () => Promise<unknown>, says: RegExp): Promise<void> {
  try {
    await task();
  } catch (error) {
    assert.instance(error, BoardError);
    assert.match((error as Error).message, says);
    return;
  }
  assert.unreachable("it should have thrown");
}
