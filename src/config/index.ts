// The desired side: a workspace's files to vacancies, settings and diagnostics.
export { type Compiled, type Context, compileWorkspace, readConfig, type WantedTitle } from "./compile.ts";
export { type Explanation, explainVacancy, type Origin } from "./explain.ts";
export { formatText } from "./format/format.ts";
export { type Formatted, formatSources } from "./format/sources.ts";
export { type Profession, resolveProfessions } from "./professions.ts";
export { type FileKind, kindOf } from "./shapes.ts";
export { readSources, type SourceFile, type Sources } from "./sources.ts";
export { nearest } from "./wording.ts";
