// Background pictures of a workspace on disk: what is wrong with them, told where they are named.
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  type Compiled,
  compileWorkspace,
  loadPicture,
  readSources,
  resolvePictures,
} from "../../src/config/index.ts";
import { headedJpeg, wholePng } from "../pictures.ts";
import { enough } from "./workspace.ts";

type Tree = Readonly<Record<string, string | Buffer | { readonly link: string }>>;

/** Compiles a workspace of files and links, with `_defaults.yaml` that states enough; the folder beside it is `beside`. */
async function onDisk<T>(tree: Tree, task: (compiled: Compiled, root: string) => T | Promise<T>): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), "vac-pictures-"));
  const root = join(dir, "w");
  try {
    for (const [name, what] of Object.entries<Tree[string]>({ "_defaults.yaml": enough, ...tree })) {
      const path = join(root, name);
      await mkdir(dirname(path), { recursive: true });
      if (typeof what === "object" && "link" in what) await symlink(what.link, path);
      else await writeFile(path, what);
    }
    return await task(await resolvePictures(compileWorkspace(await readSources(root))), root);
  } finally {
    await rm(dir, { recursive: true });
  }
}

const told = ({ diagnostics }: Compiled): string[] =>
  diagnostics
    .filter(({ code }) => code !== "professions-unchecked")
    .map(({ severity, file, line, column, code }) => `${severity} ${file}:${line}:${column} ${code}`);

const big = wholePng(1200, 700);
const named = (file: string, rest = ""): string => `background: { file: ${file}${rest} }\n`;
const cropped = (x: number, y: number, w: number, h: number): string =>
  `, crop: { x: ${x}, y: ${y}, w: ${w}, h: ${h} }`;

const rows: [name: string, tree: Tree, want: string[]][] = [
  ["a PNG", { "a.yaml": named("a.png"), "a.png": big }, []],
  ["a JPEG under any name", { "a.yaml": named("a.dat"), "a.dat": headedJpeg(640, 180) }, []],
  ["missing", { "a.yaml": named("a.png") }, ["error a.yaml:1:21 picture-missing"]],
  ["a folder", { "a.yaml": named("p"), "p/x.png": big }, ["error a.yaml:1:21 picture-unreadable"]],
  [
    "a file as a folder",
    { "a.yaml": named("b.png/c.png"), "b.png": big },
    ["error a.yaml:1:21 picture-missing"],
  ],
  ["outside", { "a.yaml": named("../a.png"), "../a.png": big }, ["error a.yaml:1:21 picture-outside"]],
  ["absolute", { "a.yaml": named("/etc/passwd") }, ["error a.yaml:1:21 picture-outside"]],
  [
    "a link out of the workspace",
    { "a.yaml": named("a.png"), "../beside/a.png": big, "a.png": { link: "../beside/a.png" } },
    ["error a.yaml:1:21 picture-outside"],
  ],
  [
    "a linked folder out of the workspace",
    { "a.yaml": named("p/a.png"), "../beside/a.png": big, p: { link: "../beside" } },
    ["error a.yaml:1:21 picture-outside", "error p:1:1 link-outside"],
  ],
  ["a link inside", { "a.yaml": named("a.png"), "p/b.png": big, "a.png": { link: "p/b.png" } }, []],
  [
    "a link to nothing",
    { "a.yaml": named("a.png"), "a.png": { link: "b.png" } },
    ["error a.yaml:1:21 picture-missing"],
  ],
  [
    "a link to itself",
    { "a.yaml": named("a.png"), "a.png": { link: "a.png" } },
    ["error a.yaml:1:21 picture-unreadable"],
  ],
  [
    "a text named .jpg",
    { "a.yaml": named("a.jpg"), "a.jpg": "not a picture" },
    ["error a.yaml:1:21 picture-type"],
  ],
  [
    "an SVG",
    { "a.yaml": named("a.png"), "a.png": "<svg width='900' height='900'/>" },
    ["error a.yaml:1:21 picture-type"],
  ],
  [
    "a GIF",
    { "a.yaml": named("a.gif"), "a.gif": Buffer.from("GIF89a\x00\x10\x00\x10") },
    ["error a.yaml:1:21 picture-type"],
  ],
  ["no bytes", { "a.yaml": named("a.png"), "a.png": "" }, ["error a.yaml:1:21 picture-type"]],
  [
    "a PNG without its last bytes",
    { "a.yaml": named("a.png"), "a.png": big.subarray(0, -8) },
    ["error a.yaml:1:21 picture-damaged"],
  ],
  [
    "a PNG of half a header",
    { "a.yaml": named("a.png"), "a.png": big.subarray(0, 18) },
    ["error a.yaml:1:21 picture-damaged"],
  ],
  [
    "a PNG of eight bytes",
    { "a.yaml": named("a.png"), "a.png": big.subarray(0, 8) },
    ["error a.yaml:1:21 picture-damaged"],
  ],
  [
    "half a JPEG",
    { "a.yaml": named("a.jpg"), "a.jpg": headedJpeg(900, 900).subarray(0, 24) },
    ["error a.yaml:1:21 picture-damaged"],
  ],
  [
    "a JPEG without its end",
    { "a.yaml": named("a.jpg"), "a.jpg": headedJpeg(900, 900).subarray(0, -2) },
    ["error a.yaml:1:21 picture-damaged"],
  ],
  [
    "too small",
    { "a.yaml": named("a.png"), "a.png": wholePng(639, 180) },
    ["error a.yaml:1:21 picture-too-small"],
  ],
  [
    "too low",
    { "a.yaml": named("a.png"), "a.png": wholePng(640, 179) },
    ["error a.yaml:1:21 picture-too-small"],
  ],
  [
    "over 10 MiB",
    { "a.yaml": named("a.png"), "a.png": Buffer.concat([big, Buffer.alloc(10 * 1024 * 1024)]) },
    ["error a.yaml:1:21 picture-too-big"],
  ],
  ["a crop that just fits", { "a.yaml": named("a.png", cropped(560, 520, 640, 180)), "a.png": big }, []],
  [
    "a crop too far right",
    { "a.yaml": named("a.png", cropped(561, 520, 640, 180)), "a.png": big },
    ["error a.yaml:1:34 crop-outside"],
  ],
  [
    "a crop too far up",
    { "a.yaml": named("a.png", cropped(0, 521, 640, 180)), "a.png": big },
    ["error a.yaml:1:34 crop-outside"],
  ],
  [
    "a crop larger than the picture",
    { "a.yaml": named("a.png", cropped(0, 0, 1201, 180)), "a.png": big },
    ["error a.yaml:1:34 crop-outside"],
  ],
  [
    "a crop below the least is told once, by its shape",
    { "a.yaml": named("a.png", cropped(0, 0, 600, 180)), "a.png": big },
    ["error a.yaml:1:51 out-of-range"],
  ],
  [
    "turned by Exif",
    { "a.yaml": named("a.jpg"), "a.jpg": headedJpeg(700, 1200, 6) },
    ["warning a.yaml:1:21 picture-turned"],
  ],
  ["upright by Exif", { "a.yaml": named("a.jpg"), "a.jpg": headedJpeg(700, 1200, 3) }, []],
  [
    "stated by defaults: told there, once for all",
    {
      "m/_defaults.yaml": named("../p/a.png"),
      "m/a.yaml": "salary_from: 1\nsalary_period: daily\n",
      "m/b.yaml": "remote: true\n",
    },
    ["error m/_defaults.yaml:1:21 picture-missing"],
  ],
  [
    "the file by defaults, the crop nearer: told at the nearer one",
    {
      "_defaults.yaml": `${enough}${named("a.png")}`,
      "a.png": big,
      "a.yaml": `background: {${cropped(0, 600, 640, 180).slice(1)} }\n`,
    },
    ["error a.yaml:1:21 crop-outside"],
  ],
  [
    "the account's own",
    { "_config.yaml": `board: emulator\n${named("a.png")}` },
    ["error _config.yaml:2:21 picture-missing"],
  ],
  [
    "beside another error both are told",
    { "a.yaml": `salary_from: 2\nsalary_to: 1\nsalary_period: daily\n${named("a.png")}` },
    ["error a.yaml:1:14 salary-order", "error a.yaml:4:21 picture-missing"],
  ],
];

