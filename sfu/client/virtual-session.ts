/** A participant without media, for load drivers and tests: joins with a ticket and says `media.flowing` when connected. */
import { Refusal } from '#sfu/contract/wire.ts'
import { MediaLink, type ClosedReason, type TicketSource } from './media-link.ts'

export type VirtualSession = {
  readonly state: 'connecting' | 'standby' | 'connected' | 'reconnecting' | 'closed'
  /** Leaves the room. */
  close(): void
}

export type VirtualSessionOptions = {
  readonly ticketSource: TicketSource
  readonly onState?: (state: VirtualSession['state'], reason?: ClosedReason) => void
}

/** Enters the room of the ticket and stays until `close` or until the SFU ends it. */
export function startVirtualSession({ ticketSource, onState }: VirtualSessionOptions): VirtualSession {
  let state: VirtualSession['state'] = 'connecting'
  const enter = (next: VirtualSession['state'], reason?: ClosedReason): void => {
    if (next === state) return
    state = next
    onState?.(next, reason)
  }
  const sayFlowing = async (): Promise<void> => {
    try {
      await link.ask('media.flowing', {})
    } catch (error) {
      // A connection that broke meanwhile says so itself, and a new one says it again.
      if (!(error instanceof Refusal)) throw error
    }
  }
  const link = new MediaLink(ticketSource, {
    // When connected, `room.connected` follows at once.
    onJoined: ({ isConnected }) => enter(isConnected ? 'connected' : 'standby'),
    onLost: () => enter('reconnecting'),
    onClosed: (reason) => enter('closed', reason),
    events: {
      'room.standby': () => enter('standby'),
      'room.connected': () => {
        enter('connected')
        void sayFlowing()
      },
    },
  })
  return {
    get state() {
      return state
    },
    close: () => link.close(),
  }
}
