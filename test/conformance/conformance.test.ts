// Each example of the board's document: the emulator answers it with the same names, types and status, and the client
// reads the documented answer.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { VkrabotaBoard } from "../../src/board/vkrabota/index.ts";
import { BoardError } from "../../src/model/errors.ts";
import type { Call, Outcome } from "../../src/model/job.ts";
import { type Asked, all, type Script, withBoard } from "../board/server.ts";
import { type Client, login, withClient } from "../emulator/client.ts";
import { BIG, form, put } from "../emulator/pictures.ts";
import { type Case, cases, missing, shapeProblems } from "./case.ts";

const root = "/api/external/v1";

async function fill({ emulator, call, ...client }: Client, { state = {} }: Case): Promise<void> {
  const { jobs = [], applications = [], actions = [], pictures = [], funds } = state;
  for (const job of jobs) emulator.control.putJob(job);
  for (const application of applications) emulator.control.putApplication(application);
  if (funds) emulator.control.setFunds(funds);
  if (actions.length > 0) await call("POST", "/paid_actions", { actions });
  if (pictures.length > 0) await put({ emulator, call, ...client }, BIG, [...pictures]);
}

/** Sends the documented request as it is. */
async function ask({ emulator }: Client, { request }: Case): Promise<{ status: number; json: unknown }> {
  const { method, path, json, form: pairs, picture, token } = request;
  const { "job_ids[]": jobs = [], ...crop } = picture ?? {};
  const body =
    picture !== undefined
      ? form(BIG, jobs as string[], crop)
      : (pairs ?? (json === undefined ? undefined : JSON.stringify(json)));
  const type =
    pairs !== undefined
      ? "application/x-www-form-urlencoded"
      : json !== undefined
        ? "application/json"
        : undefined;
  const answer = await fetch(`${emulator.url}${root}${path}`, {
    method,
    headers: {
      ...(token !== false && { authorization: `Worki ${await login(emulator)}` }),
      ...(type !== undefined && { "content-type": type }),
    },
    ...(body !== undefined && { body }),
  });
  return { status: answer.status, json: await answer.json() };
}

const emulated = suite("the emulator answers as documented");
for (const one of cases) {
  emulated(`${one.name}: ${one.section}`, () =>
    withClient({}, async (client) => {
      await fill(client, one);
      const { status, json } = await ask(client, one);
      assert.is(status, one.status, JSON.stringify(json));
      assert.equal(shapeProblems(one.answer, json, one), []);
      if (one.status >= 400) assert.equal(json, one.answer);
    }),
  );
}
emulated.run();

const account = "company";
const send = async (board: VkrabotaBoard, call: Call): Promise<Outcome | undefined> =>
  (await board.send([call]))[0];
const jobIn = (outcome: Outcome | undefined): unknown =>
  outcome?.is === "done" ? outcome.job : outcome?.is === "refused" ? outcome : { outcome };
const picture = async () => ({ bytes: BIG, contentType: "image/jpeg", filename: "bg.jpg" });

// biome-ignore lint/suspicious/noExplicitAny: arguments come from data files
type Args = any[];
const readers: Readonly<
  Record<string, (board: VkrabotaBoard, asked: Asked[], ...args: Args) => Promise<unknown>>
> = {
  async token(board, asked) {
    await board.company();
    return asked.at(-1)?.authorization?.replace("Worki ", "");
  },
  jobs: (board) => all(board.jobs()),
  job: (board, _asked, id) => board.showJob(id),
  create: async (board, _asked, attributes, publication) =>
    jobIn(await send(board, { do: "create", attributes, publication })),
  update: async (board, _asked, id, attributes) =>
    jobIn(await send(board, { do: "update", job: { id }, attributes })),
  close: async (board, _asked, id, reason) => jobIn(await send(board, { do: "close", job: { id }, reason })),
  revive: async (board, _asked, id, publication) =>
    jobIn(await send(board, { do: "revive", job: { id }, publication, was: "expired" })),
  entries: (board, _asked, name) => board.entries(name),
  applications: (board, _asked, filter) => all(board.applications(filter)),
  proceed: (board, _asked, id, status) => board.proceed(id, status),
  company: (board) => board.company(),
  transactions: (board) => all(board.transactions()),
  buy: (board, _asked, id, action) => send(board, { do: "buy", job: { id }, action, account }),
  candidates: (board, _asked, filter) => all(board.candidates(filter).candidates),
  buyContact: async (board, _asked, id) => (await board.buyContacts([id], account, () => undefined))[0],
  phone: (board, _asked, id) => board.phone(id, () => undefined),
  picture: (board, _asked, ...ids) =>
    board.send(
      ids.map((id) => ({ do: "picture", target: { id }, file: "bg.jpg", hash: "h" }) as Call),
      { picture },
    ),
  packets: (board) => board.packets(),
  balance: (board) => board.packetBalance(),
};

