/** Reports for tests: sums that are chosen, and the figures that the server's own formulas make of them. */
import {
  CALL_FIGURES,
  CALLBACK_FIGURES,
  DEFINITIONS_VERSION,
  HEADLINE,
  figuresOf,
} from '#server/figures/definitions.ts'
import { SUMS, type SumName, type Sums } from '#server/figures/sums.ts'
import { callbackReportOf } from '#server/figures/report.ts'
import type { CallbackReportReply, ReportNames, ReportReply, ReportRow } from '#server/contract/reports.ts'
import { addDays, startOfDay } from '../model/copenhagen-time.ts'
import { services } from './people.ts'

type Some = Partial<Record<SumName, number>>

/** A row of those sums; everything else is nought. */
export function reportRow(some: Some, row: Partial<Pick<ReportRow, 'at' | 'group'>> = {}): ReportRow {
  const sums = Object.fromEntries(SUMS.map((name) => [name, some[name] ?? 0])) as Sums
  const figures = Object.fromEntries(
    Object.entries(figuresOf(CALL_FIGURES, sums)).map(([name, { value, of, interval }]) => {
      return [name, { value, of, low: interval?.low ?? null, high: interval?.high ?? null }]
    }),
  )
  const isAnswered = sums.answered > 0
  const waits = { medianMs: isAnswered ? 31_000 : null, p90Ms: isAnswered ? 142_000 : null, maxMs: sums.waitMsMax }
  return { at: null, group: {}, sums, figures, waits, ...row }
}

interface Made extends Partial<Pick<ReportReply, 'from' | 'to' | 'asOf' | 'interval' | 'rows'>> {
  readonly compared?: readonly ReportRow[]
}

const BUCKETS_S = [5, 10, 15, 20, 30, 45, 60, 90, 120, 180, 300, 600, 1_200]
const SPREAD = [9, 12, 14, 15, 22, 30, 25, 20, 14, 9, 6, 2, 0, 1]

/** A report of those rows, all together in its total; a week earlier for what it is compared with. */
export function reportReply({
  compared,
  rows = [],
  from = 0,
  to = 0,
  asOf = to,
  interval = 'whole',
}: Made): ReportReply {
  const period = (those: readonly ReportRow[], start: number, end: number) => ({
    ...{ from: start, to: end, rows: [...those], total: totalOf(those) },
    waitDistribution: SPREAD.map((count, i) => ({
      upToMs: BUCKETS_S[i] === undefined ? null : BUCKETS_S[i] * 1_000,
      count,
    })),
  })
  const week = 7 * 86_400_000
  return {
    definitionsVersion: DEFINITIONS_VERSION,
    headline: HEADLINE,
    definitions: CALL_FIGURES.map(({ name, kind, formula }) => ({ name, kind, formula })),
    ...{ asOf, interval, ...period(rows, from, to) },
    comparison: compared === undefined ? null : period(compared, from - week, to - week),
  }
}

function totalOf(rows: readonly ReportRow[]): ReportRow {
  const add = (name: SumName) => {
    const values = rows.map(({ sums }) => sums[name] ?? 0)
    return name === 'waitMsMax' ? Math.max(0, ...values) : values.reduce((sum, value) => sum + value, 0)
  }
  return reportRow(Object.fromEntries(SUMS.map((name) => [name, add(name)])))
}

export const reportNames: ReportNames = {
  queue: ['citizen.da', 'citizen.ar', 'library.da'].map((id) => {
    const [service = '', language = ''] = id.split('.')
    return { id, labels: service === 'library' ? services.library : services.citizen, language }
  }),
  service: [
    { id: 'citizen', labels: services.citizen, language: null },
    { id: 'library', labels: services.library, language: null },
  ],
  matter: [
    ['pas', 'Pas og kørekort', 'Passport and licence'],
    ['flytning', 'Flytning', 'Moving'],
    ['laan', 'Lån og aflevering', 'Borrowing'],
  ].map(([id = '', da = '', en = '']) => ({ id, labels: { da, en }, language: null })),
  site: [
    ['sundby', 'Sundby Bibliotek'],
    ['lufthavn', 'Københavns Lufthavn'],
    ['hovedbibliotek', 'Københavns Hovedbibliotek'],
  ].map(([id = '', name = '']) => ({ id, labels: { da: name, en: name }, language: null })),
  district: ['amager', 'indre-by'].map((id) => ({ id, labels: { da: id, en: id }, language: null })),
  language: ['da', 'ar'].map((id) => ({ id, labels: { da: id, en: id }, language: id })),
  centre: [{ id: 'laerkevej', labels: { da: 'Lærkevej', en: 'Lærkevej' }, language: null }],
}

