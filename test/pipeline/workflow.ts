// A workflow file as data, and its expressions by GitHub's own evaluator.
import { data, Evaluator, Lexer, Parser } from "@actions/expressions";
import { parse } from "yaml";

export interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, string | number | boolean>>;
  readonly env?: Readonly<Record<string, string>>;
}

export interface Job {
  readonly "runs-on": string;
  readonly "timeout-minutes"?: number;
  readonly needs?: string;
  readonly if?: string;
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: { readonly group: string; readonly "cancel-in-progress": boolean };
  readonly env?: Readonly<Record<string, string>>;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

export interface Workflow {
  readonly name: string;
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly concurrency?: { readonly group: string; readonly "cancel-in-progress": boolean };
  readonly env?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

export const parseWorkflow = (text: string): Workflow => parse(text) as Workflow;

/** What expressions see, and how the job goes so far. */
export interface Scope {
  readonly contexts: Readonly<Record<string, unknown>>;
  readonly status: "success" | "failure" | "cancelled";
}

/** A text with its `${{ }}` filled in. */
export function fill(text: string | number | boolean, scope: Scope): string {
  return String(text).replace(/\$\{\{(.*?)\}\}/gs, (_all, expression: string) =>
    evaluate(expression, scope).coerceString(),
  );
}

/** Whether a condition lets a job or step run: without a word about the status, only while all went well. */
export function isMet(condition: string | undefined, scope: Scope): boolean {
  const plain = (condition ?? "success()").replace(/^\s*\$\{\{(.*)\}\}\s*$/s, "$1");
  const says = /\b(success|failure|always|cancelled)\(\)/.test(plain);
  return isTrue(evaluate(says ? plain : `success() && (${plain})`, scope));
}

const statuses = ["success", "failure", "always", "cancelled"] as const;

function evaluate(expression: string, { contexts, status }: Scope): data.ExpressionData {
  const functions = statuses.map((name) => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(name === "always" || name === status),
  }));
  const { tokens } = new Lexer(expression).lex();
  const parsed = new Parser(tokens, Object.keys(contexts), functions).parse();
  const known = new Map(functions.map((one) => [one.name, one]));
  return new Evaluator(parsed, asData(contexts) as data.Dictionary, known).evaluate();
}

function asData(value: unknown): data.ExpressionData {
  if (typeof value === "string") return new data.StringData(value);
  if (typeof value === "number") return new data.NumberData(value);
  if (typeof value === "boolean") return new data.BooleanData(value);
  if (Array.isArray(value)) return new data.Array(...value.map(asData));
  if (typeof value !== "object" || value === null) return new data.Null();
  const pairs = Object.entries(value).map(([key, inner]) => ({ key, value: asData(inner) }));
  return new data.Dictionary(...pairs);
}

function isTrue(value: data.ExpressionData): boolean {
  return !["", "0", "false"].includes(value.coerceString());
}
