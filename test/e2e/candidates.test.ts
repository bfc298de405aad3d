// vac candidates: search, buy, phone. A contact is paid for at most once, whatever goes wrong.
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type BuyFlags, candidatesBuy } from "../../src/commands/buy.ts";
import { candidatesSearch, type SearchFlags } from "../../src/commands/candidates.ts";
import { type Buying, noteIntent } from "../../src/commands/contacts.ts";
import { candidatesPhone, type PhoneFlags } from "../../src/commands/phone.ts";
import type { EmulatorOptions, Fault } from "../../src/emulator/index.ts";
import type { Contact } from "../../src/model/state.ts";
import { fileStore, type StateSession } from "../../src/state/store.ts";
import { onStage, type Stage } from "./harness.ts";
import { commandInside } from "./inside.ts";
import { json } from "./outputs.ts";
import { rewriting } from "./rewriting.ts";

type Ended = Awaited<ReturnType<typeof commandInside>>;
const buy = (stage: Stage, ids: string[], flags: Partial<BuyFlags> = {}): Promise<Ended> =>
  commandInside<BuyFlags>(stage, candidatesBuy, {
    ...{ ids, account: "company", contacts: false, maxCost: 100_000 },
    ...flags,
  });
const phone = (
  stage: Stage,
  id: string,
  flags: Partial<PhoneFlags> = { maxCost: 100_000 },
  answer?: string,
): Promise<Ended> =>
  commandInside<PhoneFlags>(
    stage,
    candidatesPhone,
    { id, ...flags },
    answer ? async () => answer : undefined,
  );
const resultsOf = (ended: Ended): string[] =>
  json("contacts", ended).items.map(({ id, result }: Record<string, string>) => `${id} ${result}`);
const charges = ({ board }: Stage): string[] =>
  board.control.state().ledger.map(({ user_id, source }) => `${user_id} ${source}`);
const fault = (stage: Stage, path: string, kind: Fault["do"]["kind"]): void =>
  stage.board.control.setFaults([{ match: { path, times: 1 }, do: { kind } as Fault["do"] }]);

const now = Date.parse("2026-12-01T12:00:00Z");
/** One one-time unit, the rest from the wallet at 15 roubles. */
const funds: NonNullable<EmulatorOptions["funds"]> = {
  balance: 100_000,
  packets: [],
  otvas: { contact_view: 1 },
};
function staged(story: (stage: Stage) => Promise<void>, options: EmulatorOptions = {}, config = "") {
  const files = { "_config.yaml": `prices: { contact_view: 15 }\n${config}` };
  return onStage(
    files,
    async (stage) => {
      stage.board.control.freeze(now);
      await story(stage);
    },
    { funds, tokenLifeMs: 1e12, ...options },
  );
}
const later = (stage: Stage, minutes: number): void => stage.board.control.freeze(now + minutes * 60_000);

const searches = suite("candidates search");
searches("shows no contact; those that are bought are marked", () =>
  staged(async (stage) => {
    await buy(stage, ["31136"]);
    const flags = { csv: false, limit: 50, all: true };
    const found = await commandInside<SearchFlags>(stage, candidatesSearch, {
      ...flags,
      filter: { region_id: "00000000-0000-0000-0000-000000000000" },
    });
    const { items, total } = json("candidates", found);
    assert.is(items.length, total);
    assert.equal(
      items
        .filter((one: { already_contacted: boolean }) => one.already_contacted)
        .map((one: { id: string }) => one.id),
      ["31136"],
    );
    assert.not.match(found.out, /phone|email/);
    const text = await commandInside<SearchFlags>(stage, candidatesSearch, {
      ...{ ...flags, format: "text", all: false, limit: 2 },
      filter: { address: "Москва" },
    });
    assert.match(text.out, /^CANDIDATE\s+NAME/);
    assert.match(text.err, /2 of \d+/);
    const wrong = await commandInside<SearchFlags>(stage, candidatesSearch, { ...flags, filter: {} });
    assert.equal([wrong.code, /the search for candidates: .*422: .*Укажите/.test(wrong.err)], [1, true]);
  }),
);
searches.run();

