/**
 * How a call sounds and looks, put as one of three words. Judged by what the browser had to make up and by how many
 * pictures came, because loss that was repaired in time harms nobody.
 */
export type Quality = 'good' | 'weak' | 'poor'

/** The figures of one moment; counters run from the beginning of the call. */
export interface QualityFigures {
  readonly at: number
  readonly roundTripTimeMs: number | undefined
  readonly video: { readonly framesPerSecond: number; readonly freezesMs: number } | undefined
  readonly audio: { readonly concealedSamples: number; readonly samples: number } | undefined
}

/** Above these shares of made-up sound, words go missing. */
const CONCEALED_WEAK = 0.03
const CONCEALED_POOR = 0.12
/** Below these, movement is hard to follow, and lips and signs cannot be read. */
const FRAMES_PER_SECOND_WEAK = 12
const FRAMES_PER_SECOND_POOR = 5
/** Share of the time in which the picture stood still. */
const FROZEN_WEAK = 0.1
const FROZEN_POOR = 0.4
/** Above these, two people begin to talk over each other. */
const ROUND_TRIP_MS_WEAK = 400
const ROUND_TRIP_MS_POOR = 900

const rank = { good: 0, weak: 1, poor: 2 } as const satisfies Record<Quality, number>

function judge(value: number, weak: number, poor: number): Quality {
  return value >= poor ? 'poor' : value >= weak ? 'weak' : 'good'
}

function worst(verdicts: readonly Quality[]): Quality {
  return verdicts.reduce((a, b) => (rank[b] > rank[a] ? b : a), 'good')
}

/**
 * The verdict over a window of samples, oldest first: null with fewer than two, or while nothing is received.
 * `isPictureDue`: the other side's camera is on, so that a missing picture is a fault.
 */
export function judgeQuality(samples: readonly QualityFigures[], isPictureDue: boolean): Quality | null {
  const first = samples[0]
  const last = samples.at(-1)
  if (first === undefined || last === undefined || last.at <= first.at) return null
  if (last.audio === undefined && last.video === undefined) return null
  const verdicts: Quality[] = [judge(last.roundTripTimeMs ?? 0, ROUND_TRIP_MS_WEAK, ROUND_TRIP_MS_POOR)]
  if (first.audio !== undefined && last.audio !== undefined) {
    const samplesPlayed = last.audio.samples - first.audio.samples
    const concealed = last.audio.concealedSamples - first.audio.concealedSamples
    if (samplesPlayed > 0) verdicts.push(judge(concealed / samplesPlayed, CONCEALED_WEAK, CONCEALED_POOR))
  }
  if (isPictureDue && first.video !== undefined && last.video !== undefined) {
    const frozenShare = (last.video.freezesMs - first.video.freezesMs) / (last.at - first.at)
    verdicts.push(judge(frozenShare, FROZEN_WEAK, FROZEN_POOR))
    verdicts.push(judge(-last.video.framesPerSecond, -FRAMES_PER_SECOND_WEAK, -FRAMES_PER_SECOND_POOR))
  }
  return worst(verdicts)
}
