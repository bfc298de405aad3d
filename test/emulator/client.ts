import { type Emulator, type EmulatorOptions, startEmulator } from "../../src/emulator/index.ts";

/** An answer read whole. */
export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: the tests look into answers of every shape
  json: any;
}

/** A raw HTTP client of one emulator, logged in. */
export interface Client {
  emulator: Emulator;
  token: string;
  /** Any request; a body that isn't a string goes as JSON. Path without the API's prefix unless it has `/__`. */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
}

/** When the clock of the tests stands still, unless a test moves it: 13 March 2019, 09:41:29.237 in Moscow. */
export const NOW = Date.parse("2019-03-13T06:41:29.237Z");

/** The body of the document's example of a create. */
export const EXAMPLE = {
  job: {
    title: "Тестовая вакансия",
    description: "Тестовое описание",
    lat: 55.35,
    long: 37.55,
    address: "Москва. Солянка ул., 9",
    remote: true,
  },
  profession_id: 3,
  publication_type: "super_job_publish",
};

/** Sends one request and reads the answer whole. */
export async function request(
  url: string,
  method: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Reply> {
  const sent = body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) };
  const type = body === undefined ? {} : { "Content-Type": "application/json" };
  const response = await fetch(url, {
    method,
    redirect: "manual",
    headers: { ...type, ...headers },
    ...sent,
  });
  const text = await response.text();
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  return { status: response.status, headers: response.headers, text, json };
}

/** Opens a session and returns its token. */
export async function login(emulator: Emulator): Promise<string> {
  const { login, password } = emulator;
  const reply = await request(`${emulator.url}/api/external/v1/session`, "POST", { login, password });
  return reply.json.token;
}

/** A logged-in client of a running emulator. */
export async function clientOf(emulator: Emulator): Promise<Client> {
  const client: Client = {
    emulator,
    token: await login(emulator),
    call(method, path, body, headers) {
      const prefix = path.startsWith("/__") ? "" : "/api/external/v1";
      const own = { Authorization: `Worki ${client.token}` };
      return request(emulator.url + prefix + path, method, body, { ...own, ...headers });
    },
  };
  return client;
}

/** Runs `work` with a logged-in client of a fresh emulator whose clock is frozen at NOW, and closes it. */
export async function withClient(
  options: EmulatorOptions,
  work: (client: Client) => Promise<void>,
): Promise<void> {
  const emulator = await startEmulator(options);
  try {
    emulator.control.freeze(NOW);
    const client = await clientOf(emulator);
    emulator.control.clearRequests();
    await work(client);
  } finally {
    await emulator.close();
  }
}

/** The code of the error that a failed fetch was caused by, "" when the call did not fail. */
export async function failureOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return "";
  } catch (thrown) {
    const cause = (thrown as Error).cause as { code?: string } | undefined;
    return cause?.code ?? String(thrown);
  }
}
