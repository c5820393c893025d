/** What somebody may ask of their own sign-in, below `/api/v1/account`. */
import { Type, type Static } from 'typebox'
import { Instant } from './ids.ts'

const strict = { additionalProperties: false } as const

/** One of the browsers in which somebody is signed in. */
export const OwnSignIn = Type.Object(
  {
    signInId: Type.String(),
    /** The one that asks. */
    isThis: Type.Boolean(),
    way: Type.Union([Type.Literal('password'), Type.Literal('provider')]),
    /** As «Firefox, Windows»; null where the browser did not say. */
    browser: Type.Union([Type.String(), Type.Null()]),
    startedAt: Instant,
    /** To the minute. */
    usedAt: Instant,
  },
  strict,
)
export type OwnSignIn = Static<typeof OwnSignIn>

/**
 * Why a sign-in ended that was not ended on this page: another role; no longer one of the city's people; another password; a word of the
 * city's own sign-in; ended by its owner on another screen; or as old as a sign-in may be.
 */
export const SignInEnd = Type.Union([
  Type.Literal('role'),
  Type.Literal('left'),
  Type.Literal('password'),
  Type.Literal('city'),
  Type.Literal('elsewhere'),
  Type.Literal('limit'),
])
export type SignInEnd = Static<typeof SignInEnd>

/** What a page is told before it is closed. Without `why` there is nothing to add: they signed out. */
export const SignedOut = Type.Object({ why: Type.Optional(SignInEnd) }, strict)
export type SignedOut = Static<typeof SignedOut>

/** `GET /api/v1/account`. */
export const OwnAccount = Type.Object(
  {
    username: Type.String(),
    way: Type.Union([Type.Literal('password'), Type.Literal('provider')]),
    secondFactor: Type.Object(
      { isOn: Type.Boolean(), isRequired: Type.Boolean(), recoveryCodesCount: Type.Integer({ minimum: 0 }) },
      strict,
    ),
    /** The newest first. */
    signIns: Type.Array(OwnSignIn),
  },
  strict,
)
export type OwnAccount = Static<typeof OwnAccount>

/** `POST /api/v1/account/sign-ins/end`: one of them, or null: all but the one that asks. */
export const EndSignInsBody = Type.Object(
  { signInId: Type.Union([Type.String({ maxLength: 64 }), Type.Null()]) },
  strict,
)
export type EndSignInsBody = Static<typeof EndSignInsBody>

const Password = Type.String({ minLength: 1, maxLength: 128 })
const Code = Type.String({ minLength: 1, maxLength: 32 })

/** `POST /api/v1/account/password`. Ends every other sign-in of the person. */
export const PasswordBody = Type.Object({ password: Password, newPassword: Password }, strict)
export type PasswordBody = Static<typeof PasswordBody>

/** `POST /api/v1/account/second-factor`: shows a fresh secret, which is on once a code of it has come. */
export const FactorBody = Type.Object({ password: Password }, strict)
export type FactorBody = Static<typeof FactorBody>
export const FactorShown = Type.Object(
  {
    /** In base32, to be typed. */
    secret: Type.String(),
    /** To be scanned. */
    uri: Type.String(),
  },
  strict,
)
export type FactorShown = Static<typeof FactorShown>

/** `POST /api/v1/account/second-factor/on`. Ends every other sign-in of the person. */
export const FactorOnBody = Type.Object({ code: Code }, strict)
export type FactorOnBody = Static<typeof FactorOnBody>
/** Shown once, and never again. */
export const RecoveryCodes = Type.Object({ recoveryCodes: Type.Array(Type.String()) }, strict)
export type RecoveryCodes = Static<typeof RecoveryCodes>

/** `POST /api/v1/account/second-factor/off`. */
export const FactorOffBody = Type.Object({ password: Password, code: Code }, strict)
export type FactorOffBody = Static<typeof FactorOffBody>

/** `GET /api/v1/sign-in/ways`: whether the city's own sign-in is a way in. A password always is. */
export const SignInWays = Type.Object({ hasCity: Type.Boolean() }, strict)
export type SignInWays = Static<typeof SignInWays>
