// A background picture in a line.
import type { GivenPicture } from "../model/state.ts";
import { cleanLine } from "./clean.ts";

/** The file as it was sent, its crop, the beginning of its hash, and whether it is known to have arrived. */
export function givenText({ file, hash, crop, unsure }: GivenPicture): string {
  const part = crop === undefined ? "" : `, ${crop.w}×${crop.h} from ${crop.x}, ${crop.y}`;
  const doubt = unsure ? "; nobody knows whether it is there" : "";
  return `${cleanLine(file)}${part} (${cleanLine(hash.slice(0, 12))})${doubt}`;
}
