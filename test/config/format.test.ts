// `vac fmt`: what it touches, and what it must not.
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type FileKind, formatSources, formatText } from "../../src/config/index.ts";
import { sourcesOf } from "./workspace.ts";

const test = suite("config: format");

interface Case {
  readonly name: string;
  readonly kind?: FileKind;
  readonly text: string;
  /** The same as `text` where it is left out. */
  readonly formatted?: string;
}

const cases: readonly Case[] = [
  {
    name: "keys come in the order of the schema, and comments go with what follows them",
    text: `# yaml-language-server: $schema=x

# the place
address: Москва # centre
lat: 1

# its name
title: >-
  Пекарь
  ночью
locations:
  # first
  b:
    long: 2
    # latitude
    lat: 1
      # after it
  a: { lat: 1, address: x } # flow
  # last
# the end
`,
    formatted: `# yaml-language-server: $schema=x

# its name
title: >-
  Пекарь
  ночью

# the place
address: Москва # centre
lat: 1
locations:
  # first
  b:
    # latitude
    lat: 1
      # after it
    long: 2
  a: { address: x, lat: 1 } # flow
  # last
# the end
`,
  },
  {
    name: "bare phones are quoted",
    text: "title: A\ncontact_phone: 79990000001 # hr\n",
    formatted: 'title: A\ncontact_phone: "79990000001" # hr\n',
  },
  {
    name: "a plus before a phone goes",
    text: "contact_phone: +79990000001\n",
    formatted: 'contact_phone: "79990000001"\n',
  },
  {
    name: "phones of locations too",
    text: "title: A\nlocations:\n  a: { contact_phone: 79990000001 }\n",
    formatted: 'title: A\nlocations:\n  a: { contact_phone: "79990000001" }\n',
  },
  { name: "a phone that means another number stays", text: "contact_phone: 89990000001\n" },
  {
    name: "quotes, spaces, numbers and folding stay",
    text: "title:   'A'\nlat:  1.50\nlong: 1e1\nrenew: never   \n",
  },
  { name: "a line end is added at the end", text: "title: A", formatted: "title: A\n" },
  {
    name: "CRLF and the byte order mark stay",
    text: "\ufefflat: 1\r\ntitle: A\r\n",
    formatted: "\ufefftitle: A\r\nlat: 1\r\n",
  },
  {
    name: "literal text moves whole",
    text: "description: |+\n  # no comment\n\n  end\n\ntitle: A\n",
    formatted: "title: A\ndescription: |+\n  # no comment\n\n  end\n\n",
  },
  {
    name: "blank lines at the top don't come from below",
    text: "lat: 1\n\ntitle: A\n",
    formatted: "title: A\n\nlat: 1\n",
  },
  {
    name: "items of a list are ordered behind their dash",
    text: "promote:\n  - every: 5d\n    action: job_refresh\n  - { every: 1d, action: job_highlight }\n",
    formatted: "promote:\n  - action: job_refresh\n    every: 5d\n  - { action: job_highlight, every: 1d }\n",
  },
  {
    name: "unknown names come last, in their order",
    text: "zzz: 1\ntitle: A\naaa: 2\n",
    formatted: "title: A\nzzz: 1\naaa: 2\n",
  },
  {
    name: "an anchor stays before its alias",
    text: "lat: &a 1\ntitle: A\nlocations: { x: { lat: *a } }\n",
    formatted: "title: A\nlat: &a 1\nlocations: { x: { lat: *a } }\n",
  },
  { name: "a text in which it wouldn't is left alone", text: "lat: &a 1\ntitle: *a\n" },
  { name: "locations keep their order", text: "title: A\nlocations:\n  b: {}\n  a: {}\n" },
  {
    name: "settings have an order too",
    kind: "config",
    text: "ignore: ['1']\nguards: { close_count: 1, close_percent: 2 }\nboard: emulator\n",
    formatted: "board: emulator\nguards: { close_percent: 2, close_count: 1 }\nignore: ['1']\n",
  },
  {
    name: "defaults",
    kind: "defaults",
    text: "remote: true\ntitle: A\n",
    formatted: "title: A\nremote: true\n",
  },
  {
    name: "a document's marks stay around it",
    text: "---\nlat: 1\ntitle: A\n...\n",
    formatted: "---\ntitle: A\nlat: 1\n...\n",
  },
  {
    name: "comments within braces keep a map as it is",
    text: "title: A\nlocations:\n  a: { lat: 1, # here\n    address: x }\n",
  },
  { name: "a key with a question mark keeps its map as it is", text: "? lat\n: 1\n? title\n: A\n" },
  { name: "an empty value moves", text: "lat:\ntitle: A\n", formatted: "title: A\nlat:\n" },
  { name: "a text with a fault is left alone", text: "lat: 1\ntitle: [\n" },
  { name: "and one with a key twice", text: "lat: 1\ntitle: A\nlat: 2\n" },
  { name: "and an empty one", text: "" },
  { name: "a comment alone", kind: "defaults", text: "# nothing yet\n" },
];

for (const { name, kind = "vacancy", text, formatted = text } of cases) {
  test(name, () => {
    const once = formatText(text, kind);
    assert.is(once, formatted);
    assert.is(formatText(once, kind), once, "twice is once");
  });
}

test("a workspace's files are named where they differ or can't be parsed", () => {
  const bytes = new Uint8Array([0x74, 0x3a, 0x20, 0xff]);
  const sources = sourcesOf({
    "_defaults.yaml": "remote: true\ntitle: A\n",
    "a.yaml": "title: A\n",
    "b.yaml": "a: [",
    "c.yaml": bytes,
  });
  assert.equal(formatSources(sources), {
    changed: [{ file: "_defaults.yaml", text: "title: A\nremote: true\n" }],
    broken: ["b.yaml", "c.yaml"],
  });
});

test.run();
