/** Before anybody presses: that somebody answers, how many wait, and for how long it stays so. */
import type { Instant } from '#server/contract/ids.ts'
import type { LineView, Staffing } from '#server/contract/views.ts'
import { openingTime } from '../model/opening-time.ts'
import { language, t } from '../text/language.ts'
import './open-status.css'

/** Told before this, a closing time is of no use to somebody who stands here now. In ms. */
const CLOSING_TOLD_MS = 2 * 3_600_000

type Props = { readonly line: LineView | null; readonly staffing: Staffing | null; readonly now: Instant }

export function OpenStatus({ line, staffing, now }: Props) {
  if (line === null || !line.isOpen) return null
  const sentences = [waitingWords(line), closingWords(line, now)]
  if (staffing?.isStaffed === true) sentences.push(t('place.ask-desk'))
  return (
    <p class={line.isPaused ? 'open-status paused' : 'open-status'}>
      <i aria-hidden="true" />
      <span>{sentences.filter((sentence) => sentence !== '').join(' ')}</span>
    </p>
  )
}

function waitingWords({ isPaused, waitingAboutCount }: LineView): string {
  if (isPaused) return t('idle.paused')
  return waitingAboutCount === null ? t('idle.open') : t('idle.open-waiting', { count: waitingAboutCount })
}

function closingWords({ closesAt }: LineView, now: Instant): string {
  if (closesAt === null || closesAt - now > CLOSING_TOLD_MS) return ''
  return t('idle.closes', { clock: openingTime(closesAt, now, language.value).clock })
}
