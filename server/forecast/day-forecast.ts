/** A day of one queue to come: calls for each quarter-hour, and the agents that they need. */
import { CITY_TIME_ZONE, QUARTER_MS, startOfCityDate } from '#server/figures/calendar.ts'
import { expectedOf, spreadOf, type Expected } from './call-counts.ts'
import { DAYS_MIN } from './like-days.ts'
import { needByErlangA, needByErlangC, type Target } from './staffing.ts'

const QUARTERS_PER_HOUR = 4

/** An earlier day, as counts by the time of its quarter-hours on the city's clock (`08:15`); a time that is not there had none. */
export type EarlierDay = { readonly date: string; readonly callsAt: ReadonlyMap<string, number> }

export type Question = {
  readonly date: string
  readonly earlier: readonly EarlierDay[]
  readonly isOpenAt: (at: number) => boolean
  /** Null where no call was ever handled: then no need can be said. */
  readonly handlingMs: number | null
  /** Null where too few gave up: then Erlang C alone can be said. */
  readonly patienceMs: number | null
  readonly target: Target
}

/** Agents for the calls expected, and for as many as come on one day of ten. */
export type NeedRange = { readonly expected: number; readonly high: number }

export type QuarterForecast = {
  /** When the quarter-hour begins, in ms since 1970. */
  readonly at: number
  readonly isOpen: boolean
  readonly calls: Expected | null
  readonly erlangC: NeedRange | null
  readonly erlangA: NeedRange | null
}

export type DayForecast = {
  readonly quarters: readonly QuarterForecast[]
  /** Of the whole day; null where too few days are known. */
  readonly calls: Expected | null
}

/** When the quarter-hours of a city's day begin, 92 to 100 of them, in ms since 1970. Throws RangeError for what is no date. */
export function quartersOfDay(date: string): number[] {
  const next = Temporal.PlainDate.from(date, { overflow: 'reject' }).add({ days: 1 }).toString()
  const startsAt = startOfCityDate(date)
  return Array.from({ length: (startOfCityDate(next) - startsAt) / QUARTER_MS }, (_, i) => startsAt + i * QUARTER_MS)
}

/** The same; none for what is no date. */
export function quartersOrNone(date: string): number[] {
  try {
    return quartersOfDay(date)
  } catch (error) {
    if (error instanceof RangeError) return []
    throw error
  }
}

/** The city's clock at an instant: `08:15`. */
export function clockOf(at: number): string {
  const time = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(CITY_TIME_ZONE)
  return `${String(time.hour).padStart(2, '0')}:${String(time.minute).padStart(2, '0')}`
}

/**
 * The forecast. Where fewer than {@link DAYS_MIN} earlier days are known, nothing is said of calls and agents. While the queue is closed no calls
 * are expected and nobody is needed.
 */
export function forecastOf({ date, earlier, isOpenAt, handlingMs, patienceMs, target }: Question): DayForecast {
  const isKnown = earlier.length >= DAYS_MIN
  const times = quartersOfDay(date).map((at) => ({ at, clock: clockOf(at), isOpen: isOpenAt(at) }))
  const openClocks = new Set(times.filter(({ isOpen }) => isOpen).map(({ clock }) => clock))
  // The day as it will be open: what came at other times then says nothing of it.
  const totals = earlier.map(({ callsAt }) => {
    return [...callsAt].reduce((sum, [clock, count]) => (openClocks.has(clock) ? sum + count : sum), 0)
  })
  const spread = spreadOf(totals)
  const needs = needsOf(handlingMs, patienceMs, target)
  const quarters = times.map(({ at, clock, isOpen }): QuarterForecast => {
    if (!isKnown || !isOpen) return { at, isOpen, calls: null, erlangC: null, erlangA: null }
    const calls = expectedOf(
      earlier.map(({ callsAt }) => callsAt.get(clock) ?? 0),
      spread,
    )
    return { at, isOpen, calls, ...needs(calls) }
  })
  return { quarters, calls: isKnown && openClocks.size > 0 ? expectedOf(totals, spread) : null }
}

/** The needs of a quarter-hour's calls. Many quarter-hours have the same counts: each is worked out once. */
function needsOf(handlingMs: number | null, patienceMs: number | null, target: Target) {
  const known = new Map<number, { readonly c: number; readonly a: number | null }>()
  const needOf = (calls: number, handling: number) => {
    const found = known.get(calls)
    if (found !== undefined) return found
    const work = { callsPerHour: calls * QUARTERS_PER_HOUR, handlingMs: handling }
    const need = {
      c: needByErlangC(work, target).agentsCount,
      a: patienceMs === null ? null : needByErlangA(work, patienceMs, target).agentsCount,
    }
    known.set(calls, need)
    return need
  }
  return ({ mean, high }: Expected): Pick<QuarterForecast, 'erlangC' | 'erlangA'> => {
    if (handlingMs === null) return { erlangC: null, erlangA: null }
    const [expected, most] = [needOf(mean, handlingMs), needOf(high, handlingMs)]
    const erlangA = expected.a === null || most.a === null ? null : { expected: expected.a, high: most.a }
    return { erlangC: { expected: expected.c, high: most.c }, erlangA }
  }
}
