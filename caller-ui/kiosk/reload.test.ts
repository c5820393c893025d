/** A page that begins anew by itself, and when it stops doing so. */
import { mock } from 'node:test'
import t from 'tap'
import { hasGivenUp, mayReload, noteRestart, reloadsCount, reloadSoon } from './reload.ts'

const MINUTE_MS = 60_000

/** A page with its address and its storage, on a clock that the test moves. */
function pageAt(hash = '') {
  const kept = new Map<string, string>()
  const storage = {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
  } as Storage
  const page = { loads: 0, address: '' }
  const location = { hash, pathname: '/kiosk/', reload: () => (page.loads += 1) } as unknown as Location
  const history = {
    replaceState: (_state: unknown, _title: string, to: string) => (page.address = to),
  } as unknown as History
  return { page, storage, location, history, kept }
}

t.beforeEach(() => {
  hasGivenUp.value = false
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 10_000_000_000 })
})
t.afterEach(() => mock.timers.reset())

t.test('at once, then a minute later, three times an hour; then it has given up until the hour is over', (t) => {
  const { page, storage, location } = pageAt()
  const loadsAfter = (ms: number) => {
    mock.timers.tick(ms)
    return page.loads
  }
  for (const times of [1, 2, 3]) {
    reloadSoon(location, storage)
    if (times > 1) t.equal(loadsAfter(MINUTE_MS - 1), times - 1, 'never sooner than a minute')
    t.equal(loadsAfter(1), times)
    t.equal(hasGivenUp.value, false)
  }
  t.equal(mayReload(storage), false)
  reloadSoon(location, storage)
  t.equal(hasGivenUp.value, true)
  t.equal(loadsAfter(57 * MINUTE_MS), 3)
  t.equal(loadsAfter(MINUTE_MS + 1), 4, 'an hour after the first of them')
  t.end()
})

t.test('what is called off does not happen; a storage that holds something else is none', (t) => {
  const { page, storage, location, kept } = pageAt()
  for (const strange of ['1764228000000', '{"at":1}', ',', 'null']) {
    kept.set('skranke.reloaded-at', strange)
    t.equal(reloadsCount(storage), 0, strange)
  }
  kept.set('skranke.reloaded-at', String(Date.now() + MINUTE_MS))
  t.equal(reloadsCount(storage), 0, 'of a clock that was wrong')
  reloadSoon(location, storage)()
  mock.timers.tick(MINUTE_MS)
  t.equal(page.loads, 0)
  t.end()
})

t.test('a page that was begun anew from outside counts that, and gives up after the fourth', (t) => {
  const { page, storage, location, history } = pageAt('#restarted')
  for (const times of [1, 2, 3]) {
    noteRestart(location, history, storage)
    t.equal(reloadsCount(storage), times)
    t.equal(hasGivenUp.value, false)
  }
  noteRestart(location, history, storage)
  t.equal(hasGivenUp.value, true)
  t.equal(page.address, '/kiosk/', 'and the address is as it was')
  const usual = pageAt('#kiosk=sundby-1&key=k')
  noteRestart(usual.location, usual.history, usual.storage)
  t.equal(reloadsCount(usual.storage), 0)
  t.end()
})
