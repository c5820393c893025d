/** A message of a supervisor on one kiosk: beside the button that calls for help, and never instead of it. */
import { Type, type Static } from 'typebox'
import { WORDS_PATTERN } from './city-document.ts'
import { KioskId } from './ids.ts'
import { NoticeId } from './notices.ts'
import { strict } from './shapes.ts'

/** Two lines on the glass. Longer pushes the other ways to get help below its edge. */
export const KIOSK_MESSAGE_LETTERS_MAX = 120

const Words = Type.String({ minLength: 1, maxLength: KIOSK_MESSAGE_LETTERS_MAX, pattern: WORDS_PATTERN })

/** `day`: until the city's day is over. `until-taken-down`: but no longer than a place is closed, a month. */
export const MessageLasts = Type.Union([Type.Literal('hour'), Type.Literal('day'), Type.Literal('until-taken-down')])
export type MessageLasts = Static<typeof MessageLasts>

/** Takes the place of the message that stands there. Asking again with the same `noticeId` changes nothing. */
export const KioskMessage = Type.Object(
  {
    kioskId: KioskId,
    noticeId: NoticeId,
    /** Without English it stands in Danish for everybody. */
    words: Type.Object({ da: Words, en: Type.Optional(Words) }, strict),
    lasts: MessageLasts,
  },
  strict,
)
export type KioskMessage = Static<typeof KioskMessage>
