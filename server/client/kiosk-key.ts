/**
 * The key of a kiosk, in its browser: it is made here, signs here, and cannot be taken away, because the browser gives nobody
 * what it is made of. Needs a secure context (https, or a loopback address).
 */
import { connectText, enrolText, KEY_KIND, rotateText, SIGNED_WITH, tokenText } from '#server/contract/kiosk-proof.ts'
import type { Challenge, Enrolment, EnrolmentState, KioskToken, Rotated } from '#server/contract/kiosk-keys.ts'

/** The only database of this origin that is kept between two people. */
export const KEY_DATABASE = 'skranke-kiosk'
const STORE = 'keys'

/** `next`: made to follow `current`, and perhaps known to the server already. */
type Slot = 'current' | 'next'
export type KioskKey = { readonly pair: CryptoKeyPair; readonly keyId: string; readonly publicKey: string }

/** The server said no: `code` says why. */
export class Denied extends Error {
  readonly code: string

  constructor(code: string) {
    super(code)
    this.code = code
  }
}

/** Shorter than the server waits for whoever has opened a connection and says nothing, in ms. */
const ANSWER_MS_MAX = 4_000

/** A new key. It is kept by nobody yet. */
export async function newKey(): Promise<KioskKey> {
  const pair = await crypto.subtle.generateKey(KEY_KIND, false, ['sign', 'verify'])
  const bytes = await crypto.subtle.exportKey('spki', pair.publicKey)
  return { pair, publicKey: base64url(bytes), keyId: base64url(await crypto.subtle.digest('SHA-256', bytes)) }
}

/** The key that is kept; undefined where there is none. */
export async function keptKey(slot: Slot = 'current'): Promise<KioskKey | undefined> {
  return inStore('readonly', (store) => store.get(slot) as IDBRequest<KioskKey | undefined>)
}

/** Keeps a key in place of the one before. */
export async function keepKey(key: KioskKey, slot: Slot = 'current'): Promise<void> {
  await inStore('readwrite', (store) => store.put(key, slot))
}

/** The next key is the only one from now on. */
async function promote(key: KioskKey): Promise<void> {
  await keepKey(key)
  await inStore('readwrite', (store) => store.delete('next'))
}

/** A code for this key. Throws {@link Denied}, or whatever `fetch` throws where there is no server. */
export async function askForCode(key: KioskKey): Promise<Enrolment> {
  const { publicKey } = key
  const nonce = await freshNonce()
  const signature = await sign(key, enrolText(nonce, publicKey))
  return call<Enrolment>('POST', '/enrolments', { publicKey, nonce, signature })
}

export const stateOfKey = ({ keyId }: KioskKey): Promise<EnrolmentState> =>
  call<EnrolmentState>('GET', `/enrolments/${keyId}`)

/** A token for this key. Throws as {@link askForCode} does. */
async function askForToken(key: KioskKey): Promise<KioskToken> {
  const { keyId } = key
  const nonce = await freshNonce()
  return call<KioskToken>('POST', '/token', { keyId, nonce, signature: await sign(key, tokenText(nonce, keyId)) })
}

/**
 * A token, with the key that it is for: the kept one or, where the server has put the next one in its place, that one. Makes
 * a new key where one is due. Throws `Denied('not-signed-in')` where neither is good, or none is kept.
 */
export async function takeToken(): Promise<{ readonly key: KioskKey; readonly token: KioskToken }> {
  const [current, next] = [await keptKey(), await keptKey('next')]
  if (current === undefined) throw new Denied('not-signed-in')
  try {
    const token = await askForToken(current)
    if (!token.isRotationDue) return { key: current, token }
    const young = await rotate(current, next ?? (await newKey()))
    return { key: young, token: await askForToken(young) }
  } catch (error) {
    if (!(error instanceof Denied) || error.code !== 'not-signed-in' || next === undefined) throw error
    const token = await askForToken(next)
    await promote(next)
    return { key: next, token }
  }
}

async function rotate(old: KioskKey, young: KioskKey): Promise<KioskKey> {
  // Before the server hears of it: its answer may be lost.
  await keepKey(young, 'next')
  const { publicKey } = young
  const nonce = await freshNonce()
  const text = rotateText(nonce, publicKey)
  const [signature, newSignature] = [await sign(old, text), await sign(young, text)]
  await call<Rotated>('POST', '/key', { keyId: old.keyId, publicKey, nonce, signature, newSignature })
  await promote(young)
  return young
}

/** What a connection says at the door: the token, and a signature over it that is good for this once. */
export async function proofOf(key: KioskKey, token: string): Promise<Readonly<Record<string, string>>> {
  const nonce = await freshNonce()
  return { token, nonce, signature: await sign(key, connectText(nonce, token)) }
}

const freshNonce = async (): Promise<string> => (await call<Challenge>('POST', '/challenge')).nonce

async function sign({ pair }: KioskKey, text: string): Promise<string> {
  return base64url(await crypto.subtle.sign(SIGNED_WITH, pair.privateKey, new TextEncoder().encode(text)))
}

async function call<Reply>(method: 'GET' | 'POST', path: string, body?: object): Promise<Reply> {
  const response = await fetch(`/api/v1/kiosk${path}`, {
    method,
    cache: 'no-store',
    credentials: 'omit',
    signal: AbortSignal.timeout(ANSWER_MS_MAX),
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  })
  const answer = (await response.json()) as Reply & { readonly error?: { readonly code?: unknown } }
  if (response.ok) return answer
  throw new Denied(String(answer.error?.code))
}

function base64url(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error('the browser keeps nothing')))
  })
}

async function inStore<T>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const opening = indexedDB.open(KEY_DATABASE, 1)
  opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore(STORE))
  const db = await settled(opening)
  try {
    return await settled(ask(db.transaction(STORE, mode).objectStore(STORE)))
  } finally {
    db.close()
  }
}
