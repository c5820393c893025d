/** Media tickets and the control link's proof: made and checked with the secret that server and SFU share. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { Ajv } from 'ajv'
import { CONTROL_PROOF_AGE_MS_MAX, CONTROL_PROTOCOL_VERSION } from '#sfu/contract/control.ts'
import { TICKET_CLOCK_SKEW_MS_MAX, TICKET_LIFETIME_MS, TicketClaims } from '#sfu/contract/ticket.ts'
import { Refusal } from '#sfu/contract/wire.ts'

const areClaims = new Ajv({ strict: true }).compile<TicketClaims>(TicketClaims)

/** Longer than any real ticket; a longer one is refused before anything looks at it. */
const TICKET_CHARACTERS_MAX = 1024

const sign = (secret: string, text: string): string => createHmac('sha256', secret).update(text).digest('base64url')

/** Compares two texts in a time that says nothing about where they differ. */
function isSameText(given: string, wanted: string): boolean {
  const givenBytes = Buffer.from(given)
  const wantedBytes = Buffer.from(wanted)
  return givenBytes.length === wantedBytes.length && timingSafeEqual(givenBytes, wantedBytes)
}

/**
 * Issues a media ticket. `at` is now, in ms since epoch; the ticket is good for `lifetimeMs`.
 * Returns its text, which the page carries to the SFU unread.
 */
export function issueTicket(
  secret: string,
  claims: Pick<TicketClaims, 'sfuId' | 'roomId' | 'participantId' | 'role'>,
  at: number,
  lifetimeMs: number = TICKET_LIFETIME_MS,
): string {
  const { sfuId, roomId, participantId, role } = claims
  const whole: TicketClaims = {
    version: 1,
    sfuId,
    roomId,
    participantId,
    role,
    issuedAt: at,
    expiresAt: at + lifetimeMs,
  }
  const text = Buffer.from(JSON.stringify(whole)).toString('base64url')
  return `${text}.${sign(secret, text)}`
}

/**
 * Reads a media ticket at the instant `at` (ms since epoch) on the SFU `sfuId`.
 * Throws the Refusal `ticket-refused` for a ticket that is malformed, forged, expired, from the future or for
 * another SFU. Whether its room is open and its participant still welcome is for the caller to judge.
 */
export function readTicket(secret: string, ticket: string, where: { sfuId: string; at: number }): TicketClaims {
  const refuse = (why: string): Refusal => new Refusal('ticket-refused', why)
  if (ticket.length > TICKET_CHARACTERS_MAX) throw refuse('the ticket is too long')
  const parts = ticket.split('.')
  const [text, signature] = parts
  if (parts.length !== 2 || text === undefined || signature === undefined) throw refuse('the ticket has the wrong form')
  if (!isSameText(signature, sign(secret, text))) throw refuse('the ticket was not issued by this system')
  const claims = parseClaims(text)
  if (claims === undefined) throw refuse('the ticket does not say what a ticket says')
  if (claims.sfuId !== where.sfuId) throw refuse('the ticket is for another SFU')
  if (where.at > claims.expiresAt + TICKET_CLOCK_SKEW_MS_MAX) throw refuse('the ticket has expired')
  if (claims.issuedAt > where.at + TICKET_CLOCK_SKEW_MS_MAX) throw refuse('the ticket is from the future')
  return claims
}

function parseClaims(text: string): TicketClaims | undefined {
  try {
    const claims: unknown = JSON.parse(Buffer.from(text, 'base64url').toString())
    return areClaims(claims) ? claims : undefined
  } catch {
    return undefined
  }
}

export type ControlAuth = { readonly protocolVersion: number; readonly at: number; readonly proof: string }

const controlText = (protocolVersion: number, at: number): string => `control ${protocolVersion} ${at}`

/** What the server puts into `auth` when it opens the control link at the instant `at` (ms since epoch). */
export function controlAuth(secret: string, at: number): ControlAuth {
  return {
    protocolVersion: CONTROL_PROTOCOL_VERSION,
    at,
    proof: sign(secret, controlText(CONTROL_PROTOCOL_VERSION, at)),
  }
}

/**
 * Checks what came as `auth` on the control link, at the instant `at` (ms since epoch).
 * Throws the Refusal `version-mismatch` or `control-refused`.
 */
export function checkControlAuth(secret: string, auth: Readonly<Record<string, unknown>>, at: number): void {
  if (auth['protocolVersion'] !== CONTROL_PROTOCOL_VERSION) {
    throw new Refusal('version-mismatch', `this SFU speaks control protocol ${CONTROL_PROTOCOL_VERSION}`)
  }
  const { at: provedAt, proof } = auth
  if (typeof provedAt !== 'number' || typeof proof !== 'string') {
    throw new Refusal('control-refused', 'the proof is missing')
  }
  if (!isSameText(proof, sign(secret, controlText(CONTROL_PROTOCOL_VERSION, provedAt)))) {
    throw new Refusal('control-refused', 'the proof is wrong: do both sides have the same media secret?')
  }
  if (!(Math.abs(at - provedAt) <= CONTROL_PROOF_AGE_MS_MAX)) {
    throw new Refusal('control-refused', 'the proof is too old or from the future: do the two clocks agree?')
  }
}
