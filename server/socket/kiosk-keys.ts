/**
 * The keys of the kiosks: who was let in as which kiosk, who has shown lately that they hold the key, and whose connections
 * are closed because they have not, or because somebody sent the kiosk away.
 */
import { Refusal } from '#sfu/contract/wire.ts'
import { EnrolCodes, CODE_MS, type Trier } from '#server/auth/enrol-codes.ts'
import {
  issueKioskToken,
  isSignedBy,
  Nonces,
  readKioskToken,
  readPublicKey,
  TOKEN_MS,
  type PublicKey,
} from '#server/auth/kiosk-proofs.ts'
import type { ErrorCode } from '#server/contract/errors.ts'
import {
  ACTS_SHOWN_MAX,
  type Enrolment,
  type EnrolmentBody,
  type EnrolmentState,
  type KioskKeysReply,
  type KioskToken,
  type RotationBody,
  type TokenBody,
} from '#server/contract/kiosk-keys.ts'
import { connectText, enrolText, rotateText, tokenText } from '#server/contract/kiosk-proof.ts'
import type { Directory, Person } from '#server/store/directory.ts'
import type { KeptKey, NewAct } from '#server/store/kiosk-keys.ts'
import { branded } from './branded.ts'

/** A key serves so long. Longer, and one that got out by a fault of a browser is good for longer. */
export const KEY_MS_MAX = 90 * 24 * 60 * 60_000
/** How long an old key is good beside the new one: for a kiosk that did not hear that the new one was taken. */
export const OVERLAP_MS = 10 * 60_000
/** How soon a connection is closed whose owner has not shown the key for {@link TOKEN_MS}. */
const LOOK_EVERY_MS = 5_000

export type KioskKeysParts = {
  readonly directory: Pick<Directory, 'kiosks' | 'people'>
  /** For tokens. */
  readonly secret: string
  readonly now: () => number
  readonly store: {
    keys(): Promise<readonly KeptKey[]>
    keep(kioskId: string, keys: readonly KeptKey[], acts: readonly NewAct[]): Promise<void>
    acts(countMax: number): Promise<readonly NewAct[]>
  }
}

type Known = KeptKey & { readonly key: PublicKey['key'] }
type Session = { keyId: string; readonly close: () => void }
type Doer = Pick<Person, 'agentId'>

const refused = (code: ErrorCode, message: string) => new Refusal<ErrorCode>(code, message)

export class KioskKeys {
  readonly #parts: KioskKeysParts
  readonly #codes: EnrolCodes
  readonly #nonces: Nonces
  readonly #known = new Map<string, Known>()
  /** Until when each key has been shown, in ms since 1970. */
  readonly #shownUntil = new Map<string, number>()
  readonly #sessions = new Set<Session>()
  readonly #rotationAsked = new Set<string>()
  #turn: Promise<unknown> = Promise.resolve()
  #timer: NodeJS.Timeout | undefined

  constructor(parts: KioskKeysParts) {
    this.#parts = parts
    this.#codes = new EnrolCodes(parts.now)
    this.#nonces = new Nonces(parts.now)
  }

