// Jobs as files that a person would have written: what the board shows, in names of ours, and nothing that a file can't hold.
import type { Attributes, Value } from "../../model/attributes.ts";
import { compareText, type Diagnostic } from "../../model/diagnostic.ts";
import { equalValue, normalText } from "../../model/equality.ts";
import type { Vacancy } from "../../model/vacancy.ts";
import { type Compiled, type Context, compileWorkspace } from "../compile.ts";
import { writeVacancy } from "../patch/write.ts";
import { attributeNames, sent } from "../shapes.ts";
import type { Sources } from "../sources.ts";

/** A job to be written as a file. */
export interface Importable {
  readonly id: string;
  /** Relative to the workspace. */
  readonly file: string;
  /** What the board shows; null is empty. */
  readonly attributes: Attributes;
  /** The title of its profession, where it is known. */
  readonly profession?: string;
  readonly closed: boolean;
  readonly publication?: string;
}

/** An attribute that the file doesn't state, and why. */
export interface LeftOut {
  readonly name: string;
  readonly why: string;
}

export interface Written {
  readonly id: string;
  readonly file: string;
  readonly text: string;
  /** What the file makes, with the defaults above it. */
  readonly vacancy: Vacancy;
  readonly leftOut: readonly LeftOut[];
}

export interface WrittenFiles {
  readonly written: readonly Written[];
  /** Jobs that no file can be made of, with the first fault. */
  readonly failed: readonly { readonly id: string; readonly why: string }[];
}

/** Values of settings that a file states where the defaults above it say something else. */
type Stated = Record<string, unknown>;

/** Rounds in which a file is made to fit: each takes out what is wrong, or sets right what defaults would change. */
const rounds = 6;
/** What is bought or cleared by a file unless it says that it isn't wanted. */
const neutral: Readonly<Record<string, unknown>> = { promote: [], background: null, publish_until: null };

/**
 * Writes jobs as files, in memory. What the board shows is stated, what it doesn't show isn't, and neither is a value
 * that no file may hold, such as a description that is too long for the API: it is left out, and so isn't ours. Where
 * defaults would make something else of a job, the file states what the job has.
 */
export function writeJobs(
  sources: Sources,
  jobs: readonly Importable[],
  renew: "never" | "on_expiry",
  context: Context,
): WrittenFiles {
  const ours = new Map(jobs.map((job) => [job.file, job]));
  const stated = new Map(jobs.map((job) => [job.file, statedOf(job, renew)]));
  const leftOut = new Map<string, LeftOut[]>(jobs.map((job) => [job.file, []]));
  const failed = new Map<string, string>();
  let compiled = compileWith(sources, stated, context);
  for (let round = 0; round < rounds; round += 1) {
    const faults = faultsOf(compiled.diagnostics, ours, stated);
    for (const { file, name, message } of faults) {
      const values = stated.get(file);
      if (values === undefined) continue;
      if (name === undefined || round === rounds - 1) {
        failed.set(ours.get(file)?.id ?? "", message);
        stated.delete(file);
        continue;
      }
      delete values[name];
      leftOut.get(file)?.push({ name, why: message });
    }
    const changed = faults.length === 0 && setRight(compiled, ours, stated, leftOut, renew);
    if (faults.length === 0 && !changed) break;
    compiled = compileWith(sources, stated, context);
  }
  const vacancies = new Map(compiled.vacancies.map((vacancy) => [vacancy.file, vacancy]));
  const written = [...stated].flatMap(([file, values]): Written[] => {
    const [job, vacancy] = [ours.get(file), vacancies.get(file)];
    if (!job || !vacancy) return [];
    const text = writeVacancy(values);
    return [{ id: job.id, file, text, vacancy: resolved(vacancy, job), leftOut: leftOut.get(file) ?? [] }];
  });
  const made = new Set(written.map(({ id }) => id));
  for (const { id } of jobs)
    if (!made.has(id) && !failed.has(id)) failed.set(id, "its file could not be made to fit");
  return {
    written: written.sort((a, b) => compareText(a.file, b.file)),
    failed: [...failed].map(([id, why]) => ({ id, why })),
  };
}

/** The vacancy with its profession's id, which a title stands for. */
function resolved(vacancy: Vacancy, { profession, attributes }: Importable): Vacancy {
  const id = attributes.profession_id;
  if (profession === undefined || id === undefined) return vacancy;
  return { ...vacancy, attributes: { ...vacancy.attributes, profession_id: id } };
}

