/**
 * The windows among what is shown: a picture that the SFU takes from one agent alone, and only while it is shown. The citizen who closes it, a
 * hold, and whoever leaves end it at the SFU, whatever a page goes on sending.
 */
import { Refusal } from '#sfu/contract/wire.ts'
import type { ErrorCode } from '#server/contract/errors.ts'
import type { Shown } from '#server/contract/shown.ts'
import { isInCall, type Call, type ConnectedCall } from '#server/routing/state.ts'
import type { ShownInCalls } from './shown-in-calls.ts'

/** Tells the SFU of a call who may send a window: this agent, or nobody. Rejects when it cannot be told. */
export type ShowScreen = (callId: string, agentId: string | null) => Promise<void>

export class ShownWindows {
  readonly #shownInCalls: ShownInCalls
  readonly #showScreen: ShowScreen
  /** The calls whose SFU was told of a window. */
  readonly #told = new Set<string>()

  constructor(shownInCalls: ShownInCalls, showScreen: ShowScreen) {
    this.#shownInCalls = shownInCalls
    this.#showScreen = showScreen
  }

  /** The agent whose window is shown in a call now; null where none is. */
  readonly agentOf = (callId: string): string | null => {
    const standing = this.#shownInCalls.of(callId)
    return standing?.shown.kind === 'window' && !standing.isClosedByCitizen ? standing.agentId : null
  }

  /**
   * Tells the SFU what is shown in a call now, where that concerns it. Resolves with whether that is done; that nobody may send one any more
   * is said again once the SFU is back.
   */
  async follow(callId: string): Promise<boolean> {
    const agentId = this.agentOf(callId)
    if (agentId === null && !this.#told.delete(callId)) return true
    if (agentId !== null) this.#told.add(callId)
    try {
      await this.#showScreen(callId, agentId)
      return true
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return agentId === null
    }
  }

  /** Ends the windows of these calls that may not be any more: on hold, in writing, without the agent who shows it, or over. */
  endWhereOver(callIds: Iterable<string>, callOf: (callId: string) => Call | undefined): void {
    for (const callId of callIds) {
      const agentId = this.agentOf(callId)
      if (agentId === null) continue
      const call = callOf(callId)
      if (isInCall(call, agentId) && mayShowWindow(call)) continue
      this.#shownInCalls.stop(callId)
      void this.follow(callId)
    }
  }
}

const mayShowWindow = ({ hold, mode }: ConnectedCall): boolean => hold === null && mode !== 'text'

/** Throws the Refusal `window-not-allowed` for a window that may not be shown in this call now. */
export function assertWindow(shown: Shown, call: ConnectedCall): void {
  if (shown.kind !== 'window' || mayShowWindow(call)) return
  throw new Refusal<ErrorCode>('window-not-allowed', 'the call is in writing, or the citizen is on hold')
}
