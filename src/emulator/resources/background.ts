import { createHash } from "node:crypto";
import type { Board } from "../board.ts";
import type { Handler } from "../handler.ts";
import { type Incoming, isObject, jsonObject, Refusal } from "../http.ts";
import { type Picture, pictureOf } from "../images.ts";
import { type Part, parseMultipart } from "../multipart.ts";
import type { Background, Change, Crop } from "../records.ts";

/** The id of the document's example of a PUT ("Загрузка фонового изображения"), for the first one. */
const FIRST_ID = 4913;
/** The account's own user, as in the example of a DELETE ("Удаление фонового изображения"). */
const USER_ID = 2138;
const LEAST = { w: 640, h: 180 };

/** What becomes of a picture: how it is kept, or what is wrong with it. */
interface Judged {
  picture: Picture | null;
  crop: Crop | null;
  problem: string | null;
}

/** The crop that was asked for, by default up to the picture's far edges; null for what isn't a whole number. */
function cropOf(parts: readonly Part[], { width, height }: Picture): Crop | null {
  const given = (name: string, usual: (origin: number) => number, origin = 0): number => {
    const text = parts.findLast((part) => part.name === name)?.data.toString("utf8");
    if (text === undefined) return usual(origin);
    return /^-?\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  };
  const [x, y] = [given("crop_x", () => 0), given("crop_y", () => 0)];
  const w = given("crop_w", (origin) => width - origin, x);
  const h = given("crop_h", (origin) => height - origin, y);
  return [w, h, x, y].some(Number.isNaN) ? null : { w, h, x, y };
}

function judge(data: Buffer, parts: readonly Part[]): Judged {
  const picture = pictureOf(data);
  if (!picture) return { picture, crop: null, problem: "Файл не является изображением JPEG или PNG" };
  const crop = cropOf(parts, picture);
  if (!crop) return { picture, crop, problem: "Параметры обрезки должны быть целыми числами" };
  const { w, h, x, y } = crop;
  if (w < LEAST.w || h < LEAST.h) {
    const problem = `Размер обрезанного изображения меньше допустимого (${LEAST.w}×${LEAST.h})`;
    return { picture, crop, problem };
  }
  if (x < 0 || y < 0 || x + w > picture.width || y + h > picture.height) {
    return { picture, crop, problem: "Область обрезки выходит за границы изображения" };
  }
  return { picture, crop, problem: null };
}

/** An element of an answer; `owner` is a job's id, null: the account's own. */
function shown(
  {
    id,
    content_type,
    filename,
    sha256,
  }: Pick<Background, "content_type" | "filename" | "sha256"> & {
    id: string | null;
  },
  owner: string | null,
  problem: string | null,
): unknown {
  const place = `https://example.com/${sha256.slice(0, 8)}`;
  const attributes = {
    id: id === null ? null : Number(id),
    assetable_type: owner === null ? "User" : "Job",
    assetable_id: owner === null ? USER_ID : Number(owner),
    content_type,
    original: `${place}/${encodeURIComponent(filename)}`,
    cropped: `${place}/croped/${encodeURIComponent(filename)}`,
    errors: problem === null ? {} : { base: [problem] },
  };
  return { id, type: "background_extended", attributes };
}

/** Whose backgrounds a call is about: jobs that are there, each once; without any id the account's own (null). */
function owners(board: Board, ids: readonly string[]): (string | null)[] {
  const named = ids.filter((id) => id !== "");
  if (named.length === 0) return [null];
  return [...new Set(named)].filter((id) => board.store.job(id)?.gone === false);
}

function present(board: Board, owner: string | null): Background | undefined {
  return board.store.backgrounds().find(({ job_id, gone }) => job_id === owner && !gone);
}

/**
 * PUT background ("Загрузка фонового изображения"): the picture `data` for the jobs `job_ids[]`, each with its own
 * element; for the account itself where no job is named, or only empty ids. 200 also where a picture isn't taken:
 * then its id is null. Jobs that aren't there are left out.
 */
export const putBackground: Handler = ({ board }, incoming) => {
  const parts = parseMultipart(incoming);
  const file = parts.find(({ name }) => name === "data");
  if (!file) throw new Refusal(422, "Возникли ошибки: Поле 'data' не может быть пустым");
  const ids = parts.filter(({ name }) => name === "job_ids[]").map(({ data }) => data.toString("utf8"));
  const { picture, crop, problem } = judge(file.data, parts);
  const told = {
    content_type: picture?.content_type ?? file.contentType ?? "application/octet-stream",
    filename: file.filename ?? "bg",
    sha256: createHash("sha256").update(file.data).digest("hex"),
  };
  const changes: Change[] = [];
  let next = FIRST_ID + board.store.backgrounds().length;
  const data = owners(board, ids).map((owner) => {
    if (problem !== null || !picture || !crop) return shown({ ...told, id: null }, owner, problem);
    const { width, height } = picture;
    const size = { width, height, bytes: file.data.length };
    const record: Background = { id: String(next), job_id: owner, ...told, ...size, crop, gone: false };
    const before = present(board, owner);
    if (before) changes.push({ table: "background", record: { ...before, gone: true } });
    changes.push({ table: "background", record });
    next += 1;
    return shown(record, owner, null);
  });
  board.store.commit(changes);
  return { status: 200, body: { data } };
};

/** Ids from the query (`job_ids[]`) and from a JSON body (`job_ids`); 422 for a body that has no list of ids there. */
function idsToDelete(incoming: Incoming): string[] {
  const ids: unknown[] = incoming.query.getAll("job_ids[]");
  if (incoming.raw.length === 0) return ids as string[];
  const body: unknown = jsonObject(incoming);
  const listed = isObject(body) ? (body.job_ids ?? []) : [];
  if (!Array.isArray(listed) || !listed.every((id) => typeof id === "string" || Number.isSafeInteger(id))) {
    throw new Refusal(422, "Возникли ошибки: Поле 'job_ids' должно быть массивом идентификаторов");
  }
  return [...ids, ...listed].map(String);
}

/**
 * DELETE background ("Удаление фонового изображения"): those of the jobs named, or the account's own. Jobs that
 * aren't there or have none are left out. The example says of each that it was a User's: so does the answer.
 */
export const deleteBackground: Handler = ({ board }, incoming) => {
  const found = owners(board, idsToDelete(incoming))
    .map((owner) => present(board, owner))
    .filter((background) => background !== undefined);
  board.store.commit(found.map((record) => ({ table: "background", record: { ...record, gone: true } })));
  const asUser = board.settings.readings.deletedAssetable === "user";
  const data = found.map((record) => shown(record, asUser ? null : record.job_id, null));
  return { status: 200, body: { data } };
};
