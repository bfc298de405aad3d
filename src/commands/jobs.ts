// vac jobs: what is on the board, and which vacancy each is.
import { traits } from "../board/vkrabota/traits.ts";
import { openRepository } from "../git/repository.ts";
import { dateTime } from "../model/dates.ts";
import { type JobView, refKey } from "../model/job.ts";
import type { JobItem } from "../model/listed.ts";
import { cleanLine } from "../view/clean.ts";
import { jobText } from "../view/jobs.ts";
import { cut } from "../view/table.ts";
import { type Managed, onManaged } from "./ground.ts";
import { type ExitCode, exit, type Globals, type Io, print, printJson, styleOf } from "./io.ts";
import { type Cell, type ListFlags, printList, type Shown } from "./listing.ts";
import { neighboursOf } from "./neighbours.ts";

export interface JobsFlags extends ListFlags {
  /** All of them where empty. */
  readonly status: readonly string[];
  /** Only those that no workspace of the repository manages. */
  readonly unmanaged: boolean;
}

/** Lists jobs (document: Получение списка вакансий), those of the state with their keys. */
export async function jobsList(io: Io, flags: JobsFlags): Promise<ExitCode> {
  return onManaged(io, flags, async (ground) => {
    const elsewhere = flags.unmanaged ? await managedElsewhere(ground) : new Map<string, string>();
    await printList(io, flags, wanted(ground, flags, elsewhere), shownFor(ground));
    return exit.ok;
  });
}

async function* wanted(
  { client, keys }: Managed,
  { status, unmanaged }: JobsFlags,
  elsewhere: ReadonlyMap<string, string>,
): AsyncGenerator<JobView> {
  for await (const job of client.jobs()) {
    if (status.length > 0 && !status.includes(job.status ?? "")) continue;
    const id = refKey(job.ref);
    if (!unmanaged || (!keys.has(id) && !elsewhere.has(id))) yield job;
  }
}

async function managedElsewhere({ workspace, identity }: Managed): Promise<ReadonlyMap<string, string>> {
  const repository = await openRepository(workspace.dir);
  return (await neighboursOf(repository, workspace, identity)).jobs;
}

/** Shows one job (document: Получение информации о конкретной вакансии). */
export async function jobsGet(io: Io, flags: Globals, id: string): Promise<ExitCode> {
  return onManaged(io, flags, async ({ client, keys, config }) => {
    const item = itemOf(await client.showJob(id), keys);
    if (flags.format === "json") printJson(io, item);
    else print(io, jobText(item, { ...styleOf(io, flags, "out"), timezone: config.timezone }));
    return exit.ok;
  });
}

/** A job with the board's names; what the answer doesn't hold is left out. */
function itemOf(job: JobView, keys: ReadonlyMap<string, string>): JobItem {
  const id = refKey(job.ref);
  return {
    id,
    key: keys.get(id) ?? null,
    ...(job.status !== undefined && { status: job.status }),
    ...(job.publication !== undefined && { current_publication_type: job.publication }),
    ...(job.expiresAt !== undefined && { expires_at: new Date(job.expiresAt).toISOString() }),
    ...job.attributes,
  };
}

const names = [
  ...["id", "key", "status", "current_publication_type", "expires_at"],
  ...Object.keys(traits.attributes),
];

function shownFor({ keys, config: { timezone } }: Managed): Shown<JobView> {
  const line = (value: unknown): string => (value == null ? "" : cleanLine(String(value)));
  return {
    json: (job) => itemOf(job, keys),
    csv: {
      names,
      row: (job) => {
        const item: Readonly<Record<string, Cell | undefined>> = { ...itemOf(job, keys) };
        return names.map((name) => item[name] ?? null);
      },
    },
    text: {
      heads: ["JOB", "STATUS", "UNTIL", "KEY", "TITLE", "ADDRESS"],
      row: ({ ref, status, expiresAt, attributes }) => [
        line(refKey(ref)),
        line(status),
        expiresAt === undefined ? "" : dateTime(expiresAt, timezone),
        line(keys.get(refKey(ref))),
        cut(line(attributes.title), 40),
        cut(line(attributes.address), 40),
      ],
    },
    none: "There is no such job.",
  };
}
