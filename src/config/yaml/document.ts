// Text to a plain value, with the faults of YAML itself.
import { type Document, type Node, visit, type YAMLError } from "yaml";
import { limits } from "../limits.ts";
import type { FileKind } from "../shapes.ts";
import { noBreakSpace } from "../wording.ts";
import type { Fault } from "./fault.ts";
import { parseNodes } from "./nodes.ts";
import { lineOf } from "./text.ts";
import { toValue } from "./value.ts";

/** A map as YAML gives it: without a prototype, so that no key has a meaning of its own. */
export type Table = { readonly [name: string]: unknown };

export interface Parsed {
  /** Undefined where the text is too broken to go on with. */
  readonly value: Table | undefined;
  readonly faults: readonly Fault[];
}

/** Parses one document of YAML 1.2. Never throws. An empty defaults or config file is an empty map. */
export function parseText(text: string, kind: FileKind): Parsed {
  const doc = parseNodes(text);
  if (doc.errors.length > 0) return { value: undefined, faults: syntaxFaults(doc, text) };
  const { value, faults } = toValue(doc.contents, text);
  const tags = doc.warnings.slice(0, limits.faults).map(tagFault);
  if (faults.some(({ code }) => code === "alias-bomb" || code === "too-complex")) {
    return { value: undefined, faults: [...tags, ...faults] };
  }
  if (value === null) {
    if (kind !== "vacancy") return { value: Object.create(null) as Table, faults: tags };
    return broken({
      code: "empty-file",
      message: "the file holds no vacancy",
      hint: "state a title and the other attributes, or delete the file",
      offset: 0,
    });
  }
  if (typeof value !== "object" || Array.isArray(value)) {
    const odd = typeof value === "string" ? oddSpace(text, doc.contents?.range[0] ?? 0) : undefined;
    if (odd) return broken(odd);
    return broken({
      code: "not-a-map",
      message: `the file holds ${Array.isArray(value) ? "a list" : "a single value"} instead of attributes`,
      hint: "write attributes as name: value, each on its own line",
      offset: doc.contents?.range[0] ?? 0,
    });
  }
  return { value: value as Table, faults: [...tags, ...faults] };
}

const broken = (fault: Fault): Parsed => ({ value: undefined, faults: [fault] });

const tooDeep = {
  code: "too-complex",
  message: "maps and lists are nested too deeply",
  hint: "a vacancy needs no more than four levels",
};

/** Words for the parser's codes; what has none keeps the parser's own message. */
const words: Readonly<Record<string, Omit<Fault, "offset" | "message"> & { readonly message?: string }>> = {
  TAB_AS_INDENT: {
    code: "tab",
    message: "a tab stands where the indentation has to be spaces",
    hint: "indent with spaces",
  },
  MULTIPLE_DOCS: {
    code: "several-documents",
    message: "the file holds several documents",
    hint: "put each vacancy into a file of its own, or use locations",
  },
  RESOURCE_EXHAUSTION: tooDeep,
  BLOCK_AS_IMPLICIT_KEY: {
    code: "yaml-syntax",
    message: "a value without quotes goes on with a second colon",
    hint: 'put a value that holds ": " in quotes, and look at the indentation',
  },
  BAD_SCALAR_START: { code: "yaml-syntax", hint: "put the value in quotes" },
  BAD_DQ_ESCAPE: { code: "yaml-syntax", hint: "write \\\\ for a backslash, or use single quotes" },
  BAD_INDENT: { code: "yaml-syntax", hint: "look at the indentation and at closing brackets" },
  NON_STRING_KEY: {
    code: "yaml-syntax",
    message: "a map or list is used as a name",
    hint: "write name: value",
  },
};

const unnamed = {
  code: "yaml-syntax",
  message: "there is a name without a colon and a value",
  hint: "write name: value; a text over several lines has to be indented, below >- for example",
};

