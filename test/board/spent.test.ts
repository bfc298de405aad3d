// Transactions as what was spent: sentence by sentence, then whole.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { readChange } from "../../src/board/vkrabota/changes.ts";
import { readSpent } from "../../src/board/vkrabota/spent.ts";
import type { Transaction } from "../../src/board/vkrabota/transactions.ts";
import { SERVICES } from "../../src/emulator/money/codes.ts";

const sentences = suite("a transaction's sentence");
const charge = (code: string, units = 1) => ({ is: "charge", code, units });
const unread = { is: "unread" };
const nothing = { is: "nothing" };
const table: Readonly<Record<string, object>> = {
  "Размещение вакансии: -1": charge("job_publish"),
  "размещение  вакансии : − 1": charge("job_publish"),
  "РАЗМЕЩЕНИЕ\u00a0ВАКАНСИИ:–1": charge("job_publish"),
  // Latin letters among the Russian ones, as the document has them elsewhere.
  "Paзмeщeниe вaкaнcии: -1": charge("job_publish"),
  "Размещение вакансий: -12": charge("job_publish", 12),
  "Размещение вакансии: -1\u00a0200": charge("job_publish", 1200),
  "Продвинутая публикация: -1": charge("super_job_publish"),
  "Премиум-публикация: -1": charge("ultra_job_publish"),
  "Поднятие вакансии в поиске: -2": charge("job_refresh", 2),
  "Выделение вакансии: -1": charge("job_highlight"),
  "Выделение вакансии на 24 часа: -1": charge("job_highlight"),
  "Вакансия дня на 7 дней: -1": charge("elevation_plus"),
  "Вакансия дня на 3 дня: -1": charge("elevation_3d"),
  "Вакансия дня на 1 день: -1": charge("elevation_1d"),
  "Просмотр контакта кандидата: -1": charge("contact_view"),
  "job_publication: -1": charge("job_publish"),
  "job_elevate_plus: -1": charge("elevation_plus"),
  "Размещение вакансии: +10": { is: "added", code: "job_publish", units: 10 },
  "Размещение вакансии: 10": { is: "added", code: "job_publish", units: 10 },
  "Размещение вакансии: 0": nothing,
  "Просмотр ленты: +5": nothing,
  "Просмотр ленты: -5": unread,
  "Просмотр ленты: 5": unread,
  "Вакансия дня: -1": unread,
  "Размещение вакансии (Москва): -1": unread,
  "Размещение вакансии: -1.5": unread,
  "Размещение вакансии: -1 500 руб.": unread,
  "Размещение вакансии: с 5 до 4": unread,
  "Размещение вакансии -1": unread,
  "Размещение вакансии: -": unread,
  "Списание с кошелька: -150000": unread,
  "constructor: -1": unread,
  ": -1": unread,
  "": unread,
};
for (const [text, want] of Object.entries(table))
  sentences(JSON.stringify(text), () => assert.equal(readChange(text), want));
sentences("every service of the embedded board, by its own word", () => {
  for (const { code, title } of SERVICES) assert.equal(readChange(`${title}: -1`), charge(code));
});
sentences("a long one takes no longer", () => assert.equal(readChange(`${": ".repeat(5000)}x`), unread));
sentences.run();

const whole = suite("what was spent");
async function* list(...transactions: Omit<Transaction, "id">[]): AsyncGenerator<Transaction> {
  for (const [index, one] of transactions.entries()) yield { id: String(index), ...one };
}
const publish = "Размещение вакансии: -1";
whole("charges by purse, what was added, what can't be read", async () => {
  const spent = await readSpent(
    list(
      { createdAt: 1, kind: "MVAS", creator: "Автопродление", changes: [publish, "Поднятие вакансии: -2"] },
      { createdAt: 2, kind: "OTVAS", changes: ["Размещение вакансии: +10"] },
      { createdAt: 3, kind: " bvas", changes: [publish] },
      { createdAt: 4, changes: [publish, "Кошелёк: -1"] },
      { kind: "OTVAS", creator: "x", changes: [publish] },
      { createdAt: 5, changes: [] },
    ),
  );
  const one = { code: "job_publish", units: 1 };
  assert.equal(spent.charges, [
    { at: 1, ...one, account: "company", creator: "Автопродление" },
    { at: 1, code: "job_refresh", units: 2, account: "company", creator: "Автопродление" },
    { at: 3, ...one, account: "bonus" },
    { at: 4, ...one, account: "company" },
  ]);
  assert.equal(spent.added, [{ at: 2, code: "job_publish", units: 10 }]);
  assert.equal(spent.unread, [
    { text: "Кошелёк: -1", at: 4 },
    { text: publish, creator: "x" },
    { text: "(a transaction that tells no change)", at: 5 },
  ]);
});
whole.run();
