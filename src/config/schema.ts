// Holds a file's value against its schema, and says what is wrong in words of ours.
import type { ErrorObject, ValidateFunction } from "ajv";
import validateConfig from "../generated/validators/config.cjs";
import validateDefaults from "../generated/validators/defaults.cjs";
import validateVacancy from "../generated/validators/vacancy.cjs";
import { limits } from "./limits.ts";
import { type Context, worded } from "./messages.ts";
import type { Path, Problem } from "./problem.ts";
import type { FileKind } from "./shapes.ts";
import type { Locator } from "./yaml/locate.ts";

const validators: Readonly<Record<FileKind, ValidateFunction<unknown>>> = {
  vacancy: validateVacancy,
  defaults: validateDefaults,
  config: validateConfig,
};

/** Every fault of a file's shape, one problem for each mistake. `locator` is asked only if there is one. */
export function checkSchema(kind: FileKind, value: unknown, file: string, locator: () => Locator): Problem[] {
  const validate = validators[kind];
  if (validate(value)) return [];
  const errors = telling(validate.errors ?? []);
  validate.errors = null;
  const problems: Problem[] = [];
  const told = new Set<string>();
  for (const error of errors) {
    const path = pathOf(error.instancePath);
    const at: Context = { kind, error, path, value: valueAt(value, path), source: locator().source(path) };
    const { part = "value", inner, ...said } = worded(at);
    const spot = { path: inner === undefined ? path : [...path, inner], part };
    const id = JSON.stringify([spot, said.code]);
    if (told.has(id)) continue;
    told.add(id);
    problems.push({ severity: "error", ...said, file, spot });
    if (problems.length >= limits.faults) break;
  }
  return problems;
}

/**
 * Without the errors that only say that another one is there: branches of a choice, names tested by a pattern, and
 * whatever else is said of a value that is of the wrong type.
 */
function telling(errors: readonly ErrorObject[]): ErrorObject[] {
  const of = (keyword: string): ErrorObject[] => errors.filter((error) => error.keyword === keyword);
  const choices = new Set(of("oneOf").map((error) => error.schemaPath));
  const mistyped = new Set(of("type").map((error) => error.instancePath));
  return errors.filter((error) => {
    if (error.keyword === "type") return true;
    if (error.keyword === "propertyNames" || mistyped.has(error.instancePath)) return false;
    return (
      error.keyword === "oneOf" || ![...choices].some((choice) => error.schemaPath.startsWith(`${choice}/`))
    );
  });
}

function pathOf(pointer: string): Path {
  if (pointer === "") return [];
  return pointer
    .slice(1)
    .split("/")
    .map((name) => name.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, name) => (typeof at === "object" && at !== null ? (at as Record<string, unknown>)[name] : undefined),
    value,
  );
}
