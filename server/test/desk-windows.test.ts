/** An agent works in one window: a second one asks, a reload does not, and whoever does not answer is not waited for. */
import { randomUUID } from 'node:crypto'
import { io } from 'socket.io-client'
import t from 'tap'
import { connect } from '../client/connection.ts'
import type { agentEvents, agentRequests } from '../contract/agent-socket.ts'
import { PROTOCOL_VERSION } from '../contract/caller-socket.ts'
import type { CallId } from '../contract/ids.ts'
import { eventually, TestSystem, type AgentConnection } from './harness.ts'

const [A, B, C, D] = ['a', 'b', 'c', 'd'].map((digit) => digit.repeat(32))

t.test('windows of one agent, in a call', async (t) => {
  const system = await TestSystem.start(t)
  const cookie = await system.signIn('amal')
  const open = (deskId: string | undefined, claim: { takesOver?: boolean; cookie?: string } = {}): AgentConnection => {
    const connection = connect<typeof agentRequests, typeof agentEvents>({
      url: system.url,
      namespace: '/agent',
      auth: { protocolVersion: PROTOCOL_VERSION, deskId, takesOver: claim.takesOver ?? false },
      headers: { cookie: claim.cookie ?? cookie },
    })
    t.teardown(() => connection.close())
    return connection
  }
  const settled = (connection: AgentConnection) =>
    eventually('the door', () => (connection.state.kind === 'connecting' ? undefined : connection.state))
  const workOf = (agent: AgentConnection) => agent.snapshot?.view.work
  const lostCount = async () =>
    (await system.db.selectFrom('journal').select('seq').where('type', '=', 'agent.lost').execute()).length
  const kiosk = system.kiosk(0)
  const first = open(A)
  await eventually('both', () => [kiosk, first].every(({ state }) => state.kind === 'online'))
  await first.request('availability.set-available', {})
  const callId = randomUUID() as CallId
  await kiosk.request('call.start', { callId })
  const offerId = await eventually('an offer', () => {
    const work = workOf(first)
    return work?.kind === 'offered' ? work.offerId : undefined
  })
  const atOffer = open(B)
  t.match(await settled(atOffer), {
    kind: 'refused',
    code: 'desk-occupied',
    detail: { work: 'offered', where: 'here' },
  })
  await first.request('offer.accept', { offerId })

  await t.test('a second window is told where, since when and on what, and changes nothing', async (t) => {
    const elsewhere = open(B, { cookie: await system.signIn('amal') })
    const state = await settled(elsewhere)
    t.match(state, {
      kind: 'refused',
      code: 'desk-occupied',
      detail: { where: 'elsewhere', work: 'in-call', siteName: 'Borgerservice Mini, Hovedbanegården' },
    })
    const since = Number(state.kind === 'refused' ? state.detail?.['since'] : Number.NaN)
    t.ok(since > Date.now() - 90_000 && since <= Date.now())
    t.equal(first.state.kind, 'online')
    t.match(workOf(first), { kind: 'in-call', call: { callId } })
    t.equal(await lostCount(), 0)
  })

  const again = open(A)
  await t.test('the same tab, loaded anew, has its place and its call at once', async (t) => {
    t.match(await settled(again), { kind: 'online' })
    t.match(workOf(again), { kind: 'in-call', call: { callId } })
    await eventually('the page that was left', () => first.state.kind === 'replaced')
    t.equal(await lostCount(), 0, 'the engine heard of no loss')
  })

  const taken = open(B, { takesOver: true })
  await t.test('taken over: the call goes along, and the first does not come back by itself', async (t) => {
    t.match(await settled(taken), { kind: 'online' })
    t.match(workOf(taken), { kind: 'in-call', call: { callId } })
    await eventually('the first to be told', () => again.state.kind === 'replaced')
    t.equal(await lostCount(), 0)
    again.reconnect()
    t.match(await settled(again), { kind: 'refused', code: 'desk-occupied' })
    await taken.request('call.hold', { callId })
    t.match(workOf(taken), { kind: 'in-call', call: { hold: { byName: 'Amal Hassan' } } })
  })

  await t.test('a window that is gone is not asked about, nor one that does not answer', async (t) => {
    const asleep = io(`${system.url}/agent`, {
      transports: ['websocket'],
      auth: { protocolVersion: PROTOCOL_VERSION, deskId: C, takesOver: true },
      extraHeaders: { cookie },
      forceNew: true,
    })
    t.teardown(() => asleep.disconnect())
    await eventually('the sleeper to be in', () => asleep.connected && taken.state.kind === 'replaced')
    const awake = open(D)
    t.match(await settled(awake), { kind: 'online' })
    t.match(workOf(awake), { kind: 'in-call', call: { callId } })
    awake.close()
    await eventually('its end to be noticed', async () => (await lostCount()) === 1)
    const after = open(A)
    t.match(await settled(after), { kind: 'online' })
    t.match(workOf(after), { kind: 'in-call', call: { callId } }, 'within the grace time nothing is lost [R17]')
  })
})
