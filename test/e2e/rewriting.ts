// A board that says some things in other words: everything else goes through to the one behind it.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

interface Rewriting {
  readonly url: string;
  close(): Promise<void>;
}

/** Passes requests on to a board, and the texts of its answers to one path through `rewrite`. */
export async function rewriting(
  board: string,
  path: RegExp,
  rewrite: (text: string) => string,
): Promise<Rewriting> {
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const body = Buffer.concat(parts);
    const { authorization, "content-type": type } = request.headers;
    const answer = await fetch(new URL(request.url ?? "/", board), {
      method: request.method ?? "GET",
      headers: { ...(authorization && { authorization }), ...(type && { "content-type": type }) },
      ...(body.length > 0 && { body }),
    });
    const text = await answer.text();
    const headers = { "content-type": "application/json", date: answer.headers.get("date") ?? "" };
    response.writeHead(answer.status, headers).end(path.test(request.url ?? "") ? rewrite(text) : text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
