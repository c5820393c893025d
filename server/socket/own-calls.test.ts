/** Whose call it is, as the gate asks. The handlers behind it look once more, so that a city of all roles would not notice if this were gone. */
import t from 'tap'
import type { State } from '../routing/state.ts'
import type { Person } from '../store/directory.ts'
import type { CallerDevice } from './caller-view.ts'
import { ownsAsAgent, ownsAsDevice, ownsAsSupervisor } from './own-calls.ts'

/** Two kiosks talk with an agent each, a third person is in the first call, and a supervisor listens there; a third kiosk waits. */
const talk = (id: string, agentId: string, joined: string[], supervisorId: string | null) => ({
  id,
  status: 'connected',
  agentId,
  joined: joined.map((each) => ({ agentId: each })),
  supervisor: supervisorId === null ? null : { id: supervisorId, kind: 'listen' },
})
const calls = [talk('one', 'amal', ['farah'], 'lone'), talk('two', 'bo', [], null), { id: 'three', status: 'waiting' }]
const works = {
  amal: { kind: 'in-call', callId: 'one' },
  bo: { kind: 'in-call', callId: 'two' },
  elin: { kind: 'offered', callId: 'three' },
  dogan: { kind: 'wrap-up', callId: 'two' },
}
const state = {
  calls: new Map(calls.map((call) => [call.id, call])),
  callIdOfKiosk: new Map([1, 2, 3].map((n, i) => [`kiosk-${n}`, calls[i]?.id])),
  agents: new Map(Object.entries(works).map(([agentId, work]) => [agentId, { work }])),
} as unknown as State

const ALL = ['one', 'two', 'three', 'none', undefined]
/** Which of all calls, one that there is not, and none at all are theirs. */
const theirs = (owns: (body: { callId?: string }) => boolean) =>
  ALL.filter((callId) => owns(callId === undefined ? {} : { callId }))

t.test('a device has the call that is open at it', async (t) => {
  const of = (kioskId: string, whose: 'call-at-hand' | 'call-in' = 'call-at-hand') =>
    theirs((body) => ownsAsDevice(state, whose, { kioskId } as CallerDevice, body))
  t.same([of('kiosk-1'), of('kiosk-3'), of('kiosk-4')], [['one'], ['three'], []])
  t.same(of('kiosk-1', 'call-in'), [], 'and nothing in another sense')
})

t.test('an agent has the call they are offered or in, and talks in those alone that they are in', async (t) => {
  const of = (agentId: string, whose: 'call-at-hand' | 'call-in' | 'call-supervised') =>
    theirs((body) => ownsAsAgent(state, whose, { agentId } as Person, body))
  t.same(
    ['amal', 'farah', 'bo', 'elin', 'dogan'].map((agentId) => of(agentId, 'call-in')),
    [['one'], ['one'], ['two'], [], []],
  )
  t.same(
    ['amal', 'elin', 'dogan', 'nobody'].map((agentId) => of(agentId, 'call-at-hand')),
    [['one'], ['three'], [], []],
  )
  t.same(of('lone', 'call-supervised'), [])
})

t.test('a supervisor has the call they are in', async (t) => {
  const of = (agentId: string) =>
    theirs((body) => ownsAsSupervisor(state, 'call-supervised', { agentId } as Person, body))
  t.same([of('lone'), of('niels')], [['one'], []])
})
