// Text to the nodes of one document, as the library's parseDocument would, but with an end to how deep it may go: there
// the library recurses, and near the end of its stack Node doesn't throw but dies.
import { Composer, type CST, type Document, Lexer, Parser, YAMLParseError } from "yaml";
import { limits } from "../limits.ts";

const options = {
  schema: "core",
  version: "1.2",
  stringKeys: true,
  resolveKnownTags: false,
  // Checked in value.ts: here it takes a time that grows with the square of the keys.
  uniqueKeys: false,
  prettyErrors: false,
  logLevel: "error",
} as const;

/** Tokens within each other; more than a value within the limits needs, of which value.ts tells in words. */
const deepest = limits.depth * 3;

/** Offset at which text is nested too deeply. */
class TooDeep extends Error {
  readonly offset: number;

  constructor(offset: number) {
    super("nested too deeply");
    this.offset = offset;
  }
}

/** The text's document with its nodes, for who needs their ranges. What is wrong is among its errors. */
export function parseNodes(text: string): Document.Parsed {
  try {
    const [first, second] = new Composer(options).compose(tokensOf(text), true, text.length);
    if (second) first?.errors.push(new YAMLParseError(rangeOf(second), "MULTIPLE_DOCS", "several documents"));
    return first as Document.Parsed;
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
    const { offset, message } = error;
    const doc = parseNodes("");
    doc.errors.push(new YAMLParseError([offset, offset + 1], "RESOURCE_EXHAUSTION", message));
    return doc;
  }
}

const rangeOf = ({ range }: Document.Parsed): [number, number] => [range[0], range[1]];

function* tokensOf(text: string): Generator<CST.Token, void> {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    yield* parser.next(lexeme);
    if (parser.stack.length > deepest) throw new TooDeep(parser.stack.at(-1)?.offset ?? 0);
  }
  yield* parser.end();
}
