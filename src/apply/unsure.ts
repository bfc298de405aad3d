// What is known of a background picture after a call of which nobody knows what became.
import type { PictureCall, UnpictureCall } from "../model/job.ts";
import type { GivenPicture } from "../model/state.ts";

/** The picture that may be there: the one that was sent, or the one that was to be removed. `given` is what was known before. */
export function unsureAfter(
  call: PictureCall | UnpictureCall,
  given: GivenPicture | undefined,
): GivenPicture | undefined {
  if (call.do === "unpicture") return given && { ...given, unsure: true };
  const { file, hash, crop } = call;
  return { file, hash, ...(crop && { crop }), unsure: true };
}
