/** When a warning begins and when it is over: not with every step over a line. Pure. */
import type { Reading } from './readings.ts'

export type Standing = {
  readonly isRaised: boolean
  /** Since when it has been over the one threshold without a break, or clear of the other. */
  readonly overSince: number | null
  readonly clearSince: number | null
}

export const NOT_RAISED: Standing = { isRaised: false, overSince: null, clearSince: null }
/** As after a restart: that it was raised is known, and no more. */
export const RAISED: Standing = { ...NOT_RAISED, isRaised: true }

/** How a warning stands after a reading at the instant `at`, in ms. It begins and ends once it has been so for long enough. */
export function standingAfter(before: Standing, reading: Reading, at: number): Standing {
  const { stands, raiseAfterMs, clearAfterMs } = reading
  const overSince = stands === 'over' ? (before.overSince ?? at) : null
  const clearSince = stands === 'clear' ? (before.clearSince ?? at) : null
  const begins = !before.isRaised && overSince !== null && at - overSince >= raiseAfterMs
  const ends = before.isRaised && clearSince !== null && at - clearSince >= clearAfterMs
  return { isRaised: begins || (before.isRaised && !ends), overSince, clearSince }
}
