/** [R40] A callback from promise to conversation: with a kiosk, a phone and two agents on the real system. */
import t from 'tap'
import { randomUUID } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { MetricsReply } from '../contract/http.ts'
import type { CallId, Ticket } from '../contract/ids.ts'
import { loadPolicyFile } from '../launch/policy-command.ts'
import { eventually, TestSystem, type AgentConnection, type KioskConnection } from './harness.ts'

const CITY = readFileSync(resolve(import.meta.dirname, '../policy/copenhagen.yaml'), 'utf8')
const LIMITS = 'serveAfterClosing: 30 min'
const callOf = (kiosk: KioskConnection) => kiosk.snapshot?.view.call
const workOf = (agent: AgentConnection) => agent.snapshot?.view.work

/** The city's policy, where a callback may be promised for the next second. */
function soon(): string {
  const changed = CITY.replace(LIMITS, `callbacks: { soonest: 1 s, again: 1 s }\n  ${LIMITS}`)
  if (changed === CITY) throw new Error('the policy has its limits in other words')
  return changed
}

async function available(system: TestSystem, username: string): Promise<AgentConnection> {
  const agent = await system.agent(username)
  await eventually(`${username} to be connected`, () => agent.state.kind === 'online')
  await agent.request('availability.set-available', {})
  return agent
}

/** A conversation at a kiosk that is over, with the agent in wrap-up. */
async function talked(kiosk: KioskConnection, agent: AgentConnection): Promise<{ callId: CallId; ticket: Ticket }> {
  const callId = randomUUID() as CallId
  const { call } = (await kiosk.request('call.start', { callId })).view
  if (call?.status !== 'waiting' && call?.status !== 'offered') throw new Error('nobody waits')
  const { offerId } = await eventually('the offer', () => {
    const work = workOf(agent)
    return work?.kind === 'offered' ? work : undefined
  })
  await agent.request('offer.accept', { offerId })
  await agent.request('call.hang-up', { callId })
  return { callId, ticket: call.ticket }
}

