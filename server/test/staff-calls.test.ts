/** An employee of a place calls together with a citizen: on the real system, over a restart, and without any right to it. */
import { randomUUID } from 'node:crypto'
import t from 'tap'
import type { CallId } from '../contract/ids.ts'
import { eventually, TestSystem, type AgentConnection, type KioskConnection } from './harness.ts'

const newCallId = () => randomUUID() as CallId
const workOf = (agent: AgentConnection) => agent.snapshot?.view.work
const callOf = (kiosk: KioskConnection) => kiosk.snapshot?.view.call
const NOTE = { words: ['little-danish', 'has-papers'] as ('little-danish' | 'has-papers')[], text: '' }

async function online(connection: KioskConnection | AgentConnection): Promise<void> {
  await eventually('a connection', () => connection.state.kind === 'online')
}

async function signedIn(system: TestSystem, index: number): Promise<KioskConnection> {
  const kiosk = system.kiosk(index)
  await online(kiosk)
  const [maja] = system.access.staff
  const { view } = await kiosk.request('staff.sign-in', {
    way: { kind: 'pin', number: maja?.number ?? '', pin: maja?.pin ?? '' },
  })
  if (view.staff === null) throw new Error('nobody is signed in')
  return kiosk
}

async function offered(agent: AgentConnection) {
  return eventually('the offer', () => {
    const work = workOf(agent)
    return work?.kind === 'offered' ? work : undefined
  })
}

t.test(
  'both are named to the specialist, who hears of it when one has gone; a restart forgets nothing of it',
  async (t) => {
    const system = await TestSystem.start(t)
    const citizen = system.kiosk(1)
    await online(citizen)
    await citizen.request('call.start', { callId: newCallId() })
    const kiosk = await signedIn(system, 0)
    t.match(kiosk.snapshot?.view.staff, { firstName: 'Maja', placeName: 'Borgerservice Kvik, Krystalgade' })
    const callId = newCallId()
    const started = await kiosk.request('call.start', { callId, withStaff: { note: NOTE } })
    t.match(started.view.call, { status: 'waiting', classId: 'staff', staff: { firstName: 'Maja' } })
    t.match(started.view.call, { positionMin: 1 }, 'the rule of the class puts it before who came just now')
    await kiosk.request('call.start', { callId, withStaff: { note: { words: [], text: 'told again' } } })

    await system.killServer()
    await system.startServer()
    await online(kiosk)
    await eventually('the call to be there', () => callOf(kiosk)?.status === 'waiting')
    t.match(kiosk.snapshot?.view, { staff: null, call: { callId, classId: 'staff', staff: { firstName: 'Maja' } } })

    const agent = await system.agent('amal')
    await online(agent)
    await agent.request('availability.set-available', {})
    const offer = await offered(agent)
    const place = { name: 'Maja Holm', placeName: 'Borgerservice Kvik, Krystalgade' }
    t.match(offer.call, { callId, staff: { ...place, hasLeft: false, note: NOTE } })
    await agent.request('offer.accept', { offerId: offer.offerId })
    await eventually('the conversation', () => callOf(kiosk)?.status === 'connected')
    const { view } = await kiosk.request('staff.leave-call', { callId })
    t.match(view.call, { status: 'connected', classId: 'staff', staff: null }, 'the call goes on as the citizen’s')
    await eventually('the agent to be told', () => {
      const work = workOf(agent)
      return work?.kind === 'in-call' && work.call.staff?.hasLeft === true
    })
    await kiosk.request('staff.leave-call', { callId })
    await kiosk.request('call.hang-up', { callId })
    const rows = system.db.selectFrom('calls').select(['origin', 'staff_id', 'staff_left_at', 'class_id'])
    const kept = await rows.where('call_id', '=', callId).executeTakeFirst()
    t.match(kept, { origin: 'staff', staff_id: 'staff-1001', staff_left_at: Date, class_id: 'staff' })
    const others = await rows.where('call_id', '!=', callId).execute()
    t.match(others, [{ origin: 'citizen', staff_id: null }])
    await eventually('the note to be gone', async () => {
      return (await system.db.selectFrom('call_notes').selectAll().execute()).length === 0
    })
    const events = await system.db.selectFrom('journal').select(['event', 'facts']).execute()
    t.notMatch(JSON.stringify(events), /little-danish|Maja/, 'neither note nor name is in the journal')
  },
)

