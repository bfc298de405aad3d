import { type Incoming, Refusal } from "./http.ts";

/** One part of a multipart form. */
export interface Part {
  name: string;
  /** null: a field, not a file. */
  filename: string | null;
  contentType: string | null;
  data: Buffer;
}

const CRLF = Buffer.from("\r\n");

function malformed(why: string): never {
  throw new Refusal(400, `Тело запроса не является корректным multipart/form-data: ${why}`);
}

/** Whether a request says that its body is a multipart form. */
export function isMultipart({ contentType }: Incoming): boolean {
  return /^multipart\/form-data\s*(?:;|$)/i.test(contentType);
}

function boundaryOf(contentType: string): Buffer {
  const match = /;\s*boundary=(?:"([^"\r\n]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType);
  const boundary = match?.[1] ?? match?.[2] ?? malformed("нет boundary");
  return Buffer.from(`--${boundary}`);
}

function partOf(bytes: Buffer): Part {
  const end = bytes.indexOf("\r\n\r\n");
  if (end < 0) malformed("у части нет заголовков");
  const headers = new Map<string, string>();
  for (const line of bytes.subarray(0, end).toString("utf8").split("\r\n")) {
    const [, name, value] = /^([\w-]+):\s*(.*)$/.exec(line) ?? malformed("неверный заголовок части");
    headers.set(String(name).toLowerCase(), String(value));
  }
  const disposition = headers.get("content-disposition") ?? "";
  if (!/^form-data\s*;/i.test(disposition)) malformed("часть не form-data");
  return {
    name: /;\s*name="([^"]*)"/i.exec(disposition)?.[1] ?? malformed("у части нет имени"),
    filename: /;\s*filename="([^"]*)"/i.exec(disposition)?.[1] ?? null,
    contentType: headers.get("content-type") ?? null,
    data: bytes.subarray(end + 4),
  };
}

/**
 * The parts of a multipart form (RFC 7578) in their order. Refuses with 400 whatever isn't one to the letter:
 * another content type, text before the first boundary, a part without its name, an end that is missing.
 */
export function parseMultipart(incoming: Incoming): Part[] {
  if (!isMultipart(incoming)) malformed("Content-Type должен быть multipart/form-data");
  const { raw } = incoming;
  const boundary = boundaryOf(incoming.contentType);
  const between = Buffer.concat([CRLF, boundary]);
  if (!raw.subarray(0, boundary.length).equals(boundary)) malformed("тело не начинается с boundary");
  const parts: Part[] = [];
  let at = boundary.length;
  while (!raw.subarray(at, at + 2).equals(Buffer.from("--"))) {
    if (!raw.subarray(at, at + 2).equals(CRLF)) malformed("лишнее после boundary");
    const end = raw.indexOf(between, at + 2);
    if (end < 0) malformed("нет последнего boundary");
    parts.push(partOf(raw.subarray(at + 2, end)));
    at = end + between.length;
  }
  if (!["", "\r\n"].includes(raw.subarray(at + 2).toString("latin1"))) malformed("лишнее в конце");
  return parts;
}
