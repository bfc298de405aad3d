// The board's address, and what it must not be.
import { UsageError } from "../../model/errors.ts";

const loopback = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** Checks a board's address; plain http goes to loopback only, since credentials travel with every request. */
export function checkAddress(text: string): string {
  refuseCredentials(text);
  if (!URL.canParse(text)) {
    throw new UsageError(`the board's address ${JSON.stringify(text)} can't be read`, {
      hint: "write it as https://host, or use emulator",
    });
  }
  const url = new URL(text);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && loopback.has(url.hostname))) {
    throw new UsageError(`the board's address ${url.protocol}//${url.host} isn't safe for credentials`, {
      hint: "use https:// (plain http is for this machine only)",
    });
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
}

/** Throws a UsageError, which doesn't show it, where an address holds a login, a password or a token. */
export function refuseCredentials(address: string): void {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  // What can't be read as an address of a host may still be one that was typed with a password.
  const held = url && url.host !== "" ? url.username !== "" || url.password !== "" : address.includes("@");
  if (!held) return;
  throw new UsageError("the board's address must not hold a login or password", {
    hint: "set VAC_LOGIN and VAC_PASSWORD in the environment",
  });
}
