/** Calls as the scripted server has them. */
import { Refusal, type Body } from '#sfu/contract/wire.ts'
import type { callerRequests } from '#server/contract/caller-socket.ts'
import type { CallId, ClassId, JoinId, Skill, Ticket } from '#server/contract/ids.ts'
import type { CallerCallView, Joining } from '#server/contract/views.ts'

export type Ended = CallerCallView & { status: 'ended' }
export type InLine = CallerCallView & { status: 'waiting' }
export type InCall = CallerCallView & { status: 'connected' }
export type Kept = CallerCallView & { status: 'kept' }
type Here = Exclude<CallerCallView, Ended | Kept>

export type EndReason = Ended['endReason']
export type Outcome = Ended['outcome']

export const TICKET = 'K7MQ4X' as Ticket
/** An employee of the place. */
export const MAJA = { firstName: 'Maja', placeName: 'Borgerservice Kvik' } as const

export const TICKET_KEY = 'abcdefghijklmnopqrstuv'
export const ticketUrlPath = (ticket: Ticket): string => `/kiosk/?ticket=${ticket}.${TICKET_KEY}`

/** Second in line, three to five minutes, unless `what` says otherwise. */
export function inLine(what: Partial<Omit<InLine, 'status'>> & { readonly callId: CallId }): InLine {
  const { ticket = TICKET } = what
  const {
    callId,
    classId = 'ordinary' as ClassId,
    mode = 'video',
    queuedAt = Date.now(),
    language = 'da',
    isLanguageChosen = false,
    isInterpreterWanted = false,
    staff = null,
    matterId = null,
    positionMin = 2,
    positionMax = 2,
    wait = { p50Ms: 190_000, p80Ms: 290_000 },
    stepsOpenedCount = 0,
    branch = null,
  } = what
  const facts = { callId, ticket, ticketUrlPath: ticketUrlPath(ticket), classId, mode, queuedAt, language }
  const line = {
    isLanguageChosen,
    isInterpreterWanted,
    staff,
    matterId,
    positionMin,
    positionMax,
    wait,
    stepsOpenedCount,
    branch,
  }
  return { status: 'waiting', ...facts, ...line }
}

/** In a conversation with one, seen well, unless `what` says otherwise. */
export function inCall(facts: ReturnType<typeof factsOf>, what: Partial<Omit<InCall, 'status'>> = {}): InCall {
  return {
    status: 'connected',
    ...facts,
    connectedAt: Date.now(),
    agentFirstName: 'Amal',
    agentParticipantId: 'agent-amal',
    centreName: 'Borgerservice, Hans Nansens Gård',
    isAgentLost: false,
    others: [],
    joining: [],
    hold: null,
    shown: null,
    ...what,
  }
}

/** An interpreter for Somali, wanted just now, unless `what` says otherwise. */
export const joining = (what: Partial<Joining> = {}): Joining => ({
  joinId: '7a3e7f0e-6f0a-4c8e-9a51-3f2f7c1f9a12' as JoinId,
  attribute: 'so' as Skill,
  kind: 'language',
  labels: null,
  since: Date.now(),
  isTransfer: false,
  isOffered: false,
  ...what,
})

export const ended = (
  callId: CallId,
  outcome: Outcome,
  endReason: EndReason,
  opensAt: number | null = null,
): Ended => ({
  status: 'ended',
  callId,
  outcome,
  endReason,
  endedAt: Date.now(),
  opensAt,
})

export function kept(
  { callId, ticket, ticketUrlPath }: Here,
  isRungAtKiosk: boolean,
  notBefore: number | null = null,
): Kept {
  return { status: 'kept', callId, ticket, ticketUrlPath, isRungAtKiosk, notBefore }
}

export function refined(call: CallerCallView | null, wish: Body<typeof callerRequests, 'call.refine'>): CallerCallView {
  if (call?.callId !== wish.callId) throw new Refusal('unknown-call', 'no such call')
  const was = here(call)
  return {
    ...was,
    language: wish.language ?? was.language,
    isLanguageChosen: wish.language !== undefined || was.isLanguageChosen,
    isInterpreterWanted: wish.isInterpreterWanted ?? was.isInterpreterWanted,
    mode: wish.mode ?? was.mode,
    matterId: wish.matterId ?? was.matterId,
    classId: wish.classId ?? was.classId,
  }
}

/** The call that somebody is in at the screen. */
export function here(call: CallerCallView | null): Here {
  if (call === null || call.status === 'ended' || call.status === 'kept') {
    throw new Refusal('unknown-call', 'there is no call to go on with')
  }
  return call
}

export function factsOf(call: CallerCallView | null) {
  const { callId, ticket, ticketUrlPath, classId, mode, queuedAt, matterId } = here(call)
  const { language, isLanguageChosen, isInterpreterWanted, staff } = here(call)
  const said = { language, isLanguageChosen, isInterpreterWanted, staff, matterId }
  return { callId, ticket, ticketUrlPath, classId, mode, queuedAt, ...said }
}
