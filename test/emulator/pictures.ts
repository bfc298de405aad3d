// Pictures and how they are sent, for the tests of backgrounds.
import * as assert from "uvu/assert";
import type { Client } from "./client.ts";

/** The head of a PNG of that size; nothing looks further. */
export function png(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(33);
  bytes.write("89504e470d0a1a0a0000000d", "hex");
  bytes.write("IHDR", 12, "latin1");
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
}

/** The head of a JPEG of that size, with an APP0 and a comment before its frame. */
export function jpeg(width: number, height: number, frame = 0xc2): Buffer {
  const before = Buffer.from("ffd8ffe000104a46494600010100000100010000fffe0006ffc0ffc0", "hex");
  const head = Buffer.from([0xff, frame, 0, 17, 8, height >> 8, height & 255, width >> 8, width & 255, 3]);
  return Buffer.concat([before, head, Buffer.alloc(12)]);
}

/** A picture that is large enough. */
export const BIG = jpeg(1200, 700);

// biome-ignore lint/suspicious/noExplicitAny: the tests look into answers of every shape
type Json = any;

/** A PUT of any body: status and answer. */
export async function send(
  { emulator, token }: Client,
  body: string | FormData,
  type?: string,
): Promise<[number, Json]> {
  const response = await fetch(`${emulator.url}/api/external/v1/background`, {
    method: "PUT",
    headers: { Authorization: `Worki ${token}`, ...(type === undefined ? {} : { "Content-Type": type }) },
    body,
  });
  return [response.status, await response.json()];
}

/** The form of a PUT. */
export function form(data: Buffer | null, jobs: string[], crop: Record<string, unknown> = {}): FormData {
  const built = new FormData();
  if (data) built.set("data", new Blob([new Uint8Array(data)], { type: "image/jpeg" }), "bg.jpg");
  for (const id of jobs) built.append("job_ids[]", id);
  for (const [name, value] of Object.entries(crop)) built.set(name, String(value));
  return built;
}

/** Puts a picture; the elements of the answer. */
export async function put(client: Client, ...given: Parameters<typeof form>): Promise<Json[]> {
  const [status, json] = await send(client, form(...given));
  assert.is(status, 200);
  return json.data;
}

/** The backgrounds that are there. */
export const kept = ({ emulator }: Client) => emulator.control.state().backgrounds;
