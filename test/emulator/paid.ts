import type { EmulatorOptions } from "../../src/emulator/index.ts";
import { type Client, NOW, type Reply, withClient } from "./client.ts";

/** Milliseconds of a day. */
export const DAY = 24 * 60 * 60 * 1000;
/** An instant that many days after NOW, as the state spells it. */
export const at = (days: number): string => new Date(NOW + days * DAY).toISOString();

/** Works on a client whose token outlives every move of the clock. */
export function withPaid(
  work: (client: Client) => Promise<void>,
  options: EmulatorOptions = {},
): () => Promise<void> {
  return () => withClient({ tokenLifeMs: 1e13, ...options }, work);
}

/** Asks for actions on jobs: "job_highlight 651". */
export function buy({ call }: Client, asked: string[], more: Record<string, unknown> = {}): Promise<Reply> {
  const list = asked.map((text) => {
    const [action, job_id] = text.split(" ");
    return { action, job_id };
  });
  return call("POST", "/paid_actions", { actions: list, ...more });
}

/** What became of each: "success", or why not. */
export const results = ({ json }: Reply): string[] =>
  json.data.map(
    ({ attributes }: { attributes: { status: string; error_message: string | null } }) =>
      attributes.error_message ?? attributes.status,
  );

/** The job of that index, oldest first. */
export const jobOf = ({ emulator }: Client, index = 0) => emulator.control.state().jobs[index];
/** The ledger. */
export const charges = ({ emulator }: Client) => emulator.control.state().ledger;
