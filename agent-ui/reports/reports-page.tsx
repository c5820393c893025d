/** Reports: any time up to a year, by anything that is counted, with charts and files. */
import type { JSX } from 'preact'
import type { ReportReply } from '#server/contract/reports.ts'
import { BoardHeader } from '../components/board-header.tsx'
import { Failed, Loading, Nothing } from '../components/page-state.tsx'
import { dayTimeText } from '../model/copenhagen-time.ts'
import { comparedRange, REPORT_DIMENSIONS, type ReportQuestion } from '../model/report-question.ts'
import { RoleGate } from '../session/role-gate.tsx'
import { formatTag, t } from '../text/language.ts'
import { dimensionWords, nameText, rangeText } from '../text/report-text.ts'
import { AgentsCard, OwnReport } from './agents-card.tsx'
import { CallbacksChart } from './callbacks-chart.tsx'
import { ChartCard, failureText } from './chart-card.tsx'
import { ChoiceForm } from './choice-form.tsx'
import { FlowChart } from './flow-chart.tsx'
import { HeatMapChart } from './heat-map.tsx'
import { Highlights } from './highlights.tsx'
import { LineChart } from './line-chart.tsx'
import { MailsCard } from './mails-card.tsx'
import { PeriodForm } from './period-form.tsx'
import { ReportTable } from './report-table.tsx'
import { callbacks, fault, fileAddress, flow, heat, line, load, names, table } from './reports-state.ts'
import { ServiceLevels } from './service-levels.tsx'
import { WaitChart } from './wait-chart.tsx'

export function ReportsPage(): JSX.Element {
  document.title = t('title.reports')
  return (
    <RoleGate role="supervisor" forAgents={() => <OwnReport />}>
      {() => <Reports />}
    </RoleGate>
  )
}

function Reports(): JSX.Element {
  return (
    <div class="board">
      <BoardHeader current="reports" />
      <main class="board-main reports">
        <h1 class="visually-hidden">{t('board.reports')}</h1>
        <PeriodForm />
        <ChoiceForm />
        <Result />
        <AgentsCard />
        <MailsCard />
      </main>
    </div>
  )
}

function Result(): JSX.Element | null {
  const { value } = table
  switch (value.kind) {
    case 'loading':
      // A link may ask for what cannot be: then nothing is on its way.
      return fault.value !== null ? null : <Loading words={t('figures.loading')} />
    case 'failed':
      return <Failed code={value.code} words={failureText(value.code)} onAgain={() => void load()} />
    case 'loaded':
      return isEmpty(value.reply) ? (
        <Nothing words={t('figures.empty')} />
      ) : (
        <Loaded reply={value.reply} question={value.question} />
      )
  }
}

const isEmpty = ({ total, comparison }: ReportReply): boolean =>
  [total, ...(comparison === null ? [] : [comparison.total])].every(({ sums }) =>
    ['offered', 'turnedAwayFull', 'turnedAwayClosed', 'turnedAwayPaused'].every((name) => (sums[name] ?? 0) === 0),
  )

/** Of what the calls are, in words: the boxes that say it are not printed. */
function OnlyThese({ question: { filters } }: { question: ReportQuestion }): JSX.Element | null {
  const words = REPORT_DIMENSIONS.flatMap((dimension) => {
    const ids = filters[dimension] ?? []
    if (ids.length === 0) return []
    return [`${t(dimensionWords[dimension])}: ${ids.map((id) => nameText(names.value, dimension, id)).join(', ')}`]
  })
  return words.length === 0 ? null : <p>{t('report.only', { filters: words.join('; ') })}</p>
}

function Loaded({ reply, question }: { reply: ReportReply; question: ReportQuestion }): JSX.Element {
  const compared = comparedRange(question)
  return (
    <>
      <div class="report-head">
        <p>
          <strong>{rangeText(question)}</strong>
          {compared !== null && ` · ${t('report.comparedWith', { range: rangeText(compared) })}`}
          <span class="quiet"> · {t('report.asOf', { time: dayTimeText(reply.asOf, formatTag()) })}</span>
        </p>
        <OnlyThese question={question} />
        <p class="report-files">
          <a class="button" href={fileAddress(question, 'csv')} download>
            {t('report.csv')}
          </a>
          <a class="button" href={fileAddress(question, 'xlsx')} download>
            {t('report.xlsx')}
          </a>
          <button type="button" onClick={() => window.print()}>
            {t('report.print')}
          </button>
        </p>
      </div>
      <Highlights reply={reply} />
      <ReportTable reply={reply} question={question} />
      <ServiceLevels reply={reply} />
      <ChartCard id="line" title={t('report.line')} part={line.value}>
        {(lineReply, asked) => <LineChart reply={lineReply} question={asked} />}
      </ChartCard>
      <div class="report-pair">
        <ChartCard id="heat" title={t('report.heat')} part={heat.value}>
          {(heatReply) => <HeatMapChart reply={heatReply} />}
        </ChartCard>
        <ChartCard id="waits" title={t('report.waits')} part={table.value}>
          {(waitReply) => <WaitChart reply={waitReply} />}
        </ChartCard>
      </div>
      <ChartCard id="flow" title={t('report.flow')} part={flow.value}>
        {(flowReply) => <FlowChart reply={flowReply} />}
      </ChartCard>
      <ChartCard id="callbacks" title={t('callbackReport.title')} part={callbacks.value}>
        {(promised, asked) => <CallbacksChart reply={promised} question={asked} />}
      </ChartCard>
      <p class="quiet report-foot">
        {t('formula.interval')} {t('formula.attribution')}{' '}
        {t('report.definitions', { version: reply.definitionsVersion })}
      </p>
    </>
  )
}
