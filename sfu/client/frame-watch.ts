/** Whether pictures come, and as many as signing needs: told from one sample a second. */
import type { QualitySample } from './quality.ts'

export type FrameVerdict = {
  /** The other side means to be seen, and no picture came for a while: the last one stands still. */
  readonly isPictureAway: boolean
  /** Fewer pictures of the other side than signs can be followed in, for a while. */
  readonly areFramesFew: boolean
  /** The same of the own camera, on its way out. */
  readonly areOwnFramesFew: boolean
}

export type FrameSample = Pick<QualitySample, 'at' | 'video' | 'sending'>

/** Whether pictures are to be expected now. */
export type FrameDue = {
  readonly isPictureDue: boolean
  readonly isPictureSent: boolean
  /** A window of the screen goes out: it takes of the way, but need not be many pictures. */
  readonly isScreenSent?: boolean
}

/** The floor for signing, in pictures a second (EN 301 549, 6.5.3). */
export const FRAMES_PER_SECOND_MIN = 20
/** Below the floor for so long is worth a word; shorter is forgiven. In ms. */
const FEW_FOR_MS = 3_000
/** Without any picture for so long, somebody looks at a still and should know. In ms. */
const AWAY_FOR_MS = 2_000

export const noFrameTrouble: FrameVerdict = { isPictureAway: false, areFramesFew: false, areOwnFramesFew: false }

export class FrameWatch {
  #before: FrameSample | undefined
  #awaySince: number | undefined
  #fewSince: number | undefined
  #ownFewSince: number | undefined

  /** The verdict after `sample`. Samples come in the order of their `at` (ms since epoch). */
  take(sample: FrameSample, { isPictureDue, isPictureSent }: FrameDue): FrameVerdict {
    const before = this.#before
    this.#before = sample
    const { at } = sample
    const received = isPictureDue ? receivedPerSecond(before, sample) : undefined
    const sent = isPictureSent ? sample.sending?.framesPerSecond : undefined
    const isFew = (perSecond: number | undefined) => perSecond !== undefined && perSecond < FRAMES_PER_SECOND_MIN
    const beganAt = before?.at ?? at
    this.#awaySince = received === 0 ? (this.#awaySince ?? beganAt) : undefined
    this.#fewSince = isFew(received) ? (this.#fewSince ?? beganAt) : undefined
    this.#ownFewSince = isFew(sent) ? (this.#ownFewSince ?? beganAt) : undefined
    return {
      isPictureAway: isFor(this.#awaySince, AWAY_FOR_MS, at),
      areFramesFew: isFor(this.#fewSince, FEW_FOR_MS, at),
      areOwnFramesFew: isFor(this.#ownFewSince, FEW_FOR_MS, at),
    }
  }
}

const isFor = (since: number | undefined, ms: number, at: number): boolean => since !== undefined && at - since >= ms

/** From what was decoded between the two; undefined where that cannot be told. */
function receivedPerSecond(before: FrameSample | undefined, { at, video }: FrameSample): number | undefined {
  if (before?.video === undefined || video === undefined || at <= before.at) return undefined
  // Connections that were made anew count from the beginning.
  const frames = video.framesDecoded - before.video.framesDecoded
  return frames < 0 ? undefined : Math.round((frames * 1000) / (at - before.at))
}