const checks = suite("config: pictures");
for (const [name, tree, want] of rows)
  checks(name, () => onDisk(tree, (compiled) => assert.equal(told(compiled), want)));

checks("each problem says what is wrong with which file, and how to mend it", () =>
  onDisk({ "a.yaml": named("bakry.png"), "bakery.png": big }, ({ diagnostics }) => {
    const missing = diagnostics.find(({ code }) => code === "picture-missing");
    assert.is(missing?.message, 'there is no picture "bakry.png" in the workspace');
    assert.is(missing?.hint, "did you mean bakery.png?");
    assert.is(missing?.key, "a");
  }),
);
checks("hash and crop come to the vacancies and to the settings, null is none", () =>
  onDisk(
    {
      "_config.yaml": named("p/a.png"),
      "p/a.png": big,
      "m/a.yaml": named("../p/a.png", cropped(1, 2, 640, 180)),
      "m/b.yaml": "background: null\n",
    },
    ({ vacancies, config }) => {
      const [a, b] = vacancies;
      assert.match(a?.background?.hash ?? "", /^[0-9a-f]{64}$/);
      assert.equal(a?.background, {
        file: "p/a.png",
        hash: config.background?.hash,
        crop: { x: 1, y: 2, w: 640, h: 180 },
      });
      assert.equal(Object.keys(config.background ?? {}), ["file", "hash"]);
      assert.is(b?.background, undefined);
    },
  ),
);
checks("the workspace's content is another one with other bytes", async () => {
  const content = (bytes: Buffer): Promise<string> =>
    onDisk({ "a.yaml": named("a.png"), "a.png": bytes }, ({ contentHash }) => contentHash);
  assert.is(await content(big), await content(wholePng(1200, 700)));
  assert.is.not(await content(big), await content(wholePng(1200, 700, 9)));
});
checks("a picture that changes before it is sent isn't sent", () =>
  onDisk({ "a.yaml": named("a.png"), "a.png": big }, async ({ vacancies }, root) => {
    const hash = vacancies[0]?.background?.hash ?? "";
    const { bytes, contentType, filename } = await loadPicture(root, "a.png", hash);
    assert.ok(big.equals(bytes));
    assert.equal([contentType, filename], ["image/png", "a.png"]);
    await writeFile(join(root, "a.png"), wholePng(1200, 700, 9));
    const refused = async (): Promise<string> =>
      loadPicture(root, "a.png", hash).then(
        () => "",
        (error: Error) => error.message,
      );
    assert.match(await refused(), /has changed since it was planned/);
    await rm(join(root, "a.png"));
    assert.match(await refused(), /there is no picture "a.png".*wasn't sent/);
  }),
);
checks("the account's key is no vacancy's", () =>
  onDisk({ "a.yaml": "key: _account\n" }, (compiled) =>
    assert.equal(told(compiled), ["error a.yaml:1:6 key-reserved"]),
  ),
);
checks.run();
