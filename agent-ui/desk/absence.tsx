/** Tells the agent what became of their work while the connection was gone, until they have read it or work goes on. */
import { computed, effect, signal, untracked } from '@preact/signals'
import type { JSX } from 'preact'
import type { AgentView } from '#server/contract/views.ts'
import { Icon } from '../components/icons.tsx'
import { absenceOf, type Absence } from '../model/absence.ts'
import { LastAlive } from '../session/last-alive.ts'
import { durationText } from '../text/duration-text.ts'
import { t } from '../text/language.ts'
import { linkState, view } from './desk-state.ts'

const told = signal<{ readonly absence: Absence; readonly goneMs: number } | null>(null)

/** The work and its call: something new on the desk makes old news of what was told. */
const workNow = computed(() => {
  const work = view.value?.work
  return work?.kind === 'offered' || work?.kind === 'in-call' ? `${work.kind} ${work.call.callId}` : null
})

/** Starts following the connection. Once for the page. */
export function followAbsences(): void {
  const alive = LastAlive.start(() => linkState.peek().kind === 'online')
  let before: AgentView | null = null
  effect(() => {
    const { kind } = linkState.value
    untracked(() => {
      const shown = view.value
      if (kind !== 'online') {
        if (kind === 'offline') before ??= shown
        return
      }
      const goneMs = alive.goneMs(Date.now())
      alive.confirm(Date.now())
      const lost = before
      before = null
      if (lost === null || shown === null) return
      const absence = absenceOf(lost, shown)
      told.value = absence === null ? null : { absence, goneMs }
    })
  })
  let workTold: string | null = null
  effect(() => {
    const work = workNow.value
    // The work that stands when the connection is back is what is told of.
    if (work !== null && work !== workTold && untracked(() => told.value?.absence.kind) !== 'call-goes-on')
      told.value = null
    workTold = work
  })
}

const words = {
  'call-goes-on': 'absence.callGoesOn',
  'call-back-in-line': 'absence.callBackInLine',
  'call-over': 'absence.callOver',
  'offer-gone': 'absence.offerGone',
  'wrap-up-over': 'absence.wrapUpOver',
  'set-away': 'absence.setAway',
} as const satisfies Record<Absence['kind'], string>

export function AbsenceNotice(): JSX.Element | null {
  const { value } = told
  if (value === null) return null
  const { absence, goneMs } = value
  const site = 'siteName' in absence ? absence.siteName : ''
  return (
    <p class="notice notice-absence" role="status">
      <Icon name="clock" />
      <span>{t(words[absence.kind], { time: durationText(goneMs), site })}</span>
      <button type="button" class="plain" onClick={() => (told.value = null)}>
        {t('page.dismiss')}
      </button>
    </p>
  )
}
