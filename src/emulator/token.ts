import { createHmac, timingSafeEqual } from "node:crypto";
import type { BoardRecord } from "./records.ts";

const HEADER = encode({ typ: "JWT", alg: "HS256" });

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

function signature(payload: string, secret: string): Buffer {
  return createHmac("sha256", secret).update(`${HEADER}.${payload}`).digest();
}

/**
 * A session token ("Получение сессионного токена"): a JWT signed with HS256 whose claims are those of the
 * document's example, and two of our own. `until` is its end in ms; `exp` says the same in whole seconds.
 */
export function makeToken(board: BoardRecord, until: number): string {
  const claims = { user_id: 1, user_type: "ApiUser", exp: Math.ceil(until / 1000) };
  const payload = encode({ ...claims, until, generation: board.tokenGeneration });
  return `${HEADER}.${payload}.${signature(payload, board.secret).toString("base64url")}`;
}

/**
 * Whether an Authorization header (`Worki <token>`) holds a token that this board signed, of the present
 * generation and not past its end at `now` (ms).
 */
export function isAuthorized(board: BoardRecord, authorization: string | undefined, now: number): boolean {
  const [, header, payload = "", signed = ""] =
    /^Worki ([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(authorization ?? "") ?? [];
  if (header !== HEADER) return false;
  const given = Buffer.from(signed, "base64url");
  const expected = signature(payload, board.secret);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return false;
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString("utf8"));
  return claims.generation === board.tokenGeneration && now < claims.until;
}
