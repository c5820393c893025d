/** How the agent and the citizen receive each other, from what both pages measure, a word for each direction. */
import { batch, signal } from '@preact/signals'
import type { Reception } from '#sfu/contract/reception.ts'
import { judgeDirection, NOTHING_SHOWN, steadyAfter, type Culprit, type Steady } from '../model/quality.ts'

/** Of whom nothing has been told for so long, nothing is known. In ms; reports come every two seconds. */
const STALE_MS = 7_000

interface Kept {
  readonly reception: Reception
  readonly at: number
}

export interface DirectionQuality {
  readonly sound: Steady
  readonly picture: Steady
  readonly score: number | null
  readonly culprit: Culprit | null
}

const NOTHING_KNOWN: DirectionQuality = { sound: NOTHING_SHOWN, picture: NOTHING_SHOWN, score: null, culprit: null }

/** The citizen sees and hears the agent, as their page has it. */
export const toCitizen = signal(NOTHING_KNOWN)
/** The agent sees and hears the citizen, as this page has it. */
export const fromCitizen = signal(NOTHING_KNOWN)

let own: Kept | null = null
let citizens: Kept | null = null

const fresh = (kept: Kept | null, at: number): Reception | null =>
  kept !== null && at - kept.at < STALE_MS ? kept.reception : null

/** Takes a report, of this page or of the citizen's, at the instant `at` (ms). */
export function takeReception(whose: 'own' | 'citizen', reception: Reception, at = Date.now()): void {
  if (whose === 'own') own = { reception, at }
  else citizens = { reception, at }
  const [here, there] = [fresh(own, at), fresh(citizens, at)]
  batch(() => {
    fromCitizen.value = next(fromCitizen.peek(), here, there, at)
    toCitizen.value = next(toCitizen.peek(), there, here, at)
  })
}

/** Another call: what was known of the one before says nothing. */
export function forgetQuality(): void {
  own = null
  citizens = null
  batch(() => {
    toCitizen.value = NOTHING_KNOWN
    fromCitizen.value = NOTHING_KNOWN
  })
}

function next(
  before: DirectionQuality,
  listener: Reception | null,
  speaker: Reception | null,
  at: number,
): DirectionQuality {
  if (listener === null) return NOTHING_KNOWN
  const judged = judgeDirection(listener, speaker)
  const sound = steadyAfter(before.sound, judged.sound, at)
  const picture = steadyAfter(before.picture, judged.picture, at)
  // The figure beside the word fits it: while the word waits, so does the figure.
  const score = judged.sound === sound.shown ? judged.score : before.score
  const isWell = [sound.shown, picture.shown].every((shown) => shown === null || shown === 'good')
  // Whose it was is said for as long as the word stands, also through a better moment.
  return { sound, picture, score, culprit: isWell ? null : (judged.culprit ?? before.culprit) }
}
