/** The totals of the day, kept fresh while calls come and go, for those who watch them live. */
import type { QueueTotals } from '#server/contract/http.ts'
import type { Database } from './database.ts'
import { loadFigures } from './figures.ts'

/** Fresher costs the database more for each busy second. */
const REFRESH_EVERY_MS = 1_000

/** A day is the city's day, also on the two nights when the clock changes. */
const CITY_TIME_ZONE = 'Europe/Copenhagen'

export class TodayFigures {
  totals: ReadonlyMap<string, QueueTotals> = new Map()
  onChange: () => void = () => undefined
  readonly #db: Database
  readonly #onError: (error: unknown) => void
  #timer: NodeJS.Timeout | undefined
  #isStopped = false

  constructor(db: Database, onError: (error: unknown) => void) {
    this.#db = db
    this.#onError = onError
  }

  /** The first reading. */
  async start(): Promise<void> {
    await this.#load()
  }

  /** Something happened: the totals are read again within {@link REFRESH_EVERY_MS}. */
  refresh(): void {
    if (this.#isStopped) return
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.#load().then(() => this.onChange(), this.#onError)
    }, REFRESH_EVERY_MS)
  }

  stop(): void {
    this.#isStopped = true
    clearTimeout(this.#timer)
  }

  async #load(): Promise<void> {
    const now = Date.now()
    const from = Temporal.Now.zonedDateTimeISO(CITY_TIME_ZONE).startOfDay().epochMilliseconds
    const { totals } = await loadFigures(this.#db, { from, to: now + 1, now })
    if (!this.#isStopped) this.totals = new Map(totals.map((row) => [row.queueId, row]))
  }
}
