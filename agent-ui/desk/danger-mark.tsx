/** Somebody is unsafe or unwell: what it is, where, and whom to ring. Stays from the first ring to the end of the call. */
import type { JSX } from 'preact'
import type { CallForAgent } from '#server/contract/views.ts'
import { Icon } from '../components/icons.tsx'
import { classText } from '../text/class-text.ts'
import { t } from '../text/language.ts'
import { addressText } from './call-facts.tsx'

export function DangerMark({ call }: { call: CallForAgent }): JSX.Element | null {
  if (!call.isFirst) return null
  return (
    <div class="danger" role="alert">
      <Icon name="warning" />
      <div>
        <p class="danger-address">{addressText(call) || call.siteName}</p>
        <p>
          <strong>{classText(call)}.</strong> {t('danger.call112')}
        </p>
      </div>
    </div>
  )
}
