/** An employee on their way in: first the number, then the PIN. Pure. */
import type { StaffNote } from '#server/contract/caller-staff.ts'
import { STAFF_PIN_LENGTH } from '#server/contract/staff-words.ts'
import type { CallerView } from '#server/contract/views.ts'

export const STAFF_NUMBER_LENGTH_MIN = 4
export const STAFF_NUMBER_LENGTH_MAX = 8

export type StaffEntry = {
  readonly number: string
  /** Null while the number is being typed. */
  readonly pin: string | null
  readonly state: 'typing' | 'asking' | 'wrong' | 'too-often' | 'failed'
}

export const noStaffEntry: StaffEntry = { number: '', pin: null, state: 'typing' }

export function withDigit(entry: StaffEntry, digit: string): StaffEntry {
  if (entry.state === 'asking' || !/^[0-9]$/.test(digit)) return entry
  const { number, pin } = entry
  if (pin === null) {
    return number.length >= STAFF_NUMBER_LENGTH_MAX ? entry : { number: number + digit, pin, state: 'typing' }
  }
  return pin.length >= STAFF_PIN_LENGTH ? entry : { number, pin: pin + digit, state: 'typing' }
}

/** Out of an empty PIN it goes back to the number. */
export function withoutLastDigit(entry: StaffEntry): StaffEntry {
  if (entry.state === 'asking') return entry
  const { number, pin } = entry
  if (pin === null) return { number: number.slice(0, -1), pin, state: 'typing' }
  return { number, pin: pin === '' ? null : pin.slice(0, -1), state: 'typing' }
}

/** Whether there is enough to go on with. */
export const isStaffStepDone = ({ number, pin }: StaffEntry): boolean =>
  pin === null ? number.length >= STAFF_NUMBER_LENGTH_MIN : pin.length === STAFF_PIN_LENGTH

export const noNote: StaffNote = { words: [], text: '' }

export type StaffEntryScreen = {
  readonly kind: 'staff-entry'
  readonly entry: StaffEntry
  readonly isReachable: boolean
}

/** The screen of an employee who is signed in, before the call. */
export type StaffReadyScreen = {
  readonly kind: 'staff-ready'
  readonly firstName: string
  readonly placeName: string
  readonly note: StaffNote
  readonly isReachable: boolean
  readonly isCalling: boolean
}

export type StaffFacts = {
  /** Null while nobody signs in. */
  readonly staffEntry: StaffEntry | null
  /** Signed in on this page, since it was loaded, and not gone since. */
  readonly isStaffHere: boolean
  readonly note: StaffNote
}

/** The screen of staff, where there is one to show instead of the kiosk's own. */
export function staffScreen(
  { staffEntry, isStaffHere, note }: StaffFacts,
  { staff }: CallerView,
  now: { readonly isReachable: boolean; readonly isCalling: boolean },
): StaffReadyScreen | StaffEntryScreen | null {
  if (staffEntry !== null) return { kind: 'staff-entry', entry: staffEntry, isReachable: now.isReachable }
  // Without a connection nobody is signed in any more: the session is the connection's.
  if (!isStaffHere || staff === null || !now.isReachable) return null
  return { kind: 'staff-ready', ...staff, note, ...now }
}
