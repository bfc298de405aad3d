// Requests to GitHub: each with a time limit, repeated where that does no harm, their failures in plain words.
import { Octokit } from "@octokit/core";
import { VacError } from "../model/errors.ts";

/** GitHub refused, failed, or wasn't reached. */
export class GitHubError extends VacError {}
/** A request that may have been done, and isn't sent again before somebody has looked. */
export class UnclearError extends GitHubError {}
/** What was asked for isn't there, or may not be seen. */
export class NotThereError extends GitHubError {}

export interface GitHubOptions {
  /** Such as https://api.github.com, or https://HOST/api/v3 of an Enterprise server. */
  readonly api: string;
  readonly token: string;
  readonly version: string;
  /** Waits so many milliseconds. */
  readonly wait: (ms: number) => Promise<void>;
  /** Milliseconds that one request may take. */
  readonly requestMs: number;
}

export interface Asked {
  /** What it is for, as in "the comment can't be written". */
  readonly what: string;
  /** The line of `permissions:` that it needs. */
  readonly permission: string;
  /** Whether it does no harm to send it again when nobody knows whether it was done. */
  readonly repeats: boolean;
}

export interface Answer {
  readonly data: unknown;
  /** Whether there is another page. */
  readonly more: boolean;
}

/** Times that a request is sent, and milliseconds before it is sent again. */
const attempts = 3;
const pause = 1000;
/** GitHub's own pauses are kept up to so many milliseconds. */
const longestPause = 60_000;

interface Failure {
  readonly status?: number;
  readonly message: string;
  readonly response?: {
    readonly headers: Readonly<Record<string, string | undefined>>;
    readonly data: unknown;
  };
}

/** A workflow's own token, where GitHub doesn't tell whose it is. */
const usual = "github-actions[bot]";

export class GitHub {
  #login: Promise<string> | undefined;
  readonly #octokit: Octokit;
  readonly #options: GitHubOptions;

  constructor(options: GitHubOptions) {
    this.#options = options;
    const silent = (): void => undefined;
    this.#octokit = new Octokit({
      auth: options.token,
      baseUrl: options.api,
      userAgent: `vacancy-as-code/${options.version}`,
      log: { debug: silent, info: silent, warn: silent, error: silent },
    });
  }

  /** Milliseconds as the caller waits. */
  wait(ms: number): Promise<void> {
    return this.#options.wait(ms);
  }

  /** The login that the token writes as: a token of an app can't ask for its user, but for who is looking. */
  login(): Promise<string> {
    this.#login ??= this.#readLogin();
    return this.#login;
  }

  async #readLogin(): Promise<string> {
    const { api } = this.#options;
    const url = /\/api\/v3\/?$/.test(api) ? api.replace(/v3\/?$/, "graphql") : `${api}/graphql`;
    const asked = { what: "whose token it is can't be read", permission: "contents: read", repeats: true };
    try {
      const { data } = await this.send(`POST ${url}`, { query: "query { viewer { login } }" }, asked);
      const login = (data as { data?: { viewer?: { login?: unknown } } | null }).data?.viewer?.login;
      return typeof login === "string" && login !== "" ? login : usual;
    } catch (error) {
      if (error instanceof UnclearError) throw error;
      return usual;
    }
  }

  /**
   * Sends a request such as `GET /repos/{owner}/{repo}/issues/{issue_number}/comments`. Throws a GitHubError: an
   * UnclearError where it may have been done nevertheless, a NotThereError for a 404.
   */
  async send(route: string, values: Readonly<Record<string, unknown>>, asked: Asked): Promise<Answer> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#once(route, values, asked);
      } catch (error) {
        const failure = error as Failure;
        const again = attempt < attempts ? this.#pauseBefore(failure, asked, attempt) : undefined;
        if (again === undefined) throw this.#told(failure, asked);
        await this.#options.wait(again);
      }
    }
  }

  async #once(route: string, values: Readonly<Record<string, unknown>>, { what }: Asked): Promise<Answer> {
    const signal = AbortSignal.timeout(this.#options.requestMs);
    const { data, headers, status } = await this.#octokit.request(route, { ...values, request: { signal } });
    // An answer that isn't JSON comes from something that stands before GitHub: nothing is known of what was asked.
    if (status !== 204 && (typeof data !== "object" || data === null)) {
      throw new UnclearError(`${what}: GitHub answers ${status} with something that isn't its API`);
    }
    return { data, more: /rel="next"/.test(String(headers.link ?? "")) };
  }

  /** Milliseconds after which a request may be sent again; undefined where it may not. */
  #pauseBefore(failure: Failure, { repeats }: Asked, attempt: number): number | undefined {
    const limited = limitedFor(failure);
    if (limited !== undefined) return limited <= longestPause ? limited : undefined;
    return repeats && isUnclear(failure) ? pause * attempt : undefined;
  }

  #told(failure: Failure, { what, permission }: Asked): GitHubError {
    if (failure instanceof GitHubError) return failure;
    const said = this.#said(failure);
    const limited = limitedFor(failure);
    if (limited !== undefined) {
      const seconds = Math.ceil(limited / 1000);
      return new GitHubError(`${what}: GitHub's rate limit is used up, for another ${seconds} s`, {
        hint: "run the job again later",
      });
    }
    if (isUnclear(failure)) {
      return new UnclearError(`${what}: ${said}`, { hint: "run the job again, or look at githubstatus.com" });
    }
    if (failure.status === 401) {
      return new GitHubError(`${what}: GitHub doesn't accept GITHUB_TOKEN (401)`, {
        // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what a workflow's file holds.
        hint: "pass GITHUB_TOKEN: ${{ github.token }} in the step's env",
      });
    }
    if (failure.status === 403 || failure.status === 404) {
      const known =
        failure.status === 403 ? "the token may not do that" : "it isn't there, or the token may not see it";
      const Kind = failure.status === 404 ? NotThereError : GitHubError;
      return new Kind(`${what}: ${known} (${failure.status}: ${said})`, {
        hint: `give the job that runs vac report the line "${permission}" under permissions:`,
      });
    }
    return new GitHubError(`${what}: GitHub answers ${failure.status}: ${said}`);
  }

  /** What went wrong, in a line, without the token. */
  #said({ message, status, response }: Failure): string {
    const { token } = this.#options;
    if (response && typeof response.data !== "object")
      return `GitHub answers ${status} with a page instead of JSON`;
    const said = response ? message : `GitHub can't be reached: ${message}`;
    const line = (token === "" ? said : said.replaceAll(token, "***")).replace(/\s+/g, " ").trim();
    return line.length > 200 ? `${line.slice(0, 200)}…` : line;
  }
}

/** Milliseconds that GitHub asks to wait, where it refused because of a rate limit: that was certainly not done. */
function limitedFor({ status, message, response }: Failure): number | undefined {
  if (!response || (status !== 429 && status !== 403)) return undefined;
  const { headers } = response;
  const after = Number(headers["retry-after"]);
  if (headers["retry-after"] !== undefined && Number.isFinite(after)) return Math.max(0, after * 1000);
  if (headers["x-ratelimit-remaining"] === "0") {
    const reset = Number(headers["x-ratelimit-reset"]) * 1000 - Date.now();
    return Number.isFinite(reset) ? Math.max(0, reset) : longestPause;
  }
  // A limit of how much at once says so in words alone, and asks for a minute.
  return status === 429 || /rate limit/i.test(message) ? longestPause : undefined;
}

const isUnclear = (failure: Failure): boolean =>
  failure instanceof UnclearError || failure.response === undefined || (failure.status ?? 500) >= 500;
