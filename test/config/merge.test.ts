// Defaults, files and locations laid over each other; keys; places of problems that several vacancies share.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compileWorkspace } from "../../src/config/index.ts";
import { compile, enough, sourcesOf, told } from "./workspace.ts";

const test = suite("config: merging");

const attributes = (files: Record<string, string>, key: string) => {
  const compiled = compile(files);
  assert.equal(told(compiled), []);
  return compiled.vacancies.find((vacancy) => vacancy.key === key)?.attributes ?? {};
};

test("the nearer defaults win, and the file wins over them", () => {
  const files = {
    "moscow/_defaults.yaml": "contact_phone: '79990000001'\nremote: true\nautoreply_text: ok\n",
    "moscow/centre/_defaults.yml": "remote: false\n",
    "moscow/centre/baker.yaml": "autoreply_text: own\n",
    "kazan/baker.yml": "renew: never\n",
  };
  const near = attributes(files, "moscow/centre/baker");
  assert.is(near.contact_phone, "79990000001");
  assert.is(near.remote, false);
  assert.is(near.autoreply_text, "own");
  assert.is("remote" in attributes(files, "kazan/baker"), false);
});

test("what no file states isn't ours, and null is empty on the board", () => {
  const found = attributes({ "_defaults.yaml": `${enough}remote: true\n`, "a.yaml": "remote: null\n" }, "a");
  assert.is(found.remote, null);
  assert.is("salary_from" in found, false);
});

test("a file with locations makes one vacancy for each", () => {
  const { vacancies } = compile({
    "m/a.yaml": "salary_to: 5\nsalary_period: daily\nlocations:\n  x:\n  y: { salary_to: null, title: Y }\n",
  });
  assert.equal(
    vacancies.map(({ key, file, location, attributes: { title, salary_to } }) => [
      key,
      file,
      location,
      title,
      salary_to,
    ]),
    [
      ["m/a@x", "m/a.yaml", "x", "Пекарь", 5],
      ["m/a@y", "m/a.yaml", "y", "Y", null],
    ],
  );
});

test("a background merges by part, its file relative to the file that states it", () => {
  const { vacancies, diagnostics } = compile({
    "moscow/_defaults.yaml": "background: { file: ../images/a.jpg, crop: { x: 1, y: 2, w: 640, h: 180 } }\n",
    "moscow/baker.yaml":
      "locations:\n  a: {}\n  b: { background: { crop: { x: 9 } } }\n  c: { background: null }\n  d: { background: { file: d.jpg } }\n",
  });
  assert.equal(diagnostics, []);
  const crop = { x: 1, y: 2, w: 640, h: 180 };
  assert.equal(
    vacancies.map((vacancy) => vacancy.background),
    [
      { file: "images/a.jpg", crop },
      { file: "images/a.jpg", crop: { ...crop, x: 9 } },
      undefined,
      { file: "moscow/d.jpg", crop },
    ],
  );
});

test("lists replace, and the rest has defaults", () => {
  const { vacancies } = compile({
    "m/_defaults.yaml":
      "promote:\n  - { action: job_highlight, every: 1d }\n  - { action: job_refresh, every: 5d }\n",
    "m/a.yaml": "promote: [{ action: job_refresh, every: 1w, account: bonus }]\n",
    "m/b.yaml": "promote: []\nrenew: 3d\nstatus: closed\nkey: b\n",
  });
  const [b, a] = vacancies;
  assert.equal(a?.promote, [{ action: "job_refresh", account: "bonus", every: 7 * 86_400_000 }]);
  assert.is(b?.key, "b");
  assert.equal(b?.promote, []);
  assert.equal(b?.renew, { earlyMs: 3 * 86_400_000 });
  assert.is(b?.status, "closed");
  assert.equal(a?.keep, { preventClose: false, closeReason: "closed_irrelevant", onDelete: "close" });
  assert.is(a?.publication, "job_publish");
  assert.is(a?.renew, "on_expiry");
  assert.is(a?.reopenClosed, false);
});

test("a nearer profession_id replaces a profession by title, and the other way round", () => {
  const { vacancies, titles } = compile({
    "a.yaml": "profession_id: 3\n",
    "b.yaml": "profession_id: 3\nlocations: { x: { profession: повар } }\n",
  });
  assert.is(vacancies[0]?.attributes.profession_id, 3);
  assert.is(vacancies[1]?.attributes.profession_id, undefined);
  assert.equal(titles, ["повар"]);
});

