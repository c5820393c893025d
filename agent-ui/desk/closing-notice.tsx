/** Nobody new is let in: the server is about to stop for maintenance, and calls that run are finished first. */
import type { JSX } from 'preact'
import { Icon } from '../components/icons.tsx'
import { clockTimeText } from '../model/copenhagen-time.ts'
import { formatTag, t } from '../text/language.ts'
import { view } from './desk-state.ts'

export function ClosingNotice(): JSX.Element | null {
  const closesAt = view.value?.closesAt
  if (closesAt === undefined) return null
  return (
    <p class="notice notice-absence closing" role="status">
      <Icon name="clock" />
      <span>{t('closing.maintenance', { time: clockTimeText(closesAt, formatTag()) })}</span>
    </p>
  )
}
