/** [R41] An employee calls from their own desk with a citizen beside them: on the real system, over a restart, and without the right to it. */
import { randomUUID } from 'node:crypto'
import t from 'tap'
import { connect } from '#server/client/connection.ts'
import { PROTOCOL_VERSION, type callerEvents, type callerRequests } from '#server/contract/caller-socket.ts'
import type { CallId, MatterId } from '../contract/ids.ts'
import type { MyCall, MyCallsReply } from '../contract/my-calls.ts'
import { eventually, TestSystem, type AgentConnection, type KioskConnection } from './harness.ts'

const newCallId = () => randomUUID() as CallId
const workOf = (agent: AgentConnection) => agent.snapshot?.view.work
const callOf = (desk: KioskConnection) => desk.snapshot?.view.call
const NOTE = 'Fru Jensen har mistet sit pas og rejser på fredag.'
const passport = 'passport' as MatterId
const withNote = (note = NOTE) => ({ matterId: passport, isInterpreterWanted: false, note })

const online = (connection: KioskConnection | AgentConnection) =>
  eventually('a connection', () => connection.state.kind === 'online')

/** The desk of whoever has the cookie, as a screen that calls are made from. */
function besideDesk(system: TestSystem, cookie: string | undefined): KioskConnection {
  const connection = connect<typeof callerRequests, typeof callerEvents>({
    url: system.url,
    namespace: '/caller',
    auth: { protocolVersion: PROTOCOL_VERSION, isBeside: true },
    ...(cookie === undefined ? {} : { headers: { cookie } }),
  })
  t.teardown(() => connection.close())
  return connection
}

async function refusedAs(connection: KioskConnection): Promise<string> {
  const { state } = connection
  return eventually('a refusal', () => (connection.state.kind === 'refused' ? connection.state.code : undefined)).catch(
    () => `not refused: ${state.kind}`,
  )
}

const system = await TestSystem.start(t)

/** What `GET /api/v1/my/calls` tells of the last hour. */
async function ownCalls(cookie: string): Promise<MyCall[]> {
  const [from, to] = [new Date(Date.now() - 3_600_000).toISOString(), new Date(Date.now() + 1_000).toISOString()]
  const response = await fetch(`${system.url}/api/v1/my/calls?${new URLSearchParams({ from, to })}`, {
    headers: { cookie },
  })
  return ((await response.json()) as MyCallsReply).calls
}

t.test('who has no right to it stays outside, and no other screen calls so', async (t) => {
  t.equal(await refusedAs(besideDesk(system, undefined)), 'not-signed-in')
  t.equal(await refusedAs(besideDesk(system, await system.signIn('lone'))), 'not-allowed', 'a supervisor')
  t.equal(await refusedAs(besideDesk(system, await system.signIn('amal'))), 'not-allowed', 'an agent without the right')
  const kiosk = system.kiosk(0)
  await online(kiosk)
  const body = { callId: newCallId(), beside: withNote() }
  await t.rejects(kiosk.request('call.start', body), { code: 'not-allowed' }, 'a kiosk has nobody beside the citizen')
  kiosk.close()
  for (const username of ['kirsten', 'dogan', 'farah']) {
    const desk = besideDesk(system, await system.signIn(username))
    await online(desk)
    t.match(desk.snapshot?.view, { device: 'desk', siteType: 'borgerservice', call: null }, username)
    desk.close()
  }
  t.same(await system.db.selectFrom('calls').selectAll().execute(), [])
})

t.test('what is not a desk’s, and what no page sends, is refused and changes nothing', async (t) => {
  const desk = besideDesk(system, await system.signIn('farah'))
  await online(desk)
  const callId = newCallId()
  const refused = (code: string, asked: Promise<unknown>, what: string) => t.rejects(asked, { code }, what)
  await refused('not-allowed', desk.request('call.start', { callId }), 'a press with nobody beside')
  const withStaff = { note: { words: [], text: '' } }
  const both = { callId, beside: withNote(), withStaff }
  await refused('not-allowed', desk.request('call.start', both), 'as at a kiosk')
  const tooLong = { callId, beside: withNote('x'.repeat(501)) }
  await refused('bad-request', desk.request('call.start', tooLong), 'a note that nobody reads while it rings')
  const unknown = { callId, beside: { ...withNote(), matterId: 'nothing' as MatterId } }
  await refused('unknown-matter', desk.request('call.start', unknown), 'a matter that the city has not')
  await refused(
    'unknown-agent',
    desk.request('call.start', { callId, beside: withNote() }),
    'an agent who is not at work',
  )
  const way = { kind: 'badge', badge: system.access.staff[0]?.badge ?? '' } as const
  await refused('not-allowed', desk.request('staff.sign-in', { way }), 'a badge')
  await refused('not-allowed', desk.request('call.step-away', { callId, isRungAtKiosk: false }), 'away with a ticket')
  await refused('not-allowed', desk.request('ticket.take-up', { ticket: 'K7M4QX' as never }), 'somebody else’s ticket')
  await refused('not-allowed', desk.request('rating.give', { callId, face: 'good' }), 'a face for the citizen')
  await refused('not-allowed', desk.request('machine.test-path', {}), 'a machine of the city')
  desk.close()
  t.same(await system.db.selectFrom('calls').selectAll().execute(), [])
})

