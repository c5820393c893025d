/** A phone that was asleep: its page says at once that it is here, instead of waiting for the connection to find out. */
import { Refusal } from '#sfu/contract/wire.ts'
import type { CallerConnection } from '../session/caller-requests.ts'

/**
 * Knocks again whenever the page is seen again. A connection that died in the sleep is noticed by the attempt, and the
 * place of somebody who was away comes back with the greeting.
 */
export function greetOnWake(connection: CallerConnection): void {
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible') return
    if (connection.state.kind === 'offline') connection.reconnect()
    if (connection.state.kind !== 'online') return
    connection.request('hello', {}).catch((error: unknown) => {
      // The connection is made anew by itself, and greets then.
      if (!(error instanceof Refusal)) throw error
    })
  })
}
