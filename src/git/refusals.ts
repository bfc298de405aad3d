// What a remote says when it can't be read or written, in words that tell how to go on.
import { StateError } from "../model/errors.ts";
import type { Ran } from "./command.ts";

/** The text of a failed command: what the hosted service itself says comes first. */
export function wordsOf({ err, late }: Pick<Ran, "err" | "late">, what: string): string {
  if (late) return `${what} took too long`;
  const lines = err
    .split("\n")
    .map((text) => text.trim())
    .filter((text) => text !== "" && !/^(hint|To |Everything|error: failed to push)/.test(text));
  const remote = lines.filter((text) => text.startsWith("remote:"));
  const said = remote.map((text) => text.slice("remote:".length).trim()).filter(Boolean);
  const own = lines.filter((text) => !text.startsWith("remote:"));
  // An address may hold a password.
  const text = [...said, ...own]
    .slice(0, 8)
    .join("; ")
    .replaceAll(/:\/\/[^/\s]*@/g, "://");
  return text.slice(0, 600) || `${what} failed`;
}

/** Why a remote can't be read. */
export function unreadable(ran: Ran, remote: string, known: readonly string[]): StateError {
  if (!known.includes(remote)) {
    const others = known.length === 0 ? "it has none" : `it has ${known.join(", ")}`;
    return new StateError(
      `the state is kept in git, and this repository has no remote ${remote}: ${others}`,
      {
        hint: `git remote add ${remote} URL, or name another one in _config.yaml: state: { backend: git, remote: … }`,
      },
    );
  }
  return new StateError(
    `the state can't be read from ${remote}: ${wordsOf(ran, `git ls-remote ${remote}`)}`,
    {
      hint: `check that \`git ls-remote ${remote}\` works here: network, address and access. Nothing was sent`,
    },
  );
}

/** Why a push was refused, with what has to be granted. */
export function refusedPush(text: string, ref: string, after: string): StateError {
  const branch = ref.replace(/^refs\/heads\//, "");
  return new StateError(`the state couldn't be pushed to ${ref}: ${text}`, {
    hint: `${after === "" ? "" : `${after}. `}grant the run \`contents: write\`, and leave the branch ${branch} out of branch protection and push rules`,
  });
}
