// README's picture of the comment. Fonts differ from machine to machine, so it isn't compared by its pixels: it carries
// the text that it shows.
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { crc32 } from "node:zlib";
import { onPage } from "./browser.ts";
import { commentPage } from "./comment.ts";

const path = fileURLToPath(new URL("../../docs/comment.png", import.meta.url));
const keyword = "comment";
/** Where the chunks of a PNG begin. */
const signature = 8;

/** Makes the picture anew. */
export async function makePicture(markdown: string): Promise<void> {
  const png = await onPage({ width: 760, height: 600 }, async (page) => {
    await page.setContent(commentPage(markdown));
    // One vacancy is shown opened, as a touch opens it.
    await page.locator("summary", { hasText: "confectioner" }).click();
    return page.locator("article").screenshot({ animations: "disabled" });
  });
  const end = signature + 25;
  const text = Buffer.from(`${keyword}\0\0\0\0\0${markdown}`);
  await writeFile(path, Buffer.concat([png.subarray(0, end), chunk("iTXt", text), png.subarray(end)]));
}

/** The markdown that the picture shows. */
export async function shownIn(): Promise<string | undefined> {
  const png = await readFile(path);
  for (let at = signature; at < png.length; at += png.readUInt32BE(at) + 12) {
    const body = png.subarray(at + 8, at + 8 + png.readUInt32BE(at));
    if (
      png.toString("latin1", at + 4, at + 8) === "iTXt" &&
      body.toString("latin1").startsWith(`${keyword}\0`)
    )
      return body.subarray(keyword.length + 5).toString("utf8");
  }
  return undefined;
}

/** A chunk: its length, its type, its data, and the checksum of both. */
function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
