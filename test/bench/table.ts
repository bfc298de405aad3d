// Rows as a table that a person and Markdown can read.
import type { Row } from "./rows.ts";

/** Above the first row. */
export const head = [
  "| what | vacancies | latency | wall | floor | ratio | CPU | memory | requests |",
  "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
];

/** One row: times in ms, memory in MiB. */
export function line({ name, n, latency, took, floor, requests }: Row): string {
  const cells = [
    name,
    n === 0 ? "" : n.toLocaleString("en"),
    latency === undefined ? "" : `${latency} ms`,
    ms(took.wall),
    floor === undefined ? "" : ms(floor),
    floor === undefined ? "" : (took.wall / floor).toFixed(2),
    ms(took.cpu),
    `${Math.round(took.memory)} MB`,
    requests === undefined ? "" : String(Math.round(requests * 10) / 10),
  ];
  return `| ${cells.join(" | ")} |`;
}

/** A row for machines. */
export const withRatio = (row: Row): Row & { readonly ratio?: number } =>
  row.floor === undefined ? row : { ...row, ratio: row.took.wall / row.floor };

const ms = (value: number): string =>
  value < 10_000 ? `${Math.round(value)} ms` : `${(value / 1000).toFixed(1)} s`;
