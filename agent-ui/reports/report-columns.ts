/** Every figure of a report by its name in the answer, with the ids of its words and of its formula in words, and the sets a table shows. */
import type { ReportFigure, ReportRow } from '#server/contract/reports.ts'
import type { FigureSet } from '../model/report-question.ts'

export type FigureKind = 'count' | 'share' | 'mean' | 'wait'

export interface ReportColumn {
  readonly key: string
  readonly kind: FigureKind
  readonly words: string
  /** The id of the formula in words; null where the server's own signs say it in every language. */
  readonly formula: string | null
}

const count = (key: string, words: string, formula: string): ReportColumn => ({ key, kind: 'count', words, formula })
const share = (key: string, words: string, formula: string | null): ReportColumn => ({
  ...{ key, kind: 'share', words },
  formula,
})
const mean = (key: string, words: string, formula: string): ReportColumn => ({ key, kind: 'mean', words, formula })
const wait = (key: string, words: string, formula: string): ReportColumn => ({ key, kind: 'wait', words, formula })

/** All eight service levels in real use (research/routing.md §3.2), in the order of the server. */
export const levelColumns: readonly ReportColumn[] = [
  share('SL_ans', 'reportFigure.slAns', null),
  share('SL_neg', 'reportFigure.slNeg', null),
  share('SL_flow', 'reportFigure.slFlow', null),
  share('SL_ign', 'reportFigure.slIgn', null),
  share('SL_pos', 'reportFigure.slPos', null),
  share('SL_short', 'reportFigure.slShort', null),
  share('SL_late', 'reportFigure.slLate', null),
  share('SL_out', 'reportFigure.slOut', null),
]

const offered = count('offered', 'figure.offered', 'formula.offered')
const median = wait('medianMs', 'reportFigure.median', 'reportFormula.median')
const p90 = wait('p90Ms', 'reportFigure.p90', 'reportFormula.p90')
const longest = wait('maxMs', 'figure.waitLongest', 'formula.waitLongest')
const withoutShort = share('abandonmentRateWithoutShort', 'reportFigure.abandonedLong', 'reportFormula.abandonedLong')
const aht = mean('AHT', 'reportFigure.aht', 'reportFormula.aht')
/** Where it stands alone it is called what it is; its formula says which. */
const slShort = share('SL_short', 'figure.serviceLevel', null)

/** What the table shows, by what one wants to know. */
export const columnSets: Readonly<Record<FigureSet, readonly ReportColumn[]>> = {
  overview: [
    offered,
    count('answered', 'figure.answered', 'formula.answered'),
    count('abandoned', 'figure.abandoned', 'formula.abandoned'),
    slShort,
    median,
    p90,
    longest,
    withoutShort,
    aht,
  ],
  levels: [offered, ...levelColumns],
  waits: [
    offered,
    mean('ASA', 'reportFigure.asa', 'reportFormula.asa'),
    median,
    p90,
    longest,
    mean('averageTimeToAbandon', 'reportFigure.timeToAbandon', 'reportFormula.timeToAbandon'),
    share('abandonmentRate', 'reportFigure.abandonedAll', 'reportFormula.abandonedAll'),
    withoutShort,
    share('promiseP50Met', 'reportFigure.promiseP50', 'reportFormula.promiseP50'),
    share('promiseP80Met', 'reportFigure.promiseP80', 'reportFormula.promiseP80'),
  ],
  handling: [
    count('handled', 'reportFigure.handled', 'reportFormula.handled'),
    aht,
    mean('averageTalk', 'reportFigure.talk', 'reportFormula.talk'),
    mean('averageHold', 'reportFigure.hold', 'reportFormula.hold'),
    mean('ACW', 'reportFigure.acw', 'reportFormula.acw'),
    share('holdRate', 'reportFigure.holdRate', 'reportFormula.holdRate'),
    share('wrapUpCapRate', 'reportFigure.capRate', 'reportFormula.capRate'),
  ],
  people: [
    count('offersMade', 'reportFigure.offers', 'reportFormula.offers'),
    share('agentAnswerRate', 'reportFigure.answerRate', 'reportFormula.answerRate'),
    share('nonResponseRate', 'reportFigure.noResponse', 'reportFormula.noResponse'),
    share('nonResponseRateWithoutCallers', 'reportFigure.noResponseOwn', 'reportFormula.noResponseOwn'),
    mean('offerToAnswer', 'reportFigure.offerToAnswer', 'reportFormula.offerToAnswer'),
    share('transferRate', 'reportFigure.transferRate', 'reportFormula.transferRate'),
    share('joinRate', 'reportFigure.joinRate', 'reportFormula.joinRate'),
    share('firstAgentStayed', 'reportFigure.firstStayed', 'reportFormula.firstStayed'),
    mean('timeToJoin', 'reportFigure.timeToJoin', 'reportFormula.timeToJoin'),
  ],
  outcome: [
    offered,
    count('withStaff', 'figure.withStaff', 'formula.withStaff'),
    count('callbacks', 'reportFigure.callbacks', 'reportFormula.callbacks'),
    count('flowedOut', 'reportFigure.flowedOut', 'reportFormula.flowedOut'),
    share('FCR_gross', 'reportFigure.fcrGross', 'reportFormula.fcrGross'),
    share('FCR_said', 'reportFigure.fcrSaid', 'reportFormula.fcrSaid'),
    share('FCR_proxy', 'reportFigure.fcrProxy', 'reportFormula.fcrProxy'),
  ],
}

/** A figure of a row: of counts and waits without an interval. */
export function figureIn(row: ReportRow, { key, kind }: ReportColumn): ReportFigure {
  const bare = (value: number | null): ReportFigure => ({ value, of: 0, low: null, high: null })
  if (kind === 'count') return bare(row.sums[key] ?? null)
  if (kind === 'wait') return bare(row.waits[key as keyof ReportRow['waits']])
  return row.figures[key] ?? bare(null)
}
