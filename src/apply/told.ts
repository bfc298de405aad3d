import type { Call } from "../model/job.ts";
import type { Intent } from "../model/state.ts";

/** The calls that were told and not made yet. */
export class Told {
  readonly #intents = new Map<string, Intent>();

  add(intent: Intent): void {
    this.#intents.set(wordOf(intent.key, intent.call), intent);
  }

  /** The intent of a call that is about to be made: it isn't merely planned any more. */
  take(key: string, call: Call): Intent | undefined {
    const intent = this.#intents.get(wordOf(key, call));
    this.#intents.delete(wordOf(key, call));
    return intent;
  }

  /** Those that nothing will become of, once what is `wanted` yet is left out. */
  leftovers(wanted: (call: Call) => boolean): Intent[] {
    const left = [...this.#intents.values()].filter(({ call }) => !wanted(call));
    for (const { key, call } of left) this.#intents.delete(wordOf(key, call));
    return left;
  }
}

const wordOf = (key: string, call: Call): string => `${call.do} ${key}`;
