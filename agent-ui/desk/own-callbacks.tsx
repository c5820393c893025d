/** [R40] What the agent has promised and nobody has taken yet: when it rings, or that nobody came. */
import type { JSX } from 'preact'
import type { OwnCallback } from '#server/contract/callbacks.ts'
import { ticketText } from '../model/ticket-text.ts'
import { t } from '../text/language.ts'
import { whenText } from './when-text.ts'

const words = {
  promised: 'callback.rings',
  ringing: 'callback.ringing',
  here: 'callback.here',
  missed: 'callback.missed',
  'given-up': 'callback.givenUp',
} as const satisfies Record<OwnCallback['state'], string>

export function OwnCallbacks({ callbacks }: { readonly callbacks: readonly OwnCallback[] }): JSX.Element | null {
  if (callbacks.length === 0) return null
  return (
    <section class="card own-callbacks" aria-labelledby="own-callbacks">
      <h2 id="own-callbacks">{t('callback.own')}</h2>
      <ul aria-live="polite">
        {callbacks.map(({ callId, ticket, dueAt, isByMe, state, ringsAt }) => (
          <li key={callId}>
            <strong>{ticketText(ticket)}</strong>
            <span>{t(words[state], { when: whenText(ringsAt ?? dueAt) })}</span>
            <span class="quiet">{isByMe ? t('callback.toMe') : t('callback.toAnyone')}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
