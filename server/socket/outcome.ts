/** From what the engine says to what a page is told. */
import { Refusal } from '#sfu/contract/wire.ts'
import type { IceServers } from '#server/contract/ice-servers.ts'
import type { ErrorCode } from '#server/contract/errors.ts'
import type { Invited } from '#server/media/participants.ts'
import type { RoutingRefusal } from '#server/routing/effect.ts'

const CODES: Readonly<Record<RoutingRefusal | 'not-ready', ErrorCode>> = {
  'unknown-call': 'unknown-call',
  'unknown-agent': 'unknown-agent',
  // The host checked the queue against the directory: the policy is older than the directory.
  'unknown-queue': 'not-ready',
  'already-in-call': 'already-in-call',
  'offer-gone': 'offer-gone',
  'agent-busy': 'agent-busy',
  'agent-away': 'agent-away',
  'callback-time': 'callback-time',
  'not-able': 'not-able',
  'wrong-state': 'wrong-state',
  // The host makes tickets that are free; two at once may still meet.
  'ticket-in-use': 'not-ready',
  'unknown-ticket': 'unknown-ticket',
  'unknown-class': 'unknown-class',
  'not-allowed': 'not-allowed',
  // The host checks a policy before it submits it.
  'invalid-policy': 'internal',
  'not-ready': 'not-ready',
}

/** Throws the refusal of a submitted event, unless there is none or it is among `accepted`. */
export function must(
  refusal: RoutingRefusal | 'not-ready' | undefined,
  accepted: readonly (RoutingRefusal | 'not-ready')[] = [],
): void {
  if (refusal === undefined || accepted.includes(refusal)) return
  throw new Refusal<ErrorCode>(CODES[refusal], `the engine answered: ${refusal}`)
}

/** Gives a participant the way into a call's media room. Throws `no-media` when no SFU has it. */
export type Invite = (
  callId: string,
  participant: Invited,
) => { sfuUrl: string; ticket: string; iceServers?: IceServers }
