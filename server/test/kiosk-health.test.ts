/** Kiosks as machines: what each says of itself is kept and counted, and nobody else may say it. */
import t from 'tap'
import type { KioskReport } from '../contract/kiosk-report.ts'
import { randomUUID } from 'node:crypto'
import type { CallId, KioskId } from '../contract/ids.ts'
import { KioskHealth, SILENT_AFTER_MS, type KioskHealthParts } from '../socket/kiosk-health.ts'
import type { CallerDevice } from '../socket/caller-view.ts'
import type { Person } from '../store/directory.ts'
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

/** A city of three kiosks, on a clock that the test moves, with a database of two lists. */
function threeKiosks(out: Partial<KioskHealthParts['store']> = {}) {
  const clock = { at: 0 }
  const sites: Readonly<Record<string, string>> = { one: 'Ørestad', two: 'Amager', three: 'Amager' }
  const outOfOrder = new Set(['two'])
  const orders: unknown[] = []
  const kiosks = new Map(Object.entries(sites).map(([kioskId, name]) => [kioskId, { kioskId, site: { name } }]))
  const people = new Map([['lone', { name: 'Lone Bruun' }]])
  const health = new KioskHealth({
    directory: { kiosks, people } as unknown as KioskHealthParts['directory'],
    store: {
      health: async () => [],
      outOfOrder: async () => [],
      keepReport: async ({ kioskId }) => outOfOrder.has(kioskId),
      keepOrder: async (order) => void orders.push(order),
      ...out,
    },
    build: 'index-2.js',
    now: () => clock.at,
    onChange: () => undefined,
  })
  return { health, clock, orders, outOfOrder }
}

t.test('who is silent and who has a fault', async (t) => {
  const { health, clock } = threeKiosks()
  t.same(health.counts(), { kiosksSilent: 0, kiosksFaulty: 0 }, 'after a start nobody is silent yet')
  clock.at = SILENT_AFTER_MS
  t.same(await health.report(deviceOf('one'), well), { isOutOfOrder: false, build: 'index-2.js' })
  t.same(await health.report(deviceOf('two'), { ...well, camera: 'faulty' }), {
    isOutOfOrder: true,
    build: 'index-2.js',
  })
  clock.at += 1
  t.same(health.counts(), { kiosksSilent: 1, kiosksFaulty: 1 })
  await t.rejects(health.report(deviceOf('two'), well), { code: 'too-many-requests' }, 'a flood is not kept')
  t.same(health.counts(), { kiosksSilent: 1, kiosksFaulty: 1 }, 'and changes nothing')
  clock.at += 2_000
  await health.report(deviceOf('two'), well)
  t.same(health.counts(), { kiosksSilent: 1, kiosksFaulty: 0 })
  clock.at += SILENT_AFTER_MS + 1
  t.same(health.counts(), { kiosksSilent: 3, kiosksFaulty: 0 })
})

t.test('whether a kiosk in use is silent is not said just after a start', async (t) => {
  const { health, clock } = threeKiosks()
  t.equal(health.isSilentInUse('one'), null)
  clock.at = 1_000
  await health.report(deviceOf('one'), well)
  t.equal(health.isSilentInUse('one'), false)
  clock.at = SILENT_AFTER_MS + 1
  t.equal(health.isSilentInUse('three'), true)
  clock.at = SILENT_AFTER_MS + 1_001
  t.equal(health.isSilentInUse('one'), true)
  await health.order(order('one', true), lone)
  t.equal(health.isSilentInUse('one'), false, 'taken out of use')
})

const lone = { agentId: 'lone' } as Person
const order = (kioskId: string, isOutOfOrder: boolean) => ({ kioskId: kioskId as KioskId, isOutOfOrder })

t.test('what is the matter with a kiosk, and since when', async (t) => {
  const { health, clock, orders, outOfOrder } = threeKiosks()
  outOfOrder.clear()
  t.same(health.forSupervisor(), [])
  clock.at = 1_000
  await health.report(deviceOf('one'), { ...well, speaker: 'faulty', page: 'works' })
  clock.at = 61_000
  await health.report(deviceOf('one'), { ...well, speaker: 'faulty', page: 'faulty' })
  await health.order(order('two', true), lone)
  await health.order(order('two', true), lone)
  t.same(orders, [{ kioskId: 'two', isOutOfOrder: true, at: 61_000, agentId: 'lone' }], 'once is enough')
  await t.rejects(health.order(order('four', true), lone), { code: 'unknown-place' })
  clock.at = SILENT_AFTER_MS + 1
  const nothing = { silent: null, faults: [], outOfOrder: null }
  t.same(health.forSupervisor(), [
    { kioskId: 'three', siteName: 'Amager', ...nothing, silent: { heardAt: null } },
    {
      kioskId: 'two',
      siteName: 'Amager',
      ...nothing,
      silent: { heardAt: null },
      outOfOrder: { since: 61_000, byName: 'Lone Bruun' },
    },
    {
      kioskId: 'one',
      siteName: 'Ørestad',
      ...nothing,
      faults: [
        { part: 'speaker', since: 1_000 },
        { part: 'page', since: 61_000 },
      ],
    },
  ])
  // Past this server, as with SQL.
  t.match(await health.report(deviceOf('two'), well), { isOutOfOrder: false })
  t.same(
    health.forSupervisor().map(({ kioskId }) => kioskId),
    ['three', 'one'],
  )
})

