/** Keys of kiosks, what they sign, and the tokens they get for it. */
import {
  createHash,
  createHmac,
  createPublicKey,
  randomBytes,
  timingSafeEqual,
  verify,
  type KeyObject,
} from 'node:crypto'

/** How long a token is good for. Longer, and a kiosk that was taken away is believed longer where nobody revokes it. */
export const TOKEN_MS = 15 * 60_000
/** How long a nonce may be signed. Longer, and more of those that were used are remembered. */
export const NONCE_MS = 60_000

/** Of every P-256 key in SPKI. */
const SPKI_BYTES = 91

export type PublicKey = { readonly keyId: string; readonly key: KeyObject }

/** The key whose SPKI is `text` in base64url, and its name; undefined where that is no key on P-256. */
export function readPublicKey(text: string): PublicKey | undefined {
  const der = Buffer.from(text, 'base64url')
  // One key has one spelling.
  if (der.length !== SPKI_BYTES || der.toString('base64url') !== text) return undefined
  try {
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' })
    if (key.asymmetricKeyType !== 'ec' || key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') return undefined
    return { keyId: createHash('sha256').update(der).digest('base64url'), key }
  } catch {
    return undefined
  }
}

/** Whether `signature` (r and s, base64url) is of `text` by the owner of `key`. */
export function isSignedBy(key: KeyObject, text: string, signature: string): boolean {
  const given = Buffer.from(signature, 'base64url')
  return verify('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }, given)
}

/**
 * Nonces to be signed: each carries its own end and a mark of this process, so that nothing is kept for whoever only asks for
 * one. Those that were used with a good signature are remembered until their end.
 */
export class Nonces {
  readonly #now: () => number
  /** Of this process alone: what was used before a restart is not good after it. */
  readonly #secret = randomBytes(32)
  readonly #used = new Map<string, number>()

  /** `now`: milliseconds since 1970. */
  constructor(now: () => number) {
    this.#now = now
  }

  make(): string {
    const text = `${randomBytes(12).toString('base64url')}.${this.#now() + NONCE_MS}`
    return `${text}.${this.#mark(text)}`
  }

  /** Whether `nonce` is ours, in time and was not used before. */
  isGood(nonce: string): boolean {
    const [random = '', until = '', mark = '', ...rest] = nonce.split('.')
    if (rest.length > 0 || !isSame(mark, this.#mark(`${random}.${until}`))) return false
    return Number(until) > this.#now() && !this.#used.has(nonce)
  }

  /** Takes a good nonce out of use. */
  use(nonce: string): void {
    const now = this.#now()
    // In the order of their use, which is nearly that of their ends.
    for (const [old, until] of this.#used) {
      if (until > now) break
      this.#used.delete(old)
    }
    this.#used.set(nonce, now + NONCE_MS)
  }

  #mark(text: string): string {
    return createHmac('sha256', this.#secret).update(text).digest('base64url')
  }
}

export type TokenClaims = { readonly keyId: string; readonly expiresAt: number }

/** A token for the owner of a key, until `expiresAt` (ms since 1970). */
export function issueKioskToken(secret: string, { keyId, expiresAt }: TokenClaims): string {
  const text = `${keyId}.${expiresAt}`
  return `${text}.${markOf(secret, text)}`
}

/** What a token says; undefined where it was not issued here, or is over at `at` (ms since 1970). */
export function readKioskToken(secret: string, token: string, at: number): TokenClaims | undefined {
  const [keyId = '', expires = '', mark = '', ...rest] = token.split('.')
  if (rest.length > 0 || !isSame(mark, markOf(secret, `${keyId}.${expires}`))) return undefined
  const expiresAt = Number(expires)
  return expiresAt > at ? { keyId, expiresAt } : undefined
}

const markOf = (secret: string, text: string): string =>
  createHmac('sha256', secret).update(`token of a kiosk: ${text}`).digest('base64url')

function isSame(given: string, right: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(right)]
  return one.length === other.length && timingSafeEqual(one, other)
}
