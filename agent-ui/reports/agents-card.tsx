/** Figures of agents on the page of reports: a supervisor's own centre below the report, and for an agent the page itself. */
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { BoardHeader } from '../components/board-header.tsx'
import { t } from '../text/language.ts'
import { rangeText } from '../text/report-text.ts'
import { AgentsTable } from './agents-table.tsx'
import { PeriodForm } from './period-form.tsx'
import { fault, question } from './reports-state.ts'

/** Closed at first: nobody is looked at by the way. */
export function AgentsCard(): JSX.Element {
  const isOpen = useSignal(false)
  return (
    <details
      class="card report-fold report-agents"
      onToggle={({ currentTarget }) => (isOpen.value = currentTarget.open)}
    >
      <summary>
        <h2>{t('agentFigure.title')}</h2>
      </summary>
      {isOpen.value && <AgentsTable isOwn={false} />}
    </details>
  )
}

/** What an agent sees: themselves. */
export function OwnReport(): JSX.Element {
  return (
    <div class="board">
      <BoardHeader current="reports" />
      <main class="board-main reports">
        <h1 class="visually-hidden">{t('agentFigure.own')}</h1>
        <PeriodForm isCompared={false} />
        <section class="card board-card" aria-labelledby="own-title">
          <h2 id="own-title">
            {t('agentFigure.own')} · {fault.value === null ? rangeText(question.value) : '–'}
          </h2>
          <AgentsTable isOwn />
        </section>
      </main>
    </div>
  )
}
