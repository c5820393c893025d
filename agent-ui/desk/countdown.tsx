/** The time there is to take an offer: a ring that closes, with the seconds in it. */
import type { JSX } from 'preact'
import type { AgentWorkView } from '#server/contract/views.ts'
import { secondsLeft, shareLeft } from '../model/duration.ts'
import { nowAt } from '../session/server-clock.ts'
import { t } from '../text/language.ts'

/** Few enough that the agent has to decide now. */
const ENDING_S = 5

const RADIUS = 26

export function Countdown({ work }: { work: Extract<AgentWorkView, { kind: 'offered' }> }): JSX.Element {
  const seconds = secondsLeft(work.expiresAt, nowAt.value)
  const share = shareLeft(work.madeAt, work.expiresAt, nowAt.value)
  return (
    <div class={`countdown ${seconds <= ENDING_S ? 'is-ending' : ''}`}>
      <span class="countdown-ring" aria-hidden="true">
        <svg viewBox="0 0 60 60">
          <circle class="countdown-way" cx="30" cy="30" r={RADIUS} />
          <circle class="countdown-left" cx="30" cy="30" r={RADIUS} pathLength={1} stroke-dashoffset={1 - share} />
        </svg>
        <span class="countdown-seconds">{seconds}</span>
      </span>
      <p role="timer" aria-live="off" aria-label={t('ring.timeLeftLabel')}>
        {t('ring.timeLeft', { seconds })}
      </p>
    </div>
  )
}
