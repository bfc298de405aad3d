// The board of the benchmark: the emulator in a process of its own, so that its work isn't counted as the command's.
import { spawn } from "node:child_process";
import { once } from "node:events";

export interface BenchBoard {
  readonly url: string;
  readonly env: Readonly<Record<string, string>>;
  /** Real milliseconds that each request waits from now on. */
  latency(ms: number): Promise<void>;
  /** Requests since the last call. */
  requests(): Promise<number>;
  close(): Promise<void>;
}

/** Starts an empty board on a port: the same one each time, since a state belongs to its board's address. */
export async function startBoard(cli: string, port: number): Promise<BenchBoard> {
  const child = spawn(process.execPath, [cli, "emulator", "--port", String(port), "--format", "json"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = once(child, "exit").then(([code]) => {
    throw new Error(`the emulator ended with ${code}`);
  });
  // It ends in time too.
  ended.catch(() => undefined);
  const [line] = (await Promise.race([once(child.stdout, "data"), ended])) as [Buffer];
  const { url, login, password } = JSON.parse(line.toString()) as Record<
    "url" | "login" | "password",
    string
  >;
  const control = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`${url}/__emulator/${path}`, {
      method,
      headers: { "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  let before = 0;
  return {
    url,
    env: { VAC_BOARD: url, VAC_LOGIN: login, VAC_PASSWORD: password },
    latency: async (latencyMs) => void (await control("POST", "options", { latencyMs })),
    async requests() {
      const { counters } = (await control("GET", "state")) as { counters: { requests: number } };
      const since = counters.requests - before;
      before = counters.requests;
      return since;
    },
    async close() {
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}
