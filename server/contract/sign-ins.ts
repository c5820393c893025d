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

/** `GET /api/v1/account`. */
export const OwnAccount = Type.Object(
  {
    username: Type.String(),
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
