// A second server that follows the document, written apart from the emulator and otherwise minded: numbers for ids,
// objects for one job, lists without inactive jobs, answers that tell little, nothing accepted that wasn't asked for.
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { password } from "./credentials.ts";

const day = 86_400_000;
const attributeNames = new Set(
  "title description lat long address salary_from salary_to salary_period autoreply_text has_autoreply contact_phone auto_renew remote".split(
    " ",
  ),
);

interface Job {
  id: number;
  attributes: Record<string, unknown>;
  closed: boolean;
  until: number;
}

interface Reply {
  status: number;
  body: unknown;
}

export interface OtherBoard {
  readonly url: string;
  readonly jobs: Job[];
  /** `METHOD /path` of every request but the session's. */
  readonly log: string[];
  clock: number;
  close(): Promise<void>;
}

const fail = (status: number, detail: string): Reply => ({ status, body: { errors: [{ detail }] } });

export async function startOtherBoard(): Promise<OtherBoard> {
  const jobs: Job[] = [];
  const log: string[] = [];
  const board = { jobs, log, clock: Date.now() };

  const statusOf = (job: Job): string =>
    job.closed ? "closed" : job.until <= board.clock ? "expired" : "active";
  const show = (job: Job, whole: boolean) => {
    const {
      title,
      description,
      lat,
      long,
      address,
      salary_from = null,
      salary_to = null,
      salary_period = null,
    } = job.attributes;
    const told = { title, description, lat, long, address, salary_from, salary_to, salary_period };
    const until = new Date(job.until + 3 * 3_600_000).toISOString().replace("Z", "+03:00");
    return {
      id: job.id,
      type: "job",
      attributes: { ...told, expires_at: until, ...(whole && { status: statusOf(job) }) },
    };
  };

  function accept(body: Record<string, unknown>): Reply | Record<string, unknown> {
    const { job, profession_id, publication_type, ...rest } = body;
    if (typeof job !== "object" || job === null || Object.keys(rest).length > 0)
      return fail(422, "Неверные параметры");
    const unknown = Object.keys(job).find((name) => !attributeNames.has(name));
    if (unknown) return fail(422, `Неизвестное поле ${unknown}`);
    return {
      ...job,
      ...(profession_id !== undefined && { profession_id }),
      ...(publication_type !== undefined && { publication_type }),
    };
  }

  function answer(
    method: string,
    path: string,
    query: URLSearchParams,
    body: Record<string, unknown>,
  ): Reply {
    if (method === "GET" && path === "/company")
      return { status: 200, body: { data: { id: 5, type: "company", attributes: {} } } };
    if (method === "GET" && path === "/jobs") {
      const [number, size] = [Number(query.get("page[number]")), Number(query.get("page[size]"))];
      if (!(number >= 1 && size >= 1 && size <= 50)) return fail(422, "Неверная страница");
      const shown = jobs.filter((job) => statusOf(job) === "active");
      return {
        status: 200,
        body: { data: shown.slice((number - 1) * size, number * size).map((job) => show(job, true)) },
      };
    }
    if (method === "POST" && path === "/jobs") {
      const given = accept(body);
      if ("body" in given) return given as Reply;
      for (const name of ["title", "description", "lat", "long", "address", "profession_id"]) {
        if (given[name] === undefined || given[name] === null || given[name] === "")
          return fail(422, `Возникли ошибки: ${name}`);
      }
      const { publication_type: _, ...attributes } = given as Record<string, unknown>;
      const job = { id: 9000 + jobs.length, attributes, closed: false, until: board.clock + 30 * day };
      jobs.push(job);
      return { status: 200, body: { data: show(job, false) } };
    }
    const [, id, verb] = /^\/jobs\/(\d+)(?:\/(close|revive))?$/.exec(path) ?? [];
    const job = jobs.find((one) => String(one.id) === id);
    if (!job) return fail(404, "Вакансия не найдена");
    if (method === "GET" && !verb) return { status: 200, body: { data: show(job, true) } };
    if (method === "PUT" && !verb) {
      const given = accept(body);
      if ("body" in given) return given as Reply;
      Object.assign(job.attributes, given);
      return { status: 200, body: { data: show(job, false) } };
    }
    if (method !== "POST") return fail(405, "Нет такого метода");
    if (verb === "close") job.closed = true;
    if (verb === "revive") Object.assign(job, { closed: false, until: board.clock + 30 * day });
    return { status: 200, body: { data: show(job, verb === "close") } };
  }

  const server = createServer((request, response) => {
    response.sendDate = false;
    void read(request).then((text) => {
      const url = new URL(request.url ?? "", "http://x");
      const path = url.pathname.replace("/api/external/v1", "");
      const send = ({ status, body }: Reply): void => {
        response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
      };
      if (path === "/session") {
        const form = new URLSearchParams(text);
        if (!form.get("login")) return send(fail(422, "Invalid Login"));
        if (form.get("password") !== password) return send(fail(401, "Invalid Auth params"));
        return send({ status: 200, body: { token: "opaque" } });
      }
      if (request.headers.authorization !== "Worki opaque") return send(fail(401, "Invalid JWT Token"));
      log.push(`${request.method} ${path}`);
      send(answer(request.method ?? "", path, url.searchParams, text === "" ? {} : JSON.parse(text)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return Object.assign(board, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  });
}

async function read(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return text;
}
