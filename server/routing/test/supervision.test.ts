/** [R43] Supervisors in running calls: who may, how, one at a time, seen by all in the call, and until when. */
import t from 'tap'
import type { SupervisionKind } from '../supervision.ts'
import { Desk, policyOf } from './desk.ts'

const allowed = { ...policyOf(), supervision: ['listen', 'whisper'] as const }
const supervise = (desk: Desk, kind: SupervisionKind, byId = 'lone') =>
  desk.take({ type: 'call.supervised', callId: 'a', kind, byId })
const supervisorOf = (desk: Desk) => {
  const call = desk.callOf('a')
  return call.status === 'connected' ? call.supervisor : undefined
}

/** A desk at which an agent talks in call `a`. */
function talking(): Desk {
  const desk = new Desk(allowed)
  desk.agent('amal', { citizen: 1, da: 1 })
  desk.call('a')
  desk.accept('amal')
  return desk
}

t.test('[R43] listening, then whispering; all in the call are told, and the call is what it was', async (t) => {
  const desk = talking()
  const before = desk.callOf('a')
  const step = supervise(desk, 'listen')
  t.equal(step.refusal, undefined)
  t.ok(step.touched.calls.includes('a') && step.touched.agents.includes('amal'))
  supervise(desk, 'whisper')
  t.same(supervisorOf(desk), { id: 'lone', kind: 'whisper' })
  t.same({ ...desk.callOf('a'), supervisor: null }, before)
  desk.take({ type: 'call.supervision-ended', callId: 'a', byId: 'niels' })
  t.same(supervisorOf(desk)?.id, 'lone', 'nobody ends it for somebody else')
  desk.take({ type: 'call.supervision-ended', callId: 'a', byId: 'lone' })
  t.equal(supervisorOf(desk), null)
  t.equal(desk.take({ type: 'call.supervision-ended', callId: 'a', byId: 'lone' }).refusal, undefined)
})

t.test(
  '[R43] refused: what the city has not, a second one, before anybody talks, in a call of their own',
  async (t) => {
    const desk = talking()
    t.equal(supervise(desk, 'join').refusal, 'not-allowed')
    t.equal(supervise(desk, 'listen', 'amal').refusal, 'wrong-state')
    supervise(desk, 'listen')
    t.equal(supervise(desk, 'listen', 'niels').refusal, 'wrong-state')
    t.equal(
      desk.take({ type: 'call.supervised', callId: 'none', kind: 'listen', byId: 'lone' }).refusal,
      'unknown-call',
    )
    const waiting = new Desk(allowed)
    waiting.call('a')
    t.equal(supervise(waiting, 'listen').refusal, 'wrong-state')
    const plain = new Desk()
    plain.call('a')
    t.equal(supervise(plain, 'listen').refusal, 'not-allowed', 'a policy that does not say it')
  },
)

t.test('[R43] no longer than until a restart, after which nobody who listens would be there', async (t) => {
  const desk = talking()
  supervise(desk, 'listen')
  desk.take({ type: 'server.restarted' })
  t.equal(supervisorOf(desk), null)
})
