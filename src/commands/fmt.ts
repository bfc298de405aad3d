// vac fmt: canonical order of keys, quoted phones; comments stay.

import { join, resolve } from "node:path";
import { formatSources, readSources } from "../config/index.ts";
import { timed, timedTask } from "../model/timings.ts";
import { writeWhole } from "../state/files.ts";
import { type ExitCode, exit, type Globals, type Io, print, tell } from "./io.ts";

export interface FmtFlags extends Globals {
  readonly check: boolean;
}

/** Rewrites files that aren't in canonical form, or with --check only names them. */
export async function fmtCommand(io: Io, flags: FmtFlags): Promise<ExitCode> {
  const dir = resolve(flags.dir);
  const sources = await timedTask("read", () => readSources(dir));
  const { changed, broken } = timed("parse", () => formatSources(sources));
  for (const { file, text } of changed) {
    if (!flags.check) await writeWhole(join(dir, file), text);
    print(io, file);
  }
  for (const file of broken)
    tell(io, `${file}: left as it is, since it can't be parsed (vac validate tells why)`);
  if (flags.check && changed.length > 0) {
    tell(
      io,
      `${changed.length} ${changed.length === 1 ? "file isn't" : "files aren't"} in canonical form: vac fmt mends that.`,
    );
    return exit.failed;
  }
  return broken.length > 0 ? exit.failed : exit.ok;
}
