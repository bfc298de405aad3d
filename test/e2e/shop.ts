// A shop whose vacancies have background pictures: what the stories about them share.
import * as assert from "uvu/assert";
import type { Fault } from "../../src/emulator/index.ts";
import { wholePng } from "../pictures.ts";
import { login as name, password } from "./credentials.ts";
import { manyFiles, type Stage } from "./harness.ts";

export const big = wholePng(1200, 700);
export const other = wholePng(1200, 700, 99);
export const background = "background: { file: ../p/a.png }\n";
export const cropped = "background: { file: ../p/a.png, crop: { x: 10, y: 20, w: 640, h: 480 } }\n";

/** n vacancies that share a picture by their folder's defaults. */
export const shop = (n: number, defaults = background): Record<string, string | Uint8Array> => ({
  ...manyFiles(n),
  "moscow/_defaults.yaml": defaults,
  "p/a.png": big,
});
export const own = { "_config.yaml": "background: { file: p/a.png }\n", "p/a.png": big };

export const puts = (stage: Stage): number => stage.count("PUT", /\/background$/);
export const deletes = (stage: Stage): number => stage.count("DELETE", /\/background$/);
export const kept = (stage: Stage) => stage.board.control.state().backgrounds;
export const owners = (stage: Stage): (string | null)[] => kept(stage).map(({ job_id }) => job_id);
export const faults = (stage: Stage, method: string, action: Fault["do"], times = 1): void =>
  stage.board.control.setFaults([{ match: { method, path: "/background$", times }, do: action }]);

/** Applies, with what became of background steps, in a word each. */
export async function given(
  stage: Stage,
  ...args: string[]
): Promise<{ code: number | null; words: string[]; errors: string }> {
  stage.board.control.clearRequests();
  const { code, result } = await stage.apply(...args);
  const results = result.results.filter(({ step }) => step === "background");
  return {
    code,
    words: results.map(({ status }) => status),
    errors: results.map(({ error }) => error ?? "").join("\n"),
  };
}

/** Takes a job's background away as somebody does on the board's site. */
export async function removeByHand(stage: Stage, id: string): Promise<void> {
  const login = await fetch(`${stage.board.url}/api/external/v1/session`, {
    method: "POST",
    body: new URLSearchParams({ login: name, password }),
  });
  const token = JSON.stringify(await login.json()).match(/"(?:jwt|token)":"([^"]+)"/)?.[1];
  const answer = await fetch(`${stage.board.url}/api/external/v1/background`, {
    method: "DELETE",
    headers: { Authorization: `Worki ${token}`, "Content-Type": "application/json" },
    body: JSON.stringify({ job_ids: [id] }),
  });
  assert.is(answer.status, 200);
  assert.equal(kept(stage), []);
}
