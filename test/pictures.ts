// Whole pictures, made of one colour.
import { deflateSync } from "node:zlib";

/** The check of a chunk (PNG specification, annex D): polynomial edb88320, reflected. */
function crc(bytes: Buffer): number {
  let check = 0xffffffff;
  for (const byte of bytes) {
    check ^= byte;
    for (let bit = 0; bit < 8; bit++) check = (check >>> 1) ^ (check & 1 ? 0xedb88320 : 0);
  }
  return (check ^ 0xffffffff) >>> 0;
}

function chunk(name: string, data: Buffer): Buffer {
  const bytes = Buffer.alloc(12 + data.length);
  bytes.writeUInt32BE(data.length);
  bytes.write(name, 4, "latin1");
  data.copy(bytes, 8);
  bytes.writeUInt32BE(crc(bytes.subarray(4, 8 + data.length)), 8 + data.length);
  return bytes;
}

/** A grey PNG of that size in pixels; equal arguments give equal bytes. */
export function wholePng(width: number, height: number, grey = 0): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width);
  head.writeUInt32BE(height, 4);
  head[8] = 8;
  const line = Buffer.alloc(width + 1, grey);
  line[0] = 0;
  const data = deflateSync(Buffer.concat(Array.from({ length: height }, () => line)));
  return Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    chunk("IHDR", head),
    chunk("IDAT", data),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** The parts of a JPEG that its size is told by, with its end; `orientation` is Exif's. */
export function headedJpeg(width: number, height: number, orientation?: number): Buffer {
  const frame = Buffer.from([0xff, 0xc0, 0, 17, 8, height >> 8, height & 255, width >> 8, width & 255, 3]);
  return Buffer.concat([
    Buffer.from("ffd8", "hex"),
    orientation === undefined
      ? Buffer.from("ffe000104a46494600010100000100010000", "hex")
      : Buffer.concat([
          Buffer.from("ffe10022457869660000", "hex"),
          Buffer.from("4d4d002a00000008", "hex"),
          Buffer.from(`00010112000300000001${String(orientation).padStart(4, "0")}000000000000`, "hex"),
        ]),
    frame,
    Buffer.alloc(9),
    Buffer.from("ffd9", "hex"),
  ]);
}