/** The sums of so many calls, in the shares of an ordinary day. */
const ordinary = (calls: number): Some => {
  const share = (part: number): number => Math.round(calls * part)
  const answered = share(0.86)
  return {
    ...{ offered: calls, answered, answeredInTime: share(0.7), abandoned: share(0.09), abandonedInTime: share(0.04) },
    ...{ abandonedShort: share(0.02), flowedOut: calls - answered - share(0.09), serviceLevelEvents: calls },
    ...{ callbacks: share(0.03), callbacksInTime: share(0.02), withStaff: share(0.1), waitMsMax: 611_000 },
    ...{ answeredWaitMs: answered * 42_000, abandonedWaitMs: share(0.09) * 71_000, handled: answered },
    ...{ talkMs: answered * 361_000, holdMs: answered * 9_000, wrapUpMs: answered * 74_000, held: share(0.08) },
    ...{ wrapUps: answered, wrapUpsCapped: share(0.03), transferred: share(0.05), joined: share(0.07) },
    ...{ firstStayed: share(0.05), joins: share(0.07), joinSearchMs: share(0.07) * 33_000, offersMade: calls },
    ...{ offersAccepted: answered, offersExpired: share(0.04), offersCallerLeft: share(0.02) },
    ...{ offerAnswerMs: answered * 6_000, promisesP50Kept: share(0.4), promisesP50Broken: share(0.4) },
    ...{ promisesP80Kept: share(0.7), promisesP80Broken: share(0.16), solvedFirst: share(0.6) },
    ...{ notSolvedFirst: share(0.1), withMatter: share(0.7), cameBack: share(0.04) },
  }
}

/** Promised callbacks of each of the first group, and a little fewer of the period compared with. */
export function callbacksFor(query: Record<string, string>): CallbackReportReply {
  const [first] = (query['group'] ?? '').split(',').filter((each) => each !== '') as (keyof ReportNames)[]
  const ids = first === undefined ? [null] : reportNames[first].map(({ id }) => id)
  const period = (less: number) => {
    const rows = ids.map((id, i) => ({
      group: first === undefined || id === null ? {} : { [first]: id },
      sums: { promised: 40 - 12 * i, kept: 26 - 9 * i - less, broken: 3 + less, missed: 5 - i, cancelled: 2 },
    }))
    return callbackReportOf(rows)
  }
  const from = startOfDay(query['from'] ?? '') ?? 0
  const to = startOfDay(query['to'] ?? '') ?? 0
  return {
    definitionsVersion: DEFINITIONS_VERSION,
    definitions: CALLBACK_FIGURES.map(({ name, kind, formula }) => ({ name, kind, formula })),
    ...{ from, to, ...period(0) },
    comparison: query['compareFrom'] === undefined ? null : { from, to, ...period(1) },
  }
}

/** How busy the days of a week are, from Monday on. */
const DAILY = [1, 0.9, 0.95, 0.8, 0.85, 0.4]
const HOURLY = [0, 0, 0, 0, 0, 0, 0, 0, 6, 11, 14, 12, 9, 12, 13, 10, 7, 3, 2, 1, 0, 0, 0, 0]

/** What the server answers to the words of an address: the same shape for every question. */
export function reportFor(query: Record<string, string>): ReportReply {
  const from = startOfDay(query['from'] ?? '') ?? 0
  const to = startOfDay(query['to'] ?? '') ?? 0
  const interval = (query['interval'] ?? 'whole') as ReportReply['interval']
  const groups = (query['group'] ?? '').split(',').filter((each) => each !== '') as (keyof ReportNames)[]
  const [first] = groups
  const ids = first === undefined ? [''] : reportNames[first].map(({ id }) => id)
  const groupOf = (id: string) =>
    Object.fromEntries(groups.map((each, i) => [each, i === 0 ? id : (reportNames[each][0]?.id ?? '')]))
  const rowsAt = (at: ReportRow['at'], calls: number) =>
    ids.map((id, i) => reportRow(ordinary(Math.ceil(calls / (1 + 2 * i))), { at, group: groupOf(id) }))
  const rows = (shiftDays: number): ReportRow[] => {
    if (interval === 'whole') return rowsAt(null, shiftDays === 0 ? 320 : 290)
    if (interval === 'weekday-hour') return weekOfHours((at, calls) => rowsAt(at, calls))
    if (interval === 'hour' || interval === 'quarter-hour') {
      const start = (shiftDays === 0 ? from : from - 7 * 86_400_000) + 8 * 3_600_000
      const days = DAILY.slice(0, Math.max(1, Math.round((to - from) / 86_400_000)))
      return days.flatMap((share, day) =>
        HOURLY.slice(8, 18).flatMap((calls, i) => {
          const here = Math.round(calls * (shiftDays === 0 ? share : 0.9 - 0.05 * ((i + day) % 5)))
          return here === 0 ? [] : rowsAt(start + day * 86_400_000 + i * 3_600_000, here)
        }),
      )
    }
    return [0, 1, 2, 3, 4].flatMap((i) => rowsAt(addDays(query['from'] ?? '', i - shiftDays), 70 - 9 * i))
  }
  const compared = query['compareFrom'] === undefined ? {} : { compared: rows(7) }
  return reportReply({ from, to, interval, rows: rows(0), asOf: to, ...compared })
}

function weekOfHours(rowsAt: (at: string, calls: number) => ReportRow[]): ReportRow[] {
  const rows = [1, 2, 3, 4, 5, 6].flatMap((day) =>
    HOURLY.flatMap((calls, hour) => {
      const here = Math.round(calls * (day === 6 ? 0.4 : 1.2 - day * 0.1))
      return here === 0 ? [] : rowsAt(`${day} ${String(hour).padStart(2, '0')}`, here)
    }),
  )
  return rows
}
