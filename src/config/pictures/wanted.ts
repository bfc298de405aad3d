// Which background pictures a workspace's files name, and where.
import type { Crop } from "../../model/job.ts";
import type { Entry, ParsedFile } from "../assemble.ts";
import { isTable, type Layer } from "../layers.ts";
import { fromFile } from "../paths.ts";
import type { Path } from "../problem.ts";

/** A picture that is named, once for each vacancy that has it, and once for the account. */
export interface WantedPicture {
  /** The vacancy; absent for the account's own. */
  readonly key?: string;
  /** Relative to the workspace, in which it lies as far as its name tells. */
  readonly file: string;
  /** Undefined where the whole picture is shown, or where the crop has an error that is told already. */
  readonly crop: Crop | undefined;
  /** A crop is stated, be it sound or not. */
  readonly isCropped: boolean;
  /** The file that states it, with where problems of the picture and of its crop are told. */
  readonly stated: { readonly file: string; readonly picture: Path; readonly crop: Path };
}

/** Pictures of all vacancies, also of those in which something else is an error, and the account's own. */
export function wantedPictures(
  entries: readonly Entry[],
  config: ParsedFile | undefined,
): readonly WantedPicture[] {
  const own = config?.value?.background;
  const account = config && wanted(own, { file: config.name, path: [], stated: own });
  return [
    ...(account ? [account] : []),
    ...entries.flatMap(({ key, merged }) => {
      const background = merged.get("background");
      const picture = background && wanted(background.value, placeIn(background.layer));
      return picture ? [{ key, ...picture }] : [];
    }),
  ];
}

interface Place {
  readonly file: string;
  readonly path: Path;
  /** What the nearest layer states of the background. */
  readonly stated: unknown;
}

const placeIn = ({ file, path, values }: Layer): Place => ({ file, path, stated: values.background });

/** Undefined for what names no file, or one outside: that is told already. */
function wanted(value: unknown, { file, path, stated }: Place): WantedPicture | undefined {
  if (!isTable(value) || typeof value.file !== "string" || value.file === "") return undefined;
  const picture = fromFile("", value.file);
  if (picture === undefined) return undefined;
  // A part may come from defaults further away: then the nearer entry as a whole is where it is told.
  const at = (part: "file" | "crop"): Path => {
    const entry = [...path, "background"];
    return isTable(stated) && stated[part] !== undefined ? [...entry, part] : entry;
  };
  return {
    file: picture,
    crop: isTable(value.crop) ? soundCrop(value.crop) : undefined,
    isCropped: value.crop !== undefined,
    stated: { file, picture: at("file"), crop: at("crop") },
  };
}

function soundCrop({ x, y, w, h }: Readonly<Record<string, unknown>>): Crop | undefined {
  const crop = { x, y, w, h };
  return Object.values(crop).every(Number.isSafeInteger) ? (crop as Crop) : undefined;
}
