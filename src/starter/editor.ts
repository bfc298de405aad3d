// Settings of VS Code's YAML extension; other editors read the first line of each file.
import { applyEdits, modify, type ParseError, parse } from "jsonc-parser/lib/esm/main.js";
import type { Answers } from "./answers.ts";

/** The settings with our schemas in them; comments and everything else stay. Undefined where they can't be read. */
export function editorSettings({ workspace }: Pick<Answers, "workspace">, there = ""): string | undefined {
  const before = there.trim() === "" ? "{}\n" : there;
  const errors: ParseError[] = [];
  const settings = parse(before, errors, { allowTrailingComma: true }) as unknown;
  if (errors.length > 0 || !isObject(settings)) return undefined;
  const known = settings[setting] ?? {};
  if (!isObject(known)) return undefined;
  const eol = before.includes("\r\n") ? "\r\n" : "\n";
  const indent = before.match(/^([ \t]+)\S/m)?.[1] ?? "  ";
  const formattingOptions = { insertSpaces: !indent.includes("\t"), tabSize: indent.length, eol };
  let text = before;
  for (const [schema, globs] of Object.entries(globsOf(workspace))) {
    const set = known[schema] ?? [];
    if (typeof set !== "string" && !Array.isArray(set)) return undefined;
    const has: readonly unknown[] = [set].flat();
    const missing = globs.filter((glob) => !has.includes(glob));
    if (missing.length === 0) continue;
    const edits = modify(text, [setting, schema], [...has, ...missing], { formattingOptions });
    text = applyEdits(text, edits);
  }
  return text;
}

const setting = "yaml.schemas";

function globsOf(workspace: string): Record<string, string[]> {
  const below = workspace === "" ? "" : `${workspace}/`;
  return {
    "./schemas/vacancy.schema.json": [`${below}**/*.yaml`, `!${below}**/_*.yaml`],
    "./schemas/defaults.schema.json": [`${below}**/_defaults.yaml`],
    "./schemas/config.schema.json": [`${below}_config.yaml`],
  };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
