// Type and size of a picture by its content.

/** What a picture's content tells; pixels. */
export interface Size {
  readonly contentType: "image/jpeg" | "image/png";
  readonly width: number;
  readonly height: number;
  /** The camera was turned: viewers that heed that show it with width and height swapped. */
  readonly isTurned: boolean;
}

/** Exif's orientations by which a picture is turned by a quarter. */
const quarterTurn = 5;

/** What a JPEG or PNG is; `other` for anything else, `damaged` where it begins as one and isn't whole. */
export async function sizeOf(bytes: Uint8Array): Promise<Size | "other" | "damaged"> {
  const kind = kindOf(bytes);
  if (kind === undefined) return "other";
  // Loaded only where there is a picture.
  const { disableTypes, imageSize, types } = await import("image-size");
  disableTypes(types.filter((type) => type !== "jpg" && type !== "png"));
  try {
    const { width, height, orientation = 1 } = imageSize(bytes);
    if (!(width > 0 && height > 0) || !isWhole[kind](bytes)) return "damaged";
    return { contentType: kind, width, height, isTurned: orientation >= quarterTurn };
  } catch {
    // What a header lacks is read past the end: RangeError, TypeError.
    return "damaged";
  }
}

function kindOf(bytes: Uint8Array): Size["contentType"] | undefined {
  const head = Buffer.from(bytes.subarray(0, 8)).toString("hex");
  if (head === "89504e470d0a1a0a") return "image/png";
  return head.startsWith("ffd8ff") ? "image/jpeg" : undefined;
}

/** Headers tell nothing of an end that is missing. */
const isWhole: Readonly<Record<Size["contentType"], (bytes: Uint8Array) => boolean>> = {
  "image/jpeg": (bytes) =>
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes("ffd9", 2, "hex"),
  "image/png": endsWithEnd,
};

/** Whether the chunks of a PNG follow each other up to its last one (PNG specification, 5.3): length, name, data, check. */
function endsWithEnd(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + 12 <= bytes.length; at += 12 + view.getUint32(at)) {
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (name === "IEND") return true;
  }
  return false;
}
