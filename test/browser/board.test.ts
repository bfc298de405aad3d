// The page of a running embedded board: what it holds, and its clock.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type Emulator, startEmulator } from "../../src/emulator/index.ts";
import { NOW } from "../emulator/client.ts";
import { desk, onPage, overflow, phone, quit } from "./browser.ts";

const test = suite("browser: the embedded board");
test.after(quit);

async function onBoard(story: (board: Emulator, url: string) => Promise<void>): Promise<void> {
  const board = await startEmulator({ funds: { balance: 1_234_56 } });
  board.control.freeze(NOW);
  board.control.putJob({ attributes: { title: "<img src=x onerror=alert(1)>", address: "Тверь, 1" } });
  board.control.putJob({ attributes: { title: "Закрытая" }, status: "closed" });
  try {
    await story(board, `${board.url}/__emulator/`);
  } finally {
    await board.close();
  }
}

for (const [name, size] of Object.entries({ desk, phone })) {
  test(`it shows funds, jobs, ledger and requests on a ${name}`, () =>
    onBoard((board, url) =>
      onPage(size, async (page) => {
        const body = JSON.stringify({ login: board.login, password: "wrong" });
        const headers = { "Content-Type": "application/json" };
        await fetch(`${board.url}/api/external/v1/session`, { method: "POST", body, headers });
        await page.goto(url);
        const jobs = page.locator("#jobs tr");
        await jobs.first().waitFor();
        assert.is(await jobs.count(), 2);
        assert.match((await page.locator("#jobs").textContent()) ?? "", /<img src=x onerror=alert\(1\)>/);
        assert.is(await page.locator("img").count(), 0, "what the board holds is text");
        assert.match((await page.locator("#funds").textContent()) ?? "", /Wallet 1,234\.56 roubles/);
        assert.match(
          (await page.locator("#requests").textContent()) ?? "",
          /POST \/api\/external\/v1\/session\s*401/,
        );
        assert.is((await overflow(page)).by, 0);
        await page.locator("#find").fill("закрыт");
        assert.is(await jobs.count(), 1);
      }),
    ));
}

test("its buttons move the clock, stop it and let it run", () =>
  onBoard((board, url) =>
    onPage(desk, async (page) => {
      await page.goto(url);
      await page.getByText("2019-03-13 06:41 UTC").waitFor();
      await page.getByRole("button", { name: "+30 days" }).click();
      await page.getByText("2019-04-12 06:41 UTC").waitFor();
      await page.getByText("expired").waitFor();
      assert.is(board.control.state().jobs[0]?.status, "expired");
      await page.locator("#at").fill("2020-02-03T04:05");
      await page.getByRole("button", { name: "set", exact: true }).click();
      await page.getByText("2020-02-03 04:05 UTC").waitFor();
      assert.is(board.control.state().clock.frozen, true);
      await page.getByRole("button", { name: "let the clock run" }).click();
      await page.getByRole("button", { name: "stop the clock" }).waitFor();
      assert.is(board.control.state().clock.frozen, false);
    }),
  ));

test("it says when the board has ended", () =>
  onBoard((board, url) =>
    onPage(desk, async (page) => {
      await page.goto(url);
      await page.locator("#jobs tr").first().waitFor();
      await board.close();
      await page.getByText("The board doesn't answer").waitFor();
    }),
  ));

test.run();