test("texts are sent in NFC, with LF, without white space around them", () => {
  const text = "\ufefftitle: '  Пекарь й '\r\ndescription: |\r\n  one\r\n  two\r\n\r\n";
  const found = attributes({ "a.yaml": text.replace("й", "и\u0306") }, "a");
  assert.is(found.title, "Пекарь й");
  assert.is(found.description, "one\ntwo");
});

test("words that other readers take for true or false stay texts", () => {
  assert.is(attributes({ "a.yaml": "title: NO\ndescription: ON\n" }, "a").title, "NO");
});

test("integers may have an exponent or a fraction of zero", () => {
  const text = "salary_from: 1e3\nsalary_to: 60000.0\nsalary_period: monthly\n";
  const { salary_from, salary_to } = attributes({ "a.yaml": text }, "a");
  assert.equal([salary_from, salary_to], [1000, 60000]);
});

test("keys are sorted by code unit, and told apart whatever the form of their letters", () => {
  const { vacancies } = compile({
    "б.yaml": "renew: never\n",
    "z.yaml": "key: a/b\n",
    "B.yaml": "renew: never\n",
  });
  assert.equal(
    vacancies.map(({ key }) => key),
    ["B", "a/b", "б"],
  );
  assert.equal(told(compile({ "й.yaml": "renew: never\n", "и\u0306.yaml": "renew: never\n" })), [
    "й.yaml:1:1 key-taken",
  ]);
  assert.equal(told(compile({ "Moscow/a.yaml": "renew: never\n", "moscow/A.yaml": "renew: never\n" })), [
    "moscow/A.yaml:1:1 key-case",
  ]);
});

test("a fault of a default is told once, however many vacancies it reaches", () => {
  const files: Record<string, string> = {
    "_defaults.yaml": `${enough}salary_from: 9\nsalary_to: 5\nsalary_period: daily\n`,
  };
  for (let index = 0; index < 20; index++) files[`v${index}.yaml`] = "renew: never\n";
  const compiled = compile(files);
  assert.equal(told(compiled), ["_defaults.yaml:7:14 salary-order"]);
  assert.is(compiled.diagnostics[0]?.key, undefined);
  assert.is(compiled.vacancies.length, 0);
});

test("a broken file hides no other one", () => {
  const compiled = compile({ "a.yaml": "title: [\n", "b.yaml": "renew: never\n", "c.yaml": "titel: x\n" });
  assert.equal(
    told(compiled).map((line) => line.split(":")[0]),
    ["a.yaml", "c.yaml"],
  );
  assert.equal(
    compiled.vacancies.map(({ key }) => key),
    ["b"],
  );
});

test("lines and columns count from 1, in code points, without the byte order mark", () => {
  const { diagnostics } = compile({ "a.yaml": '\ufeff# й\r\n{ title: "🥐🥖", titel: x }\r\n' });
  assert.equal(
    diagnostics.map(({ line, column, excerpt }) => [line, column, excerpt]),
    [[2, 16, '{ title: "🥐🥖", titel: x }']],
  );
});

test("a vacancy that is bound to a job needs nothing that only a create needs", () => {
  const sources = sourcesOf({ "a.yaml": enough.replace("profession: пекарь\n", "") });
  const bound = compileWorkspace(sources, {
    optional: (key, attribute) => key === "a" && attribute === "profession_id",
  });
  assert.equal(
    bound.diagnostics.map(({ severity, code }) => [severity, code]),
    [["warning", "missing-attribute"]],
  );
  assert.is(bound.vacancies.length, 1);
  assert.is(compileWorkspace(sources).vacancies.length, 0);
});

test("the content's hash follows names and bytes", () => {
  const hash = (files: Record<string, string>) => compile(files).contentHash;
  const files = { "a.yaml": "renew: never\n", "b.yaml": "renew: never\n" };
  assert.is(hash(files), hash({ "b.yaml": "renew: never\n", "a.yaml": "renew: never\n" }));
  assert.is.not(hash(files), hash({ ...files, "b.yaml": "renew: never \n" }));
  assert.is.not(hash(files), hash({ "a.yaml": "renew: never\n", "c.yaml": "renew: never\n" }));
  assert.match(hash(files), /^[0-9a-f]{64}$/);
  const [a, b] = compile(files).vacancies;
  assert.is(a?.textHash, b?.textHash);
});

test.run();
