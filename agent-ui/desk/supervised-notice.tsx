/** [R43] A supervisor is in the call: who, and who hears them. It stands for as long as they are. */
import type { JSX } from 'preact'
import type { SupervisionKind } from '#server/contract/supervision.ts'
import { Icon } from '../components/icons.tsx'
import { t } from '../text/language.ts'
import { view } from './desk-state.ts'

const words = {
  listen: 'supervised.listen',
  whisper: 'supervised.whisper',
  join: 'supervised.join',
} as const satisfies Record<SupervisionKind, string>

export function SupervisedNotice(): JSX.Element {
  const work = view.value?.work
  const supervisor = work?.kind === 'in-call' ? work.call.supervisor : undefined
  return (
    <div role="status">
      {supervisor !== undefined && (
        <p class="notice notice-absence supervised">
          <Icon name="person" />
          <span>{t(words[supervisor.kind], { name: supervisor.name })}</span>
        </p>
      )}
    </div>
  )
}
