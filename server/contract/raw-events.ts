/**
 * The raw events, for supervisors and for the city's own warehouse.
 *
 * `GET /api/v1/calls/:callId/events`: everything that the journal holds of one call, as {@link RawEvent}s.
 *
 * `GET /api/v1/events?after=0&limit=10000`: all events in their order, as NDJSON: one {@link RawEvent} to a line. `after` is the `seq` of the
 * last line that was had (0 to begin with); where fewer than `limit` lines come, there are no more for now. Lines never change and their
 * numbers have no gap, so a copy is kept up by asking on from its last line. `facts` are what followed from an event.
 * Events hold ids of calls, kiosks, places and agents, tickets of calls that are over, and no names, notes or what was said.
 */
import { Type, type Static } from 'typebox'
import { CallId, Instant } from './ids.ts'
import { strict } from './shapes.ts'

export const RawEvent = Type.Object(
  {
    /** The place in the journal. */
    seq: Type.Integer({ minimum: 1 }),
    at: Instant,
    type: Type.String(),
    /** As the engine took it: `server/routing/event.ts`. */
    event: Type.Record(Type.String(), Type.Unknown()),
    /** As the engine told it: `server/routing/effect.ts`. */
    facts: Type.Array(Type.Record(Type.String(), Type.Unknown())),
  },
  strict,
)
export type RawEvent = Static<typeof RawEvent>

export const CallEventsReply = Type.Object({ callId: CallId, events: Type.Array(RawEvent) }, strict)
export type CallEventsReply = Static<typeof CallEventsReply>

/** Of one answer. A year is had in turns, each of some seconds. */
export const EVENTS_LIMIT_MAX = 100_000

export const EventsQuery = Type.Object(
  {
    after: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}$' })),
    limit: Type.Optional(Type.String({ pattern: '^(100000|[1-9][0-9]{0,4})$' })),
  },
  strict,
)
export type EventsQuery = Static<typeof EventsQuery>
