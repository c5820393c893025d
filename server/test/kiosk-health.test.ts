/** Kiosks as machines: what each says of itself is kept and counted, and nobody else may say it. */
import t from 'tap'
import { callerEvents, callerRequests, PROTOCOL_VERSION } from '../contract/caller-socket.ts'
import { connect } from '../client/connection.ts'
import type { KioskReport } from '../contract/kiosk-report.ts'
import { randomUUID } from 'node:crypto'
import type { CallId, KioskId } from '../contract/ids.ts'
import { KioskHealth, SILENT_AFTER_MS } from '../socket/kiosk-health.ts'
import type { CallerDevice } from '../socket/caller-view.ts'
import { eventually, TestSystem } from './harness.ts'

const well: KioskReport = {
  camera: 'works',
  microphone: 'works',
  speaker: 'works',
  path: 'unknown',
  build: 'index-1.js',
  memoryMb: 12,
  droppedFramesCount: 0,
  uptimeS: 60,
}
const deviceOf = (kioskId: string) => ({ device: 'kiosk', kioskId: kioskId as KioskId }) as unknown as CallerDevice

t.test('who is silent and who has a fault', async (t) => {
  let at = 0
  const health = new KioskHealth({
    kioskIds: () => ['one', 'two', 'three'],
    keep: async (kioskId) => kioskId === 'two',
    build: 'index-2.js',
    now: () => at,
  })
  t.same(health.counts(), { kiosksSilent: 0, kiosksFaulty: 0 }, 'after a start nobody is silent yet')
  at = SILENT_AFTER_MS
  t.same(await health.report(deviceOf('one'), well), { isOutOfOrder: false, build: 'index-2.js' })
  t.same(await health.report(deviceOf('two'), { ...well, camera: 'faulty' }), {
    isOutOfOrder: true,
    build: 'index-2.js',
  })
  at += 1
  t.same(health.counts(), { kiosksSilent: 1, kiosksFaulty: 1 })
  await t.rejects(health.report(deviceOf('two'), well), { code: 'too-many-requests' }, 'a flood is not kept')
  t.same(health.counts(), { kiosksSilent: 1, kiosksFaulty: 1 }, 'and changes nothing')
  at += 2_000
  await health.report(deviceOf('two'), well)
  t.same(health.counts(), { kiosksSilent: 1, kiosksFaulty: 0 })
  at += SILENT_AFTER_MS + 1
  t.same(health.counts(), { kiosksSilent: 3, kiosksFaulty: 0 })
})

t.test('a report is kept as the newest of its kiosk; phones and nonsense are refused', async (t) => {
  const system = await TestSystem.start(t)
  const kiosk = system.kiosk(0)
  const kioskId = system.access.kiosks[0]?.kioskId ?? ''
  await eventually('the kiosk', () => kiosk.state.kind === 'online')
  t.match(await kiosk.request('machine.report', well), { isOutOfOrder: false })
  await t.rejects(kiosk.request('machine.report', well), { code: 'too-many-requests' })
  await t.rejects(kiosk.request('machine.report', { ...well, build: 'x'.repeat(257) }), { code: 'bad-request' })
  const rows = await system.db.selectFrom('kiosk_health').selectAll().execute()
  t.match(rows, [{ kiosk_id: kioskId, report: well }])
  await system.db.updateTable('kiosks').set({ is_out_of_order: true }).where('kiosk_id', '=', kioskId).execute()
  const faulty = { ...well, speaker: 'faulty' } as const
  const orders = await eventually('the next report', async () =>
    kiosk.request('machine.report', faulty).catch(() => undefined),
  )
  t.match(orders, { isOutOfOrder: true })
  t.match(await system.db.selectFrom('kiosk_health').selectAll().execute(), [{ kiosk_id: kioskId, report: faulty }])
  t.match(await (await fetch(`${system.url}/metrics`)).text(), /^skranke_kiosks_faulty 1$/m)

  const { view } = await kiosk.request('call.start', { callId: randomUUID() as CallId })
  const urlPath = view.call?.status === 'waiting' ? view.call.ticketUrlPath : ''
  const [ticket, ticketKey] = (new URL(urlPath, system.url).searchParams.get('ticket') ?? '').split('.')
  const phone = connect<typeof callerRequests, typeof callerEvents>({
    url: system.url,
    namespace: '/caller',
    auth: { protocolVersion: PROTOCOL_VERSION, ticket, ticketKey },
  })
  t.teardown(() => phone.close())
  await eventually('the phone', () => phone.state.kind === 'online')
  await t.rejects(phone.request('machine.report', well), { code: 'not-allowed' })
})
