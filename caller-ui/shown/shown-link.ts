/** The screen's end of what is shown: the agent's hand and scrolling come in, the citizen's scrolling and closing go out. */
import { signal } from '@preact/signals'
import type { CallId } from '#server/contract/ids.ts'
import type { ShownId, ShownMove, ShownPlace } from '#server/contract/shown.ts'
import { Refusal } from '#sfu/contract/wire.ts'
import type { CallerConnection } from '../session/caller-requests.ts'

export type ShownLink = {
  /** Takes it off this screen; the agents are told. */
  close(callId: CallId, shownId: ShownId): void
  /** The citizen has scrolled: the desks follow. */
  scroll(callId: CallId, shownId: ShownId, top: ShownPlace): void
  /** Calls `listener` whenever the agent points or scrolls. Returns the function that ends it. */
  onMove(listener: (move: ShownMove) => void): () => void
}

/** So many moves a second are sent at most, the last one always. In ms between two. */
const SCROLL_EVERY_MS = 150

/** What the citizen has closed and the server may not know yet: it is gone here at once. */
export const closedId = signal<ShownId | null>(null)

/** `connection` is null where the screen has no identity: then nothing is ever shown. */
export function shownLink(connection: CallerConnection | null): ShownLink {
  let unsent: ShownMove | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  const send = (): void => {
    timer = undefined
    if (unsent === null) return
    connection?.request('shown.scroll', unsent).catch(forgive)
    unsent = null
    timer = setTimeout(send, SCROLL_EVERY_MS)
  }
  return {
    close(callId, shownId) {
      closedId.value = shownId
      connection?.request('shown.close', { callId, shownId }, { retry: true }).catch(forgive)
    },
    scroll(callId, shownId, top) {
      unsent = { callId, shownId, top }
      if (timer === undefined) send()
    },
    onMove: (listener) => connection?.on('shown.moved', listener) ?? (() => undefined),
  }
}

/** Of the moment: what does not get through is past, and of closing the view tells. */
function forgive(error: unknown): void {
  if (!(error instanceof Refusal)) throw error
}
