/** The SFU is told of a hold as it begins and ends, also of one that a server found as it started. */
import t from 'tap'
import type { Call, State } from '../routing/state.ts'
import { HeldCalls } from './held-calls.ts'

const connected = (id: string, isOnHold: boolean): Call =>
  ({ id, status: 'connected', hold: isOnHold ? { agentId: 'amal', since: 0, endsAt: 1 } : null }) as unknown as Call

t.test('each change once, and nothing of a call that is over', async (t) => {
  const told: unknown[] = []
  const calls = new Map<string, Call>([['found', connected('found', true)]])
  const held = new HeldCalls((callId, isOnHold) => told.push([callId, isOnHold]))
  const follow = (callId: string) => held.follow([callId], (id) => calls.get(id))
  held.begin({ calls } as unknown as State)
  follow('found')
  calls.set('found', connected('found', false))
  follow('found')
  calls.set('new', connected('new', false))
  follow('new')
  calls.set('new', connected('new', true))
  follow('new')
  follow('new')
  calls.delete('new')
  follow('new')
  calls.set('new', connected('new', false))
  follow('new')
  t.same(told, [
    ['found', false],
    ['new', true],
  ])
})
