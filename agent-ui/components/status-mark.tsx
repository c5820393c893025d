/** A status in words, with a mark whose shape differs too: colour is never the only sign. */
import type { JSX } from 'preact'
import { toneOf, type Status, type Tone } from '../model/status.ts'
import { statusText } from '../text/status-text.ts'
import { Icon, type IconName } from './icons.tsx'

const iconOfTone = { good: 'check', busy: 'phone', away: 'pause', alarm: 'warning' } as const satisfies Record<
  Tone,
  IconName
>

export function StatusMark({ status }: { status: Status }): JSX.Element {
  const tone = toneOf(status)
  const icon = status.kind === 'wrap-up' ? 'clock' : iconOfTone[tone]
  return (
    <span class={`status-mark tone-${tone}`}>
      <Icon name={icon} />
      <span>{statusText(status)}</span>
    </span>
  )
}
