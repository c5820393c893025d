/** What a desk asks over HTTP, below `/api/v1`, beside what it is told of itself. */
import { Type, type Static } from 'typebox'
import { CallId, Instant, Labels } from './ids.ts'
import { Count, Name, orNull, strict } from './shapes.ts'

/** `GET /api/v1/agents/me/day`: the agent's own day since midnight in Copenhagen. Nobody else is shown it. */
export const OwnDay = Type.Object(
  {
    /** Calls the agent took and that are over, those they were asked into included. */
    answered: Count,
    /** In these, from taking the call to leaving it. */
    talkMs: Count,
    /** From taking a call to the end of its wrap-up, over those that are wrapped up; null where none is. */
    handlingMsAverage: orNull(Count),
    /** Offers the agent gave back, and offers that rang until their time was over. */
    declined: Count,
    missed: Count,
  },
  strict,
)
export type OwnDay = Static<typeof OwnDay>

export const EarlierCall = Type.Object(
  {
    callId: CallId,
    arrivedAt: Instant,
    siteName: Name,
    serviceLabels: orNull(Labels),
    /** Who took it; null where nobody did. */
    agentName: orNull(Name),
    outcome: Type.Union([
      Type.Literal('answered'),
      Type.Literal('abandoned'),
      Type.Literal('full'),
      Type.Literal('closed'),
      Type.Literal('paused'),
      Type.Literal('expired'),
      Type.Literal('failed'),
    ]),
  },
  strict,
)
export type EarlierCall = Static<typeof EarlierCall>

/** So many are told; whoever has called oftener is told with the newest. */
export const EARLIER_CALLS_MAX = 10

/** `GET /api/v1/calls/:callId/earlier`: the ticket's calls of the day before this one, newest first. */
export const EarlierCalls = Type.Object({ calls: Type.Array(EarlierCall, { maxItems: EARLIER_CALLS_MAX }) }, strict)
export type EarlierCalls = Static<typeof EarlierCalls>
