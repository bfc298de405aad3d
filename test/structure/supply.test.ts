// The packages that are taken in: exact, locked, few, told of in docs/dependencies.md. And that this check can fail.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { faultsOf, type Lock } from "./supply.ts";

const read = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), "utf8");
const own = JSON.parse(read("package.json"));
const lock: Lock = JSON.parse(read("package-lock.json"));
const doc = read("docs/dependencies.md");

const supply = suite("packages");
supply("nothing is wrong", () => {
  assert.ok(Object.keys(lock.packages).length > 100);
  assert.is(lock.lockfileVersion, 3);
  assert.equal(faultsOf(own, lock, doc), []);
});

/** The lock file with something else in one entry. */
const locked = (path: string, change: object): Lock => ({
  ...lock,
  packages: { ...lock.packages, [path]: { ...lock.packages[path], ...change } },
});
const yaml = "node_modules/yaml";
const damages: readonly [what: string, found: () => string[], says: RegExp][] = [
  [
    "a package that isn't locked",
    () => faultsOf({ ...own, dependencies: { ...own.dependencies, x: "1.0.0" } }, lock, doc),
    /^x: the lock file is out of step/,
  ],
  [
    "another version than is locked",
    () => faultsOf(own, locked(yaml, { version: "2.0.0" }), doc),
    /^yaml: .* is no exact version/,
  ],
  ["no hash", () => faultsOf(own, locked(yaml, { integrity: undefined }), doc), /yaml: no sha512/],
  ["a weak hash", () => faultsOf(own, locked(yaml, { integrity: "sha1-aaaa" }), doc), /yaml: no sha512/],
  [
    "an address",
    () => faultsOf(own, locked(yaml, { resolved: "https://example.com/yaml.tgz" }), doc),
    /yaml: comes from https:/,
  ],
  [
    "an install script",
    () => faultsOf(own, locked(yaml, { hasInstallScript: true }), doc),
    /yaml: runs an install script/,
  ],
  [
    "an install script that is known, at run time",
    () => faultsOf(own, locked("node_modules/esbuild", { dev: undefined }), doc),
    /esbuild: runs an install script/,
  ],
  ["a licence", () => faultsOf(own, locked(yaml, { license: "GPL-3.0" }), doc), /yaml: licence GPL-3\.0/],
  ["no licence", () => faultsOf(own, locked(yaml, { license: undefined }), doc), /yaml: licence undefined/],
  [
    "a package that no page tells of",
    () => faultsOf(own, lock, doc.replace(/^\| yaml .*$/m, "")),
    /^yaml: isn't in the table/,
  ],
  [
    "a package that is told of as another",
    () => faultsOf(own, lock, doc.replace(/^\| yaml [\d.]+/m, "| yaml 1.0.0")),
    /^yaml: the table says 1\.0\.0/,
  ],
  [
    "a package that went",
    () => faultsOf(own, lock, `${doc}\n| gone 1.0.0 | MIT | 2026-01-01 | why |\n`),
    /^gone: .* isn't used/,
  ],
  [
    "one for development that no page tells of",
    () => faultsOf(own, lock, doc.replace("\n- uvu: ", "\n")),
    /^uvu: isn't in the list/,
  ],
];
for (const [what, found, says] of damages) {
  supply(`it would be told: ${what}`, () => {
    const faults = found();
    assert.ok(
      faults.some((fault) => says.test(fault)),
      faults.join("\n"),
    );
  });
}
supply.run();

const audit = suite("audit");
const script = fileURLToPath(new URL("../../scripts/audit.mjs", import.meta.url));
const finding = (name: string, via: unknown) => ({
  vulnerabilities: { [name]: { name, severity: "low", via: [via], range: "*" } },
});
const advice = { url: "https://github.com/advisories/GHSA-aaaa-bbbb-cccc", title: "Bad" };
const reports: readonly [what: string, report: string, code: number, says: RegExp][] = [
  ["no finding", JSON.stringify({ vulnerabilities: {} }), 0, /audit: no findings/],
  ["a finding", JSON.stringify(finding("yaml", advice)), 1, /yaml.*GHSA-aaaa-bbbb-cccc.*Bad/],
  ["one that comes of another", JSON.stringify(finding("yargs", "yaml")), 1, /yargs.*yaml/],
  [
    "no endpoint",
    JSON.stringify({ message: "405 Method Not Allowed", error: { summary: "" } }),
    0,
    /audit: not done: 405/,
  ],
  ["nothing", "", 0, /audit: not done/],
];
for (const [what, report, code, says] of reports) {
  audit(what, () => {
    const { status, stdout } = spawnSync(process.execPath, [script], { input: report, encoding: "utf8" });
    assert.match(stdout, says);
    assert.is(status, code);
  });
}
audit.run();
