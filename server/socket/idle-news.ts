/**
 * What idle screens hear of the line. Two thousand of them must not be told of every press: only a coarse step of how many
 * wait counts, a pause, and a change of hours or rules; and all of it at most once in {@link IDLE_NEWS_EVERY_MS}.
 */
import type { State } from '#server/routing/state.ts'
import { waitingStep } from './line-view.ts'
import type { StateIndex } from './state-index.ts'

/** Raised, an idle screen is wrong for longer about how many wait; lowered, a restless line costs more. */
export const IDLE_NEWS_EVERY_MS = 5_000

/** Whose idle screens are to be told: of these queues, or of all. */
export type IdleNewsFor = 'everyone' | ReadonlySet<string>

const QUIET = 'open 0'

export class IdleNews {
  readonly #toldOf = new Map<string, string>()
  #rules: Pick<State, 'policy' | 'hours' | 'closedSites'> | undefined

  /** Notes how things stand, and returns whom that is news to since the last time. */
  take(state: State, index: StateIndex): IdleNewsFor {
    const { policy, hours, closedSites } = state
    // The first time they may have changed since the screens were greeted: whoever knows them already is told nothing.
    const isOfRules =
      this.#rules?.policy !== policy || this.#rules.hours !== hours || this.#rules.closedSites !== closedSites
    this.#rules = { policy, hours, closedSites }
    const queueIds = new Set<string>()
    for (const queueId of Object.keys(policy.queues)) {
      const isPaused = state.queues.get(queueId)?.isPaused === true
      const told = isPaused ? 'paused' : `open ${waitingStep(index.countsOf(queueId).waitingCount)}`
      if ((this.#toldOf.get(queueId) ?? QUIET) !== told) queueIds.add(queueId)
      this.#toldOf.set(queueId, told)
    }
    return isOfRules ? 'everyone' : queueIds
  }
}
