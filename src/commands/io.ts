// The edges of a command, passed in so that nothing reads them from a global.
import { once } from "node:events";
import type { Writable } from "node:stream";
import type { Secrets } from "../model/secrets.ts";
import { timedTask } from "../model/timings.ts";
import { guardJson, guardText } from "../view/guard.ts";

export interface Io {
  readonly out: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly err: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What may be shown nowhere. */
  readonly secrets: Secrets;
  /** Asks a person, whose answer is undefined at Ctrl-C; undefined itself where nobody can be asked. */
  readonly ask: ((question: string) => Promise<string | undefined>) | undefined;
  /** While a task runs, a first signal calls `stop` and lets the task end; a second one ends the process at once. */
  guarded<T>(stop: () => void, task: () => Promise<T>): Promise<T>;
  /** How waiting is done, where not by the real clock. */
  readonly pace?: Pace;
  /** This machine's clock where it isn't the real one, milliseconds since 1970. */
  readonly now?: () => number;
}

export interface Pace {
  /** Milliseconds before a slow board is looked at again. */
  readonly wait: (ms: number) => Promise<void>;
  /** Milliseconds before the first repeat of a request, and for a whole request. */
  readonly backoffMs: number;
  readonly requestMs: number;
}

/** Flags that every command has. */
export interface Globals {
  readonly dir: string;
  readonly board?: string;
  readonly format: "text" | "json" | "markdown";
  readonly color: boolean;
  readonly input: boolean;
  readonly logLevel: LogLevel;
  /** Everything is shown, also where many are alike. */
  readonly verbose: boolean;
}

export const logLevels = ["error", "warn", "info", "debug", "trace"] as const;
export type LogLevel = (typeof logLevels)[number];

/** How a command ended (design: exit codes). */
export const exit = { ok: 0, failed: 1, changes: 2, incomplete: 3, interrupted: 130 } as const;
export type ExitCode = (typeof exit)[keyof typeof exit];

/** Writes a result for people: no secret in it, no command to a terminal or to a pipeline. */
export function print(io: Io, text: string): void {
  io.out.write(ended(shown(io, text, "out")));
}

/** Writes one JSON value as the result. */
export function printJson(io: Io, value: unknown): void {
  io.out.write(ended(guardJson(io.secrets.redactData(JSON.stringify(value, null, 2)))));
}

/** Writes a result that was made harmless for a reader of its own: markdown, commands to a pipeline. */
export function printAsIs(io: Io, text: string): void {
  io.out.write(ended(io.secrets.redactData(text)));
}

/** Writes a result in the wanted format; the others aren't rendered. */
export async function printAs(
  io: Io,
  format: Globals["format"],
  result: unknown,
  views: { readonly text: () => string | Promise<string>; readonly markdown: () => Promise<string> },
): Promise<void> {
  await timedTask("render", async () => {
    if (format === "json") printJson(io, result);
    else if (format === "markdown") printAsIs(io, await views.markdown());
    else print(io, await views.text());
  });
}

/**
 * Writes a part of a result, when the stream has room for it: what is long is written as it is read. JSON comes in parts
 * that may not end within a text.
 */
export async function printPart(io: Io, text: string, as: "text" | "json"): Promise<void> {
  if (text === "") return;
  const safe = as === "json" ? guardJson(io.secrets.redactData(text)) : shown(io, text, "out");
  if (!io.out.write(safe)) await once(io.out, "drain");
}

/** Writes what isn't a result. */
export function tell(io: Io, text: string): void {
  if (text !== "") io.err.write(ended(shown(io, text, "err")));
}

const ended = (text: string): string => (text.endsWith("\n") ? text : `${text}\n`);

/** A text as a stream may show it. */
function shown(io: Io, text: string, stream: "out" | "err"): string {
  return guardText(io.secrets.redactData(text), { colour: io[stream].isTTY === true });
}

/** A phone as the board or a person writes it. */
const phone = /(?<!\d)(?:\+7|[78])[\s(-]*\d{3}[\s)-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}(?!\d)/g;

/** A line for the log, if its level is wanted: no secret and no phone in it, whatever a board repeats. */
export function log(io: Io, flags: Globals, level: LogLevel, message: string): void {
  if (logLevels.indexOf(level) <= logLevels.indexOf(flags.logLevel))
    tell(
      io,
      `${level}: ${io.secrets
        .redact(message)
        .replace(phone, "[phone]")
        .replace(/\s*[\n\u2028\u2029]\s*/g, " ")}`,
    );
}

/** Whether a stream gets colours: a terminal, unless --no-color or NO_COLOR says otherwise. */
function colourOf(io: Io, flags: Pick<Globals, "color">, stream: "out" | "err"): boolean {
  return flags.color && io[stream].isTTY === true && !io.env.NO_COLOR && io.env.TERM !== "dumb";
}

/** Columns of a stream; pipes are as wide as a page. */
function widthOf(io: Io, stream: "out" | "err"): number {
  return io[stream].columns ?? 100;
}

/** How a view is rendered on a stream. */
export function styleOf(
  io: Io,
  flags: Pick<Globals, "color" | "verbose">,
  stream: "out" | "err",
): { colour: boolean; width: number; verbose: boolean } {
  return { colour: colourOf(io, flags, stream), width: widthOf(io, stream), verbose: flags.verbose };
}
