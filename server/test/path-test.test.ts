/** A kiosk tries the way of a call without a call: by right, within bounds, and without a trace. */
import { randomUUID } from 'node:crypto'
import t from 'tap'
import { io } from 'socket.io-client'
import { startVirtualSession, type VirtualSession } from '#sfu/client/virtual-session.ts'
import { MEDIA_NAMESPACE, MEDIA_PROTOCOL_VERSION } from '#sfu/contract/media.ts'
import type { CallId } from '../contract/ids.ts'
import { PATH_TEST_EVERY_MS_MIN, PATH_TEST_MS_MAX, PATH_TESTS_MAX, PathTests } from '../socket/path-tests.ts'
import { eventually, TestSystem } from './harness.ts'

/** SFUs that only remember what they were told, and a clock that is moved by hand. */
function scripted(...sfuIds: string[]) {
  const told: string[] = []
  const timers = new Map<() => void, number>()
  const clock = { at: 1_000_000 }
  const links = sfuIds.map((sfuId) => ({
    sfuId,
    url: `http://${sfuId}`,
    isConnected: true,
    open: (roomId: string) => void told.push(`${sfuId} open ${roomId}`),
    connect: (roomId: string, who: string[]) => void told.push(`${sfuId} connect ${roomId} ${who.join(',')}`),
    close: (roomId: string) => void told.push(`${sfuId} close ${roomId}`),
  }))
  const tests = new PathTests({
    links,
    mediaSecret: 'secret',
    now: () => clock.at,
    setTimer: (wake, ms) => {
      timers.set(wake, clock.at + ms)
      return () => timers.delete(wake)
    },
  })
  const pass = (ms: number) => {
    clock.at += ms
    for (const [wake, due] of timers) {
      if (due > clock.at) continue
      timers.delete(wake)
      wake()
    }
  }
  const closed = () => told.filter((line) => line.includes(' close ')).length
  return { tests, told, links, pass, closed }
}

t.test('few at a time, each for some seconds, and none in a circle', (t) => {
  const { tests, told, links, pass, closed } = scripted('one', 'two')
  t.match(tests.begin('kiosk-0'), { sfuUrl: 'http://one' })
  t.equal(told.length, 2)
  t.match(told[1], /^one connect path-test-[0-9a-f-]{36} path-sender,path-receiver$/)
  t.throws(() => tests.begin('kiosk-0'), { code: 'too-many-requests' }, 'one kiosk cannot flood')
  tests.end('kiosk-0')
  t.equal(closed(), 1)
  t.throws(() => tests.begin('kiosk-0'), { code: 'too-many-requests' }, 'nor by saying that it is through')
  for (let i = 1; i <= 2 * PATH_TESTS_MAX; i += 1) tests.begin(`kiosk-${i}`)
  t.throws(() => tests.begin('one-more'), { code: 'too-many-requests' }, 'every SFU has as many as it may')
  pass(PATH_TEST_MS_MAX)
  t.equal(closed(), 1 + 2 * PATH_TESTS_MAX, 'rooms end by themselves')
  pass(PATH_TEST_EVERY_MS_MIN)
  for (const link of links) link.isConnected = link.sfuId === 'two'
  t.match(tests.begin('kiosk-0'), { sfuUrl: 'http://two' }, 'whoever was refused is let in later')
  tests.stop()
  t.equal(closed(), 2 + 2 * PATH_TESTS_MAX)
  pass(PATH_TEST_MS_MAX)
  t.equal(closed(), 2 + 2 * PATH_TESTS_MAX, 'and not closed twice')
  for (const link of links) link.isConnected = false
  t.throws(() => tests.begin('kiosk-9'), { code: 'no-media' })
  t.end()
})

/** Why the SFU refuses this ticket; undefined where it lets its bearer in. */
async function refusalOf(sfuUrl: string, ticket: string): Promise<string | undefined> {
  const socket = io(new URL(MEDIA_NAMESPACE, sfuUrl).href, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    auth: { protocolVersion: MEDIA_PROTOCOL_VERSION, ticket },
  })
  const outcome = await new Promise<string | undefined>((resolve) => {
    socket.on('connect', () => resolve(undefined))
    socket.on('connect_error', ({ message }) => resolve(message))
  })
  socket.disconnect()
  return outcome
}

async function phoneOf(system: TestSystem, ticketUrlPath: string) {
  const phone = system.phone(ticketUrlPath)
  await eventually('the phone', () => phone.state.kind === 'online')
  return phone
}

t.test('through a real SFU, and nothing is left of it', async (t) => {
  const system = await TestSystem.start(t)
  const kiosk = system.kiosk(0)
  await eventually('the kiosk', () => kiosk.state.kind === 'online')
  const journalRows = async () => {
    const { count } = await system.db
      .selectFrom('journal')
      .select((eb) => eb.fn.countAll<string>().as('count'))
      .executeTakeFirstOrThrow()
    return Number(count)
  }
  const figures = async () => {
    const text = await (await fetch(`${system.url}/metrics`)).text()
    return text.split('\n').filter((line) => /^skranke_(calls|agents|events)/.test(line))
  }
  const before = { rows: await journalRows(), figures: await figures(), view: kiosk.snapshot?.view }

  const { sfuUrl, sendTicket, receiveTicket } = await kiosk.request('machine.test-path', {})
  await t.rejects(kiosk.request('machine.test-path', {}), { code: 'too-many-requests' })
  const sessions: VirtualSession[] = [sendTicket, receiveTicket].map((ticket) =>
    startVirtualSession({ ticketSource: async () => ({ sfuUrl, ticket }) }),
  )
  t.teardown(() => sessions.forEach((session) => session.close()))
  await eventually('both in the room', () => sessions.every(({ state }) => state === 'connected'))
  t.same(await kiosk.request('machine.path-tested', {}), {})
  await eventually('the room to be gone', () => sessions.every(({ state }) => state === 'closed'))
  t.equal(await refusalOf(sfuUrl, sendTicket), 'room-not-open', 'its tickets open nothing any more')

  t.same(kiosk.snapshot?.view, before.view, 'no call of the kiosk')
  t.equal(await journalRows(), before.rows, 'the journal knows nothing of it')
  t.same(await figures(), before.figures, 'and neither do the figures')
  t.equal((await system.db.selectFrom('calls').selectAll().execute()).length, 0)

  const { view } = await kiosk.request('call.start', { callId: randomUUID() as CallId })
  const urlPath = view.call?.status === 'waiting' ? view.call.ticketUrlPath : ''
  const phone = await phoneOf(system, urlPath)
  await t.rejects(phone.request('machine.test-path', {}), { code: 'not-allowed' }, 'a phone tests nothing')
  await t.rejects(phone.request('machine.path-tested', {}), { code: 'not-allowed' })
  await t.rejects(kiosk.request('machine.test-path', { roomId: 'mine' } as never), { code: 'bad-request' })

  const other = system.kiosk(1)
  await eventually('another kiosk', () => other.state.kind === 'online')
  const tested = await other.request('machine.test-path', {})
  const stays = startVirtualSession({ ticketSource: async () => ({ sfuUrl, ticket: tested.sendTicket }) })
  t.teardown(() => stays.close())
  await eventually('the other in its room', () => stays.state === 'connected')
  await system.killServer()
  await system.startServer()
  await eventually('a new server to close what it does not know', () => stays.state === 'closed')
})
