/** Which open calls an employee makes together with a citizen: in memory for the views, in Postgres for a restart. */
import type { StaffNote } from '#server/contract/caller-staff.ts'
import type { Database } from '#server/store/database.ts'
import { dropNotes, keepNote, keepStaffLeft, openStaffCalls } from '#server/store/staff.ts'
import type { StaffCall, StaffMember } from '#server/store/staff.ts'

export type StaffOfCall = (callId: string) => StaffCall | undefined

export class StaffCalls {
  readonly #db: Database
  readonly #onError: (error: unknown) => void
  readonly #calls = new Map<string, StaffCall>()

  /** `onError` hears of a note that could not be dropped; the next start of the server drops it. */
  constructor(db: Database, onError: (error: unknown) => void) {
    this.#db = db
    this.#onError = onError
  }

  /** Takes up what is still open. */
  async start(): Promise<void> {
    for (const call of await openStaffCalls(this.#db)) this.#calls.set(call.callId, call)
  }

  readonly of: StaffOfCall = (callId) => this.#calls.get(callId)

  /** Before the call is in line. */
  async begin(callId: string, staff: StaffMember, said: StaffNote): Promise<void> {
    const text = said.text.trim()
    const note = said.words.length === 0 && text === '' ? null : { words: said.words, text }
    if (note !== null) await keepNote(this.#db, callId, note)
    this.#calls.set(callId, { callId, staff, note, hasLeft: false })
  }

  /** The employee leaves; the call goes on. Returns whether that was news. */
  async leave(callId: string): Promise<boolean> {
    const call = this.#calls.get(callId)
    if (call === undefined || call.hasLeft) return false
    this.#calls.set(callId, { ...call, hasLeft: true })
    await keepStaffLeft(this.#db, callId)
    return true
  }

  /** The calls are over, or never were. */
  end(callIds: readonly string[]): void {
    const known = callIds.filter((callId) => this.#calls.delete(callId))
    if (known.length > 0) dropNotes(this.#db, known).catch(this.#onError)
  }
}
