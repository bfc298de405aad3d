// Goes through what the tests' runs have left (VAC_TRACES) for the stories' credentials, in whatever form.
// Usage: node --import tsx test/secrets/search-process.ts FOLDER
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { BoardRecord } from "../../src/emulator/records.ts";
import { makeToken } from "../../src/emulator/token.ts";
import { login, password } from "../e2e/credentials.ts";
import { formsOf, found, type Sought } from "./forms.ts";

/** Fewer traces than these come of a harness that doesn't keep them any more. */
const least = { files: 1000, stories: 20, kinds: ["out", "err", "files"] };

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const [now, later] = [0, 99 * 86_400_000].map((until) =>
  makeToken({ secret: "x", tokenGeneration: 1 } as BoardRecord, until),
) as [string, string];
const [head = "", claims = ""] = now.split(".");
const laterClaims = later.split(".")[1] ?? "";
/** What the claims of all tokens begin with. */
const common = [...claims].findIndex((letter, index) => letter !== laterClaims[index]);
const all: readonly Sought[] = [
  { name: "the password", text: password },
  { name: "a token", text: head },
  { name: "a token's claims", text: claims.slice(0, common) },
];
const sought = all.map((one) => ({ ...one, forms: formsOf(one) }));

/** Samples as real encoders write them, each of which has to be found. */
const basic = Buffer.from(`${login}:${password}`).toString("base64");
const samples: Readonly<Record<string, string>> = {
  plain: `the password is ${password}!`,
  JSON: JSON.stringify({ deep: [{ password }] }),
  "JSON in JSON strings of a page": JSON.stringify(`Worki ${now}`),
  form: new URLSearchParams({ login, password }).toString(),
  address: `https://board.example/?p=${encodeURIComponent(password)}`,
  "address in small letters": encodeURIComponent(password).replace(/%../g, (code) => code.toLowerCase()),
  hex: Buffer.from(`a${password}b`).toString("hex"),
  HEX: Buffer.from(`a${password}b`).toString("hex").toUpperCase(),
  "every byte in percent": Buffer.from(password).toString("hex").replace(/../g, "%$&"),
  "every letter as a code": password.replace(
    /[\s\S]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`,
  ),
  HTML: `<p>${password.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;")}</p>`,
  Basic: `Authorization: Basic ${basic}`,
  "base64 after one byte": Buffer.from(`:${password}:`).toString("base64"),
  "base64 after two bytes": Buffer.from(`::${password}::`).toString("base64url"),
  "base64 after three bytes": Buffer.from(`:::${password}:::`).toString("base64"),
  token: `Authorization: Worki ${later}`,
  "a token's second part": later.split(".")[1] ?? "",
  "base64 of a token": Buffer.from(`Worki ${later}`).toString("base64"),
};
const blind = Object.entries(samples).filter(
  ([, text]) => found(Buffer.from(`x\n${text}\ny`), sought).length === 0,
);
const sees = found(Buffer.from("Пекарь, correct horse, eyJ0eXAi, 60000"), sought);
if (blind.length > 0 || sees.length > 0) {
  say(`the search is broken: it doesn't find ${blind.map(([name]) => name).join(", ") || "less"}`);
  process.exit(1);
}

const folder = process.argv[2] ?? "";
const names = readdirSync(folder).sort();
let [bytes, hits] = [0, 0];
for (const name of names) {
  const content = readFileSync(join(folder, name));
  bytes += content.length;
  for (const secret of found(content, sought)) {
    hits += 1;
    say(`✘ ${secret} in ${join(folder, name)}`);
  }
}
say(`secrets found: ${hits} in ${names.length} files, ${(bytes / 1_000_000).toFixed(1)} MB`);
const stories = new Set(names.map((name) => name.split("~")[0]));
const lacking = least.kinds.filter((kind) => !names.some((name) => name.includes(`~${kind}~`)));
const few = names.length < least.files || stories.size < least.stories || lacking.length > 0;
if (few)
  say(
    `these are too few to tell anything: ${names.length} files of ${stories.size} stories, none of ${lacking}`,
  );
process.exitCode = hits > 0 || few ? 1 : 0;
