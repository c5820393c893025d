/** `GET /api/v1/open-data/sites`: days that are over, site by site, with small counts held back. For everybody. */
import { stringify } from 'csv-stringify/sync'
import type { FastifyInstance } from 'fastify'
import { HttpError } from '#server/contract/http.ts'
import { OPEN_DATA_DAYS_MAX, OpenDataQuery, OpenDataReply } from '#server/contract/open-data.ts'
import { cityDateOf } from '#server/figures/calendar.ts'
import { DEFINITIONS_VERSION } from '#server/figures/definitions.ts'
import { nearestRank, unpackWaits } from '#server/figures/quantiles.ts'
import { suppress } from '#server/figures/suppression.ts'
import type { Database } from '#server/store/database.ts'
import { loadReportNames } from '#server/store/report-names.ts'
import { loadSums, type SummedRow } from '#server/store/reports.ts'
import { rangeOf } from './report-question.ts'
import { sendError } from './sign-in.ts'

export type OpenDataParts = {
  readonly db: Database
  /** Counts from 1 to one less are held back: at least `OPEN_COUNT_MIN` of `server/figures/suppression.ts`. */
  readonly countMin: number
  readonly now: () => number
}

const DAY_MS = 24 * 60 * 60 * 1_000
/** In seconds. A day that is over does not change any more, but for a correction. */
const KEPT_S = 3_600
/** More sites than a city has, for each of the days. */
const ROWS_MAX = 100_000

/** Adds the route below `/api/v1`. */
export function addOpenDataRoute(app: FastifyInstance, { db, countMin, now }: OpenDataParts): void {
  const response = { 200: { content: { 'application/json': { schema: OpenDataReply } } }, 400: HttpError }
  app.get<{ Querystring: OpenDataQuery }>(
    '/open-data/sites',
    { schema: { querystring: OpenDataQuery, response } },
    async (request, reply) => {
      const { from, to, format = 'json' } = request.query
      let days: string[]
      try {
        days = daysOver(from, to, now())
      } catch (error) {
        if (!(error instanceof RangeError)) throw error
        return sendError(reply, 400, 'bad-request', error.message)
      }
      const table = await openTable(db, days, countMin)
      reply.header('cache-control', `public, max-age=${KEPT_S}`)
      if (format === 'json') return reply.type('application/json').send(table)
      return reply.type('text/csv; charset=utf-8').send(asCsv(table))
    },
  )
}

/** The days from `from` up to `to` that are over: of today one would see each call come. Throws RangeError for what is no span. */
function daysOver(from: string, to: string, nowAt: number): string[] {
  const range = rangeOf(from, to)
  if (range.to - range.from > OPEN_DATA_DAYS_MAX * DAY_MS + DAY_MS / 24)
    throw new RangeError(`at most ${OPEN_DATA_DAYS_MAX} days at once`)
  const today = cityDateOf(nowAt)
  const days: string[] = []
  for (let day = from; day < to && day < today; day = Temporal.PlainDate.from(day).add({ days: 1 }).toString())
    days.push(day)
  return days
}

async function openTable(db: Database, days: readonly string[], countMin: number): Promise<OpenDataReply> {
  const table: OpenDataReply = { countMin, definitionsVersion: DEFINITIONS_VERSION, rows: [], days: [] }
  const [first, last] = [days[0], days.at(-1)]
  if (first === undefined || last === undefined) return table
  const range = rangeOf(first, Temporal.PlainDate.from(last).add({ days: 1 }).toString())
  const question = { range, interval: 'day', groupBy: ['site'], filters: new Map(), rowsMax: ROWS_MAX } as const
  const [{ site: sites }, summed] = await Promise.all([loadReportNames(db), loadSums(db, question)])
  const byDay = Map.groupBy(summed, ({ at }) => String(at))
  for (const date of days) {
    const rows = new Map((byDay.get(date) ?? []).map((row) => [row.group['site'] ?? '', row]))
    const counts = new Map([...rows].map(([siteId, { sums }]) => [siteId, sums.offered]))
    const { names, isTotalHeldBack } = suppress(counts, countMin, date)
    for (const { id: siteId, labels } of sites) {
      const row = rows.get(siteId)
      const told = names.has(siteId) ? HELD_BACK : figuresOf(row === undefined ? [] : [row], countMin)
      table.rows.push({ date, siteId, siteName: labels.da, ...told })
    }
    table.days.push({ date, ...(isTotalHeldBack ? HELD_BACK : figuresOf([...rows.values()], countMin)) })
  }
  return table
}

const HELD_BACK = { offered: null, waitMedianS: null, waitP90S: null } as const

/** A P90 of fewer than ten is the longest wait of one of them. */
const P90_OF_MIN = 10

function figuresOf(rows: readonly SummedRow[], countMin: number) {
  const waits = unpackWaits(rows.map((row) => row.waits))
  const inSeconds = (ms: number | null): number | null => (ms === null ? null : Math.round(ms / 1_000))
  return {
    offered: rows.reduce((sum, { sums }) => sum + sums.offered, 0),
    waitMedianS: waits.length >= countMin ? inSeconds(nearestRank(waits, 0.5)) : null,
    waitP90S: waits.length >= Math.max(countMin, P90_OF_MIN) ? inSeconds(nearestRank(waits, 0.9)) : null,
  }
}

/** One line for each row, and one without a site for each day. */
function asCsv({ rows, days }: OpenDataReply): string {
  const head = ['date', 'siteId', 'siteName', 'offered', 'waitMedianS', 'waitP90S']
  const lines = [...rows, ...days.map((day) => ({ siteId: '', siteName: '', ...day }))]
  return stringify([head, ...lines.map((line) => head.map((name) => line[name as keyof typeof line]))], {
    bom: true,
    record_delimiter: 'windows',
    escape_formulas: true,
  })
}
