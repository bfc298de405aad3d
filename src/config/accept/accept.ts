// Values of the board written into the files, in place: each where it is stated, or nearer where others depend on it.
import { compareText } from "../../model/diagnostic.ts";
import { normalText } from "../../model/equality.ts";
import type { Vacancy } from "../../model/vacancy.ts";
import { type Compiled, type Context, compileWorkspace } from "../compile.ts";
import { writeVacancy } from "../patch/write.ts";
import { createLocators } from "../place.ts";
import type { Sources } from "../sources.ts";
import { wrongWants } from "./check.ts";
import { patchAll } from "./patches.ts";
import type { Accepted, Left, Patch, Want } from "./want.ts";

export interface Acceptance {
  /** Files with another text than before. */
  readonly files: readonly { readonly name: string; readonly text: string }[];
  readonly accepted: readonly Accepted[];
  readonly left: readonly Left[];
  /** The vacancies that the new files make, by key. */
  readonly vacancies: ReadonlyMap<string, Vacancy>;
}

/**
 * Works values of the board into the files, in memory. A value goes where it is stated; where others have it from there
 * too and don't change in the same way, an override goes to the vacancy or its location. What can't be written so that
 * just this comes of it is left, with the reason.
 */
export function acceptValues(
  sources: Sources,
  before: Compiled,
  wants: readonly Want[],
  context: Context,
): Acceptance {
  const left: Left[] = [];
  let open = wants.filter((want) => {
    const why = unfit(want);
    if (why !== undefined) left.push({ want, why: `${why}: set it right on the board` });
    return why === undefined;
  });
  // What turns out not to fit is left out, and the rest is tried anew.
  for (;;) {
    const { texts, patches, faults } = patchAll(sources, open);
    for (const fault of faults) left.push(fault);
    const done = new Set(patches.flatMap((patch) => patch.wants));
    open = open.filter((want) => done.has(want));
    const files = sources.files.map((file) => {
      const text = texts.get(file.name);
      return text === undefined ? file : { name: file.name, bytes: Buffer.from(text) };
    });
    const after = compileWorkspace({ ...sources, files }, context);
    const wrong = wrongWants(before, after, patches);
    if (wrong.size === 0) return { ...resultOf({ ...sources, files }, texts, patches, before, after), left };
    for (const [want, why] of wrong)
      left.push({ want, why: `${why}: set it right on the board or in the file` });
    open = open.filter((want) => !wrong.has(want));
  }
}

/** Why no file may state a value; undefined where one may. */
function unfit({ name, value }: Want): string | undefined {
  if (name === "profession_id" && value !== null) return undefined;
  const bytes = Buffer.from(writeVacancy({ [name]: value }));
  const alone = compileWorkspace({ root: "/", files: [{ name: "_defaults.yaml", bytes }], problems: [] });
  return alone.diagnostics.find(({ severity }) => severity === "error")?.message;
}

function resultOf(
  sources: Sources,
  texts: ReadonlyMap<string, string>,
  patches: readonly Patch[],
  before: Compiled,
  after: Compiled,
): Omit<Acceptance, "left"> {
  const locators = createLocators(sources.files);
  const old = new Map(before.vacancies.map((vacancy) => [vacancy.key, vacancy]));
  const accepted = patches.flatMap(({ file, path, stated, wants }) =>
    wants.map((want): Accepted => {
      const vacancy = old.get(want.key);
      const value = want.name === "status" ? vacancy?.status : vacancy?.attributes[want.name];
      const { line } = locators(file).place({ path, part: "value" });
      const written = typeof stated === "string" ? normalText(stated) : stated;
      return { ...want, file, line, path, before: value ?? null, stated: written };
    }),
  );
  return {
    files: [...texts].map(([name, text]) => ({ name, text })).sort((a, b) => compareText(a.name, b.name)),
    accepted,
    vacancies: new Map(after.vacancies.map((vacancy) => [vacancy.key, vacancy])),
  };
}
