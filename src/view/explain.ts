// Where each value of a vacancy comes from, as text.
import { cleanLine } from "./clean.ts";
import { dateTime } from "./dates.ts";
import { painter, type Style } from "./paint.ts";
import { table } from "./table.ts";

export interface ExplainedVacancy {
  readonly key: string;
  readonly file: string;
  readonly values: readonly {
    readonly name: string;
    readonly value: unknown;
    readonly file: string;
    readonly line: number;
  }[];
  /** What the state knows of it. */
  readonly state?: {
    readonly job: string | null;
    readonly status?: string;
    /** Milliseconds since 1970. */
    readonly expiresAt?: number;
  };
}

/** A row for each value with the place that states it, then the job. */
export function explainText(
  explained: ExplainedVacancy,
  style: Style & { readonly timezone: string },
): string {
  const paint = painter(style.colour);
  const rows = explained.values.map(({ name, value, file, line }) => [
    name,
    shorten(value),
    paint("dim", `${file}:${line}`),
  ]);
  return [
    `${paint("bold", cleanLine(explained.key))}  ${paint("dim", explained.file)}`,
    table([["ATTRIBUTE", "VALUE", "FROM"].map((name) => paint("dim", name)), ...rows]),
    jobLine(explained, style.timezone),
  ].join("\n\n");
}

function shorten(value: unknown): string {
  const text = cleanLine(
    typeof value === "string" ? value : value === null ? "(empty)" : JSON.stringify(value),
  );
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

function jobLine({ state }: ExplainedVacancy, timezone: string): string {
  if (!state) return "It isn't published yet: no job is known for it.";
  const expires = state.expiresAt === undefined ? "" : `, expires ${dateTime(state.expiresAt, timezone)}`;
  return `Job ${state.job ?? "without an id yet"}, last seen ${state.status ?? "with an unknown status"}${expires}.`;
}
