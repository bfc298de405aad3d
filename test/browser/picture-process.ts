// Makes docs/comment.png: npm run picture.
import { quit } from "./browser.ts";
import { makePicture } from "./picture.ts";
import { commentBody } from "./sample.ts";

await makePicture(await commentBody());
await quit();