/** Answers the documented request, and what follows a full first page with nothing. */
function documented({ request, status, answer }: Case): Script {
  const [path = ""] = request.path.split("?");
  const lists = Array.isArray((answer as { data?: unknown }).data);
  return (asked) => {
    const [own = ""] = asked.path.split("?");
    if (own !== path || asked.method !== request.method) return undefined;
    const page = Number(/page(?:\[number\])?=(\d+)/.exec(asked.path)?.[1] ?? 1);
    return page > 1 && lists ? { json: { data: [] } } : { status, json: answer };
  };
}

/** The same answer as a board may change it tomorrow: unknown names everywhere, ids of the other type, extra meta. */
function mutated(value: unknown, name = ""): unknown {
  if (Array.isArray(value)) return value.map((one) => mutated(one));
  if (typeof value === "object" && value !== null) {
    const same = Object.entries(value).map(([key, inner]) => [key, mutated(inner, key)]);
    return { new_attribute: { deep: [1] }, ...Object.fromEntries(same), "odd?": null };
  }
  if (!/^(id|.*_id)$/.test(name)) return value;
  if (typeof value === "number") return String(value);
  return typeof value === "string" && /^[1-9]\d*$/.test(value) ? Number(value) : value;
}

const told = suite("the client reads what is documented");
for (const one of cases) {
  const { client } = one;
  if (!client) continue;
  const versions: [name: string, answer: unknown][] = [
    ["as it is", one.answer],
    ["with what nobody knows yet", mutated(one.answer)],
  ];
  for (const [version, answer] of versions) {
    told(`${one.name}, ${version}`, () =>
      withBoard(documented({ ...one, answer }), async (board, asked) => {
        const read = readers[client.read];
        assert.ok(read, client.read);
        const result = read(board, asked, ...(client.args ?? [])).catch((error: Error) => error);
        const value = await result;
        if (client.throws !== undefined) {
          assert.instance(value, Error);
          assert.match((value as Error).message, client.throws);
        } else if (client.refused !== undefined) assert.match(JSON.stringify(value), client.refused);
        else assert.equal(missing(client.expect, value), [], (value as Error).message);
      }),
    );
  }
}
/** The answer with one attribute of its first item gone, or null, for each of them. */
function* lacking(answer: unknown): Generator<{ name: string; answer: unknown }> {
  const itemOf = (whole: unknown): Record<string, unknown> | undefined => {
    const { data } = whole as { data?: unknown };
    const item = (Array.isArray(data) ? data[0] : data) as
      | { attributes?: Record<string, unknown> }
      | undefined;
    return item?.attributes;
  };
  for (const name of Object.keys(itemOf(answer) ?? {})) {
    const [without, empty] = [structuredClone(answer), structuredClone(answer)];
    delete itemOf(without)?.[name];
    yield { name: `without ${name}`, answer: without };
    Object.assign(itemOf(empty) ?? {}, { [name]: null });
    yield { name: `${name} is null`, answer: empty };
  }
}

/** What every answer has to have: without it, it isn't taken for one. */
const neededBy: Readonly<Record<string, RegExp>> = {
  entries: /\.name should be/,
  applications: /\.(status|job_id) should be/,
  proceed: /\.(status|job_id) should be/,
  phone: /\.phone should be/,
};

for (const one of cases.filter(({ client, status }) => client !== undefined && status === 200)) {
  told(`${one.name}: any attribute may be missing or null, but those that are relied on`, async () => {
    let current: unknown;
    const script: Script = (...given) => documented({ ...one, answer: current })(...given);
    await withBoard(script, async (board, asked) => {
      const { read = "", args = [] } = one.client ?? {};
      for (const { name, answer } of lacking(one.answer)) {
        current = answer;
        try {
          await readers[read]?.(board, asked, ...(args as Args));
        } catch (error) {
          if (!(error instanceof BoardError)) throw error;
          assert.match(error.message, neededBy[read] ?? /never/, name);
        }
      }
    });
  });
}
told("nearly every case is read", () => assert.ok(cases.filter(({ client }) => client).length >= 25));
told.run();
