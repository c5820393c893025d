/** What a person can say of the people in their call, and the screen's part in a hold. */
import { computed, effect, untracked, type ReadonlySignal } from '@preact/signals'
import type { CallId, Instant, JoinId } from '#server/contract/ids.ts'
import type { Face } from '#server/contract/views.ts'
import { Refusal } from '#sfu/contract/wire.ts'
import type { Screen } from '../model/screen.ts'
import type { MediaControl } from './call-media.ts'
import type { CallerConnection } from './caller-requests.ts'

export type InCall = {
  /** For what is shown in a call, which brings its own requests when it is fetched. */
  readonly connection: CallerConnection | null
  /** The server's clock, in ms since 1970. */
  serverNow(): Instant
  /** Nobody more is wanted, or the talk goes on with whoever is there. */
  declineJoin(callId: CallId, joinId: JoinId): void
  /** Whoever talks with them is told that they cannot hear, or can again. */
  sayHearing(callId: CallId, hasTrouble: boolean): void
  /** How it was. A rating that does not get through is nobody's trouble: the person is thanked and goes. */
  rate(callId: CallId, face: Face): void
}

/** Follows the holds and the people of the screen's calls; `connection` is null where the screen has no identity. */
export function startInCall(
  connection: CallerConnection | null,
  screen: ReadonlySignal<Screen>,
  media: MediaControl,
): InCall {
  const isHeld = computed(() => screen.value.kind === 'conversation' && screen.value.hold !== null)
  effect(() => {
    const held = isHeld.value
    untracked(() => media.hold(held))
  })
  effect(() => {
    const shown = screen.value
    if (shown.kind === 'conversation') untracked(() => media.text.meet(shown))
  })
  return {
    connection,
    serverNow: () => connection?.serverNow() ?? Date.now(),
    // Of both the view tells what became of it.
    declineJoin: (callId, joinId) =>
      void connection?.request('join.decline', { callId, joinId }, { retry: true }).catch(forgive),
    sayHearing: (callId, hasTrouble) =>
      void connection?.request('call.say-hearing', { callId, hasTrouble }, { retry: true }).catch(forgive),
    rate: (callId, face) => void connection?.request('rating.give', { callId, face }, { retry: true }).catch(forgive),
  }
}

function forgive(error: unknown): void {
  if (!(error instanceof Refusal)) throw error
}
