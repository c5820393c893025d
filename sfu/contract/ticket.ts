/**
 * A media ticket: the short-lived right of one participant to enter one media room. The server issues
 * it, the SFU checks it, the page only carries it. It names ids and never people.
 *
 * Text form: `base64url(JSON of TicketClaims) "." base64url(HMAC-SHA256 of the first part)`, under the
 * media secret that server and SFU share.
 */
import { Type, type Static } from 'typebox'
import { ParticipantId, ParticipantRole, RoomId } from './ids.ts'

/** How long a ticket may be used to enter, in ms. Longer helps slow networks, shorter limits what a stolen one is worth. */
export const TICKET_LIFETIME_MS = 60_000

/** Server and SFU may disagree about the time by this much. */
export const TICKET_CLOCK_SKEW_MS_MAX = 5_000

export const TicketClaims = Type.Object(
  {
    version: Type.Literal(1),
    sfuId: Type.String({ minLength: 1, maxLength: 64 }),
    roomId: RoomId,
    participantId: ParticipantId,
    role: ParticipantRole,
    /** By the server's clock. A removal makes tickets issued up to its instant worthless. */
    issuedAt: Type.Integer({ minimum: 0 }),
    expiresAt: Type.Integer({ minimum: 0 }),
  },
  { additionalProperties: false },
)
export type TicketClaims = Static<typeof TicketClaims>

export const MediaTicket = Type.String({ minLength: 16, maxLength: 1024, pattern: '^[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+$' })
