/** Which span of time the figures are asked for. Days are Copenhagen's, both ends included. */
import { METRICS_RANGE_MS_MAX } from '#server/contract/http.ts'
import { addDays, dayOf, startOfDay } from './copenhagen-time.ts'

export interface DayRange {
  readonly fromDay: string
  readonly toDay: string
}

export type RangePreset = 'today' | 'yesterday' | 'last-7-days' | 'last-28-days'

export type RangeFault = 'not-a-day' | 'backwards' | 'too-long'

export type InstantRange =
  | { readonly ok: true; readonly fromAt: number; readonly toAt: number }
  | { readonly ok: false; readonly fault: RangeFault }

/** The days a preset means when it is `nowAt`. */
export function presetRange(preset: RangePreset, nowAt: number): DayRange {
  const today = dayOf(nowAt)
  switch (preset) {
    case 'today':
      return { fromDay: today, toDay: today }
    case 'yesterday':
      return { fromDay: addDays(today, -1), toDay: addDays(today, -1) }
    case 'last-7-days':
      return { fromDay: addDays(today, -6), toDay: today }
    case 'last-28-days':
      return { fromDay: addDays(today, -27), toDay: today }
  }
}

/** From the beginning of the first day to the end of the last one, or what is wrong with the two. */
export function instantRange({ fromDay, toDay }: DayRange): InstantRange {
  const fromAt = startOfDay(fromDay)
  const lastAt = startOfDay(toDay)
  if (fromAt === null || lastAt === null) return { ok: false, fault: 'not-a-day' }
  const toAt = startOfDay(addDays(toDay, 1))
  if (toAt === null) return { ok: false, fault: 'not-a-day' }
  if (toAt <= fromAt) return { ok: false, fault: 'backwards' }
  if (toAt - fromAt > METRICS_RANGE_MS_MAX) return { ok: false, fault: 'too-long' }
  return { ok: true, fromAt, toAt }
}
