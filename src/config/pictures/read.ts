// Reads one picture of a workspace: where it really lies, what it is, how large.
import { createHash } from "node:crypto";
import { readdir, readFile, realpath, stat } from "node:fs/promises";
import { basename, dirname, join, resolve, sep } from "node:path";
import { limits } from "../limits.ts";
import type { Problem } from "../problem.ts";
import { codeOf } from "../trouble.ts";
import { nearest, show } from "../wording.ts";
import { type Size, sizeOf } from "./size.ts";

/** A picture as it was read. */
export interface ReadPicture extends Size {
  readonly bytes: Uint8Array;
  /** SHA-256 of its bytes, hex. */
  readonly hash: string;
}

/** What is wrong with it. */
export type Fault = Pick<Problem, "code" | "message" | "hint">;

/** Reads a picture; `root` is the workspace's true path, `file` relative to it, with `/`. Never throws for what the file is. */
export async function readPicture(root: string, file: string): Promise<ReadPicture | Fault> {
  let path: string;
  try {
    path = await realpath(resolve(root, file));
  } catch (cause) {
    return absent(root, file, codeOf(cause));
  }
  if (!path.startsWith(root + sep)) {
    return {
      code: "picture-outside",
      message: `the picture ${show(file)} is a link out of the workspace, which is not followed`,
      hint: "copy what it points to into the workspace",
    };
  }
  try {
    const found = await stat(path);
    if (!found.isFile()) {
      return {
        code: "picture-unreadable",
        message: `the picture ${show(file)} is no regular file`,
        hint: "name a JPEG or PNG file",
      };
    }
    if (found.size > limits.pictureBytes) return tooBig(file, found.size);
    const bytes = await readFile(path);
    return bytes.length > limits.pictureBytes ? tooBig(file, bytes.length) : await look(file, bytes);
  } catch (cause) {
    return unreadable(file, codeOf(cause));
  }
}

/** The bytes of a picture as it is sent; throws an Error where they aren't those that were planned with any more. */
export async function loadPicture(
  root: string,
  file: string,
  hash: string,
): Promise<Pick<ReadPicture, "bytes" | "contentType"> & { readonly filename: string }> {
  const picture = await readPicture(root, file);
  if ("code" in picture) throw new Error(`${picture.message}, so it wasn't sent`);
  if (picture.hash !== hash)
    throw new Error(
      `the picture ${show(file)} has changed since it was planned, so it wasn't sent: plan again`,
    );
  return { bytes: picture.bytes, contentType: picture.contentType, filename: basename(file) };
}

async function look(file: string, bytes: Uint8Array): Promise<ReadPicture | Fault> {
  const size = await sizeOf(bytes);
  if (size === "other") {
    return {
      code: "picture-type",
      message: `the picture ${show(file)} is neither JPEG nor PNG, whatever its name says`,
      hint: "save it as JPEG or PNG",
    };
  }
  if (size === "damaged") {
    return {
      code: "picture-damaged",
      message: `the picture ${show(file)} is damaged or cut off`,
      hint: "copy it again, or save it anew",
    };
  }
  return { bytes, hash: createHash("sha256").update(bytes).digest("hex"), ...size };
}

const tooBig = (file: string, size: number): Fault => ({
  code: "picture-too-big",
  message: `the picture ${show(file)} has ${(size / 1024 / 1024).toFixed(1)} MiB, and ${limits.pictureBytes / 1024 / 1024} are the most`,
  hint: "save it smaller",
});

const unreadable = (file: string, why: string): Fault => ({
  code: "picture-unreadable",
  message: `the picture ${show(file)} can't be read (${why})`,
  hint: "mend its permissions",
});

/** Names of its folder that it may have been mistaken for are told. */
async function absent(root: string, file: string, why: string): Promise<Fault> {
  if (why !== "ENOENT" && why !== "ENOTDIR") return unreadable(file, why);
  const names = await readdir(join(root, dirname(file))).catch(() => []);
  const pictures = names.filter((name) => /\.(jpe?g|png)$/i.test(name));
  const near = nearest(basename(file), pictures, 1);
  return {
    code: "picture-missing",
    message: `there is no picture ${show(file)} in the workspace`,
    hint:
      near.length > 0
        ? `did you mean ${near[0]}?`
        : "put it there, and name it relative to this file; a link must lead to something",
  };
}
