/** Secrets that say who somebody is: sign-in tokens of people, device keys of kiosks. Only their hashes are kept. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** A fresh token of 256 bits, and the hash to keep. */
export function newToken(): { token: string; tokenHash: Buffer } {
  const token = randomBytes(32).toString('base64url')
  return { token, tokenHash: hashToken(token) }
}

/** The hash that is kept of a token or a device key. They are random, so one round is enough. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/** Whether `key` is the one behind `keyHash`, in a time that says nothing. */
export function isKey(key: string, keyHash: Buffer): boolean {
  return timingSafeEqual(hashToken(key), keyHash)
}

/** The value of one cookie in a Cookie header, or undefined. */
export function cookieValue(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const [key, value] = part.trim().split('=')
    if (key === name) return value
  }
  return undefined
}
