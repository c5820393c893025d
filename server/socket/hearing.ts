/**
 * Who has said, in a call that runs, that they cannot hear. It is of the moment: no figure counts it, nothing keeps it, and a
 * server that starts anew waits to be told again.
 */
export class Hearing {
  readonly #callIds = new Set<string>()

  /** Notes what the citizen of a call says. Returns whether that is news. */
  say(callId: string, hasTrouble: boolean): boolean {
    if (this.#callIds.has(callId) === hasTrouble) return false
    if (hasTrouble) this.#callIds.add(callId)
    else this.#callIds.delete(callId)
    return true
  }

  readonly hasTrouble = (callId: string): boolean => this.#callIds.has(callId)

  /** These calls are over. */
  forget(callIds: readonly string[]): void {
    for (const callId of callIds) this.#callIds.delete(callId)
  }
}
