/** How a kiosk is let into a city and proves who it is, below `/api/v1/kiosk`, and what those who look after kiosks ask. */
import { Type, type Static } from 'typebox'
import { Instant, KioskId, TICKET_LETTERS } from './ids.ts'
import { KIOSKS_MAX, MachineOrder } from './kiosk-care.ts'
import { KioskReport } from './kiosk-report.ts'
import { Name, orNull, strict } from './shapes.ts'

/** The code on a screen that is not set up yet: two groups of four letters, none of which is mistaken for another. */
export const ENROL_CODE_LENGTH = 8
export const EnrolCode = Type.String({ pattern: `^[${TICKET_LETTERS}]{${ENROL_CODE_LENGTH}}$` })

/** An uncompressed point of P-256 in SPKI, 91 bytes. */
export const PublicKey = Type.String({ pattern: '^[A-Za-z0-9_-]{122}$' })
/** SHA-256 of the public key. */
export const KeyId = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' })
/** r and s, 64 bytes. */
export const Signature = Type.String({ pattern: '^[A-Za-z0-9_-]{86}$' })
/** From the server, for one signature within a minute. */
export const Nonce = Type.String({ pattern: '^[A-Za-z0-9_.-]{40,128}$' })

/** `POST /kiosk/challenge`. */
export const Challenge = Type.Object({ nonce: Nonce }, strict)
export type Challenge = Static<typeof Challenge>

/** `POST /kiosk/enrolments`: a code for this key. Asking again gives another one, and the one before is void. */
export const EnrolmentBody = Type.Object({ publicKey: PublicKey, nonce: Nonce, signature: Signature }, strict)
export type EnrolmentBody = Static<typeof EnrolmentBody>
export const Enrolment = Type.Object({ code: EnrolCode, lifetimeMs: Type.Integer({ minimum: 1 }) }, strict)
export type Enrolment = Static<typeof Enrolment>

/** `GET /kiosk/enrolments/:keyId`: `over` where the code was not entered in time, or never given. */
export const KeyParams = Type.Object({ keyId: KeyId }, strict)
export type KeyParams = Static<typeof KeyParams>
export const EnrolmentState = Type.Object(
  { state: Type.Union([Type.Literal('waiting'), Type.Literal('enrolled'), Type.Literal('over')]) },
  strict,
)
export type EnrolmentState = Static<typeof EnrolmentState>

/** `POST /kiosk/token`. The token is worth nothing without the key: every connection is signed anew. */
export const TokenBody = Type.Object({ keyId: KeyId, nonce: Nonce, signature: Signature }, strict)
export type TokenBody = Static<typeof TokenBody>
export const KioskToken = Type.Object(
  {
    token: Type.String({ maxLength: 512 }),
    lifetimeMs: Type.Integer({ minimum: 1 }),
    kioskId: KioskId,
    /** The key has served long enough, or somebody wants another one: `POST /kiosk/key`. */
    isRotationDue: Type.Boolean(),
  },
  strict,
)
export type KioskToken = Static<typeof KioskToken>

/** `POST /kiosk/key`: a new key, signed by the old one and by itself. The old one is good for some minutes yet. */
export const RotationBody = Type.Object(
  { keyId: KeyId, publicKey: PublicKey, nonce: Nonce, signature: Signature, newSignature: Signature },
  strict,
)
export type RotationBody = Static<typeof RotationBody>
export const Rotated = Type.Object({ keyId: KeyId }, strict)
export type Rotated = Static<typeof Rotated>

/** `POST /kiosks/enrol`, by whoever looks after kiosks: the screen with this code is that kiosk from now on, and no other is. */
export const EnrolBody = Type.Object({ code: EnrolCode, kioskId: KioskId }, strict)
export type EnrolBody = Static<typeof EnrolBody>

/** `POST /kiosks/revoke` and `POST /kiosks/rotate`. */
export const KioskBody = Type.Object({ kioskId: KioskId }, strict)
export type KioskBody = Static<typeof KioskBody>

export const KioskParams = Type.Object({ kioskId: KioskId }, strict)
export type KioskParams = Static<typeof KioskParams>

/** `POST /kiosks/order`. */
export const OrderBody = Type.Object({ kioskId: KioskId, order: MachineOrder }, strict)
export type OrderBody = Static<typeof OrderBody>

/** `GET /kiosks/:kioskId/report`: the last word of a kiosk; null where it never said one. */
export const LastReport = Type.Object(
  {
    at: orNull(Instant),
    report: orNull(KioskReport),
    /** Whether its page is the one that is served now; null where that is not known. */
    isNewest: orNull(Type.Boolean()),
  },
  strict,
)
export type LastReport = Static<typeof LastReport>

/** What was done about a kiosk and its key. `replaced`: another screen became that kiosk. */
export const KeyAct = Type.Union([
  Type.Literal('enrolled'),
  Type.Literal('replaced'),
  Type.Literal('rotated'),
  Type.Literal('rotation-asked'),
  Type.Literal('revoked'),
  Type.Literal('reload-ordered'),
  Type.Literal('restart-ordered'),
  Type.Literal('test-ordered'),
  Type.Literal('message-shown'),
  Type.Literal('message-taken-down'),
])
export type KeyAct = Static<typeof KeyAct>

/** How many acts are shown, the newest first. */
export const ACTS_SHOWN_MAX = 50

/** `GET /kiosks/keys`. */
export const KioskKeysReply = Type.Object(
  {
    kiosks: Type.Array(
      Type.Object(
        {
          kioskId: KioskId,
          siteName: Name,
          /** Of its key; null where it has none, and is let in by nobody. */
          enrolledAt: orNull(Instant),
          isConnected: Type.Boolean(),
        },
        strict,
      ),
      { maxItems: KIOSKS_MAX },
    ),
    acts: Type.Array(
      Type.Object(
        /** `byName`: null where the kiosk did it by itself. */
        { at: Instant, act: KeyAct, kioskId: Type.String({ maxLength: 64 }), byName: orNull(Name) },
        strict,
      ),
      { maxItems: ACTS_SHOWN_MAX },
    ),
  },
  strict,
)
export type KioskKeysReply = Static<typeof KioskKeysReply>
