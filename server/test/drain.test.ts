/** An orderly end: those who talk finish, nobody new is let in, everybody hears why, and it ends at its bound in any case. */
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import t, { type Test } from 'tap'
import type { CallId } from '../contract/ids.ts'
import { Drain, maintenanceWords } from '../drain.ts'
import type { Call } from '../routing/state.ts'
import { eventually, TestSystem } from './harness.ts'

type Open = Pick<Call, 'status' | 'presence'>
const here = { kind: 'here' } as Open['presence']
const away = { kind: 'away' } as Open['presence']

t.test('what is waited for, and for how long', async (t) => {
  let now = 1_000
  const calls = new Set<Open>([{ status: 'waiting', presence: away }])
  const begun: number[] = []
  const drain = () => new Drain({ now: () => now, calls: () => calls, onBegin: (until) => begun.push(until) })
  t.equal(await drain().run(60_000), 0, 'a place that was taken along is kept by the next server')
  for (const status of ['waiting', 'offered', 'connected'] as const) {
    const call: Open = { status, presence: here }
    calls.add(call)
    const ending = drain()
    let isOver = false
    const over = ending.run(60_000).then((left) => ((isOver = true), left))
    t.equal(ending.until, now + 60_000)
    await new Promise((next) => setImmediate(next))
    t.notOk(isOver, `${status} is waited for`)
    calls.delete(call)
    t.equal(await over, 0)
  }
  calls.add({ status: 'connected', presence: here })
  const bound = drain().run(60_000)
  now += 60_000
  t.equal(await bound, 1, 'not for ever')
  t.same(begun, [61_000, 61_000, 61_000, 61_000, 61_000])
  t.equal(await drain().run(0), 1, 'and not at all where nobody wants to wait')
  t.equal(Object.keys(maintenanceWords()).length, 10)
})

/** Takes traces in; what was sent is text. */
async function openCollector(t: Test) {
  const sent: string[] = []
  const collector = createServer((request, response) => {
    request.on('data', (data) => sent.push(String(data)))
    request.on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end('{}'))
  })
  await new Promise<void>((ready) => collector.listen(0, '127.0.0.1', ready))
  t.teardown(() => {
    collector.close()
    collector.closeAllConnections()
  })
  return { sent, url: `http://127.0.0.1:${(collector.address() as AddressInfo).port}` }
}

t.test('the server is told to stop while two talk', async (t) => {
  const traces = await openCollector(t)
  const system = await TestSystem.start(t, {
    serverEnv: {
      OTEL_EXPORTER_OTLP_ENDPOINT: traces.url,
      SKRANKE_SERVER_DRAIN_MS: '600000',
      SKRANKE_SERVER_TURN_URLS: 'turn:turn.example.org:3478?transport=udp',
      SKRANKE_SERVER_TURN_SECRETS: 'a secret of the city that is long enough',
    },
  })
  const [first, second] = [system.kiosk(0), system.kiosk(1)]
  const [amal, lone] = [await system.agent('amal'), await system.floor('lone')]
  await eventually('all to be there', () => [first, second, amal, lone].every(({ state }) => state.kind === 'online'))
  await amal.request('availability.set-available', {})
  const callId = randomUUID() as CallId
  await first.request('call.start', { callId })
  const offerId = await eventually('the offer', () => {
    const work = amal.snapshot?.view.work
    return work?.kind === 'offered' && work.offerId
  })
  await amal.request('offer.accept', { offerId })

  const { iceServers } = await first.request('media.ticket', { callId })
  const [, until = ''] = /^(\d+):caller$/.exec(iceServers?.[0]?.username ?? '') ?? []
  t.ok(Number(until) * 1_000 > Date.now() + 3_500_000, 'the right to the TURN server comes with the media ticket')

  const exited = system.stopServer('SIGTERM')
  const closesAt = await eventually('the desk to be told', () => amal.snapshot?.view.closesAt)
  t.ok(closesAt > Date.now())
  const view = await eventually('the screens to be told', () => {
    const shown = second.snapshot?.view
    return shown !== undefined && shown.notices.length > 0 && shown
  })
  t.match(view, { line: { isPaused: true, waitingAboutCount: null }, notices: [{ labels: maintenanceWords() }] })
  await t.rejects(second.request('call.start', { callId: randomUUID() as CallId }), { code: 'not-ready' })
  await t.resolves(first.request('call.start', { callId }), 'the press of the call that runs is still that call')
  const ready = await fetch(`${system.url}/health/ready`)
  t.equal(ready.status, 503)
  t.match(await ready.json(), { missing: ['it is closing: nobody new is let in'] })
  t.equal((await fetch(`${system.url}/health/live`)).status, 200)
  t.equal(amal.snapshot?.view.work.kind, 'in-call', 'they talk on')

  await first.request('call.hang-up', { callId })
  t.same(await exited, { code: 0, signal: null }, 'it ends by itself, and well')
  const traced = traces.sent.join('')
  for (const name of ['socket call.start', 'journal append', 'http GET /health/ready', 'job note-retention']) {
    t.match(traced, `"${name}"`, 'what was done is in the traces, and the last of it is sent at the end')
  }
  t.notMatch(traced, callId, 'and nothing of what was asked')
  const ended = await system.db.selectFrom('calls').select(['call_id', 'outcome']).execute()
  t.equal(ended.length, 1, 'nobody else was put in line')

  await system.startServer()
  await eventually('the screens to be open again', () => second.snapshot?.view.line.isPaused === false)
  t.same(second.snapshot?.view.notices, [], 'nothing of it was kept')
  await eventually('the desk to be back', () => amal.snapshot !== null && amal.snapshot?.view.closesAt === undefined)
})
