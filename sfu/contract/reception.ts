/** How a page receives the others: what it has measured itself, for those who speak to it. Nothing in it is of a person. */
import { Type, type Static } from 'typebox'

const strict = { additionalProperties: false } as const
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) => Type.Union([type, Type.Null()])
const Share = Type.Number({ minimum: 0, maximum: 1 })
/** Longer is no call any more. */
const Ms = Type.Integer({ minimum: 0, maximum: 60_000 })

/** Over the last seconds. Null is what could not be measured, or what nobody sends. */
export const Reception = Type.Object(
  {
    /** From the page to the SFU and back. */
    roundTripMs: orNull(Ms),
    /** So long sound waited to be played. */
    jitterBufferMs: orNull(Ms),
    /** Of the sound that was played, what the browser made up for want of the real one. */
    concealedShare: orNull(Share),
    /** Of the packets of sound on the way to the page, and of those on the way from it to the SFU, what was lost. */
    lossShare: orNull(Share),
    uplinkLossShare: orNull(Share),
    framesPerSecond: orNull(Type.Number({ minimum: 0, maximum: 1_000 })),
    /** Of the time, how much the picture stood still. */
    frozenShare: orNull(Share),
  },
  strict,
)
export type Reception = Static<typeof Reception>
