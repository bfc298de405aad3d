// Reads what `npm audit --json` says on stdin: a finding fails unless docs/dependencies.md explains it by its number;
// a registry that has no audit is told, and fails nothing.
import { readFileSync } from "node:fs";

const explained = readFileSync(new URL("../docs/dependencies.md", import.meta.url), "utf8");
const text = readFileSync(0, "utf8");

function parse() {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

const { vulnerabilities, message } = parse();
if (vulnerabilities === undefined) {
  console.log(`audit: not done: ${message || "the registry says nothing"}`);
} else {
  const open = Object.values(vulnerabilities).flatMap(({ name, severity, via }) =>
    via
      // Another finding says what is wrong there.
      .filter((one) => typeof one !== "string" || vulnerabilities[one] === undefined)
      .map((one) => (typeof one === "string" ? `by ${one}` : `${one.url} ${one.title}`))
      .filter((what) => !explained.includes(/GHSA[-\w]+/.exec(what)?.[0] ?? "\0"))
      .map((what) => `${name} (${severity}): ${what}`),
  );
  console.log(open.length === 0 ? "audit: no findings that aren't explained" : `audit:\n${open.join("\n")}`);
  process.exitCode = open.length === 0 ? 0 : 1;
}
