// What an import has written, what it left alone, and what a person should know before committing the files.
import { addTo } from "../model/groups.ts";
import type { ImportedItem, ImportResult, LeftJob } from "../model/import.ts";
import { cleanLine } from "./clean.ts";
import { counted } from "./diagnostics.ts";
import { type Paint, painter, type Style } from "./paint.ts";
import { table, wrap } from "./table.ts";

/** More files than this are told by their folders. */
const listed = 30;
/** Jobs of one kind that are named. */
const named = 5;

/** Files, then jobs that stay as they are, then warnings, then the count. */
export function importText(result: ImportResult, style: Style): string {
  const paint = painter(style.colour);
  return [
    filesText(result, style, paint),
    leftText(result.left, style, paint),
    failedText(result, paint),
    warningsText(result, style, paint),
    summaryText(result, paint),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function filesText({ items }: ImportResult, { verbose }: Style, paint: Paint): string {
  if (items.length === 0) return "";
  if (items.length > listed && !verbose) return foldersText(items, paint);
  const rows = items.map(({ file, title, job_id }) => [
    `  ${paint("blue", "=")} ${paint("bold", cleanLine(file))}`,
    cleanLine(title),
    paint("dim", `job ${cleanLine(job_id)}`),
  ]);
  const texts = items.flatMap(({ file, text }) =>
    text === undefined ? [] : [`${paint("dim", `# ${cleanLine(file)}`)}\n${text.trimEnd()}`],
  );
  return [table(rows), ...texts].join("\n\n");
}

function foldersText(items: readonly ImportedItem[], paint: Paint): string {
  const folders = new Map<string, string[]>();
  for (const { file } of items) {
    const at = file.lastIndexOf("/");
    const folder = file.slice(0, Math.max(0, at)) || ".";
    addTo(folders, folder, file.slice(at + 1));
  }
  const rows = [...folders].map(([folder, files]) => [
    `  ${paint("blue", "=")} ${paint("bold", cleanLine(folder))}`,
    counted(files.length, "file"),
    paint("dim", cleanLine(`${files.slice(0, 3).join(", ")}${files.length > 3 ? ", …" : ""}`)),
  ]);
  return `${table(rows)}\n${paint("dim", "  (--verbose lists every file)")}`;
}

/** Kinds that are told with a count alone, since each would be told the same. */
const plain: Partial<Record<LeftJob["kind"], (count: number) => string>> = {
  managed: (count) => `${counted(count, "job")} managed already`,
  ignored: (count) => `${counted(count, "job")} that _config.yaml ignores`,
  closed: (count) => `${counted(count, "closed job")}; --include-closed takes them, as status: closed`,
};

function leftText(left: readonly LeftJob[], { verbose }: Style, paint: Paint): string {
  if (left.length === 0) return "";
  const kinds = new Map<LeftJob["kind"], LeftJob[]>();
  for (const job of left) addTo(kinds, job.kind, job);
  const lines = [...kinds].flatMap(([kind, jobs]) => {
    const short = plain[kind];
    if (short && !verbose) return [`  ${short(jobs.length)}`];
    const shown = verbose ? jobs : jobs.slice(0, named);
    const more = jobs.length - shown.length;
    return [
      ...shown.map(
        ({ job_id, title, reason }) => `  job ${cleanLine(job_id)} ${cleanLine(title)}: ${cleanLine(reason)}`,
      ),
      ...(more > 0 ? [`  and ${more} more of this kind (--verbose lists them)`] : []),
    ];
  });
  return [paint("bold", "Left as they are:"), ...lines].join("\n");
}

function failedText({ failed }: ImportResult, paint: Paint): string {
  return failed
    .map(({ job_id, reason }) => `  ${paint("red", "failed")} job ${cleanLine(job_id)}: ${cleanLine(reason)}`)
    .join("\n");
}

function warningsText({ items, not_shown, renew }: ImportResult, style: Style, paint: Paint): string {
  const notes: string[] = [];
  if (items.length > 0 && renew === "never") {
    const expired = items.filter(({ status }) => status === "expired").length;
    const over = expired === 0 ? "" : `, and ${expired === 1 ? "1 has" : `${expired} have`} already`;
    notes.push(
      `the files say renew: never, so that nothing is bought: the jobs run out in their time${over}; set renew: on_expiry where one shall run on, which is paid`,
    );
  }
  if (not_shown.length > 0)
    notes.push(
      `the board shows none of ${not_shown.join(", ")}: they aren't in the files, so they aren't ours, and stay as they are`,
    );
  const leftOut = new Map<string, { why: string; keys: string[] }>();
  for (const { key, left_out } of items)
    for (const { name, why } of left_out) {
      const group = leftOut.get(name) ?? { why, keys: [] };
      group.keys.push(key);
      leftOut.set(name, group);
    }
  for (const [name, { why, keys }] of leftOut)
    notes.push(
      `${name} is left out in ${some(keys, style.verbose === true)}: it stays on the board as it is, and isn't ours (${keys.length > 1 ? "the first: " : ""}${why})`,
    );
  const sent = new Map<string, string[]>();
  for (const { key, sent_next } of items) if (sent_next.length > 0) addTo(sent, sent_next.join(", "), key);
  for (const [names, keys] of sent)
    notes.push(
      `defaults state ${names}, which the board doesn't show: the next plan sends it to ${some(keys, style.verbose === true)}`,
    );
  return notes
    .map((note) => {
      const [first = "", ...rest] = wrap(cleanLine(note), Math.max(40, style.width - 11));
      return [`${paint("yellow", "warning:")} ${first}`, ...rest.map((line) => `         ${line}`)].join(
        "\n",
      );
    })
    .join("\n");
}

function some(keys: readonly string[], verbose: boolean): string {
  const shown = verbose ? keys : keys.slice(0, 3);
  const more = keys.length - shown.length;
  return cleanLine(`${shown.join(", ")}${more > 0 ? ` and ${more} more` : ""}`);
}

function summaryText({ items, workspace, dry_run, interrupted }: ImportResult, paint: Paint): string {
  if (interrupted)
    return paint(
      "bold",
      `Interrupted after ${counted(items.length, "job")}: what is here is done, vac import does the rest.`,
    );
  if (items.length === 0) return paint("bold", "Nothing to import.");
  const count = counted(items.length, "job");
  if (dry_run)
    return paint("bold", `${count} would be imported into ${cleanLine(workspace)}; nothing was written.`);
  const sends = items.some(({ sent_next }) => sent_next.length > 0);
  const next = sends ? "vac plan shows what the defaults add" : "vac plan shows that nothing is left to do";
  return `${paint("bold", `Imported ${count} into ${cleanLine(workspace)}.`)} Look at the files and commit them; ${next}.`;
}
