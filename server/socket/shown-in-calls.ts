/**
 * What the citizens of running calls are shown. It is of the moment: nothing keeps it, and after a restart of the server
 * whoever showed it shows it again.
 */
import { fullBucket, takeToken, type Bucket } from '#sfu/binding/flood-guard.ts'
import type { Shown, ShownMove } from '#server/contract/shown.ts'
import type { ConnectedCall } from '#server/routing/state.ts'

export type ShownInCall = { readonly shown: Shown; readonly agentId: string; readonly isClosedByCitizen: boolean }

/** A hand that points is seen to move smoothly at this; more would be for nobody's eyes. Of each call. */
const MOVES = { burst: 30, perSecond: 20 } as const

type Standing = ShownInCall & { readonly moves: Bucket }

export class ShownInCalls {
  readonly #now: () => number
  readonly #standing = new Map<string, Standing>()
  readonly #listeners = new Map<string, (move: ShownMove) => void>()

  /** `now`: milliseconds since some fixed instant. */
  constructor(now: () => number) {
    this.#now = now
  }

  readonly of = (callId: string): ShownInCall | undefined => this.#standing.get(callId)

  /** Takes the place of what was shown. Returns whether that is news: the same thing shown again is not. */
  show(callId: string, agentId: string, shown: Shown): boolean {
    if (this.#standing.get(callId)?.shown.shownId === shown.shownId) return false
    const moves = this.#standing.get(callId)?.moves ?? fullBucket(MOVES, this.#now())
    this.#standing.set(callId, { shown, agentId, isClosedByCitizen: false, moves })
    return true
  }

  /** An agent takes it off. Returns whether that is news. */
  stop(callId: string): boolean {
    return this.#standing.delete(callId)
  }

  /** The citizen takes it off; the agents are told that they did. Returns whether that is news. */
  close(callId: string, shownId: string): boolean {
    const standing = this.#standing.get(callId)
    if (standing?.shown.shownId !== shownId || standing.isClosedByCitizen) return false
    this.#standing.set(callId, { ...standing, isClosedByCitizen: true })
    return true
  }

  /**
   * Whether `move` is of what is shown now and comes no faster than it may. A move of something else is `late`: it crossed
   * with what took its place.
   */
  admit({ callId, shownId }: ShownMove): 'yes' | 'late' | 'too-fast' {
    const standing = this.#standing.get(callId)
    if (standing?.shown.shownId !== shownId || standing.isClosedByCitizen) return 'late'
    return takeToken(standing.moves, MOVES, this.#now()) ? 'yes' : 'too-fast'
  }

  /** `who` (a kiosk or an agent) hears of moves from now on. Returns the function that ends it. */
  listen(who: string, tell: (move: ShownMove) => void): () => void {
    this.#listeners.set(who, tell)
    return () => {
      if (this.#listeners.get(who) === tell) this.#listeners.delete(who)
    }
  }

  tell(who: readonly string[], move: ShownMove): void {
    for (const each of who) this.#listeners.get(each)?.(move)
  }

  /** These calls are over. */
  forget(callIds: readonly string[]): void {
    for (const callId of callIds) this.#standing.delete(callId)
  }
}

/** Names of listeners: an agent may be called what a kiosk is. */
export const listenerOfKiosk = (kioskId: string): string => `kiosk ${kioskId}`
export const listenerOfAgent = (agentId: string): string => `agent ${agentId}`

/** The desks in a call, as listeners, but for the one of `exceptAgentId`. */
export function desksIn({ agentId, joined }: ConnectedCall, exceptAgentId?: string): string[] {
  const agentIds = [agentId, ...joined.map((one) => one.agentId)]
  return agentIds.filter((each) => each !== exceptAgentId).map(listenerOfAgent)
}