t.test(
  'from the line to its end: both are named, the note is only told, and no other call comes meanwhile',
  async (t) => {
    const cookie = await system.signIn('farah')
    const farah = await system.agent('farah')
    await online(farah)
    await farah.request('availability.set-available', {})
    const desk = besideDesk(system, cookie)
    await online(desk)
    t.equal(farah.snapshot?.view.besideSiteName, 'Borgerservice Sundby')
    const citizen = system.kiosk(1)
    await online(citizen)
    const callId = newCallId()
    const body = { callId, beside: withNote() }
    const started = await desk.request('call.start', body)
    t.match(started.view.call, { status: 'waiting', classId: 'staff', matterId: 'passport', positionMin: 1 })
    await eventually('her work to say so', () => farah.snapshot?.view.besideCallId === callId)
    t.match(farah.snapshot?.view, { availability: 'away', awayReason: 'with-citizen', work: { kind: 'idle' } })
    await t.rejects(farah.request('availability.set-available', {}), { code: 'agent-busy' })
    const second = { ...body, callId: newCallId() }
    await t.rejects(desk.request('call.start', second), { code: 'already-in-call' })
    await citizen.request('call.start', { callId: newCallId() })
    t.equal(workOf(farah)?.kind, 'idle', 'another call waits, and she is not asked')

    desk.close()
    const again = besideDesk(system, cookie)
    await online(again)
    t.match(callOf(again), { callId, status: 'waiting' }, 'the page was loaded anew: the place is what it was')

    const elsewhere = besideDesk(system, cookie)
    await eventually('the other window to have it', () => again.state.kind === 'replaced')
    await online(elsewhere)
    t.match(callOf(elsewhere), { callId, status: 'waiting' }, 'one desk, one call: the newest window has both')
    again.reconnect()
    await eventually('this window to have it once more', () => again.state.kind === 'online')

    await system.killServer()
    await system.startServer()
    await Promise.all([online(again), online(farah)])
    t.match(callOf(again), { callId, classId: 'staff' })
    await again.request('call.start', body)
    const amal = await system.agent('amal')
    await online(amal)
    await amal.request('availability.set-available', {})
    const offer = await eventually('the offer', () => {
      const work = workOf(amal)
      return work?.kind === 'offered' ? work : undefined
    })
    const staff = { name: 'Farah Noor', placeName: 'Borgerservice Sundby', isAtOwnDesk: true, hasLeft: false }
    t.match(offer.call, { callId, staff: { ...staff, note: { words: [], text: NOTE } } }, 'before the picture opens')
    t.match(offer.call, { siteName: 'Borgerservice Sundby', matterId: 'passport' })
    await amal.request('offer.accept', { offerId: offer.offerId })
    await eventually('the conversation', () => callOf(again)?.status === 'connected')
    t.match(callOf(again), { agentFirstName: 'Amal', agentParticipantId: 'agent-amal' })
    await again.request('call.hang-up', { callId })
    await eventually('the end', () => farah.snapshot?.view.besideCallId === null)
    t.match(farah.snapshot?.view, { availability: 'away', awayReason: 'with-citizen' }, 'the citizen sits there still')
    await farah.request('availability.set-available', {})

    const mine = { callId, siteName: 'Borgerservice Sundby', note: { kind: 'none' } }
    t.match(await ownCalls(cookie), [{ ...mine, isBeside: true }], 'among the calls of whoever made it')
    t.match(await ownCalls(await system.signIn('amal')), [{ ...mine, isBeside: false }], 'and of whoever took it')
    t.same(await ownCalls(await system.signIn('kirsten')), [])

    const explanation = await fetch(`${system.url}/api/v1/calls/${callId}/explanation`, {
      headers: { cookie: await system.signIn('lone') },
    })
    t.match(await explanation.json(), { origin: 'desk', siteId: 'sundby-skranke', siteName: 'Borgerservice Sundby' })
    const rows = system.db.selectFrom('calls').select(['origin', 'staff_id', 'beside_agent_id', 'site_id', 'matter_id'])
    const kept = await rows.where('call_id', '=', callId).executeTakeFirst()
    const place = { site_id: 'sundby-skranke', matter_id: 'passport' }
    t.same(kept, { origin: 'desk', staff_id: null, beside_agent_id: 'farah', ...place })
    t.same(await system.db.selectFrom('call_notes').selectAll().execute(), [])
    const events = await system.db.selectFrom('journal').select(['event', 'facts']).execute()
    t.notMatch(JSON.stringify(events), /Jensen|Farah/, 'neither note nor name is in the journal')
  },
)
