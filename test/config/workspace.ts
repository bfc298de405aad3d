// Workspaces in memory.
import { type Compiled, type Context, compileWorkspace, type Sources } from "../../src/config/index.ts";
import { compareText } from "../../src/model/diagnostic.ts";

/** What the board wants of every vacancy, as the text of a `_defaults.yaml`. */
export const enough = `title: Пекарь
description: Печём хлеб
profession: пекарь
address: Москва, улица Еланского, 2
lat: 55.7346
long: 37.5734
`;

export type Files = Readonly<Record<string, string | Uint8Array>>;

/** Sources of files by name. */
export function sourcesOf(files: Files): Sources {
  return {
    root: "/workspace",
    files: Object.entries(files)
      .map(([name, text]) => ({
        name,
        bytes: typeof text === "string" ? new TextEncoder().encode(text) : text,
      }))
      .sort((a, b) => compareText(a.name, b.name)),
    problems: [],
  };
}

/** Compiles files on top of defaults that state enough. */
export function compile(files: Files, context: Context = {}): Compiled {
  return compileWorkspace(sourcesOf({ "_defaults.yaml": enough, ...files }), context);
}

/** Diagnostics in one line each, as `file:line:column code`. */
export function told({ diagnostics }: Pick<Compiled, "diagnostics">): string[] {
  return diagnostics.map(({ file, line, column, code }) => `${file}:${line}:${column} ${code}`);
}
