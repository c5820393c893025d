/**
 * The second factor of local accounts: six digits of an app (RFC 6238), and codes on paper for the day the phone is gone. What is kept
 * of them is of no use to whoever only has the database.
 */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, randomInt } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'

const PERIOD_S = 30
/** So many periods before and after: clocks differ, and fingers are slow. */
const WINDOW = 1
const SECRET_BYTES = 20
const ISSUER = 'Skranke'

const RECOVERY_CODES_COUNT = 10
/** Without letters that are mistaken for one another. */
const RECOVERY_LETTERS = '23456789abcdefghjkmnpqrstuvwxyz'
const RECOVERY_LENGTH = 10

/** The key of everything that is sealed for accounts, from the server's secret. Another secret, and every second factor is set up anew. */
export const accountKeyOf = (secret: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', 'skranke accounts', 32))

/** A fresh secret in base32, as apps take it. */
export const newFactorSecret = (): string => new Secret({ size: SECRET_BYTES }).base32

function totpOf(secret: string, username: string): TOTP {
  return new TOTP({ issuer: ISSUER, label: username, secret: Secret.fromBase32(secret), period: PERIOD_S })
}

/** What the QR code holds. */
export const factorUri = (secret: string, username: string): string => totpOf(secret, username).toString()

/** The period that a code is of, counted from 1970; undefined: it is of none about `now`, which is in ms since 1970. */
export function periodOfCode(secret: string, code: string, now: number): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined
  const delta = totpOf(secret, '').validate({ token: code, timestamp: now, window: WINDOW })
  return delta === null ? undefined : Math.floor(now / 1000 / PERIOD_S) + delta
}

/** The code that an app shows at `now`. */
export const codeAt = (secret: string, now: number): string => totpOf(secret, '').generate({ timestamp: now })

/** Seals a secret for the database. */
export function seal(key: Buffer, secret: string): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed])
}

/** What was sealed; undefined where it was sealed with another key, or altered. */
export function unseal(key: Buffer, sealed: Buffer): string | undefined {
  try {
    const opened = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12)).setAuthTag(sealed.subarray(12, 28))
    return opened.update(sealed.subarray(28), undefined, 'utf8') + opened.final('utf8')
  } catch {
    return undefined
  }
}

/** Codes for a paper, each good once: about 49 bits. */
export function newRecoveryCodes(): string[] {
  const letter = () => RECOVERY_LETTERS[randomInt(RECOVERY_LETTERS.length)] ?? ''
  return Array.from({ length: RECOVERY_CODES_COUNT }, () => {
    const code = Array.from({ length: RECOVERY_LENGTH }, letter).join('')
    return `${code.slice(0, 5)}-${code.slice(5)}`
  })
}

/** What is kept of a recovery code, however it was typed. */
export function recoveryHash(key: Buffer, agentId: string, code: string): Buffer {
  const plain = code.toLowerCase().replace(/[^a-z0-9]/g, '')
  return createHmac('sha256', key).update(`recovery ${agentId} ${plain}`).digest()
}