  /** Reads the keys that are good. */
  async start(): Promise<void> {
    for (const kept of await this.#parts.store.keys()) this.#know(kept)
    this.#timer = setInterval(() => this.closeStale(), LOOK_EVERY_MS)
    this.#timer.unref()
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  /** A nonce for one signature. */
  challenge(): { nonce: string } {
    return { nonce: this.#nonces.make() }
  }

  /** A code for the screen that holds this key. Throws `bad-request`, `not-signed-in` or `too-many-requests`. */
  giveCode({ publicKey, nonce, signature }: EnrolmentBody, address: string): Enrolment {
    const key = mustBeKey(publicKey)
    this.#prove(key.key, { nonce, text: enrolText(nonce, publicKey), signature })
    // One key, one kiosk: whoever is in needs no code.
    if (this.#goodKey(key.keyId) !== undefined) throw refused('wrong-state', 'this key is enrolled')
    const code = this.#codes.give({ keyId: key.keyId, publicKey }, address)
    if (code === undefined) throw refused('too-many-requests', 'too many screens wait to be set up')
    return { code, lifetimeMs: CODE_MS }
  }

  stateOf(keyId: string): EnrolmentState {
    if (this.#goodKey(keyId) !== undefined) return { state: 'enrolled' }
    return { state: this.#codes.isWaiting(keyId) ? 'waiting' : 'over' }
  }

  /**
   * The screen that shows `code` is that kiosk from now on; another that was is sent away. Throws `unknown-place`, `unknown-code`
   * or, where too many wrong codes were tried, `too-many-requests`.
   */
  async enrol({ code, kioskId }: { code: string; kioskId: string }, by: Doer, address: string): Promise<void> {
    this.#mustBeKiosk(kioskId)
    const trier: Trier = { agentId: by.agentId, address }
    const found = this.#codes.take(code, trier)
    if (found === 'too-many') throw refused('too-many-requests', 'too many wrong codes')
    if (found === 'unknown') throw refused('unknown-code', 'no screen shows this code now')
    const at = this.#parts.now()
    const kept = { keyId: found.keyId, kioskId, publicKey: found.publicKey, madeAt: at, validUntil: null }
    await this.#inTurn(async () => {
      const before = this.#keysOf(kioskId)
      const act = { kioskId, agentId: by.agentId, at }
      const gone = before.map(({ keyId }) => ({ ...act, act: 'replaced' as const, keyId }))
      await this.#parts.store.keep(kioskId, [kept], [...gone, { ...act, act: 'enrolled', keyId: found.keyId }])
      this.#forgetKeys(before)
      this.#know(kept)
    })
  }

  /** A token for whoever holds the key. Throws `not-signed-in`. */
  token({ keyId, nonce, signature }: TokenBody): KioskToken {
    const known = this.#mustBeGood(keyId)
    this.#prove(known.key, { nonce, text: tokenText(nonce, keyId), signature })
    const now = this.#parts.now()
    const expiresAt = now + TOKEN_MS
    this.#shownUntil.set(keyId, expiresAt)
    const { kioskId } = known
    const isOld = now - known.madeAt > KEY_MS_MAX || known.validUntil !== null
    return branded({
      token: issueKioskToken(this.#parts.secret, { keyId, expiresAt }),
      lifetimeMs: TOKEN_MS,
      kioskId,
      isRotationDue: isOld || this.#rotationAsked.has(kioskId),
    })
  }

  /** A new key in the place of an old one. Asking again with the same changes nothing. Throws `not-signed-in` or `bad-request`. */
  async rotate({ keyId, publicKey, nonce, signature, newSignature }: RotationBody): Promise<{ keyId: string }> {
    const next = mustBeKey(publicKey)
    return this.#inTurn(async () => {
      const known = this.#mustBeGood(keyId)
      const text = rotateText(nonce, publicKey)
      if (!isSignedBy(next.key, text, newSignature)) throw refused('not-signed-in', 'the new key did not sign')
      this.#prove(known.key, { nonce, text, signature })
      const { kioskId } = known
      const follower = this.#keysOf(kioskId).find(({ validUntil }) => validUntil === null)
      if (follower?.keyId === next.keyId) return { keyId: next.keyId }
      // An old key names no second follower, and no key is two kiosks'.
      if (known.validUntil !== null || this.#known.has(next.keyId)) throw refused('not-signed-in', 'not this key')
      const at = this.#parts.now()
      const old = { ...asKept(known), validUntil: at + OVERLAP_MS }
      const young = { keyId: next.keyId, kioskId, publicKey, madeAt: at, validUntil: null }
      const act = { act: 'rotated' as const, kioskId, keyId: next.keyId, agentId: null, at }
      await this.#parts.store.keep(kioskId, [old, young], [act])
      this.#forgetKeys(this.#keysOf(kioskId).filter((key) => key.keyId !== keyId))
      this.#know(old)
      this.#know(young)
      this.#rotationAsked.delete(kioskId)
      // Whoever holds both is one.
      for (const session of this.#sessions) if (session.keyId === keyId) session.keyId = next.keyId
      this.#shownUntil.set(next.keyId, at + TOKEN_MS)
      return { keyId: next.keyId }
    })
  }

  /** Sends the screens of a kiosk away, and closes their connections at once. Throws `unknown-place`. */
  async revoke(kioskId: string, by: Doer): Promise<void> {
    this.#mustBeKiosk(kioskId)
    const at = this.#parts.now()
    const before = this.#keysOf(kioskId)
    // At once, whatever the database does; where it fails, whoever asked is told so and asks again.
    this.#forgetKeys(before)
    await this.#inTurn(async () => {
      const late = this.#keysOf(kioskId)
      this.#forgetKeys(late)
      const [newest] = [...before, ...late].toSorted((one, other) => other.madeAt - one.madeAt)
      const act = { act: 'revoked' as const, kioskId, keyId: newest?.keyId ?? null, agentId: by.agentId, at }
      await this.#parts.store.keep(kioskId, [], [act])
    })
  }

  /** Has a kiosk make a new key when it next shows the old one, within a quarter of an hour. Throws `unknown-place`. */
  async askRotation(kioskId: string, by: Doer): Promise<void> {
    this.#mustBeKiosk(kioskId)
    await this.#inTurn(async () => {
      const keys = this.#keysOf(kioskId)
      const current = keys.find(({ validUntil }) => validUntil === null)
      if (current === undefined) throw refused('wrong-state', 'this kiosk has no key')
      const act = { kioskId, keyId: current.keyId, agentId: by.agentId, at: this.#parts.now() }
      await this.#parts.store.keep(kioskId, keys.map(asKept), [{ ...act, act: 'rotation-asked' }])
      this.#rotationAsked.add(kioskId)
    })
  }

  /** Every kiosk of the city with its key, and what was done lately. */
  async list(): Promise<KioskKeysReply> {
    const { directory, store } = this.#parts
    const connected = new Set([...this.#sessions].map(({ keyId }) => this.#known.get(keyId)?.kioskId))
    const kiosks = [...directory.kiosks.values()].map(({ kioskId, site }) => {
      const key = this.#keysOf(kioskId).find(({ validUntil }) => validUntil === null)
      const enrolledAt = key?.madeAt ?? null
      return { kioskId, siteName: site.name, enrolledAt, isConnected: connected.has(kioskId) }
    })
    const acts = (await store.acts(ACTS_SHOWN_MAX)).map(({ at, act, kioskId, agentId }) => {
      const byName = agentId === null ? null : (directory.people.get(agentId)?.name ?? agentId)
      return { at, act, kioskId, byName }
    })
    return branded({ kiosks: kiosks.toSorted((one, other) => one.siteName.localeCompare(other.siteName, 'da')), acts })
  }

  /** Who knocks with a token and a fresh signature over it; undefined where it is nobody. */
  identify(auth: Readonly<Record<string, unknown>>): { readonly kioskId: string; readonly keyId: string } | undefined {
    const { token, nonce, signature } = auth
    if (!isShort(token) || !isShort(nonce) || !isShort(signature)) return undefined
    const now = this.#parts.now()
    const claims = readKioskToken(this.#parts.secret, token, now)
    const known = claims === undefined ? undefined : this.#goodKey(claims.keyId)
    if (claims === undefined || known === undefined || !this.#nonces.isGood(nonce)) return undefined
    if (!isSignedBy(known.key, connectText(nonce, token), signature)) return undefined
    this.#nonces.use(nonce)
    const { keyId, kioskId } = known
    this.#shownUntil.set(keyId, Math.max(this.#shownUntil.get(keyId) ?? 0, claims.expiresAt))
    return { keyId, kioskId }
  }

  /** Counts a connection in. `close` is called when its key is good no more, or was not shown in time. Returns what to do at its end. */
  seat(keyId: string, close: () => void): () => void {
    const session = { keyId, close }
    this.#sessions.add(session)
    // Sent away between the door and the seat.
    if (this.#goodKey(keyId) === undefined) close()
    return () => void this.#sessions.delete(session)
  }

  /** Closes the connections whose keys were not shown within the life of a token. */
  closeStale(): void {
    const now = this.#parts.now()
    for (const { keyId, close } of this.#sessions) {
      if ((this.#shownUntil.get(keyId) ?? 0) <= now || this.#goodKey(keyId) === undefined) close()
    }
    for (const [keyId, until] of this.#shownUntil) if (until <= now) this.#shownUntil.delete(keyId)
  }

  /** Throws unless `signature` is of `text` and its nonce is fresh, which it is no more after this. */
  #prove(key: PublicKey['key'], proof: { nonce: string; text: string; signature: string }): void {
    const { nonce, text, signature } = proof
    if (!this.#nonces.isGood(nonce)) throw refused('not-signed-in', 'the nonce is old, used or not ours')
    if (!isSignedBy(key, text, signature)) throw refused('not-signed-in', 'the signature is not of this key')
    this.#nonces.use(nonce)
  }

  #know(kept: KeptKey): void {
    const read = readPublicKey(kept.publicKey)
    if (read?.keyId === kept.keyId) this.#known.set(kept.keyId, { ...kept, key: read.key })
  }

  #keysOf(kioskId: string): Known[] {
    return [...this.#known.values()].filter((key) => key.kioskId === kioskId)
  }

  #goodKey(keyId: string): Known | undefined {
    const known = this.#known.get(keyId)
    return known === undefined || (known.validUntil ?? Infinity) <= this.#parts.now() ? undefined : known
  }

  #mustBeGood(keyId: string): Known {
    const known = this.#goodKey(keyId)
    if (known === undefined) throw refused('not-signed-in', 'this key is no kiosk')
    return known
  }

  #mustBeKiosk(kioskId: string): void {
    if (!this.#parts.directory.kiosks.has(kioskId)) throw refused('unknown-place', 'there is no such kiosk')
  }

  #forgetKeys(keys: readonly KeptKey[]): void {
    const gone = new Set(keys.map(({ keyId }) => keyId))
    for (const keyId of gone) {
      this.#known.delete(keyId)
      this.#shownUntil.delete(keyId)
    }
    for (const { keyId, close } of this.#sessions) if (gone.has(keyId)) close()
  }

  /** One change after the other, so that none is made of what another is about to change. */
  #inTurn<T>(change: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(change)
    this.#turn = done.catch(() => undefined)
    return done
  }
}

/** No token, nonce or signature is longer. */
const PROOF_CHARACTERS_MAX = 512

const isShort = (value: unknown): value is string => typeof value === 'string' && value.length <= PROOF_CHARACTERS_MAX

function mustBeKey(text: string): PublicKey {
  const key = readPublicKey(text)
  if (key === undefined) throw refused('bad-request', 'this is no key on P-256')
  return key
}

function asKept({ keyId, kioskId, publicKey, madeAt, validUntil }: Known): KeptKey {
  return { keyId, kioskId, publicKey, madeAt, validUntil }
}
