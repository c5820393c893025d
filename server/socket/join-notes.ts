/**
 * Written hand-overs: from one colleague to the next, about a citizen. They are personal data, so they are kept nowhere but
 * here, in memory, and no longer than the call. A server that starts anew is told them again by the desk that wrote them.
 */
/** Notes of one call. Nobody asks so many people into a call, and memory stays bounded. */
const NOTES_MAX = 20

export class JoinNotes {
  readonly #notesOf = new Map<string, Map<string, string>>()

  /** Keeps the note of a join of a call. Returns whether that is news. */
  keep(callId: string, joinId: string, note: string): boolean {
    const notes = this.#notesOf.get(callId) ?? new Map<string, string>()
    if (notes.get(joinId) === note || (notes.size >= NOTES_MAX && !notes.has(joinId))) return false
    notes.set(joinId, note)
    this.#notesOf.set(callId, notes)
    return true
  }

  readonly of = (callId: string, joinId: string): string | null => this.#notesOf.get(callId)?.get(joinId) ?? null

  /** Nobody was asked after all. */
  drop(callId: string, joinId: string): void {
    this.#notesOf.get(callId)?.delete(joinId)
  }

  /** These calls are over. */
  forget(callIds: readonly string[]): void {
    for (const callId of callIds) this.#notesOf.delete(callId)
  }

  /** How many calls have a note, for tests and for whoever looks after memory. */
  get callsCount(): number {
    return this.#notesOf.size
  }
}
