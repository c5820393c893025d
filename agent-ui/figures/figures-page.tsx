/** Figures per queue over a span of days, and per quarter-hour. */
import type { JSX } from 'preact'
import type { MetricsReply } from '#server/contract/http.ts'
import { BoardHeader } from '../components/board-header.tsx'
import { Failed, Loading, Nothing } from '../components/page-state.tsx'
import { notLetInCount, quarterHours } from '../model/figures.ts'
import { RoleGate } from '../session/role-gate.tsx'
import { t } from '../text/language.ts'
import { errorText } from '../text/words.ts'
import { figures, load } from './figures-state.ts'
import { ExperienceTable } from './experience-table.tsx'
import { Formulas } from './formulas.tsx'
import { OutcomesTable } from './outcomes-table.tsx'
import { LentTable, PeopleTable } from './people-table.tsx'
import { QuarterChart } from './quarter-chart.tsx'
import { QuarterTable } from './quarter-table.tsx'
import { RangeForm } from './range-form.tsx'
import { TotalsTable } from './totals-table.tsx'

export function FiguresPage(): JSX.Element {
  document.title = t('title.figures')
  return <RoleGate role="supervisor">{() => <Figures />}</RoleGate>
}

function Figures(): JSX.Element {
  return (
    <div class="board">
      <BoardHeader current="figures" />
      <main class="board-main figures">
        <h1 class="visually-hidden">{t('board.figures')}</h1>
        <RangeForm />
        <Result />
      </main>
    </div>
  )
}

function Result(): JSX.Element {
  const { value } = figures
  switch (value.kind) {
    case 'loading':
      return <Loading words={t('figures.loading')} />
    case 'failed':
      return (
        <Failed
          code={value.code}
          words={`${t('figures.failed')} ${errorText(value.code)}`}
          onAgain={() => void load()}
        />
      )
    case 'loaded':
      return value.reply.totals.every((row) => row.offered === 0 && notLetInCount(row) === 0) ? (
        <Nothing words={t('figures.empty')} />
      ) : (
        <Loaded reply={value.reply} />
      )
  }
}

function Loaded({ reply }: { reply: MetricsReply }): JSX.Element {
  return (
    <>
      <section class="card board-card" aria-labelledby="totals-title">
        <h2 id="totals-title">{t('figures.totals')}</h2>
        <TotalsTable reply={reply} />
        <Formulas />
      </section>
      <section class="card board-card" aria-labelledby="experience-title">
        <h2 id="experience-title">{t('figures.experience')}</h2>
        <ExperienceTable reply={reply} />
      </section>
      <section class="card board-card" aria-labelledby="outcomes-title">
        <h2 id="outcomes-title">{t('figures.outcomes')}</h2>
        <OutcomesTable reply={reply} />
      </section>
      <section class="card board-card" aria-labelledby="people-title">
        <h2 id="people-title">{t('figures.people')}</h2>
        <PeopleTable reply={reply} />
        <LentTable reply={reply} />
      </section>
      <section class="card board-card" aria-labelledby="chart-title">
        <h2 id="chart-title">{t('figures.chart')}</h2>
        <QuarterChart series={quarterHours(reply.rows)} />
        <p class="quiet">{t('figures.chartTwin')}</p>
      </section>
      <section class="card board-card" aria-labelledby="quarters-title">
        <h2 id="quarters-title">{t('figures.quarters')}</h2>
        <QuarterTable reply={reply} />
      </section>
    </>
  )
}
