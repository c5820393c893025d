/**
 * How a call sounds and looks, one direction at a time, put as one of three words. Judged by what each end says it
 * receives: what the browser had to make up and how many pictures came, because loss that was repaired harms nobody.
 */
import type { Reception } from '#sfu/contract/reception.ts'
import { mouthToEarMs, ratingOf, scoreOfRating } from './mos.ts'

export type Quality = 'good' | 'weak' | 'poor'

/** Whose way to the SFU spoils it: of those who speak, of those who listen, of both. */
export type Culprit = 'speaker' | 'listener' | 'both'

export interface Judged {
  readonly sound: Quality | null
  /** The estimated mean opinion score of the sound. */
  readonly score: number | null
  readonly picture: Quality | null
  /** Null where all is well, or where it cannot be told. */
  readonly culprit: Culprit | null
}

/** G.107 annex B: from 80 on users are satisfied, below 60 nearly all are dissatisfied. */
const RATING_WEAK = 80
const RATING_POOR = 60
/** Below these, movement is hard to follow, and lips and signs cannot be read. */
const FRAMES_PER_SECOND_WEAK = 12
const FRAMES_PER_SECOND_POOR = 5
/** Share of the time in which the picture stood still. */
const FROZEN_WEAK = 0.1
const FROZEN_POOR = 0.4
/** One way to the SFU is to blame from these on. */
const LOSS_BLAMED = 0.03
const ROUND_TRIP_MS_BLAMED = 250
/** It is to blame alone when it is so many times worse than the other. */
const BLAMED_ALONE = 2

const rank = { good: 0, weak: 1, poor: 2 } as const satisfies Record<Quality, number>

/** Whether `one` is worse than `other`. */
export const isWorse = (one: Quality, other: Quality): boolean => rank[one] > rank[other]

function judge(value: number, weak: number, poor: number): Quality {
  return value >= poor ? 'poor' : value >= weak ? 'weak' : 'good'
}

/**
 * What `listener` receives of `speaker`, by what their pages have measured. `speaker` is null where that page says
 * nothing: then its way counts as one without delay, and nobody is blamed.
 */
export function judgeDirection(listener: Reception, speaker: Reception | null): Judged {
  const { roundTripMs, jitterBufferMs, concealedShare } = listener
  const roundTripsMs = [roundTripMs ?? 0, speaker?.roundTripMs ?? 0] as const
  const rating =
    concealedShare === null
      ? null
      : ratingOf(mouthToEarMs({ roundTripsMs, jitterBufferMs: jitterBufferMs ?? 0 }), concealedShare)
  const sound = rating === null ? null : rating < RATING_POOR ? 'poor' : rating < RATING_WEAK ? 'weak' : 'good'
  const picture = judgePicture(listener)
  const isWell = (sound ?? 'good') === 'good' && (picture ?? 'good') === 'good'
  return {
    sound,
    score: rating === null ? null : scoreOfRating(rating),
    picture,
    culprit: isWell || speaker === null ? null : culpritOf(listener, speaker),
  }
}

function judgePicture({ framesPerSecond, frozenShare }: Reception): Quality | null {
  if (framesPerSecond === null) return null
  const byFrames = judge(-framesPerSecond, -FRAMES_PER_SECOND_WEAK, -FRAMES_PER_SECOND_POOR)
  const byFreezes = judge(frozenShare ?? 0, FROZEN_WEAK, FROZEN_POOR)
  return isWorse(byFrames, byFreezes) ? byFrames : byFreezes
}

/** What was lost before the SFU is missing after it too, and is the speaker's. */
function culpritOf(listener: Reception, speaker: Reception): Culprit | null {
  const lostBefore = speaker.uplinkLossShare ?? 0
  const lostAfter = Math.max(0, (listener.lossShare ?? 0) - lostBefore)
  const blameOf = (lossShare: number, roundTripMs: number | null): number =>
    Math.max(lossShare / LOSS_BLAMED, (roundTripMs ?? 0) / ROUND_TRIP_MS_BLAMED)
  const speakers = blameOf(lostBefore, speaker.roundTripMs)
  const listeners = blameOf(lostAfter, listener.roundTripMs)
  if (Math.max(speakers, listeners) < 1) return null
  if (speakers >= BLAMED_ALONE * listeners) return 'speaker'
  return listeners >= BLAMED_ALONE * speakers ? 'listener' : 'both'
}

/** So long it has to be worse, or better, before the word changes: soon enough to warn, and not with each hiccup. In ms. */
const WORSE_AFTER_MS = 3_000
const BETTER_AFTER_MS = 8_000

/** A word that does not flicker. */
export interface Steady {
  readonly shown: Quality | null
  /** Since when what is judged has been worse, or better, than what is shown; null while it is the same. */
  readonly turned: { readonly isWorse: boolean; readonly at: number } | null
}

export const NOTHING_SHOWN: Steady = { shown: null, turned: null }

/** What is shown after `judged` at the instant `at` (ms). The first verdict shows at once, and so does that there is none. */
export function steadyAfter(before: Steady, judged: Quality | null, at: number): Steady {
  const { shown, turned } = before
  if (judged === null || shown === null || judged === shown) return { shown: judged, turned: null }
  const isTurnedWorse = isWorse(judged, shown)
  const since = turned !== null && turned.isWorse === isTurnedWorse ? turned.at : at
  if (at - since >= (isTurnedWorse ? WORSE_AFTER_MS : BETTER_AFTER_MS)) return { shown: judged, turned: null }
  return { shown, turned: { isWorse: isTurnedWorse, at: since } }
}
