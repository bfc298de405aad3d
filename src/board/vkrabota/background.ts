// Background pictures (document: Фоновое изображение). The board answers 200 always: what an answer doesn't hold with an
// id and without errors isn't done.
import type { Crop, Outcome } from "../../model/job.ts";
import type { Picture } from "../port.ts";
import { oneLine } from "./answers.ts";
import type { Client } from "./client.ts";
import { fateOf } from "./fate.ts";
import { multipart } from "./multipart.ts";
import { asList, asObject, type Json } from "./wire.ts";

/** Ids of jobs, or the account that all jobs without a picture of their own show. */
export type Owners = readonly string[] | "account";

export interface NewPicture {
  readonly jobs: Owners;
  readonly picture: Picture;
  /** Pixels, from the lower left corner; the whole picture where there is none. */
  readonly crop?: Crop;
}

/** Sets a picture; outcomes by the index of the job, one for the account. Never throws for what happened. */
export async function putBackground(
  ask: Client,
  { jobs, picture, crop }: NewPicture,
  onSend?: () => void,
): Promise<Outcome[]> {
  const raw = multipart({ name: "data", ...picture }, [
    ...idsOf(jobs).map((id) => ["job_ids[]", id] as const),
    ...(crop ? cropFields(crop) : []),
  ]);
  return outcomes("PUT /background", jobs, named, () =>
    ask({ method: "PUT", path: "/background", raw, ...(onSend && { onSend }) }),
  );
}

/** How a removal is sent. */
export interface Removing {
  /** By index: an earlier removal may have been done, so that an answer that lacks it means that there is none. */
  readonly again?: readonly boolean[];
  readonly onSend?: () => void;
}

/**
 * Takes a picture away; outcomes as above. The answer leaves out jobs that have none, which a removal that is repeated
 * after its answer was lost can't tell from a failure: for it that is success.
 */
export async function deleteBackground(
  ask: Client,
  jobs: Owners,
  { again = [], onSend }: Removing = {},
): Promise<Outcome[]> {
  const ids = idsOf(jobs);
  let attempts = 0;
  const found = await outcomes("DELETE /background", jobs, namedOrNot, () =>
    ask({
      method: "DELETE",
      path: "/background",
      ...(jobs !== "account" && { json: { job_ids: ids } }),
      onSend: () => {
        attempts += 1;
        onSend?.();
      },
    }),
  );
  return found.map((outcome, index) =>
    outcome.is === "refused" && outcome.absent && (attempts > 1 || again[index])
      ? { is: "done", note: "the board had none any more" }
      : outcome,
  );
}

/** None only for the account: to the board, no ids mean the account's own picture. */
function idsOf(jobs: Owners): readonly string[] {
  if (jobs === "account") return [];
  if (jobs.length === 0)
    throw new Error("no jobs: the board would take that for the account's own background");
  return [...new Set(jobs)];
}

function cropFields({ x, y, w, h }: Crop): (readonly [string, string])[] {
  return [
    ["crop_h", String(h)],
    ["crop_w", String(w)],
    ["crop_x", String(x)],
    ["crop_y", String(y)],
  ];
}

/** The elements of an answer that are about each of the jobs. */
type Sorting = (shown: readonly Json[], ids: readonly string[]) => readonly (readonly Json[])[];

const named: Sorting = (shown, ids) =>
  ids.map((id) => shown.filter((item) => String(item.assetable_id) === id));

/**
 * The document's answer to a removal names the account's user in place of the jobs: then elements are counted, and tell
 * of all jobs that none is named of, or of none.
 */
const namedOrNot: Sorting = (shown, ids) => {
  const sorted = named(shown, ids);
  const rest = shown.filter((item) => isAccounts(item) && !sorted.some((own) => own.includes(item)));
  const open = new Set(ids.filter((_, index) => sorted[index]?.length === 0));
  const told = rest.length >= open.size || rest.some(isRefused) ? rest : [];
  return sorted.map((own, index) => (open.has(ids[index] ?? "") ? told : own));
};

async function outcomes(
  what: string,
  jobs: Owners,
  sort: Sorting,
  send: () => Promise<unknown>,
): Promise<Outcome[]> {
  try {
    const top = asObject(what, "the answer", await send());
    if (top.data === undefined && Array.isArray(top.errors) && top.errors.length > 0) {
      const said = oneLine(textsIn(top.errors).join("; ")) || "(no text)";
      return (jobs === "account" ? [""] : jobs).map(() => ({ is: "refused", message: said }));
    }
    const shown = asList(what, "data", top.data).map((value, index) => {
      const path = `data[${index}]`;
      return asObject(what, `${path}.attributes`, asObject(what, path, value).attributes);
    });
    if (jobs === "account") return [outcomeOf(shown.filter(isAccounts))];
    return sort(shown, jobs).map(outcomeOf);
  } catch (error) {
    const fate = fateOf(error);
    return (jobs === "account" ? [""] : jobs).map(() => fate);
  }
}

function isAccounts({ assetable_type: type }: Json): boolean {
  return type !== "Job";
}

function outcomeOf(items: readonly Json[]): Outcome {
  if (items.length === 0) return { is: "refused", message: "the board's answer lacks it", absent: true };
  const texts = items.flatMap(({ errors }) => textsIn(errors));
  if (texts.length > 0) return { is: "refused", message: oneLine(texts.join("; ")) };
  if (items.some(({ id }) => id === null || id === undefined))
    return { is: "refused", message: "the board gave it no id" };
  return { is: "done" };
}

const isRefused = (item: Json): boolean => outcomeOf([item]).is !== "done";

/** `{"base": ["…"]}` in the document; whatever texts there are under whatever names. */
function textsIn(errors: unknown): string[] {
  if (typeof errors === "string") return errors === "" ? [] : [errors];
  return typeof errors === "object" && errors !== null ? Object.values(errors).flatMap(textsIn) : [];
}
