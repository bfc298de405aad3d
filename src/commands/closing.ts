// The end of a command that holds the state.
import type { StateSession } from "../state/store.ts";
import { errorText } from "../view/error.ts";
import { type ExitCode, exit, type Globals, type Io, styleOf, tell } from "./io.ts";

/**
 * Runs a task and lets go of the state. What the task has told stays true where the state couldn't be kept as it should:
 * that is told beside it, and the exit code says that something is left to do.
 */
export async function closing(
  io: Io,
  flags: Globals,
  session: StateSession,
  task: () => Promise<ExitCode>,
): Promise<ExitCode> {
  let code: ExitCode;
  try {
    code = await task();
  } catch (error) {
    // What was thrown first is what is to be told.
    await session.close().catch(() => undefined);
    throw error;
  }
  try {
    await session.close();
    return code;
  } catch (error) {
    if (code === exit.failed) throw error;
    tell(io, errorText(error, styleOf(io, flags, "err")));
    return code === exit.interrupted ? code : exit.incomplete;
  }
}
