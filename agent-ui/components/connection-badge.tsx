/** How the connection to the server stands, in words. */
import type { JSX } from 'preact'
import type { ConnectionState } from '#server/client/connection.ts'
import { t } from '../text/language.ts'
import { Icon } from './icons.tsx'

export function ConnectionBadge({ state }: { state: ConnectionState }): JSX.Element {
  const isOnline = state.kind === 'online'
  return (
    <span class={`connection ${isOnline ? 'tone-quiet' : 'tone-alarm'}`} role="status">
      <Icon name={isOnline ? 'signal' : 'offline'} />
      <span>
        {isOnline ? t('link.online') : state.kind === 'connecting' ? t('link.connecting') : t('link.offline')}
      </span>
    </span>
  )
}