const buys = suite("candidates buy");
buys("the price first, then consent; what is bought isn't bought again", () =>
  staged(async (stage) => {
    const alone = await buy(stage, ["31136"], { maxCost: undefined as never });
    assert.is(alone.code, 1);
    assert.match(alone.err, /contact_view {2}1 {7}0 {8}1[\s\S]*nobody can be asked/);
    const dear = await buy(stage, ["31136", "5657"], { maxCost: 1499 });
    assert.equal(
      [dear.code, /15\s₽ would be taken from the wallet, and --max-cost is 14/.test(dear.err)],
      [1, true],
    );
    assert.equal(charges(stage), []);
    const done = await buy(stage, ["31136", "5657", "31136"], { maxCost: 1500, contacts: true });
    assert.equal([done.code, ...resultsOf(done)], [0, "31136 bought", "5657 bought"]);
    assert.match(done.out, /79001111111/);
    assert.match(done.err, /Taken from the account: 1 × contact_view and 15\s₽ from the wallet/);
    const again = await buy(stage, ["5657", "31136"], { format: "text" });
    assert.equal([again.code, again.out.match(/bought before/g)?.length], [0, 2]);
    assert.equal(charges(stage), ["31136 otvas", "5657 wallet"]);
  }),
);
buys("dearer than it was said: what was sent is told, nothing more is bought", () =>
  staged(
    async (stage) => {
      const ids = Array.from({ length: 25 }, (_, index) => String(40001 + index));
      const dear = await buy(stage, ids, { maxCost: 40_000 });
      assert.is(dear.code, 3);
      const { summary } = json("contacts", dear);
      assert.equal([summary.bought, summary.not_started], [2, 23]);
      assert.match(
        dear.err,
        /150\s₽ from the wallet\.\nThat is more than the 15\s₽ that were shown: nothing more/,
      );
      assert.equal(charges(stage), ["40001 otvas", "40002 wallet"]);
      // What it costs is known by now.
      await stage.write("_config.yaml", "prices: { contact_view: 150 }\n");
      const rest = await buy(stage, ids.slice(0, 24), { maxCost: 400_000 });
      assert.equal([rest.code, json("contacts", rest).summary.bought], [0, 22]);
      assert.match(rest.err, /3\s300\s₽ from the wallet\.\n$/);
      assert.is(stage.count("POST", /paid_actions/), 2 + 3);
    },
    { funds: { ...funds, balance: 1_000_000, prices: { contact_view: 15_000 } } },
  ),
);
buys("the others too where one can't be bought; nothing that a month's limit forbids", () =>
  staged(
    async (stage) => {
      const some = await buy(stage, ["31136", "1", "5657"]);
      assert.equal([some.code, ...resultsOf(some)], [3, "31136 bought", "1 failed", "5657 bought"]);
      assert.match(some.out, /Кандидат не найден/);
      const beyond = await buy(stage, ["889", "29638"]);
      assert.is(beyond.code, 1);
      assert.match(beyond.err, /budget\.per_month\.contact_view is 3/);
      assert.is(charges(stage).length, 2);
      assert.is((await buy(stage, ["1"], { account: "bonus" })).code, 1);
    },
    {},
    "budget: { per_month: { contact_view: 3 } }\n",
  ),
);
const lost: [name: string, kind: Fault["do"]["kind"], first: string[], second: string[], units: number][] = [
  ["the answer is lost: found by the search", "drop_after", ["31136 bought"], ["31136 owned"], 1],
  ["half of the answer is lost", "truncate", ["31136 bought"], ["31136 owned"], 1],
  ["it never arrived: unknown, and not sent again", "drop_before", ["31136 unknown"], ["31136 unknown"], 0],
  ["refused: nothing is left open", "expire_token", ["31136 bought"], ["31136 owned"], 1],
];
for (const [name, kind, first, second, units] of lost) {
  buys(`${name}`, () =>
    staged(async (stage) => {
      fault(stage, "/paid_actions$", kind);
      assert.equal(resultsOf(await buy(stage, ["31136"])), first);
      assert.equal(resultsOf(await buy(stage, ["31136"])), second);
      assert.is(charges(stage).length, units);
    }),
  );
}
buys("a search that lags doesn't make it buy twice", () =>
  staged(
    async (stage) => {
      fault(stage, "/paid_actions$", "drop_after");
      assert.equal(resultsOf(await buy(stage, ["31136"])), ["31136 unknown"]);
      later(stage, 30);
      const again = await buy(stage, ["31136", "5657"]);
      assert.equal(resultsOf(again), ["31136 unknown", "5657 bought"]);
      assert.match(again.out, /vac candidates phone 31136 shows it, and pays only if it isn't bought/);
      assert.equal(resultsOf(await buy(stage, ["5657"])), ["5657 owned"]);
      later(stage, 120);
      assert.equal(resultsOf(await buy(stage, ["31136"])), ["31136 owned"]);
      assert.equal(charges(stage), ["31136 otvas", "5657 wallet"]);
    },
    { readings: { contactLagMs: 3_600_000 } },
  ),
);
buys("a board that doesn't say what is bought: nothing is bought that may be", () =>
  staged(async (stage) => {
    stage.board.control.setFaults([{ match: { path: "/candidates$" }, do: { kind: "status", status: 422 } }]);
    const ended = await buy(stage, ["31136"]);
    assert.equal([ended.code, ...resultsOf(ended)], [1, "31136 failed"]);
    assert.is(stage.count("POST", /paid_actions/), 0);
  }),
);
buys("a search that shows a contact and not whether it is bought: nothing is bought twice", () =>
  staged(async (stage) => {
    await buy(stage, ["31136"]);
    const board = await rewriting(stage.board.url, /candidates/, (text) =>
      text.replaceAll(/"already_contacted":\w+,/g, ""),
    );
    try {
      // Another address is another board: nothing is known of it.
      const ended = await buy(stage, ["31136"], { board: board.url });
      assert.equal([ended.code, ...resultsOf(ended)], [1, "31136 failed"]);
      assert.match(ended.out, /vac candidates phone 31136 pays only if it isn't/);
    } finally {
      await board.close();
    }
    assert.equal(charges(stage), ["31136 otvas"]);
  }),
);
buys.run();

const phones = suite("candidates phone");
phones("asks before it is charged, says what was charged, and is free from then on", () =>
  staged(async (stage) => {
    const alone = await phone(stage, "31136", {});
    assert.equal([alone.code, /--max-cost ROUBLES/.test(alone.err)], [1, true]);
    assert.is((await phone(stage, "31136", {}, "no")).code, 1);
    assert.is(stage.count("GET", /\/phone$/), 0);
    const asked = await phone(stage, "31136", { format: "text" }, "yes");
    assert.equal([asked.code, asked.out], [0, "79001111111\n"]);
    assert.match(asked.err, /Taken from the account: 1 × contact_view\./);
    const again = await phone(stage, "31136", { format: "text", logLevel: "trace" });
    assert.equal([again.code, again.out], [0, "79001111111\n"]);
    assert.match(again.err, /nothing was charged/);
    assert.not.match(again.err, /7900111/);
    const paid = json("phone", await phone(stage, "5657"));
    assert.equal([paid.charged, paid.taken], [true, { units: 0, wallet: 1500 }]);
    assert.equal(charges(stage), ["31136 otvas", "5657 wallet"]);
    const nobody = await phone(stage, "1");
    assert.equal(
      [nobody.code, /the phone of candidate 1: .*404: Кандидат не найден/.test(nobody.err)],
      [1, true],
    );
  }),
);
phones("a lost answer: the next call shows it, and pays nothing more", () =>
  staged(async (stage) => {
    fault(stage, "/phone$", "drop_after");
    const lost = await phone(stage, "31136");
    assert.equal([lost.code, lost.out], [3, ""]);
    assert.match(lost.err, /the contact is bought all the same/);
    assert.is(stage.count("GET", /\/phone$/), 1);
    assert.is(json("phone", await phone(stage, "31136", {})).charged, false);
    assert.equal(charges(stage), ["31136 otvas"]);
  }),
);
phones("a lost answer and a search that lags: waits, then the board itself tells", () =>
  staged(
    async (stage) => {
      fault(stage, "/phone$", "drop_after");
      assert.is((await phone(stage, "31136")).code, 3);
      const soon = await phone(stage, "31136");
      assert.equal([soon.code, /try again in 1[01] min/.test(soon.err)], [1, true]);
      later(stage, 15);
      assert.is(json("phone", await phone(stage, "31136")).charged, false);
      assert.equal(charges(stage), ["31136 otvas"]);
    },
    { readings: { contactLagMs: 3_600_000 } },
  ),
);
phones("a call that never arrived is made again later, once", () =>
  staged(async (stage) => {
    fault(stage, "/phone$", "drop_before");
    assert.is((await phone(stage, "31136")).code, 3);
    later(stage, 15);
    assert.is(json("phone", await phone(stage, "31136")).charged, true);
    assert.equal(charges(stage), ["31136 otvas"]);
  }),
);
/** Works on the state as an earlier process left it. */
async function inState(stage: Stage, task: (session: StateSession) => Promise<void>): Promise<void> {
  const store = fileStore(join(stage.dir, ".vac", "state"), stage.board.url);
  const session = await store.open({ board: stage.board.url, account: "1" });
  await task(session);
  await session.close();
}
const interrupted: [name: string, leave: (stage: Stage) => Promise<unknown>][] = [
  [
    "a power cut lost that it was sent",
    (stage) =>
      inState(stage, async (session) => {
        const at = session.state.contacts?.["31136"]?.at ?? now;
        const contact: Contact = { at, open: "intent", machine: "started before" };
        await session.append({ event: "contact", id: "31136", contact }, "fsync");
      }),
  ],
  [
    "a later call was killed before it left",
    (stage) =>
      inState(stage, (session) => {
        const client = { now: () => now } as unknown as Buying["client"];
        return noteIntent({ session, client, machine: "this" } as Buying, "31136", 0, "company");
      }),
  ],
  [
    "a later call was refused",
    async (stage) => {
      stage.board.control.setFaults([{ match: { path: "/phone$" }, do: { kind: "status", status: 422 } }]);
      assert.is((await phone(stage, "31136")).code, 1);
      stage.board.control.setFaults([]);
    },
  ],
];
for (const [name, leave] of interrupted) {
  phones(`what may have been bought isn't bought again: ${name}`, () =>
    staged(
      async (stage) => {
        fault(stage, "/paid_actions$", "drop_after");
        assert.equal(resultsOf(await buy(stage, ["31136"])), ["31136 unknown"]);
        later(stage, 15);
        await leave(stage);
        assert.equal(resultsOf(await buy(stage, ["31136"])), ["31136 unknown"]);
        assert.equal(charges(stage), ["31136 otvas"]);
      },
      { readings: { contactLagMs: 3_600_000 } },
    ),
  );
}
phones.run();
