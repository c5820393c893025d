/** The words for a call with a citizen beside the agent: where it stands in line, and why it was not let in. */
import type { CallerView } from '#server/contract/views.ts'
import { dayTimeText } from '../model/copenhagen-time.ts'
import { formatTag, t } from './language.ts'

type Call = NonNullable<CallerView['call']>
type Ended = Extract<Call, { status: 'ended' }>
type Waiting = Extract<Call, { status: 'waiting' }>

const opening = (opensAt: number | null): string =>
  opensAt === null ? '' : ` ${t('beside.opensAt', { time: dayTimeText(opensAt, formatTag()) })}`

/** What a call that nobody answered came to. */
export function notLetInText({ outcome, endReason, opensAt }: Ended): {
  readonly heading: string
  readonly text: string
} {
  switch (outcome) {
    case 'full':
      return { heading: t('beside.full'), text: t('beside.fullText') }
    case 'paused':
      return { heading: t('beside.paused'), text: t('beside.pausedText') }
    case 'closed':
      return endReason === 'last-entry'
        ? { heading: t('beside.lastEntry'), text: t('beside.lastEntryText') + opening(opensAt) }
        : { heading: t('beside.closed'), text: t('beside.closedText') + opening(opensAt) }
    default:
      return { heading: t('beside.failed'), text: t('beside.failedText') }
  }
}

/** Of the line before anybody has pressed; null where it is open as usual. */
export function lineText({ isOpen, isPaused, opensAt }: CallerView['line']): string | null {
  if (isPaused) return t('beside.paused')
  return isOpen ? null : `${t('beside.closed')}.${opening(opensAt)}`
}

/** `I er nummer 3 i køen`, as a range where the class of others may change it. */
export function placeText({ positionMin, positionMax }: Waiting): string {
  if (positionMax <= 1) return t('beside.next')
  return positionMin === positionMax
    ? t('beside.place', { place: positionMin })
    : t('beside.placeBetween', { low: positionMin, high: positionMax })
}
