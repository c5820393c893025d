/** What both sides know of an employee at a kiosk, without the schemas: a page takes it along in its first script. */

export const STAFF_PIN_LENGTH = 6

/** As a reader types it: so long that nobody can guess it, and short enough for a bar code. */
export const BADGE_CHARACTERS_MIN = 20
export const BADGE_CHARACTERS_MAX = 64

/** What an employee at their own desk may write for the specialist: they have a keyboard. Longer, and nobody reads it while it rings. */
export const BESIDE_NOTE_CHARACTERS_MAX = 500

/** What the specialist should know before they answer, in words that both pages have: nothing of a person is in them. */
export const STAFF_NOTE_WORDS = [
  'little-danish',
  'hears-badly',
  'sees-badly',
  'has-papers',
  'took-number',
  'is-upset',
] as const
