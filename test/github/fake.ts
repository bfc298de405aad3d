// GitHub on loopback, as much of it as a report meets: comments, issues, statuses, pulls of a commit, and its faults.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface FakePage {
  id: number;
  number: number;
  body: string;
  user: { login: string };
  title?: string;
  labels?: string[];
  state?: string;
  pull_request?: object;
}

/** What goes wrong with the next requests that fit. */
export interface Fault {
  /** Of `METHOD /path`. */
  readonly at: RegExp;
  /** How often; once unless said. */
  times?: number;
  readonly does:
    | {
        readonly is: "status";
        readonly status: number;
        readonly after?: boolean;
        readonly message?: string;
        readonly headers?: Record<string, string>;
      }
    | { readonly is: "hang"; readonly after?: boolean }
    | { readonly is: "page"; readonly status: number };
}

export class FakeGitHub {
  readonly comments = new Map<number, FakePage[]>();
  readonly issues: FakePage[] = [];
  readonly statuses: {
    sha: string;
    state: string;
    context: string;
    description: string;
    target_url?: string;
  }[] = [];
  /** Pull requests by the commit that they brought. */
  readonly pulls = new Map<string, object[]>();
  /** Heads of pull requests, and which are merged. */
  readonly heads = new Map<number, string>();
  readonly merged = new Set<number>();
  readonly requests: string[] = [];
  readonly denied = new Set<"comments" | "issues" | "statuses" | "pulls">();
  readonly faults: Fault[] = [];
  /** Undefined where the token can't ask who it is. */
  viewer: string | undefined = "github-actions[bot]";
  /** Labels are dropped in silence, as for a token that may not give them. */
  dropsLabels = false;
  /** Before the API's paths, as an Enterprise server has it. */
  prefix = "";
  token = "";
  #next = 1000;
  readonly #server = createServer((request, response) => void this.#answer(request, response));

  async open(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${this.prefix}`;
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  /** Adds a page of somebody's. */
  add(list: FakePage[], login: string, body: string, more: Partial<FakePage> = {}): FakePage {
    const id = this.#next++;
    const page: FakePage = { id, number: id, body, user: { login }, state: "open", labels: [], ...more };
    list.push(page);
    return page;
  }

  commentsOn(pull: number): FakePage[] {
    const found = this.comments.get(pull) ?? [];
    this.comments.set(pull, found);
    return found;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? "", "http://127.0.0.1");
    const asked = `${request.method} ${url.pathname}`;
    this.requests.push(asked);
    this.token = request.headers.authorization ?? "";
    const body = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : {};
    const send = (status: number, value: unknown, headers: Record<string, string> = {}): void => {
      response.writeHead(status, { "content-type": "application/json; charset=utf-8", ...headers });
      response.end(status === 204 ? undefined : JSON.stringify(value));
    };
    const work = (): [number, unknown, Record<string, string>?] => this.#work(asked, url, body);
    const fault = this.faults.find(({ at, times = 1 }) => times > 0 && at.test(asked));
    if (!fault) return send(...work());
    fault.times = (fault.times ?? 1) - 1;
    const { does } = fault;
    if (does.is !== "page" && does.after) work();
    if (does.is === "hang") return;
    if (does.is === "status") return send(does.status, { message: does.message ?? "fault" }, does.headers);
    response.writeHead(does.status, { "content-type": "text/html" });
    response.end("<html><body>a proxy's page</body></html>");
  }

  #work(asked: string, url: URL, body: Record<string, never>): [number, unknown, Record<string, string>?] {
    if (asked === `POST ${this.prefix.replace("/v3", "")}/graphql`)
      return this.viewer === undefined
        ? [403, { message: "Resource not accessible by integration" }]
        : [200, { data: { viewer: { login: this.viewer } } }];
    const path = asked.replace(` ${this.prefix}/repos/octo/bread`, " ");
    const deny = (what: "comments" | "issues" | "statuses" | "pulls") =>
      this.denied.has(what)
        ? ([403, { message: "Resource not accessible by integration" }] as [number, unknown])
        : undefined;
    const me = this.viewer ?? "github-actions[bot]";
    const tooLong = (): boolean => String(body.body ?? "").length > 65_536;
    const long: [number, unknown] = [
      422,
      { message: "Validation Failed", errors: [{ message: "body is too long" }] },
    ];
    const match = (pattern: RegExp): string | undefined => pattern.exec(path)?.[1];
    const ofPull = match(/^GET \/issues\/(\d+)\/comments$/);
    if (ofPull) return this.#page(this.commentsOn(Number(ofPull)), url);
    const onPull = match(/^POST \/issues\/(\d+)\/comments$/);
    if (onPull) {
      if (tooLong()) return long;
      return deny("comments") ?? [201, this.add(this.commentsOn(Number(onPull)), me, body.body ?? "")];
    }
    const comment = match(/^(?:PATCH|DELETE) \/issues\/comments\/(\d+)$/);
    if (comment) {
      const list = [...this.comments.values()].find((all) => all.some(({ id }) => id === Number(comment)));
      const page = list?.find(({ id }) => id === Number(comment));
      if (!list || !page) return [404, { message: "Not Found" }];
      if (tooLong()) return long;
      const refused = deny("comments");
      if (refused) return refused;
      if (path.startsWith("DELETE")) {
        list.splice(list.indexOf(page), 1);
        return [204, undefined];
      }
      page.body = body.body ?? "";
      return [200, page];
    }
    const sha = match(/^POST \/statuses\/(\w+)$/);
    if (sha) {
      const refused = deny("statuses");
      if (refused) return refused;
      if (String(body.description).length > 140) return [422, { message: "description is too long" }];
      this.statuses.push({ ...(body as unknown as (typeof this.statuses)[number]), sha });
      return [201, {}];
    }
    const commit = match(/^GET \/commits\/(\w+)\/pulls$/);
    if (commit) return deny("pulls") ?? [200, this.pulls.get(commit) ?? []];
    const number = Number(match(/^GET \/pulls\/(\d+)$/));
    if (this.heads.has(number))
      return [200, { number, merged: this.merged.has(number), head: { sha: this.heads.get(number) } }];
    if (path === "GET /issues") {
      const label = url.searchParams.get("labels");
      const found = this.issues.filter(
        ({ state, labels }) => state === "open" && (!label || labels?.includes(label)),
      );
      return deny("issues") ?? this.#page(found, url);
    }
    if (path === "POST /issues") {
      if (tooLong()) return long;
      const labels = this.dropsLabels ? [] : (body.labels ?? []);
      return (
        deny("issues") ?? [
          201,
          this.add(this.issues, me, body.body ?? "", { title: body.title ?? "", labels }),
        ]
      );
    }
    const issue = this.issues.find(({ number }) => path === `PATCH /issues/${number}`);
    if (issue) {
      const refused = deny("issues");
      if (refused) return refused;
      Object.assign(issue, body);
      return [200, issue];
    }
    return [404, { message: "Not Found" }];
  }

  #page(list: readonly FakePage[], url: URL): [number, unknown, Record<string, string>] {
    const [size, page] = [Number(url.searchParams.get("per_page")), Number(url.searchParams.get("page"))];
    const hasMore = list.length > size * page;
    const headers: Record<string, string> = hasMore ? { link: `<${url.href}>; rel="next"` } : {};
    return [200, list.slice(size * (page - 1), size * page), headers];
  }
}
