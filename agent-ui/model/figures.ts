/** The figures page's own arithmetic: what the chart draws and what all queues come to together. */
import type { Faces, MetricsReply, QueueFigures, QueueTotals } from '#server/contract/http.ts'
import { QUARTER_HOUR_MS } from '#server/contract/http.ts'

/** The calls a service level is a share of. */
export function countedCount(row: Pick<QueueTotals, 'answered' | 'abandoned' | 'abandonedShort'>): number {
  return row.answered + row.abandoned - row.abandonedShort
}

/** Calls that never came into the line, whatever the reason. */
export function notLetInCount(row: Pick<QueueTotals, 'full' | 'closed' | 'paused'>): number {
  return row.full + row.closed + row.paused
}

export interface QuarterHour {
  readonly startsAt: number
  readonly offered: number
  readonly answered: number
  readonly notLetIn: number
}

const QUIET = { offered: 0, answered: 0, notLetIn: 0 } as const

/** The counts of each quarter-hour from the first to the last with a call, quiet ones between included. */
export function quarterHours(rows: readonly QueueFigures[]): QuarterHour[] {
  const byStart = new Map<number, Omit<QuarterHour, 'startsAt'>>()
  for (const row of rows) {
    const sum = byStart.get(row.intervalStartsAt) ?? QUIET
    byStart.set(row.intervalStartsAt, {
      offered: sum.offered + row.offered,
      answered: sum.answered + row.answered,
      notLetIn: sum.notLetIn + notLetInCount(row),
    })
  }
  if (byStart.size === 0) return []
  const starts = [...byStart.keys()]
  const last = Math.max(...starts)
  const series: QuarterHour[] = []
  for (let startsAt = Math.min(...starts); startsAt <= last; startsAt += QUARTER_HOUR_MS) {
    series.push({ startsAt, ...(byStart.get(startsAt) ?? QUIET) })
  }
  return series
}

export type OverallFigures = Omit<QueueTotals, 'queueId'>

/** All queues as one line. Averages are weighed by the answered calls they are averages of. */
export function overallFigures(totals: readonly QueueTotals[]): OverallFigures {
  const sum = (of: (row: QueueTotals) => number) => totals.reduce((total, row) => total + of(row), 0)
  const average = (of: (row: QueueTotals) => number | null) => {
    const known = totals.filter((row) => of(row) !== null && row.answered > 0)
    const weight = known.reduce((total, row) => total + row.answered, 0)
    return weight > 0 ? known.reduce((total, row) => total + (of(row) ?? 0) * row.answered, 0) / weight : null
  }
  const longest = totals.map((row) => row.waitMsMax).filter((waitMs) => waitMs !== null)
  const counts = {
    offered: sum((row) => row.offered),
    answered: sum((row) => row.answered),
    abandoned: sum((row) => row.abandoned),
    abandonedShort: sum((row) => row.abandonedShort),
    full: sum((row) => row.full),
    closed: sum((row) => row.closed),
    paused: sum((row) => row.paused),
    expired: sum((row) => row.expired),
    failed: sum((row) => row.failed),
    stillOpen: sum((row) => row.stillOpen),
    answeredInTime: sum((row) => row.answeredInTime),
    withStaff: sum((row) => row.withStaff),
    solvedFirst: sum((row) => row.solvedFirst),
    notSolvedFirst: sum((row) => row.notSolvedFirst),
  }
  const counted = countedCount(counts)
  return {
    ...counts,
    serviceLevel: counted > 0 ? counts.answeredInTime / counted : null,
    waitMsAverage: average((row) => row.waitMsAverage),
    waitMsMax: longest.length > 0 ? Math.max(...longest) : null,
    handlingMsAverage: average((row) => row.handlingMsAverage),
    faces: facesOfAll(totals.map((row) => row.faces)),
  }
}

/** Only what is shown of each: what is held back there could be worked out from the whole. */
function facesOfAll(faces: readonly (Faces | null)[]): Faces | null {
  const known = faces.filter((each) => each !== null)
  const sum = (of: (each: Faces) => number) => known.reduce((total, each) => total + of(each), 0)
  return known.length === 0
    ? null
    : { good: sum(({ good }) => good), soSo: sum(({ soSo }) => soSo), bad: sum(({ bad }) => bad) }
}

/** How many chose a face. */
export const ratedCount = ({ good, soSo, bad }: Faces): number => good + soSo + bad

/** The queue of a row; undefined for one the reply does not describe. */
export function queueOf(reply: MetricsReply, queueId: string): MetricsReply['queues'][number] | undefined {
  return reply.queues.find((queue) => queue.queueId === queueId)
}
