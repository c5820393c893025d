/** What is ordered of a kiosk from afar reaches its newest page, and is written down first. */
import t from 'tap'
import type { MachineOrder } from '../contract/kiosk-care.ts'
import type { KioskReport } from '../contract/kiosk-report.ts'
import type { NewAct } from '../store/kiosk-keys.ts'
import { KioskOrders, type KioskOrdersParts } from './kiosk-orders.ts'

const lone = { agentId: 'lone' }

function twoKiosks(report?: Partial<KioskReport>) {
  const acts: NewAct[] = []
  const kiosks = new Map(['one', 'two'].map((kioskId) => [kioskId, { kioskId }]))
  const orders = new KioskOrders({
    directory: { kiosks } as unknown as KioskOrdersParts['directory'],
    build: 'index-2.js',
    now: () => 7,
    store: {
      note: async (act) => void acts.push(act),
      report: async () => (report === undefined ? undefined : { at: 5, report: report as KioskReport }),
    },
  })
  return { orders, acts }
}

t.test('an order goes to the newest page of that kiosk alone', async (t) => {
  const { orders, acts } = twoKiosks()
  await t.rejects(orders.order('one', 'reload', lone), { code: 'kiosk-away' })
  await t.rejects(orders.order('three', 'reload', lone), { code: 'unknown-place' })
  t.same(acts, [], 'what reaches nobody was not done')
  const heard: string[] = []
  const hear = (who: string) => (order: MachineOrder) => void heard.push(`${who} ${order}`)
  const leaveOld = orders.listen('one', hear('old'))
  const leave = orders.listen('one', hear('new'))
  orders.listen('two', hear('other'))
  leaveOld()
  await orders.order('one', 'restart', lone)
  await orders.order('one', 'test', lone)
  t.same(heard, ['new restart', 'new test'])
  t.match(acts, [
    { act: 'restart-ordered', kioskId: 'one', agentId: 'lone', at: 7 },
    { act: 'test-ordered', kioskId: 'one' },
  ])
  leave()
  await t.rejects(orders.order('one', 'test', lone), { code: 'kiosk-away' })
})

t.test('the last word of a kiosk, and whether its page is the one that is served', async (t) => {
  t.same(await twoKiosks().orders.report('one'), { at: null, report: null, isNewest: null })
  t.match(await twoKiosks({ build: 'index-2.js' }).orders.report('one'), { at: 5, isNewest: true })
  t.match(await twoKiosks({ build: 'index-1.js' }).orders.report('one'), { isNewest: false })
  await t.rejects(twoKiosks().orders.report('three'), { code: 'unknown-place' })
})
