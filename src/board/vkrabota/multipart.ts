// A multipart/form-data body (RFC 7578), built as bytes.
import { randomBytes } from "node:crypto";

export interface FilePart {
  readonly name: string;
  readonly filename: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** A file, then fields in their order; a name may come several times. */
export function multipart(
  file: FilePart,
  fields: readonly (readonly [name: string, value: string])[],
): { bytes: Buffer; contentType: string } {
  if (!/^[\x21-\x7e]+\/[\x20-\x7e]+$/.test(file.contentType))
    throw new Error(`${JSON.stringify(file.contentType)} isn't a content type`);
  const head = [
    `Content-Disposition: form-data; name="${quoted(file.name)}"; filename="${quoted(file.filename)}"`,
    `Content-Type: ${file.contentType}`,
  ];
  const parts = [
    part(head, Buffer.from(file.bytes)),
    ...fields.map(([name, value]) =>
      part([`Content-Disposition: form-data; name="${quoted(name)}"`], Buffer.from(value)),
    ),
  ];
  const boundary = boundaryOutside(parts);
  const line = Buffer.from(`--${boundary}\r\n`);
  const bytes = Buffer.concat([...parts.flatMap((each) => [line, each]), Buffer.from(`--${boundary}--\r\n`)]);
  return { bytes, contentType: `multipart/form-data; boundary=${boundary}` };
}

function part(head: readonly string[], body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${head.join("\r\n")}\r\n\r\n`), body, Buffer.from("\r\n")]);
}

/** As browsers write it: what would end the name or the line is escaped. */
function quoted(text: string): string {
  return text.replace(/["\r\n]/g, (char) => encodeURIComponent(char));
}

/** Random, and in none of the parts. */
function boundaryOutside(parts: readonly Buffer[]): string {
  for (;;) {
    const boundary = `vac-${randomBytes(16).toString("hex")}`;
    if (!parts.some((each) => each.includes(boundary))) return boundary;
  }
}
