import { suite } from "uvu";
import * as assert from "uvu/assert";
import { withoutContacts } from "../../src/model/contacts.ts";

const contacts = suite("contacts in quoted texts");
const texts: [text: string, told: string][] = [
  ["Звоните 8 (999) 522-53-24 после шести", "Звоните [phone] после шести"],
  ['{"phone":"79995225324"}', '{"phone":"[phone]"}'],
  ["+7 999 522 53 24, 9995225324", "[phone], [phone]"],
  ["ivan.petrov@example.com; почта@пример.рф", "[e-mail]; [e-mail]"],
  ["2019-03-11T9:21:19.001+03:00", "2019-03-11T9:21:19.001+03:00"],
  ["2026-12-01 09:00:00", "2026-12-01 09:00:00"],
  ["id 191657470, 8 лет опыта, 70000 руб.", "id 191657470, 8 лет опыта, 70000 руб."],
  ["0c5b2444-70a0-4932-980c-b4dc0d3f02b5", "0c5b2444-70a0-4932-980c-b4dc0d3f02b5"],
];
for (const [text, told] of texts) contacts(text, () => assert.is(withoutContacts(text), told));
contacts.run();
