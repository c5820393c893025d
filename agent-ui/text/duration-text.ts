/** Durations in words, for sentences. Clocks that run are in `model/duration.ts`. */
import type { WaitRange } from '#server/contract/views.ts'
import { roundWait } from '../model/wait-range.ts'
import { t } from './language.ts'

const SECOND_MS = 1000
const MINUTE_S = 60
const HOUR_MIN = 60
/** From here on seconds are left out: nobody counts them in a wait of minutes. */
const WHOLE_MINUTES_FROM_S = 5 * MINUTE_S

/** `45 s`, `2 min 10 s`, `6 min`, `1 t 15 min`. */
export function durationText(durationMs: number): string {
  const seconds = Math.max(0, Math.floor(durationMs / SECOND_MS))
  if (seconds < MINUTE_S) return t('duration.seconds', { seconds })
  if (seconds >= WHOLE_MINUTES_FROM_S) return wholeMinutesText(Math.round(seconds / MINUTE_S))
  const rest = seconds % MINUTE_S
  const minutes = Math.floor(seconds / MINUTE_S)
  return rest === 0 ? t('duration.minutes', { minutes }) : t('duration.both', { minutes, seconds: rest })
}

/** The same for a ceiling, which no rounding may lower: `8 min` for seven and a half. */
export function ceilingText(durationMs: number): string {
  return wholeMinutesText(Math.ceil(durationMs / (MINUTE_S * SECOND_MS)))
}

function wholeMinutesText(all: number): string {
  if (all < HOUR_MIN) return t('duration.minutes', { minutes: all })
  const hours = Math.floor(all / HOUR_MIN)
  const minutes = all % HOUR_MIN
  return minutes === 0 ? t('duration.hours', { hours }) : t('duration.hoursMinutes', { hours, minutes })
}

/** `4–7 min`, `op til 2 min`, `under 1 min`. */
export function waitRangeText(range: WaitRange): string {
  const wait = roundWait(range)
  switch (wait.kind) {
    case 'soon':
      return t('duration.soon')
    case 'up-to':
      return t('duration.upTo', { minutes: wait.minutes })
    case 'about':
      return t('duration.about', { minutes: wait.minutes })
    case 'between':
      return t('duration.between', { low: wait.low, high: wait.high })
  }
}
