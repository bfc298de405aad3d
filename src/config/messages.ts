// Keywords of the schemas to messages of ours.
import type { ErrorObject } from "ajv";
import { boolHint, dateHint, emptyHint, mapHint, numberHint, textHint } from "./hints.ts";
import { normalPhone } from "./phone.ts";
import type { Path } from "./problem.ts";
import { type FileKind, namesAt } from "./shapes.ts";
import { lookalikes, nearest, noBreakSpace, show } from "./wording.ts";

/** A schema error with what is there. */
export interface Context {
  readonly kind: FileKind;
  readonly error: ErrorObject;
  readonly path: Path;
  readonly value: unknown;
  /** The value as it is written, with its quotes, where it is a scalar. */
  readonly source: string | undefined;
}

/** What is said of it. `inner` is a name below the error's path at which it lies. */
export interface Said {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly part?: "key" | "value";
  readonly inner?: string;
}

/** The code, the message and the hint for a schema error. */
export function worded(at: Context): Said {
  const word = keywords[at.error.keyword];
  if (typeof at.value === "string" && at.value.trim() === "") return emptyText(at);
  return word
    ? word(at)
    : { code: "wrong-value", message: `${nameOf(at.path)}: ${at.error.message}`, hint: seeSchema(at) };
}

const keywords: Readonly<Record<string, (at: Context) => Said>> = {
  additionalProperties: unknown,
  required: ({ error, path }) => ({
    code: "missing-part",
    message: `${nameOf(path)} lacks ${String(error.params.missingProperty)}`,
    hint: `add ${String(error.params.missingProperty)} to it`,
    part: "key",
  }),
  type: wrongType,
  enum: ({ error, path, value }) => {
    const allowed = (error.params.allowedValues as readonly unknown[])
      .filter((one) => one !== null)
      .map(String);
    const [near] = typeof value === "string" ? nearest(value, allowed, 1) : [];
    return {
      code: "not-allowed",
      message: `${nameOf(path)} can't be ${show(value)}`,
      hint:
        near === undefined
          ? `write ${listed(allowed)}`
          : `did you mean ${near}? It may be ${listed(allowed)}`,
    };
  },
  minimum: (at) => range(at, "less"),
  maximum: (at) => range(at, "more"),
  minLength: emptyText,
  minProperties: ({ path }) => ({
    code: "empty-map",
    message: `${nameOf(path)} is empty, so the file holds no vacancy`,
    hint: "name a location, or remove the line",
  }),
  pattern,
  oneOf: ({ value }) => promotionTime(value as Readonly<Record<string, unknown>>),
};

function emptyText({ kind, path }: Context): Said {
  return {
    code: "empty-text",
    message: `${nameOf(path)} is an empty text`,
    hint: emptyHint(kind === "config" ? "" : (path.at(-1) ?? "")),
  };
}

function unknown({ kind, error, path, value }: Context): Said {
  const name = String(error.params.additionalProperty);
  const noBreak = noBreakSpace.test(name);
  const [near] = noBreak ? [] : nearest(name, namesAt(kind, path), 1);
  const stated = near !== undefined && Object.hasOwn(value as object, near);
  const what =
    path.length === 0 || (path[0] === "locations" && path.length === 2)
      ? "attribute"
      : `part of ${nameOf(path)}`;
  return {
    code: "unknown-attribute",
    message: `there is no ${kind === "config" ? "setting" : what} called ${show(name)}`,
    hint: noBreak
      ? "it holds a no-break space; type ordinary spaces instead"
      : near === undefined
        ? elsewhere(kind, name)
        : `did you mean ${near}${stated ? ", which is stated already" : ""}?${lookalikes(name, near)}`,
    part: "key",
    inner: name,
  };
}

function elsewhere(kind: FileKind, name: string): string {
  if (kind === "defaults" && (name === "key" || name === "locations")) {
    return `${name} belongs into a vacancy's own file`;
  }
  if (kind === "vacancy" && (name === "key" || name === "locations")) {
    return `${name} belongs to the top of the file`;
  }
  if (kind !== "config" && namesAt("config", []).includes(name)) return `${name} belongs into _config.yaml`;
  if (kind === "config" && namesAt("vacancy", []).includes(name))
    return `${name} belongs into _defaults.yaml`;
  return kind === "config"
    ? "vac schema config lists the settings"
    : `vac schema ${kind} lists the attributes`;
}

/** What a type is called in a sentence. */
const kinds: Readonly<Record<string, string>> = {
  string: "a text",
  integer: "a whole number",
  number: "a number",
  boolean: "true or false",
  object: "a map",
  array: "a list",
};

