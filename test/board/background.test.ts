import { suite } from "uvu";
import * as assert from "uvu/assert";
import { deleteBackground, putBackground } from "../../src/board/vkrabota/background.ts";
import { multipart } from "../../src/board/vkrabota/multipart.ts";
import type { Call, Outcome, PictureCall, PictureTarget } from "../../src/model/job.ts";
import { type Answer, type Asked, drop, half, withBoard } from "./server.ts";

/** Bytes that no text survives: line ends, dashes, zeros, what isn't UTF-8. */
const bytes = Buffer.from([0xff, 0xd8, 0x0d, 0x0a, 0x2d, 0x2d, 0x00, 0xfe, 0x0d, 0x0a]);
const picture = async () => ({ bytes, contentType: "image/jpeg", filename: "bakery.jpg" });
const crop = { x: 120, y: 200, w: 640, h: 480 };
const put = (target: PictureTarget, rest: Partial<PictureCall> = {}): PictureCall => ({
  do: "picture",
  target,
  file: "images/bakery.jpg",
  hash: "h1",
  ...rest,
});
const element = (id: number | null, assetable_id: unknown, attributes: Record<string, unknown> = {}) => ({
  id: id === null ? null : String(id),
  type: "background_extended",
  attributes: {
    id,
    assetable_type: "Job",
    assetable_id,
    content_type: "image/jpeg",
    errors: {},
    ...attributes,
  },
});
const small = "Размер обрезанного изображения меньше допустимого (640×180)";
const refusal = { errors: { base: [small] } };
const isPicture = ({ path }: Asked): boolean => path === "/background";
const answering = (answer: Answer) => (asked: Asked) => (isPicture(asked) ? answer : undefined);
const words = (outcomes: readonly Outcome[]) => outcomes.map(({ is }) => is);

/** Takes a body apart by its boundary, strictly. */
function partsOf({
  bytes: body,
  contentType = "",
}: Pick<Asked, "bytes" | "contentType">): [string, Buffer][] {
  const boundary = /^multipart\/form-data; boundary=([\w-]{1,70})$/.exec(contentType)?.[1] ?? "";
  assert.ok(boundary, contentType);
  const text = body.toString("latin1");
  const pieces = `\r\n${text}`.split(`\r\n--${boundary}`);
  assert.is(pieces.shift(), "");
  assert.is(pieces.pop(), "--\r\n");
  return pieces.map((piece) => {
    assert.ok(piece.startsWith("\r\n"));
    const end = piece.indexOf("\r\n\r\n");
    return [piece.slice(2, end), Buffer.from(piece.slice(end + 4), "latin1")];
  });
}