/** What a job's file states at first: what it has, in canonical order, but for what is empty. */
function statedOf(job: Importable, renew: string): Stated {
  const values: Stated = {};
  for (const name of attributeNames) {
    const value = name === "profession" ? job.profession : job.attributes[name];
    if (name === "profession_id" && job.profession !== undefined) continue;
    if (value !== undefined && value !== null && !isBlank(value)) values[name] = plain(value);
  }
  if (job.closed) values.status = "closed";
  if (isSold(job) && job.publication !== "job_publish") values.publication_type = job.publication;
  values.renew = renew;
  return inOrder(values);
}

const isBlank = (value: Value): boolean => typeof value === "string" && normalText(value) === "";
const plain = (value: Value): Value => (typeof value === "string" ? normalText(value) : value);

function inOrder(values: Stated): Stated {
  return Object.fromEntries(
    attributeNames.filter((name) => values[name] !== undefined).map((name) => [name, values[name]]),
  );
}

function compileWith(sources: Sources, stated: ReadonlyMap<string, Stated>, context: Context): Compiled {
  const files = [...stated].map(([name, values]) => ({ name, bytes: Buffer.from(writeVacancy(values)) }));
  const all = [...sources.files, ...files].sort((a, b) => compareText(a.name, b.name));
  const keys = new Set([...stated.keys()].map((file) => file.replace(/\.yaml$/, "")));
  return compileWorkspace(
    { ...sources, files: all },
    {
      ...context,
      optional: (key, attribute) => keys.has(key) || (context.optional?.(key, attribute) ?? false),
    },
  );
}

interface FileFault {
  readonly file: string;
  /** The attribute that is at fault; undefined where none can be told. */
  readonly name: string | undefined;
  readonly message: string;
}

/** The first error of each attribute of our files. */
function faultsOf(
  diagnostics: readonly Diagnostic[],
  ours: ReadonlyMap<string, Importable>,
  stated: ReadonlyMap<string, Stated>,
): FileFault[] {
  const faults = new Map<string, FileFault>();
  const texts = new Map<string, string>();
  for (const { severity, file, line, message } of diagnostics) {
    const values = stated.get(file);
    if (severity !== "error" || !ours.has(file) || values === undefined) continue;
    const text = texts.get(file) ?? writeVacancy(values);
    texts.set(file, text);
    const name = nameAt(text, line);
    const word = `${file} ${name}`;
    if (!faults.has(word)) faults.set(word, { file, name, message });
  }
  return [...faults.values()];
}

/** The attribute that a line of a file of ours belongs to. */
function nameAt(text: string, line: number): string | undefined {
  const lines = text.split("\n").slice(0, line);
  return lines.reverse().flatMap((one) => /^([a-z_]+):/.exec(one)?.[1] ?? [])[0];
}

/** States what defaults would change; true if something was. */
function setRight(
  { vacancies }: Compiled,
  ours: ReadonlyMap<string, Importable>,
  stated: Map<string, Stated>,
  leftOut: ReadonlyMap<string, readonly LeftOut[]>,
  renew: "never" | "on_expiry",
): boolean {
  let changed = false;
  for (const vacancy of vacancies) {
    const [job, values] = [ours.get(vacancy.file), stated.get(vacancy.file)];
    if (!job || !values) continue;
    const right: Stated = {};
    for (const name of sent) {
      const [wanted, shown] = [vacancy.attributes[name], job.attributes[name]];
      const differs =
        wanted !== undefined && shown !== undefined && !equalValue(kindOf(shown), wanted, shown);
      const may = values[name] === undefined && !leftOut.get(vacancy.file)?.some((one) => one.name === name);
      if (differs && may) right[name] = isBlank(shown ?? "") ? null : plain(shown);
    }
    const status = job.closed ? "closed" : "active";
    if (vacancy.status !== status) right.status = status;
    if (isSold(job) && vacancy.publication !== job.publication) right.publication_type = job.publication;
    if (vacancy.renew !== renew) right.renew = renew;
    if (vacancy.promote.length > 0) right.promote = neutral.promote;
    if (vacancy.background !== undefined) right.background = neutral.background;
    if (vacancy.publishUntil !== undefined) right.publish_until = neutral.publish_until;
    if (Object.keys(right).length === 0) continue;
    stated.set(vacancy.file, inOrder({ ...values, ...right }));
    changed = true;
  }
  return changed;
}

/** Whether its publication is one that can be bought. */
const isSold = ({ publication }: Importable): boolean =>
  publication !== undefined && !publication.startsWith("not_");

function kindOf(value: Value): "text" | "number" | "flag" {
  return typeof value === "number" ? "number" : typeof value === "boolean" ? "flag" : "text";
}
