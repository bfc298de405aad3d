// Named pictures to read ones: what is wrong with them is told where they are named, and their hashes are known.
import { createHash } from "node:crypto";
import { compareText } from "../../model/diagnostic.ts";
import type { Crop } from "../../model/job.ts";
import type { Background } from "../../model/vacancy.ts";
import { type Compiled, withProblems } from "../compile.ts";
import { limits } from "../limits.ts";
import type { Problem } from "../problem.ts";
import { show } from "../wording.ts";
import { type Fault, type ReadPicture, readPicture } from "./read.ts";
import type { WantedPicture } from "./wanted.ts";

/** Pixels that the board wants at least; known from the text of one error alone (document: Фоновое изображение). */
const least = { w: 640, h: 180 } as const;

/** What is kept of a picture once it was looked at. */
type Known = Omit<ReadPicture, "bytes"> | Fault;

/**
 * Reads every picture that is named, each once, and adds its hash to the vacancies, to the settings and to the
 * workspace's content. Faults are errors where the picture is named.
 */
export async function resolvePictures(compiled: Compiled): Promise<Compiled> {
  if (compiled.pictures.length === 0) return compiled;
  const known = await readAll(compiled.root, [...new Set(compiled.pictures.map(({ file }) => file))]);
  const problems = compiled.pictures.flatMap((wanted) => problemsOf(wanted, known.get(wanted.file)));
  const withHash = (background: Background): Background => {
    const picture = known.get(background.file);
    return picture === undefined || "code" in picture ? background : { ...background, hash: picture.hash };
  };
  const { config } = compiled;
  return {
    ...compiled,
    config: config.background ? { ...config, background: withHash(config.background) } : config,
    vacancies: compiled.vacancies.map((vacancy) =>
      vacancy.background ? { ...vacancy, background: withHash(vacancy.background) } : vacancy,
    ),
    diagnostics: withProblems(compiled, compiled.diagnostics, problems),
    contentHash: hashWith(compiled.contentHash, known),
  };
}

async function readAll(root: string, files: readonly string[]): Promise<Map<string, Known>> {
  const known = new Map<string, Known>();
  let next = 0;
  const work = async (): Promise<void> => {
    for (let file = files[next++]; file !== undefined; file = files[next++]) {
      const picture = await readPicture(root, file);
      if ("code" in picture) known.set(file, picture);
      else {
        const { bytes: _, ...rest } = picture;
        known.set(file, rest);
      }
    }
  };
  // Pictures are large: fewer of them at once than of texts.
  await Promise.all(Array.from({ length: limits.reads / 4 }, work));
  return known;
}

function hashWith(content: string, known: ReadonlyMap<string, Known>): string {
  const hash = createHash("sha256").update(content);
  for (const [file, picture] of [...known].sort(([a], [b]) => compareText(a, b)))
    if (!("code" in picture)) hash.update(`\0${file}\0${picture.hash}`);
  return hash.digest("hex");
}

function problemsOf(wanted: WantedPicture, picture: Known | undefined): Problem[] {
  if (picture === undefined) return [];
  const { stated, key } = wanted;
  const at = (
    path: WantedPicture["stated"]["picture"],
    fault: Fault,
    severity: Problem["severity"],
  ): Problem => ({
    severity,
    ...fault,
    file: stated.file,
    spot: { path, part: "value" },
    ...(key !== undefined && { key }),
  });
  if ("code" in picture) return [at(stated.picture, picture, "error")];
  const turned = picture.isTurned ? [at(stated.picture, turnedIn(wanted.file), "warning")] : [];
  if (!wanted.isCropped)
    return isEnough(picture.width, picture.height)
      ? turned
      : [at(stated.picture, tooSmall(wanted.file, picture), "error")];
  const fault = wanted.crop && cropFault(wanted.crop, wanted.file, picture);
  return fault ? [at(stated.crop, fault, "error")] : turned;
}

const isEnough = (w: number, h: number): boolean => w >= least.w && h >= least.h;

type Size = Pick<ReadPicture, "width" | "height">;

const tooSmall = (file: string, { width, height }: Size): Fault => ({
  code: "picture-too-small",
  message: `the picture ${show(file)} is ${width}×${height} pixels, and the board wants at least ${least.w}×${least.h}`,
  hint: "take a larger one",
});

/** Undefined where the crop fits; y counts from the bottom, which is the same to a picture's bounds. */
function cropFault({ x, y, w, h }: Crop, file: string, { width, height }: Size): Fault | undefined {
  // One that is too small, or begins outside, its schema has told already.
  if (!isEnough(w, h) || x < 0 || y < 0) return undefined;
  if (x + w <= width && y + h <= height) return undefined;
  const fits = width >= w && height >= h;
  return {
    code: "crop-outside",
    message: `the crop of ${w}×${h} from ${x}, ${y} (counted from the lower left corner) reaches beyond ${show(file)}, which is ${width}×${height}`,
    hint: fits
      ? `x can be ${width - w} at most, and y ${height - h}`
      : isEnough(width, height)
        ? `w can be ${width} at most, and h ${height}`
        : "take a larger picture",
  };
}

const turnedIn = (file: string): Fault => ({
  code: "picture-turned",
  message: `the picture ${show(file)} lies on its side and is turned only by a note in it (Exif), which the board may not heed`,
  hint: "save it upright, then look at its crop again",
});