/** The same for messages that share a code, or of which only the message is plain. */
const phrases: readonly { readonly like: RegExp; readonly fault: Omit<Fault, "offset"> }[] = [
  {
    like: /^Missing closing ["']quote/,
    fault: {
      code: "yaml-syntax",
      message: "a quote is opened here and never closed",
      hint: "close it, or leave out the quotes",
    },
  },
  {
    like: /^Flow (map|sequence) in block collection|^Expected flow (map|sequence) to end/,
    fault: {
      code: "yaml-syntax",
      message: "a bracket or brace isn't closed where it should be",
      hint: "close it, on this line or on one that is indented deeper than its name",
    },
  },
  {
    like: /^Implicit (map )?keys need to be (followed|on a single line)/,
    fault: unnamed,
  },
  {
    like: /^Unexpected (scalar|flow-\w+) at node end/,
    fault: {
      code: "yaml-syntax",
      message: "a value goes on after its closing quote or bracket",
      hint: "put the whole value in quotes, in single ones where it holds double ones",
    },
  },
  {
    like: /^Unexpected block-seq-ind on same line/,
    fault: {
      code: "yaml-syntax",
      message: "a value begins with a dash",
      hint: "put it in quotes; a list begins on the next line",
    },
  },
  {
    like: /^Tags and anchors must be separated/,
    fault: {
      code: "yaml-syntax",
      message: "a value begins with ! or &, which has a meaning of its own",
      hint: "put the value in quotes",
    },
  },
  {
    like: /^Not a YAML token/,
    fault: {
      code: "yaml-syntax",
      message: "a value begins with | or >, and goes on in the same line",
      hint: "put the value in quotes, or the text on the next line, indented",
    },
  },
];

/** One fault for one mistake: what the parser says after its first error mostly follows from it. */
function syntaxFaults({ errors, contents }: Document.Parsed, text: string): Fault[] {
  const faults: Fault[] = [];
  const lines = new Set<number>();
  const end = text.trimEnd().length;
  for (const error of [...errors].sort((a, b) => a.pos[0] - b.pos[0])) {
    if (lines.size >= limits.faults) break;
    const phrase = phrases.find(({ like }) => like.test(error.message))?.fault;
    const word = phrase ?? words[error.code];
    // Tabs are told line by line, since each has to be mended.
    if (faults.length > 0 && word?.code !== "tab") continue;
    const offset = error.pos[0] < end ? error.pos[0] : opened(contents, error.message, end);
    const line = lineOf(text, offset);
    if (lines.has(line)) continue;
    lines.add(line);
    const odd = phrase === unnamed ? oddSpace(text, offset) : undefined;
    faults.push(
      odd ?? {
        code: word?.code ?? "yaml-syntax",
        message: word?.message ?? plain(error.message),
        hint: word?.hint ?? "look at quotes, colons and indentation here and just before",
        offset,
      },
    );
  }
  return faults;
}

/** That a no-break space follows the first colon behind an offset: to YAML it makes one word of both sides. */
function oddSpace(text: string, from: number): Fault | undefined {
  const at = text.indexOf(":", from) + 1;
  if (at === 0 || !noBreakSpace.test(text.charAt(at))) return undefined;
  return {
    code: "yaml-syntax",
    message: "a no-break space stands after the colon, where an ordinary one has to be",
    hint: "type the space anew",
    offset: at,
  };
}

/** Of what is missing at the end of a text, where it was opened. */
function opened(contents: unknown, message: string, end: number): number {
  let found: number | undefined;
  const flow = /Flow|flow/.test(message);
  if (!flow && !/quote/.test(message)) return Math.max(0, end - 1);
  visit(contents as Node | null, {
    Collection(_, { flow: isFlow, range }) {
      if (flow && isFlow && range && range[1] >= end) found = range[0];
    },
    Scalar(_, { type, range }) {
      if (!flow && type?.startsWith("QUOTE") && range && range[1] >= end) found = range[0];
    },
  });
  return found ?? Math.max(0, end - 1);
}

const plain = (message: string): string =>
  message.charAt(0).toLowerCase() + message.slice(1).replace(/\s+/g, " ").slice(0, 200);

function tagFault(warning: YAMLError): Fault {
  return {
    code: "unsupported-tag",
    message: `${plain(warning.message)}`,
    hint: "remove the tag, and quote the value if it is a text",
    offset: warning.pos[0],
  };
}
