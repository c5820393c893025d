/** Forecasts for tests: counts of earlier days that are chosen, and what the server's own mathematics makes of them. */
import type { ForecastReply } from '#server/contract/forecast.ts'
import { clockOf, forecastOf, quartersOfDay } from '#server/forecast/day-forecast.ts'
import { DAYS_MIN } from '#server/forecast/like-days.ts'
import { ABANDONED_MIN, patienceOf } from '#server/forecast/patience.ts'
import type { WhatIfResult, WhatIfRow } from '#server/contract/what-if.ts'
import { addDays } from '../model/copenhagen-time.ts'
import { branded, services } from './people.ts'

/** Calls of each quarter-hour from nine on, on an ordinary day. */
const DAY = [3, 5, 6, 7, 8, 8, 9, 8, 7, 6, 5, 5, 4, 5, 6, 6, 5, 5, 4, 4, 3, 2, 2, 1]
/** How busy the earlier days were, the newest first. */
const DAYS = [1, 0.8, 1.2, 0.9, 1.1, 1]

interface Made {
  readonly daysCount?: number
  readonly abandonedCount?: number
  readonly holidayName?: string
  readonly isClosed?: boolean
  readonly isPlanned?: boolean
}

/** What the server answers to the words of an address: an ordinary day of the first queue, or what is chosen. */
export function forecastFor(query: Record<string, string>, made: Made = {}): ForecastReply {
  const {
    daysCount = DAYS.length,
    abandonedCount = 120,
    holidayName = null,
    isClosed = false,
    isPlanned = false,
  } = made
  const date = query['date'] ?? '2026-11-30'
  const earlierDates = DAYS.slice(0, daysCount).map((_, i) => addDays(date, -7 * (i + 1)))
  const levelPercent = Number(query['level'] ?? 85)
  const isOpen = (clock: string): boolean => !isClosed && clock >= '09:00' && clock < '15:00'
  const clocks = quartersOfDay(date)
    .map(clockOf)
    .filter((clock) => clock >= '09:00' && clock < '15:00')
  const patience = patienceOf(abandonedCount * 210_000, abandonedCount)
  const forecast = forecastOf({
    date,
    earlier: earlierDates.map((each, day) => {
      const share = DAYS[day] ?? 1
      return { date: each, callsAt: new Map(clocks.map((clock, i) => [clock, Math.round((DAY[i] ?? 0) * share)])) }
    }),
    isOpenAt: (at) => isOpen(clockOf(at)),
    handlingMs: 452_000,
    patienceMs: patience?.meanMs ?? null,
    target: { levelShare: levelPercent / 100, withinMs: 60_000, occupancyMax: 0.9 },
  })
  return branded({
    queues: ['citizen.da', 'citizen.ar', 'library.da'].map((queueId) => {
      const [service, language] = queueId.split('.')
      return { queueId, serviceLabels: service === 'library' ? services.library : services.citizen, language }
    }),
    queueId: query['queue'] ?? 'citizen.da',
    date,
    holidayName,
    asOf: quartersOfDay(addDays(date, -1))[50] ?? 0,
    earlierDates,
    daysMin: DAYS_MIN,
    target: { levelPercent, ofPolicyPercent: 85, withinMs: 60_000, occupancyMax: 0.9 },
    handlingMs: 452_000,
    handledCount: 3_412,
    patience,
    abandonedCount,
    abandonedMin: ABANDONED_MIN,
    calls: forecast.calls,
    quarters: forecast.quarters.map((each) => {
      return { ...each, plannedCount: each.isOpen && isPlanned ? 6 : null }
    }),
  })
}

const around = (mean: number, by: number) => ({ mean, low: mean - by, high: mean + by, count: 20 })

/** A day run again whose service level changes by so much, in shares. */
export function whatIfResult(change: number): WhatIfResult {
  const row = (level: number): WhatIfRow => ({
    observed: { serviceLevel: level, waitP50Ms: 31_000, waitP90Ms: 142_000, abandoned: 9 },
    baseline: {
      serviceLevel: around(level, 0.04),
      waitP50Ms: around(33_000, 6_000),
      waitP90Ms: around(150_000, 31_000),
      abandoned: around(9.4, 4),
    },
    changed: {
      serviceLevel: around(level + change, 0.05),
      waitP50Ms: around(48_000, 9_000),
      waitP90Ms: around(212_000, 44_000),
      abandoned: around(14.6, 5),
    },
    serviceLevelChange: around(change, 0.03),
  })
  return { resamplesCount: 20, agentsCount: 1, queue: row(0.81), city: row(0.84) }
}
