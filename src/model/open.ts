// Calls whose outcome isn't known yet: what they are about, and what they may have taken.
import type { Attributes } from "./attributes.ts";
import { isUnrepeatable, type JobRef, jobOf, refKey } from "./job.ts";
import {
  contactsKey,
  type EntryDraft,
  type Intent,
  type LedgerCharge,
  openIntents,
  type State,
} from "./state.ts";

export class OpenCalls {
  readonly #byKey = new Map<string, Intent>();
  readonly #byJob = new Map<string, Intent>();
  readonly #byCode = new Map<string, Intent[]>();
  readonly #all: readonly Intent[];

  readonly #contacts: NonNullable<State["contacts"]>;

  /** `running` is the plan that is being carried out: what it is still going to do isn't open. */
  constructor(state: Pick<State, "intents" | "contacts">, running?: string) {
    this.#contacts = state.contacts ?? {};
    this.#all = openIntents(state).filter(({ planned, plan }) => !(planned && plan === running));
    for (const intent of this.#all) {
      this.#byKey.set(intent.key, intent);
      const job = jobOf(intent.call);
      if (job) this.#byJob.set(refKey(job), intent);
      if (intent.call.do === "buy" && intent.call.account !== "bonus")
        this.#ofAction(intent.call.action).push(intent);
    }
  }

  /** The open call of a key, or of the job that it has: a renamed vacancy is still the one that the call was about. */
  about(key: string, job: JobRef | undefined): Intent | undefined {
    return this.#byKey.get(key) ?? (job && this.#byJob.get(refKey(job)));
  }

  /** The same where nothing may be paid for until it is settled. */
  paidAbout(key: string, job: JobRef | undefined): Intent | undefined {
    const intent = this.about(key, job);
    return intent && isUnrepeatable(intent.call) ? intent : undefined;
  }

  #ofAction(action: string): Intent[] {
    const known = this.#byCode.get(action) ?? [];
    this.#byCode.set(action, known);
    return known;
  }

  /** The open purchases of a service that the funds may settle. */
  ofCode(code: string): readonly Intent[] {
    return this.#byCode.get(code) ?? [];
  }

  /** What publications that may have been made would look like, by the key that they were for, and what they came of. */
  creates(): { readonly key: string; readonly attributes: Attributes; readonly entry: EntryDraft }[] {
    return this.#all.flatMap(({ key, call, entry }) =>
      call.do === "create" ? [{ key, attributes: call.attributes, entry }] : [],
    );
  }

  /** What they may have taken, as long as nobody knows. */
  charges(): LedgerCharge[] {
    const calls = this.#all.flatMap(({ key, at, charge, call }): LedgerCharge[] =>
      charge ? [{ at, key, job: jobOf(call) ? refKey(jobOf(call) as JobRef) : null, ...charge }] : [],
    );
    const contacts = Object.values(this.#contacts).flatMap(({ at, open, charge }): LedgerCharge[] =>
      open && charge ? [{ at, key: contactsKey, job: null, code: "contact_view", units: 1, ...charge }] : [],
    );
    return [...calls, ...contacts];
  }
}
