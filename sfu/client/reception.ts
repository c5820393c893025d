/** Tells the SFU, and with it those who speak to this page, how they are received here. */
import type { Reception } from '#sfu/contract/reception.ts'
import type { QualitySample } from './quality.ts'

/** What should be heard and seen just now: what nobody sends is not missed. */
export type ReceptionDue = { readonly isSoundDue: boolean; readonly isPictureDue: boolean }

export type ReceptionSample = Pick<QualitySample, 'at' | 'roundTripTimeMs' | 'video' | 'audio' | 'uplinkLossShare'>

/** Raised, the desk learns of a bad line later; lowered, one hiccup makes it one. In ms. */
const WINDOW_MS = 4_000
/** From one report to the next, in ms. */
export const RECEPTION_EVERY_MS = 2_000

export class ReceptionWatch {
  #samples: readonly ReceptionSample[] = []
  #due: ReceptionDue = { isSoundDue: false, isPictureDue: false }
  #reportedAt = -Infinity

  /** The report that is due now, if one is. Samples come once a second. */
  take(sample: ReceptionSample, due: ReceptionDue): Reception | undefined {
    const last = this.#samples.at(-1)
    const isOther = due.isSoundDue !== this.#due.isSoundDue || due.isPictureDue !== this.#due.isPictureDue
    // A stream that pauses, or connections made anew, count for nothing that follows.
    if (isOther || (last !== undefined && isBehind(sample, last))) this.#samples = []
    this.#due = due
    this.#samples = [...this.#samples.filter(({ at }) => sample.at - at <= WINDOW_MS), sample]
    const [first] = this.#samples
    if (first === undefined || sample.at <= first.at || !(due.isSoundDue || due.isPictureDue)) return undefined
    // Samples do not come to the millisecond.
    if (sample.at - this.#reportedAt < RECEPTION_EVERY_MS - 200) return undefined
    this.#reportedAt = sample.at
    return receptionOf(first, sample, due)
  }
}

function isBehind({ audio, video }: ReceptionSample, before: ReceptionSample): boolean {
  return (
    (audio?.samples ?? 0) < (before.audio?.samples ?? 0) ||
    (video?.framesDecoded ?? 0) < (before.video?.framesDecoded ?? 0)
  )
}

const share = (part: number, all: number): number | null => (all <= 0 ? null : Math.min(1, Math.max(0, part / all)))
const wholeMs = (ms: number): number => Math.min(60_000, Math.max(0, Math.round(ms)))

/** From the counters of the first and the last sample of a window. */
function receptionOf(first: ReceptionSample, last: ReceptionSample, due: ReceptionDue): Reception {
  const { audio, video, roundTripTimeMs, uplinkLossShare } = last
  const sound = due.isSoundDue ? audio : undefined
  const picture = due.isPictureDue ? video : undefined
  const since = <K extends string>(kind: 'audio' | 'video', name: K): number => {
    const counters = (at: ReceptionSample) => at[kind] as Readonly<Record<string, number>> | undefined
    return (counters(last)?.[name] ?? 0) - (counters(first)?.[name] ?? 0)
  }
  const lost = since('audio', 'packetsLost')
  const isBuffered = sound !== undefined && since('audio', 'jitterBufferCount') > 0
  return {
    roundTripMs: roundTripTimeMs === undefined ? null : wholeMs(roundTripTimeMs),
    jitterBufferMs: isBuffered
      ? wholeMs(since('audio', 'jitterBufferTotalMs') / since('audio', 'jitterBufferCount'))
      : null,
    concealedShare: sound === undefined ? null : share(since('audio', 'concealedSamples'), since('audio', 'samples')),
    lossShare: sound === undefined ? null : share(lost, lost + since('audio', 'packetsReceived')),
    uplinkLossShare: uplinkLossShare ?? null,
    framesPerSecond: picture === undefined ? null : Math.min(1_000, picture.framesPerSecond),
    frozenShare: picture === undefined ? null : share(since('video', 'freezesMs'), last.at - first.at),
  }
}