t.test('after a restart it is known as before, and nobody is silent for that', async (t) => {
  const { health, clock } = threeKiosks({
    health: async () => [{ kioskId: 'one', at: -9e5, faultySince: { camera: -1e6 } }],
    outOfOrder: async () => [{ kioskId: 'two', at: null, agentId: null }],
    keepReport: async () => undefined,
  })
  await health.start()
  t.teardown(() => health.stop())
  t.match(health.forSupervisor(), [
    { kioskId: 'two', silent: null, outOfOrder: { since: null, byName: null } },
    { kioskId: 'one', silent: null, faults: [{ part: 'camera', since: -1e6 }] },
  ])
  clock.at = SILENT_AFTER_MS + 1
  t.match(health.forSupervisor().at(-1), { kioskId: 'one', silent: { heardAt: -9e5 } })
  t.match(await health.report(deviceOf('two'), well), { isOutOfOrder: true }, 'also where the database does not answer')
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
  const phone = system.phone(urlPath)
  await eventually('the phone', () => phone.state.kind === 'online')
  await t.rejects(phone.request('machine.report', well), { code: 'not-allowed' })
})

t.test('supervisors see what is the matter, take a screen out of use and back; nobody else may', async (t) => {
  const system = await TestSystem.start(t)
  const kiosk = system.kiosk(0)
  const kioskId = (system.access.kiosks[0]?.kioskId ?? '') as KioskId
  const ordersKept = () =>
    system.db.selectFrom('kiosk_orders').select(['kiosk_id', 'agent_id', 'is_out_of_order']).execute()
  const outOfOrder = () =>
    system.db.selectFrom('kiosks').select('kiosk_id').where('is_out_of_order', '=', true).execute()
  const agent = await system.floor('amal')
  await eventually('the agent to be turned away', () => agent.state.kind === 'refused')
  t.match(agent.state, { code: 'not-allowed' })
  await t.rejects(agent.request('kiosk.order', { kioskId, isOutOfOrder: true }))

  const lone = await system.floor('lone')
  await eventually('both to be there', () => lone.state.kind === 'online' && kiosk.state.kind === 'online')
  await t.rejects(lone.request('kiosk.order', order('kiosk-of-nobody', true)), { code: 'unknown-place' })
  // A third would be taken for an attack, and the connection closed.
  for (const nonsense of [
    { kioskId: 'A b', isOutOfOrder: true },
    { kioskId, isOutOfOrder: 'yes' },
  ]) {
    await t.rejects(lone.request('kiosk.order', nonsense as never), { code: 'bad-request' })
  }
  t.same([await ordersKept(), await outOfOrder()], [[], []], 'nothing of it was done')
  const { kiosks } = await lone.request('kiosk.list', {})
  t.equal(kiosks.length, system.access.kiosks.length)

  await kiosk.request('machine.report', { ...well, camera: 'faulty' })
  const shown = () => lone.snapshot?.view.kiosks.find((each) => each.kioskId === kioskId)
  await eventually('the fault to be seen', () => shown()?.faults[0]?.part === 'camera')
  await lone.request('kiosk.order', { kioskId, isOutOfOrder: true })
  t.match(shown()?.outOfOrder, { byName: 'Lone Bruun' })
  t.match(await outOfOrder(), [{ kiosk_id: kioskId }])

  await system.killServer()
  await system.startServer()
  await eventually('both to be back', () => lone.state.kind === 'online' && kiosk.state.kind === 'online')
  t.match(shown(), { faults: [{ part: 'camera' }], outOfOrder: { byName: 'Lone Bruun' } }, 'a restart forgets nothing')
  t.match(await kiosk.request('machine.report', well), { isOutOfOrder: true })
  await lone.request('kiosk.order', { kioskId, isOutOfOrder: false })
  t.equal(shown(), undefined)
  t.same(await outOfOrder(), [])
  const by = {
    kiosk_id: kioskId,
    agent_id: (await system.db.selectFrom('agents').select('agent_id').where('username', '=', 'lone').execute())[0]
      ?.agent_id,
  }
  t.same(await ordersKept(), [
    { ...by, is_out_of_order: true },
    { ...by, is_out_of_order: false },
  ])
})