t.test('without a session it is refused and nobody is in line; a new page has none', async (t) => {
  const system = await TestSystem.start(t)
  const kiosk = await signedIn(system, 0)
  await kiosk.request('staff.sign-out', {})
  t.equal(kiosk.snapshot?.view.staff, null)
  const withStaff = { note: NOTE }
  await t.rejects(kiosk.request('call.start', { callId: newCallId(), withStaff }), { code: 'not-allowed' })
  const again = await signedIn(system, 0)
  const newer = system.kiosk(0)
  await online(newer)
  t.equal(newer.snapshot?.view.staff, null, 'the page was loaded anew')
  t.not(again.state.kind, 'online')
  await t.rejects(newer.request('call.start', { callId: newCallId(), withStaff }), { code: 'not-allowed' })
  t.same(await system.db.selectFrom('calls').selectAll().execute(), [])
  t.same(await system.db.selectFrom('call_notes').selectAll().execute(), [])
})

t.test('a phone signs nobody in, and the employee stays behind where the place is taken along', async (t) => {
  const system = await TestSystem.start(t)
  const kiosk = await signedIn(system, 0)
  const callId = newCallId()
  const { view } = await kiosk.request('call.start', { callId, withStaff: { note: NOTE } })
  if (view.call?.status !== 'waiting') throw new Error('the call does not wait')
  const mobile = system.phone(view.call.ticketUrlPath)
  await eventually('the phone to have the call', () => callOf(mobile)?.status === 'waiting')
  await eventually('the employee to be out of it', () => {
    const call = callOf(mobile)
    return call?.status === 'waiting' && call.staff === null
  })
  t.match(callOf(mobile), { callId, classId: 'staff' }, 'the place is what it was')
  const [maja] = system.access.staff
  const way = { kind: 'badge', badge: maja?.badge ?? '' } as const
  await t.rejects(mobile.request('staff.sign-in', { way }), { code: 'not-allowed' })
  await eventually('the kiosk to be free', () => callOf(kiosk) === null)
  await t.rejects(kiosk.request('staff.leave-call', { callId }), { code: 'unknown-call' }, 'it is another screen’s now')
})

t.test('what no page sends: refused, and it changes nothing', async (t) => {
  const system = await TestSystem.start(t)
  const bodies: unknown[] = [
    {},
    { way: { kind: 'pin', number: '1001' } },
    { way: { kind: 'pin', number: '1001', pin: '1234567' } },
    { way: { kind: 'pin', number: '1'.repeat(9), pin: '123456' } },
    { way: { kind: 'badge', badge: 'short' } },
    { way: { kind: 'badge', badge: 'x'.repeat(65) } },
    { way: { kind: 'badge', badge: 'x'.repeat(32), pin: '123456' } },
  ]
  for (const body of bodies) {
    const kiosk = system.kiosk(0)
    await online(kiosk)
    await t.rejects(kiosk.request('staff.sign-in', body as never), { code: 'bad-request' }, JSON.stringify(body))
    kiosk.close()
  }
  const notes: unknown[] = [
    { words: ['rude'], text: '' },
    { words: ['has-papers', 'has-papers'], text: '' },
    { words: [], text: 'x'.repeat(201) },
  ]
  for (const note of notes) {
    const kiosk = await signedIn(system, 1)
    const body = { callId: newCallId(), withStaff: { note } } as never
    await t.rejects(kiosk.request('call.start', body), { code: 'bad-request' }, JSON.stringify(note).slice(0, 60))
    kiosk.close()
  }
  t.same(await system.db.selectFrom('calls').selectAll().execute(), [])
})
