/** The totals of the day, kept fresh while calls come and go, for those who watch them live. */
import { QUARTER_HOUR_MS, type QueueFigures, type QueueTotals } from '#server/contract/http.ts'
import type { Database } from './database.ts'
import { loadFigures } from './figures.ts'

/** While nobody watches. Fresher costs the database more for each busy second. */
const REFRESH_EVERY_MS = 1_000
/** While somebody does: with the reading and the telling it stays below half a second. */
const WATCHED_REFRESH_EVERY_MS = 350
/** So many times as long as the last reading took is waited before the next: it takes no more of the database than a twentieth. */
const REST_FACTOR = 20
/** What leaves the last half hour leaves it without any event. */
const SLIDE_EVERY_MS = 10_000
const HALF_HOUR_MS = 30 * 60_000

/** A day is the city's day, also on the two nights when the clock changes. */
const CITY_TIME_ZONE = 'Europe/Copenhagen'

/** The day of a queue by quarter-hour, from the first in which something happened. */
export type Quarters = {
  readonly startsAt: number
  readonly offered: readonly number[]
  readonly answered: readonly number[]
}

/** Of each queue, by its id; a queue without a call is in none of them. */
export type Today = {
  readonly totals: ReadonlyMap<string, QueueTotals>
  /** Of the calls that came into a queue within the last half hour. */
  readonly lastHalfHour: ReadonlyMap<string, QueueTotals>
  readonly quarters: ReadonlyMap<string, Quarters>
}

export class TodayFigures implements Today {
  totals: ReadonlyMap<string, QueueTotals> = new Map()
  lastHalfHour: ReadonlyMap<string, QueueTotals> = new Map()
  quarters: ReadonlyMap<string, Quarters> = new Map()
  /** Who is told of fresh figures, and whether anybody looks. */
  wall: { readonly isWatched: boolean; refreshNow(): void } | undefined
  readonly #db: Database
  readonly #onError: (error: unknown) => void
  #timer: NodeJS.Timeout | undefined
  #slideTimer: NodeJS.Timeout | undefined
  #tookMs = 0
  #isStopped = false

  constructor(db: Database, onError: (error: unknown) => void) {
    this.#db = db
    this.#onError = onError
  }

  /** The first reading. */
  async start(): Promise<void> {
    await this.#load()
    this.#slideTimer = setInterval(() => this.refresh(), SLIDE_EVERY_MS)
    this.#slideTimer.unref()
  }

  /** Something happened: the figures are read again, within {@link WATCHED_REFRESH_EVERY_MS} where that costs little. */
  refresh(): void {
    if (this.#isStopped) return
    const everyMs = this.wall?.isWatched === true ? WATCHED_REFRESH_EVERY_MS : REFRESH_EVERY_MS
    this.#timer ??= setTimeout(
      () => {
        this.#timer = undefined
        this.#load().then(() => this.wall?.refreshNow(), this.#onError)
      },
      Math.max(everyMs, REST_FACTOR * this.#tookMs),
    )
  }

  stop(): void {
    this.#isStopped = true
    clearTimeout(this.#timer)
    clearInterval(this.#slideTimer)
  }

  async #load(): Promise<void> {
    const now = Date.now()
    const from = Temporal.Now.zonedDateTimeISO(CITY_TIME_ZONE).startOfDay().epochMilliseconds
    const startedAt = performance.now()
    const [day, halfHour] = await Promise.all([
      loadFigures(this.#db, { from, to: now + 1, now }),
      loadFigures(this.#db, { from: now - HALF_HOUR_MS, to: now + 1, now }),
    ])
    this.#tookMs = performance.now() - startedAt
    if (this.#isStopped) return
    this.totals = byQueue(day.totals)
    this.lastHalfHour = byQueue(halfHour.totals)
    this.quarters = quartersOf(day.rows)
  }
}

const byQueue = (totals: readonly QueueTotals[]) => new Map(totals.map((row) => [row.queueId as string, row]))

/** Rows of quarter-hours as one line for each queue, with zeros where nothing happened in between. */
export function quartersOf(rows: readonly QueueFigures[]): Map<string, Quarters> {
  const found = new Map<string, { startsAt: number; offered: number[]; answered: number[] }>()
  for (const { queueId, intervalStartsAt, offered, answered } of rows) {
    const quarters = found.get(queueId) ?? { startsAt: intervalStartsAt, offered: [], answered: [] }
    found.set(queueId, quarters)
    const index = Math.round((intervalStartsAt - quarters.startsAt) / QUARTER_HOUR_MS)
    while (quarters.offered.length < index) {
      quarters.offered.push(0)
      quarters.answered.push(0)
    }
    quarters.offered.push(offered)
    quarters.answered.push(answered)
  }
  return found
}
