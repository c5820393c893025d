/** What an agent writes down about a call: outcome codes, whether it is solved, a note. All of it may be left out. */
import { Type, type Static } from 'typebox'
import { CallbackSheet } from './callbacks.ts'
import { CallId, Instant, Labels, ServiceId, Ticket, type Id } from './ids.ts'
import { Name, orNull, strict } from './shapes.ts'

/** As a policy names it, below a service. */
export const OutcomeCode = Type.Unsafe<Id<'OutcomeCode'>>(
  Type.String({ pattern: '^(?=.{1,31}$)[a-z0-9]+(?:-[a-z0-9]+)*$' }),
)
export type OutcomeCode = Static<typeof OutcomeCode>

/** Of one service. More, and nobody finds the right one within a wrap-up. */
export const OUTCOMES_MAX = 24

/** In UTF-16 units, some 300 words. Raised, notes become records, which belong in the city's case system. */
export const NOTE_LENGTH_MAX = 2_000

/** How long after the call something may still be written: for a desk that was without network when its wrap-up ended. */
export const WRITABLE_MS = 60 * 60 * 1_000

/** Everything except NUL, which Postgres keeps in no text. */
const NoteText = Type.String({ maxLength: NOTE_LENGTH_MAX, pattern: '^[^\\u0000]*$' })

/** The whole form, as it stands: the newest replaces what was before. */
export const WrapUpForm = Type.Object(
  {
    outcomeCodes: Type.Array(OutcomeCode, { maxItems: OUTCOMES_MAX, uniqueItems: true }),
    /** Whether the citizen's matter was solved at this first contact; null: not said. */
    isSolvedFirst: orNull(Type.Boolean()),
    note: NoteText,
  },
  strict,
)
export type WrapUpForm = Static<typeof WrapUpForm>

export const OutcomeChoice = Type.Object({ code: OutcomeCode, labels: Labels }, strict)
export type OutcomeChoice = Static<typeof OutcomeChoice>

/** What can be written about a call, and what is. */
export const WrapUpSheet = Type.Object(
  {
    callId: CallId,
    ticket: orNull(Ticket),
    siteName: Name,
    serviceId: ServiceId,
    serviceLabels: Labels,
    matterLabels: orNull(Labels),
    /** In the order of the policy. */
    outcomes: Type.Array(OutcomeChoice, { maxItems: OUTCOMES_MAX }),
    /** After so many days the note is deleted. */
    notesKeptDays: Type.Integer({ minimum: 1 }),
    form: WrapUpForm,
    /** Absent where nothing may be promised: by policy, or because the call goes on with others. */
    callback: Type.Optional(CallbackSheet),
  },
  strict,
)
export type WrapUpSheet = Static<typeof WrapUpSheet>

export const WrapUpKept = Type.Object({ writtenAt: Instant }, strict)