const setting = suite("setting a picture");
setting("the document's example: one request for both jobs, each with its own outcome", () =>
  withBoard(
    answering({ json: { data: [element(4913, 39085), element(null, 39086, refusal)] } }),
    async (board, asked) => {
      const marks: number[] = [];
      const outcomes = await board.send([put({ id: "39085" }, { crop }), put({ id: "39086" }, { crop })], {
        picture,
        onSend: (index) => marks.push(index),
      });
      assert.equal(outcomes, [{ is: "done" }, { is: "refused", message: small }]);
      assert.equal(marks, [0, 1]);
      const [sent, ...more] = asked.filter(isPicture);
      assert.equal(more, []);
      assert.is(sent?.method, "PUT");
      const [file, ...fields] = partsOf(sent as Asked);
      assert.is(
        file?.[0],
        'Content-Disposition: form-data; name="data"; filename="bakery.jpg"\r\nContent-Type: image/jpeg',
      );
      assert.ok(file?.[1].equals(bytes));
      assert.equal(
        fields.map(([head, value]) => `${head.replace("Content-Disposition: form-data; ", "")} ${value}`),
        [
          'name="job_ids[]" 39085',
          'name="job_ids[]" 39086',
          'name="crop_h" 480',
          'name="crop_w" 640',
          'name="crop_x" 120',
          'name="crop_y" 200',
        ],
      );
    },
  ),
);
setting("the account's own: without ids, and a job's picture in the answer isn't it", async () => {
  const user = element(5, 2138, { assetable_type: "User" });
  await withBoard(answering({ json: { data: [user] } }), async (board, asked) => {
    assert.equal(words(await board.send([put("account")], { picture })), ["done"]);
    assert.equal(partsOf(asked.find(isPicture) as Asked).length, 1);
  });
  await withBoard(answering({ json: { data: [element(5, 2138)] } }), async (board) =>
    assert.equal(words(await board.send([put("account")], { picture })), ["refused"]),
  );
});
setting("pictures that differ in their bytes, crop or owner go out apart", () =>
  withBoard(answering({ json: { data: [] } }), async (board, asked) => {
    await board.send(
      [
        put({ id: "1" }),
        put({ id: "2" }, { hash: "h2" }),
        put({ id: "3" }, { crop }),
        put({ id: "4" }),
        put("account"),
        put({ id: "4" }),
      ],
      { picture },
    );
    const ids = asked
      .filter(isPicture)
      .map(({ body }) => [...body.matchAll(/job_ids\[\]"\r\n\r\n(\d+)/g)].map(([, id]) => id));
    assert.equal(ids.sort(), [[], ["1", "4"], ["2"], ["3"]]);
  }),
);
setting("one upload for however many jobs", () =>
  withBoard(answering({ json: { data: [] } }), async (board, asked) => {
    const calls = Array.from({ length: 45 }, (_, index) => put({ id: String(index + 1) }));
    assert.is((await board.send(calls, { picture })).length, 45);
    assert.is(asked.filter(isPicture).length, 1);
  }),
);
const answers: [name: string, answer: Answer, want: Outcome["is"], says?: RegExp][] = [
  ["an id as a text", { json: { data: [element(1, "7")] } }, "done"],
  ["another job only", { json: { data: [element(1, 8)] } }, "refused", /the board's answer lacks it/],
  ["nothing", { json: { data: [] } }, "refused", /the board's answer lacks it/],
  ["no id, no errors", { json: { data: [element(null, 7)] } }, "refused", /no id/],
  ["an id, and errors", { json: { data: [element(1, 7, refusal)] } }, "refused", /640×180/],
  [
    "errors under another name",
    { json: { data: [element(null, 7, { errors: { data: ["Формат"] } })] } },
    "refused",
    /Формат/,
  ],
  ["errors null", { json: { data: [element(1, 7, { errors: null })] } }, "done"],
  ["twice, once with errors", { json: { data: [element(1, 7), element(null, 7, refusal)] } }, "refused"],
  ["422", { status: 422, json: { errors: [{ detail: "Файл" }] } }, "refused", /Файл/],
  ["200 with errors alone", { json: { errors: [{ detail: "Файл" }] } }, "refused", /Файл/],
  ["no list", { json: { data: {} } }, "unclear"],
  ["no attributes", { json: { data: [{ id: "1" }] } }, "unclear"],
];
for (const call of [put({ id: "7" }), { do: "unpicture", target: { id: "7" } }] as Call[]) {
  for (const [name, answer, want, says] of answers) {
    setting(`${call.do}, ${name}: ${want}`, () =>
      withBoard(answering(answer), async (board) => {
        const [outcome] = await board.send([call], { picture });
        assert.is(outcome?.is, want, JSON.stringify(outcome));
        if (says) assert.match(JSON.stringify(outcome), says);
      }),
    );
  }
  for (const [name, answer] of [
    ["a reset", drop],
    ["half an answer", half],
    ["500", { status: 500, text: "" }],
    ["a redirect", { status: 307, headers: { location: "https://x.example" } }],
  ] as [string, Answer][]) {
    setting(`${call.do}, ${name}: repeated with the same bytes, then unclear`, () =>
      withBoard(answering(answer), async (board, asked) => {
        assert.equal(words(await board.send([call], { picture })), ["unclear"]);
        const sent = asked.filter(isPicture);
        assert.is(sent.length, 4);
        assert.ok(sent.every((one) => one.bytes.equals(sent[0]?.bytes as Buffer)));
      }),
    );
  }
}
for (const [name, load, says] of [
  ["nothing to read it with", undefined, /images\/bakery\.jpg/],
  [
    "a file that has changed",
    async () => Promise.reject(new Error("images/bakery.jpg has changed")),
    /has changed/,
  ],
] as const) {
  setting(`${name}: refused, since nothing was sent`, () =>
    withBoard(answering({ json: { data: [element(1, 7)] } }), async (board, asked) => {
      const [outcome] = await board.send([put({ id: "7" })], load && { picture: load });
      assert.is(outcome?.is, "refused");
      assert.match(JSON.stringify(outcome), says);
      assert.equal(asked.filter(isPicture), []);
    }),
  );
}
setting("no jobs at all would mean the account's own: never sent", async () => {
  const ask = async () => assert.unreachable("it was sent");
  for (const task of [
    () => putBackground(ask, { jobs: [], picture: { bytes, contentType: "image/png", filename: "a" } }),
    () => deleteBackground(ask, []),
  ]) {
    const message = await task().then(
      () => "",
      (error: Error) => error.message,
    );
    assert.match(message, /the account's own/);
  }
});
setting.run();

const removing = suite("taking a picture away");
removing("jobs: their ids as JSON; the account: no body", () =>
  withBoard(
    answering({ json: { data: [element(1, 39085), element(2, 39086, { assetable_type: "User" })] } }),
    async (board, asked) => {
      const outcomes = await board.send([
        { do: "unpicture", target: { id: "39085" } },
        { do: "unpicture", target: { id: "39086" } },
        { do: "unpicture", target: "account" },
      ]);
      assert.equal(words(outcomes), ["done", "done", "done"]);
      const sent = asked.filter(isPicture).sort((a, b) => b.body.length - a.body.length);
      assert.ok(sent.every(({ method }) => method === "DELETE"));
      assert.equal(JSON.parse(sent[0]?.body ?? ""), { job_ids: ["39085", "39086"] });
      assert.is(sent[0]?.contentType, "application/json");
      assert.is(sent[1]?.body, "");
    },
  ),
);
const user = (id: number, attributes: Record<string, unknown> = {}) =>
  element(id, 2138, { assetable_type: "User", ...attributes });
const gone: [name: string, data: unknown[], again: boolean, want: string[]][] = [
  ["the user named in the place of both jobs", [user(1), user(2)], false, ["done", "done"]],
  ["the user once, for two jobs: whose it was isn't told", [user(1)], false, ["absent", "absent"]],
  ["a job, and the user for the other", [element(1, 7), user(2)], false, ["done", "done"]],
  ["errors beside the user", [user(1), user(2, refusal)], false, ["refused", "refused"]],
  ["one job only", [element(1, 7)], false, ["done", "absent"]],
  ["one job only, after a removal that may have been done", [element(1, 7)], true, ["done", "noted"]],
  ["nothing, after a removal that may have been done", [], true, ["noted", "noted"]],
  ["errors, after a removal that may have been done", [element(1, 7, refusal)], true, ["refused", "noted"]],
];
for (const [name, data, again, want] of gone)
  removing(name, () =>
    withBoard(answering({ json: { data } }), async (board) => {
      const calls = ["7", "8"].map(
        (id): Call => ({ do: "unpicture", target: { id }, ...(again && { again }) }),
      );
      const outcomes = await board.send(calls);
      assert.equal(
        outcomes.map((outcome) =>
          outcome.is === "done" && outcome.note !== undefined
            ? "noted"
            : outcome.is === "refused" && outcome.absent
              ? "absent"
              : outcome.is,
        ),
        want,
      );
    }),
  );
removing("an answer that was lost: what the repeat's answer lacks was removed by the first", () => {
  let asks = 0;
  return withBoard(
    (asked) => (isPicture(asked) ? (asks++ === 0 ? drop : { json: { data: [] } }) : undefined),
    async (board) => {
      assert.equal(words(await board.send([{ do: "unpicture", target: { id: "7" } }])), ["done"]);
      assert.is(asks, 2);
    },
  );
});
removing.run();

const bodies = suite("multipart bodies");
for (const [name, filename, want] of [
  ["plain", "a.jpg", 'filename="a.jpg"'],
  ["with quotes and line ends", 'a"\r\nX: y', 'filename="a%22%0D%0AX: y"'],
  ["Cyrillic", "фон.png", 'filename="фон.png"'],
] as const) {
  bodies(`a file name, ${name}`, () => {
    const { bytes: body } = multipart({ name: "data", filename, contentType: "image/png", bytes }, []);
    assert.ok(body.toString("utf8").includes(want));
  });
}
bodies("no bytes at all, and a content type that would break a line", () => {
  const empty = multipart(
    { name: "data", filename: "a", contentType: "image/png", bytes: Buffer.alloc(0) },
    [],
  );
  assert.equal(partsOf(empty)[0]?.[1].length, 0);
  assert.throws(() =>
    multipart({ name: "data", filename: "a", contentType: "image/png\r\nX: y", bytes }, []),
  );
});
bodies.run();
