import { suite } from "uvu";
import * as assert from "uvu/assert";
import { withClient } from "./client.ts";
import { BIG, jpeg, kept, png, put, send } from "./pictures.ts";

const pictures = suite("emulator: pictures and forms");

const SMALL = "Размер обрезанного изображения меньше допустимого (640×180)";
const OUTSIDE = "Область обрезки выходит за границы изображения";
const NUMBERS = "Параметры обрезки должны быть целыми числами";
const NO_PICTURE = "Файл не является изображением JPEG или PNG";
const CROPS: [string, Buffer, Record<string, unknown>, string | null][] = [
  ["whole", BIG, {}, null],
  ["the least", BIG, { crop_w: 640, crop_h: 180 }, null],
  ["to the far corner", BIG, { crop_w: 640, crop_h: 180, crop_x: 560, crop_y: 520 }, null],
  ["the rest beyond an origin", BIG, { crop_x: 560, crop_y: 520 }, null],
  ["too narrow", BIG, { crop_w: 639, crop_h: 180 }, SMALL],
  ["too low", BIG, { crop_w: 640, crop_h: 179 }, SMALL],
  ["a small picture", png(639, 400), {}, SMALL],
  ["a small rest", BIG, { crop_x: 561 }, SMALL],
  ["beyond the right", BIG, { crop_w: 640, crop_h: 180, crop_x: 561 }, OUTSIDE],
  ["beyond the top", BIG, { crop_w: 640, crop_h: 180, crop_y: 521 }, OUTSIDE],
  ["left of the edge", BIG, { crop_w: 640, crop_h: 180, crop_x: -1 }, OUTSIDE],
  ["a larger crop than the picture", BIG, { crop_w: 1201, crop_h: 180 }, OUTSIDE],
  ["no number", BIG, { crop_w: "640px" }, NUMBERS],
  ["a fraction", BIG, { crop_w: 640.5 }, NUMBERS],
  ["a GIF", Buffer.from("GIF89a\x80\x02\xb4\x00"), {}, NO_PICTURE],
  ["nothing", Buffer.alloc(0), {}, NO_PICTURE],
  ["a torn JPEG", BIG.subarray(0, 30), {}, NO_PICTURE],
  ["a PNG of no size", png(0, 0), {}, NO_PICTURE],
  ["a baseline JPEG", jpeg(640, 180, 0xc0), {}, null],
  ["a JPEG with tables only", jpeg(640, 180, 0xc4), {}, NO_PICTURE],
];
for (const [name, data, crop, problem] of CROPS) {
  pictures(`${name}: ${problem ?? "taken"}`, () =>
    withClient({}, async (client) => {
      client.emulator.control.putJob({});
      const [element] = await put(client, data, ["651"], crop);
      assert.is(element.id, problem === null ? "4913" : null);
      assert.is(element.attributes.id, problem === null ? 4913 : null);
      assert.equal(element.attributes.errors, problem === null ? {} : { base: [problem] });
      assert.is(element.attributes.assetable_id, 651);
      assert.is(kept(client).length, problem === null ? 1 : 0);
    }),
  );
}

function part(headers: string, body: string): string {
  return `--X\r\n${headers}\r\n\r\n${body}\r\n`;
}
const FILE = part(
  'Content-Disposition: form-data; name="data"; filename="b.png"\r\nContent-Type: image/png',
  "?",
);
const TYPE = "multipart/form-data; boundary=X";
const FORMS: [string, string, string, number][] = [
  ["as it should be", `${FILE}--X--\r\n`, TYPE, 200],
  ["a quoted boundary, no last line end", `${FILE}--X--`, 'multipart/form-data; boundary="X"', 200],
  ["no data", "--X--\r\n", TYPE, 422],
  ["data of another name", `${FILE.replace('"data"', '"file"')}--X--\r\n`, TYPE, 422],
  ["no boundary", `${FILE}--X--\r\n`, "multipart/form-data", 400],
  ["another boundary", `${FILE}--X--\r\n`, "multipart/form-data; boundary=Y", 400],
  ["no end", FILE, TYPE, 400],
  ["text before", `hello\r\n${FILE}--X--\r\n`, TYPE, 400],
  ["text after", `${FILE}--X--\r\nhello`, TYPE, 400],
  ["a part without a name", `${FILE.replace('; name="data"', "")}--X--\r\n`, TYPE, 400],
  ["a part that is an attachment", `${FILE.replace("form-data", "attachment")}--X--\r\n`, TYPE, 400],
  ["bare line feeds", `${FILE}--X--\r\n`.replaceAll("\r", ""), TYPE, 400],
  ["JSON", "{}", "application/json", 400],
  ["nothing", "", TYPE, 400],
];
for (const [name, body, type, expected] of FORMS) {
  pictures(`a form with ${name} is ${expected}`, () =>
    withClient({}, async (client) => {
      const [status, json] = await send(client, body, type);
      assert.is(status, expected);
      if (status !== 200) assert.type(json.errors[0].detail, "string");
      assert.equal(kept(client), []);
    }),
  );
}

pictures.run();