t.test('promised, told, moved, rung on the phone and talked with by the same agent', async (t) => {
  const system = await TestSystem.start(t)
  const file = join(t.testdir(), 'policy.yaml')
  writeFileSync(file, soon())
  t.match(await loadPolicyFile(system.db, file, true), { exitCode: 0 })
  const [kiosk, other] = [system.kiosk(0), system.kiosk(1)]
  await eventually('both kiosks', () => [kiosk, other].every(({ state }) => state.kind === 'online'))
  const amal = await available(system, 'amal')
  const { callId: ofCallId, ticket } = await talked(kiosk, amal)

  const sheet = await amal.request('wrap-up.read', { callId: ofCallId })
  t.match(sheet.callback, { promised: null })
  const [opening] = sheet.callback?.openings ?? []
  t.ok(opening !== undefined && opening.from > Date.now() && opening.until > opening.from, 'times to choose from')
  const promise = (dueAt: number) => amal.request('callback.promise', { callId: ofCallId, dueAt, isByMe: true })
  await t.rejects(promise(Date.now() + 30 * 86_400_000), { code: 'callback-time' }, 'in a month')
  await t.rejects(promise(Date.now() - 1_000), { code: 'callback-time' })
  const later = Date.now() + 3_600_000
  t.match(await promise(later), { promised: { dueAt: later, isByMe: true } })
  t.match(amal.snapshot?.view.callbacks, [{ ticket, dueAt: later, state: 'promised', triesLeftCount: 3 }])
  const told = await eventually('the screen to show it', () => {
    const call = callOf(kiosk)
    return call?.status === 'ended' ? call.promised : undefined
  })
  t.match(told, { ticket, callback: { dueAt: later, byFirstName: 'Amal', isRinging: false } })

  await t.test('whoever types the ticket before its time is told, and asked', async (t) => {
    const shown = (await other.request('ticket.take-up', { ticket })).view.call
    t.match(shown, { status: 'kept', ticket, callback: { dueAt: later, byFirstName: 'Amal' } })
    t.match(
      await kiosk.request('hello', {}),
      { view: { call: { status: 'ended' } } },
      'and the first screen keeps its own',
    )
    const callId = shown?.callId ?? ofCallId
    const stranger = (await kiosk.request('call.hang-up', { callId })).view.call
    t.match(stranger, { status: 'ended' })
    t.equal(amal.snapshot?.view.callbacks?.length, 1, 'nobody else gives it back')
  })

  const phone = system.phone(told.ticketUrlPath)
  await eventually('the phone to show it', () => callOf(phone)?.status === 'kept')
  t.match(callOf(phone), { status: 'kept', ticket, callback: { isRinging: false } })

  const dueAt = Date.now() + 1_500
  await promise(dueAt)
  await amal.request('wrap-up.finish', {})
  await eventually('the phone to ring', () => {
    const call = callOf(phone)
    return call?.status === 'kept' && call.callback?.isRinging === true
  })
  t.ok(Date.now() >= dueAt, 'not before its time')
  t.match(amal.snapshot?.view.callbacks, [{ state: 'ringing' }])
  await phone.request('ticket.take-up', { ticket, isAtOnce: true })
  const offer = await eventually('the offer to amal', () => {
    const work = workOf(amal)
    return work?.kind === 'offered' ? work : undefined
  })
  t.match(offer.call, { ticket, callback: { promisedByName: /Amal/, isByPromiser: true } })
  await amal.request('offer.accept', { offerId: offer.offerId })
  await eventually('the phone to be connected', () => callOf(phone)?.status === 'connected')
  t.equal(amal.snapshot?.view.callbacks, undefined, 'nothing is open any more')
  await phone.request('call.hang-up', { callId: offer.call.callId })
  const [row] = await system.db.selectFrom('callbacks').selectAll().execute()
  t.match(row, { of_call_id: ofCallId, first_call_id: ofCallId, result: 'kept', tries_count: 1 })
  const cookie = await system.signIn('lone')
  const [from, to] = [-1, 1].map((hours) => new Date(Date.now() + hours * 3_600_000).toISOString())
  const answer = await fetch(`${system.url}/api/v1/metrics/queues?from=${from}&to=${to}`, { headers: { cookie } })
  const { callbacks } = (await answer.json()) as MetricsReply
  const counts = { promised: 1, kept: 1, broken: 0, missed: 0, cancelled: 0 }
  t.match(callbacks, [{ queueId: 'citizen.da', ...counts }])
  const calls = await system.db.selectFrom('calls').select('arrived_at').where('ticket', '=', ticket).execute()
  t.equal(calls.length, 2, 'one ticket, two calls')
  t.ok(
    calls.some(({ arrived_at }) => arrived_at.getTime() === dueAt),
    'the second from its time on',
  )
})

t.test('given back from the phone, taken back by the agent, and as it was after a restart', async (t) => {
  const system = await TestSystem.start(t)
  const kiosk = system.kiosk(0)
  await eventually('the kiosk', () => kiosk.state.kind === 'online')
  const amal = await available(system, 'amal')
  const { callId: ofCallId, ticket } = await talked(kiosk, amal)
  const dueAt = Date.now() + 3_600_000
  await amal.request('callback.promise', { callId: ofCallId, dueAt, isByMe: false })
  t.match(await amal.request('callback.withdraw', { callId: ofCallId }), { promised: null })
  t.match(await amal.request('callback.withdraw', { callId: ofCallId }), { promised: null }, 'said twice')
  await amal.request('callback.promise', { callId: ofCallId, dueAt, isByMe: false })
  const { call } = (await kiosk.request('hello', {})).view
  const path = call?.status === 'ended' ? call.promised?.ticketUrlPath : undefined
  if (path === undefined) throw new Error('the screen does not show it')

  await system.killServer()
  await system.startServer()
  const phone = system.phone(path)
  await eventually('the phone to show it', () => callOf(phone)?.status === 'kept')
  t.match(callOf(phone), { ticket, callback: { dueAt, byFirstName: null } })
  const callId = callOf(phone)?.callId ?? ofCallId
  await phone.request('call.hang-up', { callId })
  const rows = await system.db.selectFrom('callbacks').select(['result']).orderBy('result').execute()
  t.same(rows, [{ result: 'cancelled' }, { result: 'withdrawn' }])
  const calls = await system.db.selectFrom('calls').select('call_id').where('ticket', '=', ticket).execute()
  t.equal(calls.length, 1, 'it never was a call')
})
