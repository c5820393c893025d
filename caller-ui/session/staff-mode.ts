/** An employee at this screen: signing in, the note for the specialist, and leaving. Nothing of it outlives the person. */
import { batch, effect, signal, untracked, type ReadonlySignal } from '@preact/signals'
import type { StaffNote, StaffNoteWord } from '#server/contract/caller-staff.ts'
import type { CallId } from '#server/contract/ids.ts'
import type { CallerView } from '#server/contract/views.ts'
import { Refusal } from '#sfu/contract/wire.ts'
import type { OwnCall } from '../model/own-call.ts'
import {
  isStaffStepDone,
  noNote,
  noStaffEntry,
  withDigit,
  withoutLastDigit,
  type StaffEntry,
  type StaffFacts,
} from '../model/staff-entry.ts'
import type { CallerConnection, CallerRequests, StaffSignIn } from './caller-requests.ts'

type Parts = {
  readonly own: ReadonlySignal<OwnCall>
  readonly link: ReadonlySignal<CallerConnection['state']>
  readonly view: ReadonlySignal<CallerView | null>
  readonly request: CallerRequests
}

export class StaffMode {
  readonly #parts: Parts
  readonly #entry = signal<StaffEntry | null>(null)
  readonly #isHere = signal(false)
  readonly #note = signal<StaffNote>(noNote)

  constructor(parts: Parts) {
    this.#parts = parts
    // The session is the connection's: whoever comes back after an outage signs in again.
    effect(() => {
      if (parts.link.value.kind !== 'online') this.#isHere.value = false
    })
    // The server says that it is over: of what they chose nothing stays for the next.
    let wasSeen = false
    effect(() => {
      const isSeen = (parts.view.value?.staff ?? null) !== null
      if (wasSeen && !isSeen) untracked(() => this.#forget())
      wasSeen = isSeen
    })
  }

  get facts(): StaffFacts {
    return { staffEntry: this.#entry.value, isStaffHere: this.#isHere.value, note: this.#note.value }
  }

  // The screens are handed these one by one, hence arrows.

  readonly open = (): void => {
    if (this.#parts.own.value.kind === 'none') this.#entry.value = noStaffEntry
  }

  readonly type = (digit: string): void => this.#edit((entry) => withDigit(entry, digit))
  readonly eraseLast = (): void => this.#edit(withoutLastDigit)

  /** From the number to the PIN, and from the PIN to the server. */
  readonly goOn = (): void => {
    const entry = this.#entry.value
    if (entry === null || !isStaffStepDone(entry) || entry.state === 'asking') return
    const { number, pin } = entry
    if (pin === null) this.#entry.value = { ...entry, pin: '', state: 'typing' }
    else this.#signIn({ kind: 'pin', number, pin })
  }

  /** A badge was read, on the idle screen or on the one with the keys. */
  readonly readBadge = (badge: string): void => {
    if (this.#parts.own.value.kind !== 'none' || this.#entry.value?.state === 'asking') return
    this.#entry.value = noStaffEntry
    this.#signIn({ kind: 'badge', badge })
  }

  readonly toggleWord = (word: StaffNoteWord): void => {
    const { words, text } = this.#note.value
    this.#note.value = { words: words.includes(word) ? words.filter((each) => each !== word) : [...words, word], text }
  }

  /** What a press says besides: together with whoever is signed in here, or nothing. */
  withStaff(): { readonly withStaff?: { readonly note: StaffNote } } {
    const isHere = this.#isHere.value && (this.#parts.view.value?.staff ?? null) !== null
    return isHere ? { withStaff: { note: this.#note.value } } : {}
  }

  /** The employee goes, the call goes on. */
  readonly leave = (callId: CallId): void => {
    this.#forget()
    this.#parts.request.staffLeave(callId)
  }

  /** Whoever comes next finds nobody signed in. */
  readonly forget = (): void => {
    const wasHere = this.#isHere.value || this.#entry.value !== null
    this.#forget()
    if (wasHere && this.#parts.link.value.kind === 'online') this.#parts.request.staffSignOut()
  }

  #forget(): void {
    batch(() => {
      this.#entry.value = null
      this.#isHere.value = false
      this.#note.value = noNote
    })
  }

  #edit(change: (entry: StaffEntry) => StaffEntry): void {
    if (this.#entry.value !== null) this.#entry.value = change(this.#entry.value)
  }

  #signIn(way: StaffSignIn): void {
    const asked: StaffEntry = { ...(this.#entry.value ?? noStaffEntry), state: 'asking' }
    this.#entry.value = asked
    this.#parts.request.staffSignIn(way).then(
      () => {
        // Given up meanwhile: then nobody is to be signed in.
        if (this.#entry.value !== asked) return this.#parts.request.staffSignOut()
        batch(() => {
          this.#entry.value = null
          this.#isHere.value = true
        })
      },
      (error: unknown) => {
        if (!(error instanceof Refusal)) throw error
        if (this.#entry.value === asked) this.#entry.value = afterRefusal(asked, error.code)
      },
    )
  }
}

/** A PIN is typed anew; which of the two was wrong nobody says. */
function afterRefusal({ number }: StaffEntry, code: string): StaffEntry {
  const state = code === 'wrong-credentials' ? 'wrong' : code === 'too-many-requests' ? 'too-often' : 'failed'
  return { number, pin: number === '' ? null : '', state }
}
