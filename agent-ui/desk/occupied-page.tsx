/** The agent works in another window: where, since when and on what, and whether to go on here. Asked, never guessed. */
import type { JSX } from 'preact'
import { WholePage } from '../components/whole-page.tsx'
import { clockTimeText, dayOf, dayTimeText } from '../model/copenhagen-time.ts'
import { nowAt } from '../session/server-clock.ts'
import { formatTag, t } from '../text/language.ts'
import type { ErrorDetail } from '../text/words.ts'
import { reconnect, takeOver } from './desk-state.ts'

const workWords: Readonly<Record<string, string>> = {
  'in-call': 'occupied.inCall',
  offered: 'occupied.offered',
  'wrap-up': 'occupied.wrapUp',
  idle: 'occupied.idle',
}

export function OccupiedPage({ detail }: { detail: ErrorDetail }): JSX.Element {
  const { where, since, work = 'idle', siteName } = detail
  const isHere = where === 'here'
  const sinceAt = Number(since)
  const isToday = dayOf(sinceAt) === dayOf(nowAt.value)
  const time = isToday ? clockTimeText(sinceAt, formatTag()) : dayTimeText(sinceAt, formatTag())
  const doing = t(workWords[work] ?? 'occupied.idle', { site: siteName ?? '–' })
  return (
    <WholePage
      icon="person"
      title={isHere ? t('occupied.titleHere') : t('occupied.titleElsewhere')}
      text={`${t(isHere ? 'occupied.sinceHere' : 'occupied.sinceElsewhere', { time })} ${doing}`}
    >
      <p>{work === 'in-call' ? t('occupied.takesCall') : t('occupied.takesWork')}</p>
      <p class="row">
        <button type="button" class="primary large" onClick={takeOver}>
          {t('page.takeOver')}
        </button>
        <button type="button" class="large" onClick={reconnect}>
          {t('occupied.lookAgain')}
        </button>
      </p>
    </WholePage>
  )
}
