/** [R29] A place belongs to a ticket: on the real system, with two kiosks, a phone and an agent. */
import t from 'tap'
import { randomUUID } from 'node:crypto'
import type { CallId, Ticket } from '../contract/ids.ts'
import { eventually, TestSystem, type AgentConnection, type KioskConnection } from './harness.ts'

const newCallId = () => randomUUID() as CallId
const workOf = (agent: AgentConnection) => agent.snapshot?.view.work
const callOf = (kiosk: KioskConnection) => kiosk.snapshot?.view.call

async function waitingAt(kiosk: KioskConnection) {
  await eventually('the kiosk to be there', () => kiosk.state.kind === 'online')
  const callId = newCallId()
  const { view } = await kiosk.request('call.start', { callId })
  if (view.call?.status !== 'waiting') throw new Error('the call does not wait')
  return view.call
}

t.test('a citizen leaves with a ticket; the next user is nobody’s heir, and the place is had elsewhere', async (t) => {
  const system = await TestSystem.start(t)
  const [first, second] = [system.kiosk(0), system.kiosk(1)]
  await eventually('the second kiosk to be there', () => second.state.kind === 'online')
  const { callId, ticket } = await waitingAt(first)
  const kept = await first.request('call.step-away', { callId, isRungAtKiosk: false })
  t.match(kept.view.call, { status: 'kept', ticket })
  const again = await first.request('call.step-away', { callId, isRungAtKiosk: false })
  t.match(again.view.call, { status: 'kept', ticket }, 'said twice is said once')
  const next = await waitingAt(first)
  t.not(next.ticket, ticket)
  t.match(next, { positionMin: 1 }, 'whoever is away is not before those who are there')
  await t.rejects(first.request('ticket.take-up', { ticket }), { code: 'already-in-call' })
  await t.rejects(second.request('ticket.take-up', { ticket: 'ZZZZZZ' as Ticket }), { code: 'unknown-ticket' })
  const taken = await second.request('ticket.take-up', { ticket })
  t.match(taken.view.call, { status: 'waiting', callId, ticket, positionMin: 1 }, 'the old place, before the next user')
  await eventually('the next user to stand second', () => {
    const call = callOf(first)
    return call?.status === 'waiting' && call.positionMin === 2
  })
  const { outcome } = (await second.request('call.hang-up', { callId })).view.call as { outcome: string }
  t.equal(outcome, 'abandoned')
})

t.test('a ticket that is near is called on the screens of its site, and answered from a phone', async (t) => {
  const system = await TestSystem.start(t)
  const kiosk = system.kiosk(0)
  const { callId, ticket, ticketUrlPath } = await waitingAt(kiosk)
  await kiosk.request('call.step-away', { callId, isRungAtKiosk: true })
  // Nobody is before it: it is near at once.
  await eventually('the ticket to be called', () => kiosk.snapshot?.view.calledTickets.length === 1)
  t.match(kiosk.snapshot?.view.calledTickets, [{ ticketStart: ticket.slice(0, 3), isRungHere: true }])
  const mobile = system.phone(ticketUrlPath)
  await eventually('the phone to have the call', () => callOf(mobile)?.status === 'waiting')
  t.match(mobile.snapshot?.view, { device: 'phone', call: { callId, ticket } })
  await eventually('the screens to stop calling', () => kiosk.snapshot?.view.calledTickets.length === 0)
  const agent = await system.agent('amal')
  await eventually('the agent to be there', () => agent.state.kind === 'online')
  await agent.request('availability.set-available', {})
  const offer = await eventually('the offer', () => {
    const work = workOf(agent)
    return work?.kind === 'offered' ? work : undefined
  })
  t.match(offer, {
    call: { callId, ticket, kioskId: `phone-${callId}` },
    why: { choice: 'only-one', candidatesCount: 1 },
  })
  await agent.request('offer.accept', { offerId: offer.offerId })
  await eventually('the phone to be connected', () => callOf(mobile)?.status === 'connected')
  const invitation = await mobile.request('media.ticket', { callId })
  t.ok(invitation.ticket)
  await mobile.request('call.hang-up', { callId })
  t.match(callOf(mobile), { status: 'ended', outcome: 'failed' }, 'no picture flowed in this test')
})

t.test('a phone without the key of its ticket, or with one that is over, is turned away', async (t) => {
  const system = await TestSystem.start(t)
  const kiosk = system.kiosk(0)
  const { callId, ticket, ticketUrlPath } = await waitingAt(kiosk)
  const guess = system.phone(`/kiosk/?ticket=${ticket}.${'A'.repeat(22)}`)
  await eventually('the guess to be refused', () => guess.state.kind === 'refused')
  t.same(guess.state, { kind: 'refused', code: 'unknown-ticket' })
  t.match(callOf(kiosk), { status: 'waiting' }, 'and the place is where it was')
  await kiosk.request('call.hang-up', { callId })
  const late = system.phone(ticketUrlPath)
  await eventually('the late one to be refused', () => late.state.kind === 'refused')
  t.same(late.state, { kind: 'refused', code: 'unknown-ticket' })
})

t.test('[R23] whoever calls again with the ticket of before is answered by the same agent', async (t) => {
  const system = await TestSystem.start(t)
  const kiosk = system.kiosk(0)
  const [amal, dogan] = [await system.agent('amal'), await system.agent('dogan')]
  for (const agent of [amal, dogan]) await eventually('an agent to be there', () => agent.state.kind === 'online')
  const { callId, ticket } = await waitingAt(kiosk)
  await amal.request('availability.set-available', {})
  const offer = await eventually('the first offer', () => {
    const work = workOf(amal)
    return work?.kind === 'offered' ? work : undefined
  })
  await amal.request('offer.accept', { offerId: offer.offerId })
  await kiosk.request('call.hang-up', { callId })
  await dogan.request('availability.set-available', {})
  // Dogan is ready and Amal still writes: the call is kept for her.
  const again = newCallId()
  const { view } = await kiosk.request('call.start', { callId: again, earlierTicket: ticket })
  t.match(view.call, { status: 'waiting' })
  await amal.request('wrap-up.finish', {})
  const second = await eventually('the second offer', () => {
    const work = workOf(amal)
    return work?.kind === 'offered' ? work : undefined
  })
  t.match(second, { call: { callId: again }, why: { choice: 'asked-for' } })
  t.match(workOf(dogan), { kind: 'idle' })
})
