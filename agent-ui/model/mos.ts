/**
 * How well speech gets through, as an estimated mean opinion score: the E-model of ITU-T G.107 with every parameter but
 * delay and loss at its default.
 *
 *   R   = 93.2 − Id − Ie,eff
 *   Id  = 0.024 d + 0.11 (d − 177.3), the last term only where d is above 177.3 ms: Cole and Rosenbluth's straight lines
 *         for G.107's delay impairment (ACM SIGCOMM CCR 31, 2001); d is the delay one way, from mouth to ear
 *   Ie,eff = Ie + (95 − Ie) · Ppl / (Ppl + Bpl), as G.107 has it for losses that come singly, Ppl in percent
 *   MOS = 1 + 0.035 R + R (R − 60)(100 − R) · 7·10⁻⁶, G.107 annex B
 *
 * ITU-T G.113 lists no Ie and Bpl for Opus. Taken are Ie = 0 and Bpl = 20, as others do for Opus with repair, and as Ppl
 * the share of sound the browser made up, because a packet that was repaired in time harms nobody. An estimate, then.
 */

const R_WITHOUT_IMPAIRMENT = 93.2
const DELAY_KNEE_MS = 177.3
const OPUS_IE = 0
const OPUS_BPL = 20
/** A frame of Opus, and what the coder looks ahead. */
const CODEC_MS = 26.5

export interface SpeechWay {
  /** From each end to the SFU and back. */
  readonly roundTripsMs: readonly [number, number]
  readonly jitterBufferMs: number
  /** Of the sound played, what was made up; 0 to 1. */
  readonly concealedShare: number
}

/** From mouth to ear: half of each round trip, the coder, and the wait to be played. In ms. */
export function mouthToEarMs({ roundTripsMs, jitterBufferMs }: Omit<SpeechWay, 'concealedShare'>): number {
  const [one, other] = roundTripsMs
  return one / 2 + other / 2 + CODEC_MS + jitterBufferMs
}

/** The E-model's rating, 93.2 at best; it may fall below 0. `delayMs` is from mouth to ear, `lossShare` 0 to 1. */
export function ratingOf(delayMs: number, lossShare: number): number {
  const delayed = 0.024 * delayMs + 0.11 * Math.max(0, delayMs - DELAY_KNEE_MS)
  const lossPercent = lossShare * 100
  const impaired = OPUS_IE + ((95 - OPUS_IE) * lossPercent) / (lossPercent + OPUS_BPL)
  return R_WITHOUT_IMPAIRMENT - delayed - impaired
}

/** What people would say of a rating on average, from 1, bad, to 4.5, as good as it gets. */
export function scoreOfRating(rating: number): number {
  if (rating <= 0) return 1
  if (rating >= 100) return 4.5
  return Math.max(1, 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6)
}
