// vac applications list: who applied to which vacancy.
import { type Application, type ApplicationFilter, fits } from "../board/vkrabota/applications.ts";
import { sinceOf } from "../config/index.ts";
import { dateTime } from "../model/dates.ts";
import { UsageError } from "../model/errors.ts";
import type { ApplicationItem } from "../model/listed.ts";
import { cleanLine } from "../view/clean.ts";
import { compileGlobs } from "./globs.ts";
import { type Managed, onManaged } from "./ground.ts";
import { type ExitCode, exit, type Io } from "./io.ts";
import { type ListFlags, printList, type Shown } from "./listing.ts";
import { nameOf, personCells, personColumns, personItem } from "./people.ts";

export interface ApplicationsFlags extends ListFlags {
  /** Globs of keys; all jobs of the account where empty. */
  readonly keys: readonly string[];
  /** Ids of jobs, beside those of the keys. */
  readonly jobs: readonly string[];
  /** All where empty. */
  readonly status: readonly string[];
  /** A date, a time, or a span before now such as 7d. */
  readonly since?: string;
  /** With phones and e-mails. */
  readonly contacts: boolean;
}

/** Lists applications (document: Получение списка откликов), oldest first as the board has them. */
export async function applicationsList(io: Io, flags: ApplicationsFlags): Promise<ExitCode> {
  return onManaged(io, flags, async (ground) => {
    await printList(io, flags, read(ground, flags), shownFor(ground, flags.contacts));
    return exit.ok;
  });
}

/** More jobs than this are looked for among all applications. */
const oneByOne = 20;

async function* read(ground: Managed, flags: ApplicationsFlags): AsyncGenerator<Application> {
  const { client, keys } = ground;
  const since = flags.since === undefined ? undefined : instantOf(flags.since, ground);
  const filter: ApplicationFilter = {
    ...(flags.status.length > 0 && { status: flags.status }),
    ...(since !== undefined && { since }),
  };
  const covers = compileGlobs("--key", flags.keys, new Set(keys.values()));
  const covered = covers ? [...keys].filter(([, key]) => covers(key)).map(([job]) => job) : [];
  const wanted = covers || flags.jobs.length > 0 ? new Set([...covered, ...flags.jobs]) : undefined;
  const reads: readonly ApplicationFilter[] =
    wanted === undefined || wanted.size > oneByOne
      ? [filter]
      : [...wanted].map((jobId) => ({ ...filter, jobId }));
  for (const one of reads) {
    for await (const application of client.applications(one))
      if (fits(application, one) && (wanted?.has(application.jobId) ?? true)) yield application;
  }
}

function instantOf(text: string, { client, config: { timezone } }: Managed): number {
  const at = sinceOf(text, timezone, client.now());
  if (at !== undefined) return at;
  throw new UsageError(`--since ${JSON.stringify(text)} is no date`, {
    hint: "write 2026-12-01, 2026-12-01T09:00, or a span before now such as 7d",
  });
}

/** The columns of one application, without its candidate. */
const own = ["id", "key", "job_id", "status", "created_at", "recruiter_id", "candidate_id"] as const;

type Own = Pick<ApplicationItem, (typeof own)[number]>;

function itemOf(application: Application, keys: ReadonlyMap<string, string>): Own {
  const { id, jobId, status, createdAt, recruiterId = null, candidate } = application;
  return {
    id,
    key: keys.get(jobId) ?? null,
    job_id: jobId,
    status,
    created_at: createdAt === undefined ? null : new Date(createdAt).toISOString(),
    recruiter_id: recruiterId,
    candidate_id: candidate?.id ?? null,
  };
}

function shownFor({ keys, config: { timezone } }: Managed, contacts: boolean): Shown<Application> {
  return {
    json: (application): ApplicationItem => ({
      ...itemOf(application, keys),
      candidate: application.candidate ? personItem(application.candidate, contacts) : null,
    }),
    csv: {
      names: [...own, ...personColumns(contacts)],
      row: (application) => {
        const item = itemOf(application, keys);
        return [...own.map((name) => item[name]), ...personCells(application.candidate, contacts)];
      },
    },
    text: {
      heads: [
        ...["APPLICATION", "TIME", "STATUS", "VACANCY", "CANDIDATE"],
        ...(contacts ? ["PHONE", "E-MAIL"] : []),
      ],
      row: ({ id, jobId, status, createdAt, candidate }) => [
        cleanLine(id),
        createdAt === undefined ? "" : dateTime(createdAt, timezone),
        cleanLine(status),
        cleanLine(keys.get(jobId) ?? `job ${jobId}`),
        nameOf(candidate),
        ...(contacts ? [cleanLine(candidate?.phone ?? ""), cleanLine(candidate?.email ?? "")] : []),
      ],
    },
    none: "There is no such application.",
  };
}
