import { signal } from '@preact/signals'
import t from 'tap'
import type { MachineOrder } from '#server/contract/kiosk-care.ts'
import type { CallerConnection } from '../session/caller-requests.ts'
import type { Screen } from '../model/screen.ts'
import { followOrders } from './follow-orders.ts'

/** A page whose screen the test sets, and which counts how often it is loaded again and tested. */
function page() {
  const screen = signal({ kind: 'waiting' } as unknown as Screen)
  const seen = { reloads: 0, tests: 0 }
  let hear: (body: { order: MachineOrder }) => void = () => undefined
  const connection = {
    on: (_name: string, listener: typeof hear) => (hear = listener),
  } as unknown as CallerConnection
  Object.assign(globalThis, { location: { reload: () => (seen.reloads += 1) } })
  followOrders({ connection, screen, test: () => (seen.tests += 1) })
  return { screen, seen, order: (order: MachineOrder) => hear({ order }) }
}

t.test('a page that is to be loaded again waits until nobody is there', async (t) => {
  const { screen, seen, order } = page()
  order('reload')
  order('reload')
  t.equal(seen.reloads, 0, 'somebody is in line')
  screen.value = { kind: 'idle', press: 'none', called: [] } as unknown as Screen
  t.equal(seen.reloads, 1, 'once, however often it was asked')
})

t.test('a restart waits for nobody, and a test is handed on', async (t) => {
  const { seen, order } = page()
  order('test')
  t.same(seen, { reloads: 0, tests: 1 })
  order('restart')
  t.same(seen, { reloads: 1, tests: 1 })
})
