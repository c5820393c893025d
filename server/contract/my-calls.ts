/** `GET /api/v1/my/calls`: the calls that the signed-in agent had or made beside a citizen, the newest first, a page at a time. */
import { Type, type Static } from 'typebox'
import { CallId, Instant, Labels, Language, Mode, Ticket } from './ids.ts'
import { Name, orNull, strict } from './shapes.ts'
import { OutcomeChoice, OutcomeCode } from './wrap-up.ts'

/** More, and a page takes longer to read than to find what one looks for. */
export const MY_CALLS_PAGE = 25
/** Times as ISO 8601 with zone, at most `METRICS_RANGE_MS_MAX` apart; what is left out narrows nothing. */
export const MyCallsQuery = Type.Object(
  {
    from: Type.String({ format: 'date-time' }),
    to: Type.String({ format: 'date-time' }),
    ticket: Type.Optional(Ticket),
    /** A part of the site's name. */
    place: Type.Optional(Type.String({ minLength: 1, maxLength: 80, pattern: '^[^\\u0000]*$' })),
    outcome: Type.Optional(OutcomeCode),
    /** `nextBefore` of the page before. */
    before: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}$' })),
  },
  strict,
)
export type MyCallsQuery = Static<typeof MyCallsQuery>

/** What is left of the note: nothing was written, it is there until a day, or its time is over. */
export const NoteState = Type.Union([
  Type.Object({ kind: Type.Literal('none') }, strict),
  Type.Object({ kind: Type.Literal('kept'), text: Type.String(), until: Instant }, strict),
  Type.Object({ kind: Type.Literal('deleted') }, strict),
])
export type NoteState = Static<typeof NoteState>

export const MyCall = Type.Object(
  {
    callId: CallId,
    ticket: orNull(Ticket),
    siteName: orNull(Name),
    serviceLabels: Labels,
    matterLabels: orNull(Labels),
    language: Language,
    mode: Mode,
    /** Made by this agent with a citizen beside them: then the times are from making the call to its end. */
    isBeside: Type.Boolean(),
    /** From accepting to hanging up, by this agent. */
    acceptedAt: Instant,
    hungUpAt: Instant,
    /** What became of the call; null while others are in it still. */
    outcome: orNull(Type.String()),
    /** Without labels where the policy in force no longer names the code. */
    outcomes: Type.Array(Type.Object({ code: OutcomeCode, labels: orNull(Labels) }, strict)),
    isSolvedFirst: orNull(Type.Boolean()),
    note: NoteState,
  },
  strict,
)
export type MyCall = Static<typeof MyCall>

export const MyCallsReply = Type.Object(
  {
    calls: Type.Array(MyCall, { maxItems: MY_CALLS_PAGE }),
    /** Where the next page begins; null on the last one. */
    nextBefore: orNull(Type.String()),
    /** What can be searched for: the outcomes of all services. */
    outcomeChoices: Type.Array(OutcomeChoice),
  },
  strict,
)
export type MyCallsReply = Static<typeof MyCallsReply>
