import t from 'tap'
import type { CallId, ClassId, MatterId, Ticket } from '#server/contract/ids.ts'
import type { CallerCallView } from '#server/contract/views.ts'
import { conversationOf, ownCallAfter, type HereCall, type OwnCall, type OwnCallEvent } from './own-call.ts'

const callId = '3f9d1c1e-8a53-4a55-9a55-0f6a2f0d7a11' as CallId
const otherId = '4f9d1c1e-8a53-4a55-9a55-0f6a2f0d7a11' as CallId
const none: OwnCall = { kind: 'none' }

const ticket = 'K7MQ4X' as Ticket
const facts = {
  callId,
  ticket,
  ticketUrlPath: '/kiosk/?ticket=K7MQ4X.abcdefghijklmnopqrstuv',
  classId: 'ordinary' as ClassId,
  mode: 'video',
  queuedAt: 1,
  language: 'da',
  isLanguageChosen: false,
  isInterpreterWanted: false,
  staff: null,
  matterId: null,
} as const
const line = { positionMin: 1, positionMax: 1, wait: null, stepsOpenedCount: 0, branch: null } as const
const waiting: CallerCallView = { status: 'waiting', ...facts, ...line }
const connected: CallerCallView = {
  status: 'connected',
  ...facts,
  connectedAt: 2,
  agentFirstName: 'Amal',
  agentParticipantId: 'agent-amal',
  centreName: 'Hans Nansens Gård',
  isAgentLost: false,
  others: [],
  joining: [],
  hold: null,
  shown: null,
}

const conversation = { ticket, language: null, matterId: null, classId: facts.classId, mode: facts.mode }

const after = (...events: OwnCallEvent[]): OwnCall => events.reduce(ownCallAfter, none)

t.test('the way of a call', async (t) => {
  const starting = after({ kind: 'pressed', callId, isForNextOpening: false })
  t.same(starting, { kind: 'starting', callId, isSlow: false, isForNextOpening: false })
  t.same(ownCallAfter(starting, { kind: 'answer-slow' }), {
    kind: 'starting',
    callId,
    isSlow: true,
    isForNextOpening: false,
  })
  const mine = ownCallAfter(starting, { kind: 'answered' })
  t.same(mine, { kind: 'mine', callId, conversation: null })
  const talking = ownCallAfter(mine, { kind: 'view-changed', call: connected })
  t.same(talking, { kind: 'mine', callId, conversation })
  t.same(ownCallAfter(talking, { kind: 'view-changed', call: waiting }), talking, 'once connected, that stays true')
  const left = ownCallAfter(talking, { kind: 'hung-up' })
  t.same(left, { kind: 'left', callId, conversation })
  t.same(conversationOf(left), conversation, 'remembered while they may call again')
  t.same(ownCallAfter(left, { kind: 'dismissed' }), none, 'and forgotten with them')
})

t.test('what was said in a conversation is remembered as far as it was theirs', async (t) => {
  const said: Pick<HereCall, 'isLanguageChosen' | 'language' | 'matterId' | 'classId'> = {
    isLanguageChosen: true,
    language: 'en',
    matterId: 'passport' as MatterId,
    classId: 'unsafe' as ClassId,
  }
  const mine = after({ kind: 'resumed', callId }, { kind: 'view-changed', call: { ...connected, ...said } })
  t.same(conversationOf(mine), { ticket, language: 'en', matterId: 'passport', classId: 'unsafe', mode: 'video' })
  t.equal(conversationOf(after({ kind: 'resumed', callId })), null)
  t.equal(conversationOf(none), null)
})

t.test('the view may come before the answer', async (t) => {
  const mine = after({ kind: 'pressed', callId, isForNextOpening: false }, { kind: 'view-changed', call: waiting })
  t.same(mine, { kind: 'mine', callId, conversation: null })
  t.same(ownCallAfter(mine, { kind: 'answered' }), mine)
  t.same(ownCallAfter(mine, { kind: 'refused', code: 'no-answer' }), mine, 'in line is in line')
})

t.test('a refusal ends the press', async (t) => {
  const refused = after({ kind: 'pressed', callId, isForNextOpening: false }, { kind: 'refused', code: 'not-ready' })
  t.same(refused, { kind: 'not-taken', code: 'not-ready' })
  t.same(ownCallAfter(refused, { kind: 'dismissed' }), none)
})

t.test('a ticket that is taken up', async (t) => {
  const taking = after({ kind: 'ticket-typed', ticket })
  t.same(taking, { kind: 'taking-up', ticket })
  t.same(ownCallAfter(taking, { kind: 'view-changed', call: waiting }), { kind: 'mine', callId, conversation: null })
  const other = { ...waiting, ticket: 'ABCDEF' as Ticket }
  t.same(ownCallAfter(taking, { kind: 'view-changed', call: other }), taking, 'another place is not theirs')
  const { ticketUrlPath } = facts
  const kept: CallerCallView = { status: 'kept', callId, ticket, ticketUrlPath, isRungAtKiosk: false, notBefore: null }
  t.same(ownCallAfter(taking, { kind: 'view-changed', call: kept }), taking, 'a place that is kept is not here')
  t.same(ownCallAfter(taking, { kind: 'refused', code: 'unknown-ticket' }), none)
  t.same(ownCallAfter(taking, { kind: 'pressed', callId, isForNextOpening: false }), taking, 'one thing at a time')
  t.same(after({ kind: 'view-changed', call: kept }), none, 'nobody inherits it')
})

t.test('somebody else’s call changes nothing', async (t) => {
  const starting = after({ kind: 'pressed', callId, isForNextOpening: false })
  t.same(ownCallAfter(starting, { kind: 'view-changed', call: { ...waiting, callId: otherId } }), starting)
  t.same(after({ kind: 'view-changed', call: waiting }), none)
  t.same(after({ kind: 'resumed', callId }), { kind: 'mine', callId, conversation: null })
})

t.test('what does not fit changes nothing', async (t) => {
  const events: OwnCallEvent[] = [
    { kind: 'answer-slow' },
    { kind: 'answered' },
    { kind: 'refused', code: 'x' },
    { kind: 'view-changed', call: null },
    { kind: 'hung-up' },
    { kind: 'dismissed' },
  ]
  for (const event of events) t.same(ownCallAfter(none, event), none, event.kind)
  const starting = after({ kind: 'pressed', callId, isForNextOpening: false })
  t.same(
    ownCallAfter(starting, { kind: 'pressed', callId: otherId, isForNextOpening: false }),
    starting,
    'a second press is the first',
  )
  t.same(ownCallAfter(starting, { kind: 'dismissed' }), starting)
})