function wrongType(at: Context): Said {
  const { error, path, value, source } = at;
  const types = [error.params.type as string | string[]].flat();
  const wanted = types.find((type) => type !== "null") ?? "string";
  const name = nameOf(path);
  if (path.at(-1) === "contact_phone" && typeof value === "number") {
    const phone = normalPhone(source ?? String(value));
    return {
      code: "phone-not-quoted",
      message: `${name} is the bare number ${source ?? value}, not a text`,
      hint: `quote it: "${phone ?? "79990000000"}"`,
    };
  }
  const shown = typeof value === "number" ? (source ?? String(value)) : show(value);
  const was = value === null ? "empty" : typeof value === "string" ? `the text ${shown}` : shown;
  return {
    code: "wrong-type",
    message: `${name} must be ${kinds[wanted]}, but is ${was}`,
    hint: typeHint(wanted, at),
  };
}

/** Texts that are days or times. */
const dates = new Set(["publish_until", "at", "until"]);

function typeHint(wanted: string, { value, source, path }: Context): string {
  if (value === null) return "give it a value, or remove the line";
  const name = path.at(-1) ?? "";
  if (name === "profession" && Number.isInteger(value))
    return `write the profession's title, or profession_id: ${value}`;
  if (dates.has(name) && typeof value === "number") return dateHint(source);
  if (wanted === "integer" || wanted === "number") return numberHint(value, wanted === "integer", source);
  if (wanted === "boolean") return boolHint(value, source);
  if (wanted === "string") return textHint(value, source);
  return mapHint(wanted, name);
}

function range({ error, path, value, source }: Context, side: "less" | "more"): Said {
  const limit = Number(error.params.limit);
  const name = path.at(-1);
  const swapped = name === "lat" && typeof value === "number" && Math.abs(value) <= 180;
  return {
    code: "out-of-range",
    message: `${nameOf(path)} is ${source ?? show(value)}, but can't be ${side} than ${limit}`,
    hint: swapped
      ? "lat and long are likely swapped"
      : `write a number of ${limit} or ${side === "less" ? "more" : "less"}`,
  };
}

/** What text attributes with a pattern have to look like. */
const shaped: Readonly<Record<string, { readonly code: string; readonly hint: string }>> = {
  key: { code: "bad-key", hint: "a key has no spaces and no @, and doesn't begin with /" },
  renew: { code: "bad-duration", hint: "write on_expiry, never, or a time such as 3d" },
  every: { code: "bad-duration", hint: "write a number and m, h, d or w, such as 5d" },
  settle_after: { code: "bad-duration", hint: "write a number and m, h, d or w, such as 10m" },
  older_than: { code: "bad-duration", hint: "write a number and m, h, d or w, such as 14d" },
  remote: { code: "bad-remote", hint: "write a remote's name, such as origin" },
  ref: { code: "bad-ref", hint: "write the branch whole, such as refs/heads/vac-state" },
  board: { code: "bad-board", hint: "write emulator, or an address that begins with https://" },
  locations: { code: "bad-location", hint: "a location's name has no spaces, no @ and no /" },
};

function pattern({ path, value, error }: Context): Said {
  const name = path.at(-1) ?? "";
  const inner = error.propertyName;
  if (inner !== undefined) {
    return {
      code: "bad-location",
      message: `a location can't be called ${show(inner)}`,
      hint: shaped.locations?.hint ?? "",
      part: "key",
      inner,
    };
  }
  if (name === "contact_phone") {
    const phone = normalPhone(String(value));
    return {
      code: "phone-shape",
      message: `${nameOf(path)} ${show(value)} is no phone as the board wants it`,
      hint:
        phone === undefined
          ? 'write eleven digits that begin with 7: "79990000000"'
          : `write it as "${phone}"`,
    };
  }
  const { code, hint } = shaped[name] ?? { code: "wrong-value", hint: "write it in another way" };
  return { code, message: `${nameOf(path)} can't be ${show(value)}`, hint };
}

function promotionTime(value: Readonly<Record<string, unknown>>): Said {
  const [at, every] = [value.at !== undefined, value.every !== undefined];
  const message = at
    ? every
      ? "a promotion has both at and every"
      : "a promotion that runs once, at a time, has an until"
    : "a promotion says neither when nor how often";
  const hint = at
    ? every
      ? "keep one of them: at for once, every for again and again"
      : "remove until, or write every instead of at"
    : "add at: 2026-12-01T09:00 for once, or every: 5d for again and again";
  return { code: "promotion-time", message, hint };
}

const seeSchema = ({ kind }: Context): string => `vac schema ${kind} tells what may stand here`;

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;

/** How a value is called in a sentence: its name, with what holds it where that isn't evident. */
function nameOf(path: Path): string {
  const own = path[0] === "locations" && path.length > 2 ? path.slice(2) : path;
  if (own.length === 0) return "the file";
  if (own[0] === "locations" && own.length === 2) return cut(`location ${own[1]}`);
  const item = own.findIndex((name) => /^\d+$/.test(name));
  if (item < 1) return cut(own.join("."));
  const list = `item ${Number(own[item]) + 1} of ${own.slice(0, item).join(".")}`;
  const inner = own.slice(item + 1).join(".");
  return cut(inner === "" ? list : `${inner} of ${list}`);
}

const cut = (name: string): string => (name.length > 120 ? `${name.slice(0, 119)}…` : name);
