/** Captions: what is said in a call, as somebody in it types it along. Under the picture for a moment, and kept nowhere. */
import { Type, type Static } from 'typebox'
import { CallId } from './ids.ts'

const strict = { additionalProperties: false } as const

/** As much as is read at a glance, in UTF-16 units: two lines of large letters. */
export const CAPTION_LENGTH_MAX = 80

/** The line that is being typed, as it is now. Empty, there is none; done, the next one begins. */
export const CaptionWritten = Type.Object(
  { callId: CallId, text: Type.String({ maxLength: CAPTION_LENGTH_MAX }), isDone: Type.Boolean() },
  strict,
)
export type CaptionWritten = Static<typeof CaptionWritten>

/** For the citizen's screen and the other desks in the call, with whose it is. */
export const CaptionSaid = Type.Object(
  {
    callId: CallId,
    byFirstName: Type.String({ minLength: 1, maxLength: 80 }),
    text: Type.String({ maxLength: CAPTION_LENGTH_MAX }),
    isDone: Type.Boolean(),
  },
  strict,
)
export type CaptionSaid = Static<typeof CaptionSaid>
