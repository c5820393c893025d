/** The codes that screens without a key show, until somebody who may says which kiosk it is. In memory: a restart makes new ones. */
import { randomInt } from 'node:crypto'
import { TICKET_LETTERS } from '#server/contract/ids.ts'
import { ENROL_CODE_LENGTH } from '#server/contract/kiosk-keys.ts'
import { hashToken } from './tokens.ts'
import { TryCounts } from './try-counts.ts'

/** Time to walk from the screen to a desk. Longer, and a code that was photographed is good for longer. */
export const CODE_MS = 15 * 60_000

/** Codes at once: of one address, behind which a whole building may stand, and of all. */
const OF_ADDRESS_MAX = 30
const OF_ALL_MAX = 1_000

/** Wrong codes within {@link CODE_MS}: by one person, from one address and in all. Of 30⁸ codes nobody hits one in so few. */
const WRONG_MAX = { person: 10, address: 30, all: 100 } as const

export type Waiting = { readonly keyId: string; readonly publicKey: string }
type Kept = Waiting & { readonly address: string; readonly until: number }

/** Who tries a code, for counting. */
export type Trier = { readonly agentId: string; readonly address: string }

export class EnrolCodes {
  readonly #now: () => number
  /** By the hash of the code: the memory holds none that could be read out of it. The oldest first. */
  readonly #waiting = new Map<string, Kept>()
  readonly #codeOfKey = new Map<string, string>()
  readonly #wrong: Readonly<Record<keyof typeof WRONG_MAX, TryCounts>>

  /** `now`: milliseconds since 1970. */
  constructor(now: () => number) {
    this.#now = now
    const limit = (triesMax: number) => new TryCounts({ triesMax, windowMs: CODE_MS }, now)
    this.#wrong = { person: limit(WRONG_MAX.person), address: limit(WRONG_MAX.address), all: limit(WRONG_MAX.all) }
  }

  /** A code for a key, in place of one that it had; undefined where as many wait as may. */
  give(waiting: Waiting, address: string): string | undefined {
    this.#dropOld()
    this.forget(waiting.keyId)
    const ofAddress = [...this.#waiting.values()].filter((each) => each.address === address).length
    if (ofAddress >= OF_ADDRESS_MAX || this.#waiting.size >= OF_ALL_MAX) return undefined
    const code = Array.from({ length: ENROL_CODE_LENGTH }, () => TICKET_LETTERS[randomInt(TICKET_LETTERS.length)]).join(
      '',
    )
    const name = nameOf(code)
    this.#waiting.set(name, { ...waiting, address, until: this.#now() + CODE_MS })
    this.#codeOfKey.set(waiting.keyId, name)
    return code
  }

  /** Whether a key waits for its code to be entered. */
  isWaiting(keyId: string): boolean {
    this.#dropOld()
    return this.#codeOfKey.has(keyId)
  }

  /** The key behind a code, which is void from now on; `too-many` where too many wrong ones were tried, right or not. */
  take(code: string, { agentId, address }: Trier): Waiting | 'unknown' | 'too-many' {
    this.#dropOld()
    const tries = [
      [this.#wrong.person, agentId],
      [this.#wrong.address, address],
      [this.#wrong.all, ''],
    ] as const
    if (tries.some(([counts, name]) => counts.isLocked(name))) return 'too-many'
    const found = this.#waiting.get(nameOf(code))
    if (found === undefined) {
      for (const [counts, name] of tries) counts.count(name)
      return 'unknown'
    }
    this.forget(found.keyId)
    return { keyId: found.keyId, publicKey: found.publicKey }
  }

  /** The code of a key is void. */
  forget(keyId: string): void {
    const name = this.#codeOfKey.get(keyId)
    if (name !== undefined) this.#waiting.delete(name)
    this.#codeOfKey.delete(keyId)
  }

  #dropOld(): void {
    const now = this.#now()
    for (const [name, { keyId, until }] of this.#waiting) {
      if (until > now) return
      this.#waiting.delete(name)
      this.#codeOfKey.delete(keyId)
    }
  }
}

const nameOf = (code: string): string => hashToken(code).toString('base64url')
