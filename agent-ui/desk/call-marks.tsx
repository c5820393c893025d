/** What is special about a call, as small marks beside its name. */
import type { JSX } from 'preact'
import type { CallForAgent } from '#server/contract/views.ts'
import { callMarks } from '../text/class-text.ts'
import { t } from '../text/language.ts'

export function CallMarks({ call }: { call: CallForAgent }): JSX.Element | null {
  const marks = callMarks(call)
  if (marks.length === 0) return null
  return (
    <ul class="call-marks" aria-label={t('call.marks')}>
      {marks.map((mark) => (
        <li key={mark}>{mark}</li>
      ))}
    </ul>
  )
}
