/**
 * What agents did: for the agent themselves, and for the supervisor of their centre. In the order of names and in no other, because the table is for
 * talking with somebody about their work and not for ranking people.
 */
import { useEffect } from 'preact/hooks'
import type { JSX } from 'preact'
import type { AgentReportReply, AgentReportRow, ReportFigure } from '#server/contract/reports.ts'
import { formatTag, t } from '../text/language.ts'
import { intervalStartText } from '../text/report-text.ts'
import { agentReport, loadAgentReport, OWN_INTERVALS, ownInterval } from './agents-state.ts'
import { Missing } from './chart-card.tsx'
import { intervalWords } from './choice-form.tsx'
import { intervalText, valueText } from './figure-text.ts'
import { WithFormula } from './formula-tip.tsx'
import type { FigureKind } from './report-columns.ts'
import { question } from './reports-state.ts'

interface AgentColumn {
  readonly key: string
  readonly from: 'sums' | 'figures'
  readonly kind: FigureKind
  readonly words: string
  readonly formula: string
}

const sum = (key: string, kind: FigureKind, words: string, formula: string): AgentColumn => {
  return { key, from: 'sums', kind, words, formula }
}
const figure = (key: string, kind: FigureKind, words: string, formula: string): AgentColumn => {
  return { key, from: 'figures', kind, words, formula }
}

export const agentColumns: readonly AgentColumn[] = [
  sum('handlings', 'count', 'agentFigure.calls', 'agentFigure.callsFormula'),
  sum('inCallMs', 'mean', 'agentFigure.inCall', 'agentFigure.inCallFormula'),
  sum('wrapUpMs', 'mean', 'agentFigure.wrapUp', 'agentFigure.wrapUpFormula'),
  sum('idleMs', 'mean', 'agentFigure.idle', 'agentFigure.idleFormula'),
  sum('awayMs', 'mean', 'agentFigure.away', 'agentFigure.awayFormula'),
  figure('occupancy', 'share', 'agentFigure.occupancy', 'agentFigure.occupancyFormula'),
  sum('offersMade', 'count', 'reportFigure.offers', 'agentFigure.offersFormula'),
  figure('agentAnswerRate', 'share', 'reportFigure.answerRate', 'reportFormula.answerRate'),
  figure('nonResponseRate', 'share', 'reportFigure.noResponse', 'reportFormula.noResponse'),
  figure('offerToAnswer', 'mean', 'reportFigure.offerToAnswer', 'reportFormula.offerToAnswer'),
  figure('transferRate', 'share', 'reportFigure.transferRate', 'agentFigure.transferFormula'),
]

/** Loads by itself, and again when the days or the interval change. `isOwn`: nobody but oneself is in it. */
export function AgentsTable({ isOwn }: { isOwn: boolean }): JSX.Element {
  const { fromDay, toDay } = question.value
  const interval = ownInterval.value
  useEffect(() => void loadAgentReport(), [fromDay, toDay, interval])
  const { value } = agentReport
  return (
    <>
      <div class="agent-choices">
        <label class="report-choice">
          {t('report.interval')}
          <select
            name="own-interval"
            value={interval}
            onChange={({ currentTarget }) =>
              (ownInterval.value = OWN_INTERVALS.find((each) => each === currentTarget.value) ?? 'whole')
            }
          >
            {OWN_INTERVALS.map((each) => (
              <option key={each} value={each}>
                {t(intervalWords[each])}
              </option>
            ))}
          </select>
        </label>
        <p class="quiet">{t(isOwn ? 'agentFigure.forYou' : 'agentFigure.forYouAndThem')}</p>
      </div>
      {value.kind === 'loaded' ? (
        <Rows reply={value.reply} isOwn={isOwn} />
      ) : (
        <Missing part={value} onAgain={() => void loadAgentReport()} />
      )}
    </>
  )
}

function Rows({ reply, isOwn }: { reply: AgentReportReply; isOwn: boolean }): JSX.Element {
  const { rows, agents } = reply
  const interval = ownInterval.value
  const nameOf = (id: string): string => agents.find(({ agentId }) => agentId === id)?.name ?? id
  if (rows.length === 0) return <p class="chart-missing quiet">{t('agentFigure.none')}</p>
  const inOrder = rows.toSorted(
    (a, b) =>
      nameOf(a.agentId).localeCompare(nameOf(b.agentId), formatTag()) || String(a.at).localeCompare(String(b.at)),
  )
  const hasTimes = interval !== 'whole'
  return (
    <div class="table-wrap" tabIndex={0} role="group" aria-label={t('agentFigure.title')}>
      <table>
        <caption class="visually-hidden">{t('agentFigure.title')}</caption>
        <thead>
          <tr>
            {!isOwn && <th scope="col">{t('agentFigure.agent')}</th>}
            {(isOwn || hasTimes) && <th scope="col">{t('report.interval')}</th>}
            {agentColumns.map(({ key, words, formula }) => (
              <th key={key} scope="col" class="number">
                <WithFormula class="plain name" formula={t(formula)}>
                  {t(words)}
                </WithFormula>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {inOrder.map((row) => (
            <tr key={`${row.agentId} ${row.at}`}>
              {!isOwn && <th scope="row">{nameOf(row.agentId)}</th>}
              {(isOwn || hasTimes) && <th scope="row">{intervalStartText(interval, row.at)}</th>}
              {agentColumns.map((column) => (
                <AgentCell key={column.key} column={column} row={row} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function AgentCell({ column: { key, from, kind }, row }: { column: AgentColumn; row: AgentReportRow }): JSX.Element {
  const found: Pick<ReportFigure, 'value' | 'low' | 'high'> | undefined =
    from === 'sums' ? { value: row.sums[key] ?? null, low: null, high: null } : row.figures[key]
  const interval = found === undefined ? null : intervalText(found)
  return (
    <td class="number">
      {valueText(kind, found?.value ?? null)}
      {interval !== null && <small class="interval quiet">{interval}</small>}
    </td>
  )
}
