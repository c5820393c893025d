/**
 * Employees of the city's places at a kiosk: they sign in on the glass and call together with a citizen. A staff session
 * belongs to one connection of one kiosk, and ends with it.
 */
import { Type, type Static } from 'typebox'
import type { RequestTable } from '#sfu/contract/wire.ts'
import { CallId, MatterId } from './ids.ts'
import { Name, orNull, strict } from './shapes.ts'
import {
  BADGE_CHARACTERS_MAX,
  BADGE_CHARACTERS_MIN,
  BESIDE_NOTE_CHARACTERS_MAX,
  STAFF_NOTE_WORDS,
  STAFF_PIN_LENGTH,
} from './staff-words.ts'

/** What the employee types to say who they are. No secret: the PIN is. */
export const StaffNumber = Type.String({ pattern: '^[0-9]{4,8}$' })

const Pin = Type.String({ pattern: `^[0-9]{${STAFF_PIN_LENGTH}}$` })

const BadgeCode = Type.String({ pattern: `^[A-Za-z0-9]{${BADGE_CHARACTERS_MIN},${BADGE_CHARACTERS_MAX}}$` })

export const StaffNoteWord = Type.Union([
  Type.Literal('little-danish'),
  Type.Literal('hears-badly'),
  Type.Literal('sees-badly'),
  Type.Literal('has-papers'),
  Type.Literal('took-number'),
  Type.Literal('is-upset'),
])
export type StaffNoteWord = Static<typeof StaffNoteWord>

/** Kept until the call ends, and no longer. */
export const StaffNote = Type.Object(
  {
    words: Type.Array(StaffNoteWord, { maxItems: STAFF_NOTE_WORDS.length, uniqueItems: true }),
    /** Typed by the employee; empty for most. */
    text: Type.String({ maxLength: 200 }),
  },
  strict,
)
export type StaffNote = Static<typeof StaffNote>

/** The note of either, as the specialist reads it. */
export const StaffNoteTold = Type.Object(
  { words: StaffNote.properties.words, text: Type.String({ maxLength: BESIDE_NOTE_CHARACTERS_MAX }) },
  strict,
)

/**
 * An agent at their own desk calls with a citizen beside them. The note is for the specialist: it is in the server's memory
 * alone and gone with the call. Asked again for the same call, it is told again.
 */
export const BesideStart = Type.Object(
  {
    matterId: orNull(MatterId),
    isInterpreterWanted: Type.Boolean(),
    note: Type.String({ maxLength: BESIDE_NOTE_CHARACTERS_MAX }),
  },
  strict,
)
export type BesideStart = Static<typeof BesideStart>

/** An employee as the kiosk shows them: first name and place. */
export const StaffHere = Type.Object({ firstName: Name, placeName: Name }, strict)
export type StaffHere = Static<typeof StaffHere>

/**
 * The requests of staff at a kiosk, answered with the view `reply`. Number and PIN, or a badge, that are wrong, unknown or
 * locked out are all refused as `wrong-credentials`, and a phone as `not-allowed`.
 */
export const staffRequests = <Reply extends RequestTable[string]['reply']>(reply: Reply) =>
  ({
    'staff.sign-in': {
      body: Type.Object(
        {
          way: Type.Union([
            Type.Object({ kind: Type.Literal('pin'), number: StaffNumber, pin: Pin }, strict),
            Type.Object({ kind: Type.Literal('badge'), badge: BadgeCode }, strict),
          ]),
        },
        strict,
      ),
      reply,
    },
    /** Signed out already: asking again changes nothing. */
    'staff.sign-out': { body: Type.Object({}, strict), reply },
    /** The employee leaves a call that goes on with its class and its place, and is signed out. */
    'staff.leave-call': { body: Type.Object({ callId: CallId }, strict), reply },
  }) as const
