/**
 * Which agents look at a still of what the citizen holds up. The picture itself is at the desk alone; here is only that there is
 * one, so that the citizen is told. Of the moment: nothing keeps it, and a desk says it anew when it comes back.
 */
export class Stills {
  readonly #agentIdsOf = new Map<string, Set<string>>()

  /** Notes whether an agent looks at one. Returns whether that is news. */
  say(callId: string, agentId: string, isHeld: boolean): boolean {
    const agentIds = this.#agentIdsOf.get(callId) ?? new Set()
    if (agentIds.has(agentId) === isHeld) return false
    if (isHeld) agentIds.add(agentId)
    else agentIds.delete(agentId)
    if (agentIds.size === 0) this.#agentIdsOf.delete(callId)
    else this.#agentIdsOf.set(callId, agentIds)
    return true
  }

  readonly of = (callId: string): readonly string[] => [...(this.#agentIdsOf.get(callId) ?? [])]

  /** These calls are over. */
  forget(callIds: readonly string[]): void {
    for (const callId of callIds) this.#agentIdsOf.delete(callId)
  }
}
