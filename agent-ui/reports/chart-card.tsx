/** A chart with its heading, what it says in one sentence, and its table; and what stands there while it is not. */
import type { ComponentChildren, JSX } from 'preact'
import type { ReportReply } from '#server/contract/reports.ts'
import { Icon } from '../components/icons.tsx'
import type { ReportQuestion } from '../model/report-question.ts'
import { t } from '../text/language.ts'
import { errorText } from '../text/words.ts'
import { load, type Loaded } from './reports-state.ts'

export interface ChartCardProps<Reply> {
  readonly id: string
  readonly title: string
  readonly part: Loaded<Reply>
  readonly children: (reply: Reply, question: ReportQuestion) => ComponentChildren
}

export function ChartCard<Reply = ReportReply>({ id, title, part, children }: ChartCardProps<Reply>): JSX.Element {
  return (
    <section class="card board-card chart-card" aria-labelledby={`${id}-title`} aria-busy={part.kind === 'loading'}>
      <h2 id={`${id}-title`}>{title}</h2>
      {part.kind === 'loaded' ? children(part.reply, part.question) : <Missing part={part} />}
    </section>
  )
}

/** `bad-request` is never said of a question the page has checked but for its rows. */
export function failureText(code: string): string {
  return code === 'bad-request' ? t('report.tooManyRows') : `${t('figures.failed')} ${errorText(code)}`
}

interface MissingProps {
  readonly part: Exclude<Loaded<never>, { kind: 'loaded' }>
  readonly onAgain?: () => void
}

/** What stands there instead of figures. */
export function Missing({ part, onAgain = () => void load() }: MissingProps): JSX.Element {
  if (part.kind === 'loading') {
    return (
      <p class="chart-missing quiet">
        <span class="spinner" aria-hidden="true" /> {t('figures.loading')}
      </p>
    )
  }
  return (
    <div class="chart-missing">
      <Icon name={part.code === 'no-answer' ? 'offline' : 'warning'} />
      <p>{failureText(part.code)}</p>
      <button type="button" onClick={onAgain}>
        {t('page.tryAgain')}
      </button>
    </div>
  )
}
