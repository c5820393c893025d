/**
 * How fast passwords and codes may be tried. Nobody is locked out: tries become slow, counted by account and address, and on a browser
 * that its owner has used before, apart from all others.
 */
import { SlowedTries } from './try-counts.ts'

const MINUTE_MS = 60_000
/** Of one account: from one address, or from one browser that is known. */
const OF_ACCOUNT = { freeCount: 5, waitMs: 1_000, waitMsMax: 5 * MINUTE_MS, forgottenMs: 15 * MINUTE_MS }
/** Of one account from everywhere but known browsers: short enough that its owner, who is among them, gets a turn. */
const OF_STRANGERS = { freeCount: 60, waitMs: 1_000, waitMsMax: 4_000, forgottenMs: 15 * MINUTE_MS }
/** What fails from one address: a whole centre has one. */
const OF_ADDRESS = { freeCount: 60, waitMs: 1_000, waitMsMax: 4_000, forgottenMs: 5 * MINUTE_MS }

export type Try = {
  readonly account: string
  readonly address: string
  /** The browser, where the account's owner has signed in on it before. */
  readonly knownDevice: string | undefined
}

/** A try that is taken, or how long until one is. */
export type Taken =
  | { readonly waitMs: 0; right(): void }
  /** In ms. */
  | { readonly waitMs: number; readonly right?: never }

export class SignInTries {
  readonly #ofAccount: SlowedTries
  readonly #ofStrangers: SlowedTries
  readonly #ofAddress: SlowedTries

  /** `now`: milliseconds since some fixed instant. */
  constructor(now: () => number) {
    this.#ofAccount = new SlowedTries(OF_ACCOUNT, now)
    this.#ofStrangers = new SlowedTries(OF_STRANGERS, now)
    this.#ofAddress = new SlowedTries(OF_ADDRESS, now)
  }

  /** Takes a try, which has failed until `right` is called. */
  take({ account, address, knownDevice }: Try): Taken {
    if (knownDevice !== undefined) {
      const name = `${account} ${knownDevice}`
      const waitMs = this.#ofAccount.waitMs(name)
      if (waitMs > 0) return { waitMs }
      this.#ofAccount.begin(name)
      return { waitMs: 0, right: () => this.#ofAccount.forgive(name) }
    }
    const name = `${account} at ${address}`
    const waits = [this.#ofAccount.waitMs(name), this.#ofStrangers.waitMs(account), this.#ofAddress.waitMs(address)]
    const waitMs = Math.max(...waits)
    if (waitMs > 0) return { waitMs }
    this.#ofAccount.begin(name)
    this.#ofStrangers.begin(account)
    this.#ofAddress.begin(address)
    const right = (): void => {
      this.#ofAccount.forgive(name)
      this.#ofStrangers.giveBack(account)
      this.#ofAddress.giveBack(address)
    }
    return { waitMs: 0, right }
  }
}
