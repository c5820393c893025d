import t from 'tap'
import type { CallId } from '#server/contract/ids.ts'
import type { CallerCallView } from '#server/contract/views.ts'
import { ownCallAfter, type OwnCall, type OwnCallEvent } from './own-call.ts'

const callId = '3f9d1c1e-8a53-4a55-9a55-0f6a2f0d7a11' as CallId
const otherId = '4f9d1c1e-8a53-4a55-9a55-0f6a2f0d7a11' as CallId
const none: OwnCall = { kind: 'none' }

const facts = { callId, queuedAt: 1, language: 'da', isLanguageChosen: false, matterId: null } as const
const waiting: CallerCallView = { status: 'waiting', ...facts, position: 1 }
const connected: CallerCallView = {
  status: 'connected',
  ...facts,
  connectedAt: 2,
  agentFirstName: 'Amal',
  centreName: 'Hans Nansens Gård',
  isAgentLost: false,
}

const after = (...events: OwnCallEvent[]): OwnCall => events.reduce(ownCallAfter, none)

t.test('the way of a call', async (t) => {
  const starting = after({ kind: 'pressed', callId })
  t.same(starting, { kind: 'starting', callId, isSlow: false })
  t.same(ownCallAfter(starting, { kind: 'answer-slow' }), { kind: 'starting', callId, isSlow: true })
  const mine = ownCallAfter(starting, { kind: 'answered' })
  t.same(mine, { kind: 'mine', callId, wasConnected: false })
  const talking = ownCallAfter(mine, { kind: 'view-changed', call: connected })
  t.same(talking, { kind: 'mine', callId, wasConnected: true })
  t.same(ownCallAfter(talking, { kind: 'view-changed', call: waiting }), talking, 'once connected, that stays true')
  const left = ownCallAfter(talking, { kind: 'hung-up' })
  t.same(left, { kind: 'left', callId, wasConnected: true })
  t.same(ownCallAfter(left, { kind: 'dismissed' }), none)
})

t.test('the view may come before the answer', async (t) => {
  const mine = after({ kind: 'pressed', callId }, { kind: 'view-changed', call: waiting })
  t.same(mine, { kind: 'mine', callId, wasConnected: false })
  t.same(ownCallAfter(mine, { kind: 'answered' }), mine)
  t.same(ownCallAfter(mine, { kind: 'refused', code: 'no-answer' }), mine, 'in line is in line')
})

t.test('a refusal ends the press', async (t) => {
  const refused = after({ kind: 'pressed', callId }, { kind: 'refused', code: 'queue-full' })
  t.same(refused, { kind: 'not-taken', code: 'queue-full' })
  t.same(ownCallAfter(refused, { kind: 'dismissed' }), none)
})

t.test('somebody else’s call changes nothing', async (t) => {
  const starting = after({ kind: 'pressed', callId })
  t.same(ownCallAfter(starting, { kind: 'view-changed', call: { ...waiting, callId: otherId } }), starting)
  t.same(after({ kind: 'view-changed', call: waiting }), none)
  t.same(after({ kind: 'resumed', callId }), { kind: 'mine', callId, wasConnected: false })
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
  const starting = after({ kind: 'pressed', callId })
  t.same(ownCallAfter(starting, { kind: 'pressed', callId: otherId }), starting, 'a second press is the first')
  t.same(ownCallAfter(starting, { kind: 'dismissed' }), starting)
})
