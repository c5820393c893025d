/** Which calls are on hold, as the SFU was told: nothing passes then between the citizen and the agents, whatever their pages send. */
import type { Call, State } from '#server/routing/state.ts'

export const isHeld = (call: Call | undefined): boolean => call?.status === 'connected' && call.hold !== null

export class HeldCalls {
  readonly #hold: (callId: string, isOnHold: boolean) => void
  readonly #held = new Set<string>()

  /** `hold`: tells the SFU of a call whether it is on hold. It may be told again. */
  constructor(hold: (callId: string, isOnHold: boolean) => void) {
    this.#hold = hold
  }

  /** The holds that a server finds as it starts: an SFU is told of them when it is reached. */
  begin(state: State): void {
    for (const call of state.calls.values()) if (isHeld(call)) this.#held.add(call.id)
  }

  /** Tells the SFU where these calls are newly on hold, or no longer. */
  follow(callIds: Iterable<string>, callOf: (callId: string) => Call | undefined): void {
    for (const callId of callIds) {
      const call = callOf(callId)
      const isOnHold = isHeld(call)
      if (isOnHold === this.#held.has(callId)) continue
      if (isOnHold) this.#held.add(callId)
      else this.#held.delete(callId)
      if (call !== undefined) this.#hold(callId, isOnHold)
    }
  }
}
