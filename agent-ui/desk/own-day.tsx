/** What the agent has done today. Only the agent sees it; it is fetched anew each time a call is over. */
import { signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { JSX } from 'preact'
import type { OwnDay as OwnDayFigures } from '#server/contract/desk.ts'
import { callApi } from '../session/api.ts'
import { durationText } from '../text/duration-text.ts'
import { t } from '../text/language.ts'

const day = signal<OwnDayFigures | null>(null)

/** `since`: when the agent became idle, so that what came before is counted. Nothing is shown that could not be fetched. */
export function OwnDay({ since }: { since: number }): JSX.Element | null {
  useEffect(() => {
    let isOver = false
    void callApi<OwnDayFigures>('GET', '/agents/me/day').then((outcome) => {
      if (!isOver && outcome.ok) day.value = outcome.reply
    })
    return () => {
      isOver = true
    }
  }, [since])
  const figures = day.value
  if (figures === null) return null
  const { answered, talkMs, handlingMsAverage, declined, missed } = figures
  return (
    <section class="card own-day" aria-labelledby="own-day-title">
      <header class="card-head">
        <h2 id="own-day-title">{t('day.title')}</h2>
        <p class="quiet">{t('day.onlyYou')}</p>
      </header>
      <dl class="facts">
        <Figure label={t('day.answered')} value={`${answered}`} />
        <Figure label={t('day.talk')} value={durationText(talkMs)} />
        <Figure label={t('day.handling')} value={handlingMsAverage === null ? '–' : durationText(handlingMsAverage)} />
        <Figure label={t('day.declined')} value={`${declined}`} />
        <Figure label={t('day.missed')} value={`${missed}`} />
      </dl>
      <p class="own-day-more">
        <a href="/agent/reports.html" target="_blank" rel="noopener">
          {t('day.more')}
        </a>
      </p>
    </section>
  )
}

function Figure({ label, value }: { label: string; value: string }): JSX.Element {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  )
}
