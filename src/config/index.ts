// The desired side: a workspace's files to vacancies, settings and diagnostics, and back.
export { type Acceptance, acceptValues } from "./accept/accept.ts";
export type { Want } from "./accept/want.ts";
export { openCache, type ParseCache } from "./cache/file.ts";
export {
  type Compiled,
  type Context,
  compileWorkspace,
  readSettings,
  type Settings,
  settingsError,
  soundConfig,
} from "./compile.ts";
export { explainVacancy } from "./explain.ts";
export { formatText } from "./format/format.ts";
export { formatSources } from "./format/sources.ts";
export { statedByDefaults } from "./import/defaults.ts";
export { type Importable, type Written, writeJobs } from "./import/files.ts";
export { cityWord, nameFiles, type Slugify } from "./import/names.ts";
export { loadPicture } from "./pictures/read.ts";
export { resolvePictures } from "./pictures/resolve.ts";
export { resolveProfessions } from "./professions.ts";
export { search } from "./search.ts";
export type { FileKind } from "./shapes.ts";
export { sinceOf } from "./since.ts";
export { readConfigFile, readSources, type Sources } from "./sources.ts";
export { statedAt } from "./stated.ts";
export { nearest } from "./wording.ts";
