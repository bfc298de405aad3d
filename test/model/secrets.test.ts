// Secrets are masked in every form that the search of test/secrets knows, and ordinary words are left alone.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { newSecrets } from "../../src/model/secrets.ts";
import { formsOf, found } from "../secrets/forms.ts";

const masking = suite("masking");

const secrets: Readonly<Record<string, string>> = {
  "signs and Cyrillic": 'kV7"m\\2!xZ9/рЛ+4 &<w%5',
  "a token": "eyJ0eXAiOiJKV1QifQ.eyJ1c2VyX2lkIjoxfQ.c2lnbmF0dXJlLXNpZ25hdHVyZQ",
  "several lines": "first-line-1\nsecond-line-2",
  "emoji and a combining letter": "и\u0306🔑-key-1234",
  "a UUID": "7d2f6c1e-8a54-4b0e-9d1c-3f5a7b9c2e10",
};
for (const [name, text] of Object.entries(secrets)) {
  masking(`${name}: in every form`, () => {
    const { learn, redact, redactData } = newSecrets();
    learn(text);
    const sought = { name, text, forms: formsOf({ name, text }) };
    for (const form of sought.forms) {
      const said = Buffer.concat([Buffer.from("<"), form, Buffer.from(">")]).toString("utf8");
      for (const mask of [redact, redactData])
        assert.equal(found(Buffer.from(mask(said)), [sought]), [], said);
    }
  });
}

const password = "a8!b7?c6";
const rows: readonly [what: string, secret: string, text: string, redacted: string, data?: string][] = [
  ["a part of a JWT", "aa.bbbbbbbb1.cccccccc2", "x cccccccc2 bbbbbbbb1", "x [secret] [secret]"],
  ["within a word", password, `x${password}y`, "x[secret]y"],
  ["a word alone", "correct", "is correct, isn't incorrect", "is [secret], isn't incorrect", "same"],
  ["a Russian word", "верный", "верный неверный", "[secret] неверный", "same"],
  ["a word of one letter", "a", "a board", "a board"],
  ["a number", "79990000000", "call 79990000000 or 179990000000", "call [secret] or 179990000000", "same"],
  ["signs of a pattern", "(a|b", "say (a|b now", "say [secret] now", "same"],
  ["on one line", "one-1-line\ntwo-2-line", "one-1-line two-2-line", "[secret]"],
  ["nothing", "", "as it is", "as it is"],
];
for (const [what, secret, text, redacted, data = redacted] of rows) {
  masking(what, () => {
    const known = newSecrets();
    known.learn(secret);
    assert.is(known.redact(text), redacted);
    assert.is(known.redactData(text), data === "same" ? text : data);
  });
}

masking("a login is masked in errors, and stays in data", () => {
  const { learn, redact, redactData } = newSecrets();
  learn("hr-2@bakery.example", "texts");
  assert.is(redact("no hr-2@bakery.example"), "no [secret]");
  assert.is(redactData("hr-2@bakery.example"), "hr-2@bakery.example");
});
masking("credentials in an address, as git says them", () => {
  const { redactData } = newSecrets();
  assert.is(redactData("fatal: https://x:tok@host/a failed"), "fatal: https://[secret]@host/a failed");
  assert.is(redactData("https://host/a@b, mail@host"), "https://host/a@b, mail@host");
});
masking("a value in place, its names too, however deep", () => {
  const { learn, redactValue } = newSecrets();
  learn(password);
  const value = { [`x${password}`]: [password, 1, null, { a: password }], ok: true };
  assert.equal(redactValue(value), { "x[secret]": ["[secret]", 1, null, { a: "[secret]" }], ok: true });
  const deep = JSON.parse(`${"[".repeat(100_000)}"${password}"${"]".repeat(100_000)}`);
  redactValue(deep);
  let inner = deep;
  while (Array.isArray(inner)) inner = inner[0];
  assert.is(inner, "[secret]");
  assert.equal(Object.keys(redactValue(JSON.parse('{"__proto__":{"a":"b"}}')) as object), ["__proto__"]);
});
masking.run();
