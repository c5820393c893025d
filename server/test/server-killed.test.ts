import { randomUUID } from 'node:crypto'
import t from 'tap'
import type { CallId } from '#server/contract/ids.ts'
import { eventually, TestSystem } from './harness.ts'

/** As often as `npm run loadtest -- server-killed` does it more. */
const KILLS = 3

t.test('killed again and again, the server loses no acknowledged call and no place', async (t) => {
  const system = await TestSystem.start(t)
  const kiosks = system.access.kiosks.map((_kiosk, i) => system.kiosk(i))
  await eventually('the kiosks', () => kiosks.every(({ state }) => state.kind === 'online'))
  const started = new Map<number, CallId>()
  for (const [i, kiosk] of kiosks.entries()) {
    const callId = randomUUID() as CallId
    await kiosk.request('call.start', { callId })
    started.set(i, callId)
  }
  const places = () =>
    kiosks.map(({ snapshot }) => (snapshot?.view.call?.status === 'waiting' ? snapshot.view.call.position : undefined))
  await eventually('everybody to have a place', () => places().every((place) => place !== undefined))
  const before = places()
  for (let kill = 1; kill <= KILLS; kill += 1) {
    await system.killServer()
    await eventually('the kiosks to notice', () => kiosks.every(({ state }) => state.kind === 'offline'))
    await system.startServer()
    await eventually('the kiosks to be back', () => kiosks.every(({ state }) => state.kind === 'online'))
    t.same(places(), before, `places after kill ${kill}`)
    const ids = kiosks.map(({ snapshot }) => snapshot?.view.call?.callId)
    t.same(ids, [...started.values()], `calls after kill ${kill}`)
  }
})
