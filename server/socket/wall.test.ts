/** What watchers are told, laid upon what they had, is how everything is: whatever changes, and whenever one joins. */
import t from 'tap'
import { laidUpon } from '../client/followed-floor.ts'
import type { SupervisorPatch } from '../contract/supervisor-patch.ts'
import type { SupervisorView } from '../contract/views.ts'
import { simulate } from '../routing/simulation/world.ts'
import { emptyState, type State } from '../routing/state.ts'
import { step } from '../routing/step.ts'
import type { Directory } from '../store/directory.ts'
import { quartersOf } from '../store/today-figures.ts'
import { StateIndex } from './state-index.ts'
import { sitesForSupervisor } from './site-view.ts'
import { supervisorView } from './supervisor-view.ts'
import { Wall, type WallSnapshot } from './wall.ts'

const NOTHING = { totals: new Map(), lastHalfHour: new Map(), quarters: new Map() }

/** A directory that knows whatever the state names. */
function cityOf(state: State): Directory {
  const siteIds = new Set([...state.calls.values()].map(({ siteId }) => siteId))
  const kioskIds = new Set([...state.calls.values()].map(({ kioskId }) => kioskId))
  const sites = new Map([...siteIds].map((siteId) => [siteId, { siteId, name: siteId, point: null }]))
  const [first] = sites.values()
  const names = { serviceLabels: { da: 'A', en: 'A' }, language: 'da', answerWithinMs: 60_000 }
  const queues = Object.values(state.policy.queues).map(({ id }) => [id, { id, ...names }] as const)
  const people = [...state.agents.keys()].map((agentId) => {
    return [agentId, { agentId, name: agentId, centreId: 'c', centreName: 'C' }] as const
  })
  const kiosks = first === undefined ? [] : [...kioskIds].map((kioskId) => [kioskId, { kioskId, site: first }] as const)
  return { sites, kiosks: new Map(kiosks), queues: new Map(queues), people: new Map(people) } as unknown as Directory
}

const viewOf = (state: State): SupervisorView =>
  supervisorView({
    directory: cityOf(state),
    index: new StateIndex().of(state),
    state,
    at: state.at,
    today: NOTHING,
    kiosksOnlineCount: 0,
    isOnline: () => true,
    notices: [],
    warnings: [],
    kiosks: [],
  })

/** In an order that does not hang on who was new when. */
const sorted = (view: SupervisorView) => {
  const byText = <Row>(rows: readonly Row[]) => rows.map((row) => JSON.stringify(row)).toSorted()
  return { ...view, queues: byText(view.queues), agents: byText(view.agents), sites: byText(view.sites) }
}

/** Somebody who watches: what they were told last, whole or laid upon it. */
class Watcher {
  shown: WallSnapshot
  patchesCount = 0
  wholesCount = 0
  constructor(wall: Wall) {
    this.shown = wall.snapshot()
    wall.tellTo({
      patch: (patch: SupervisorPatch) => {
        if (patch.from !== this.shown.version) throw new Error('it does not follow what was told before')
        const { version, at } = patch
        this.shown = { version, at, view: laidUpon(this.shown.view, patch) }
        this.patchesCount += 1
      },
      whole: (snapshot) => {
        this.shown = snapshot
        this.wholesCount += 1
      },
    })
    wall.watch()
  }
}

for (const seed of [1, 2, 3]) {
  t.test(`seed ${seed}`, async (t) => {
    let state = emptyState()
    const wall = new Wall(
      () => viewOf(state),
      () => state.at,
    )
    const early = new Watcher(wall)
    let late: Watcher | undefined
    let [looksCount, worksCount] = [0, 0]
    for (const event of simulate(seed, 400).events) {
      state = step(state, event).state
      looksCount += 1
      // Every few events, as when some are gathered; somebody joins in the middle.
      if (looksCount % 3 !== 0) continue
      if (looksCount > 200) late ??= new Watcher(wall)
      wall.refreshNow()
      const whole = sorted(viewOf(state))
      t.strictSame(sorted(early.shown.view), whole, event.type)
      if (late !== undefined) t.strictSame(sorted(late.shown.view), whole, event.type)
      worksCount += whole.sites.length
    }
    t.ok(early.patchesCount > 20 && early.wholesCount > 0 && worksCount > 0, 'there was something to tell')
  })
}

t.test('nothing is told where nothing is other, and nobody is looked for where nobody watches', async (t) => {
  let looksCount = 0
  const state = emptyState()
  const wall = new Wall(
    () => {
      looksCount += 1
      return viewOf(state)
    },
    () => 0,
  )
  wall.refreshNow()
  wall.refresh()
  t.equal(looksCount, 0)
  const watcher = new Watcher(wall)
  const leave = wall.watch()
  wall.refreshNow()
  t.equal(looksCount, 2)
  t.equal(watcher.patchesCount + watcher.wholesCount, 0)
  t.equal(wall.snapshot().version, watcher.shown.version)
  t.ok(wall.isWatched)
  leave()
  leave()
  t.ok(wall.isWatched, 'who left twice was one')
})

t.test('quarter-hours of a queue are one line, with zeros where nothing happened', async (t) => {
  const row = (queueId: string, quarter: number, offered: number) =>
    ({ queueId, intervalStartsAt: quarter * 900_000, offered, answered: offered - 1 }) as never
  const quarters = quartersOf([row('a', 32, 2), row('b', 33, 1), row('a', 35, 4)])
  t.same(quarters.get('a'), { startsAt: 32 * 900_000, offered: [2, 0, 0, 4], answered: [1, 0, 0, 3] })
  t.same(quarters.get('b'), { startsAt: 33 * 900_000, offered: [1], answered: [0] })
})

t.test('a site counts its screens and its people', async (t) => {
  const site = { siteId: 'one', name: 'One', point: null }
  const kiosks = new Map(['a', 'b', 'c'].map((kioskId) => [kioskId, { kioskId, site }]))
  const call = (id: string, kioskId: string, status: string, kind = 'here') => [
    id,
    { id, kioskId, siteId: 'one', status, presence: { kind } },
  ]
  const calls = new Map([
    call('1', 'a', 'connected'),
    call('2', 'b', 'waiting'),
    call('3', 'phone', 'offered'),
    call('4', 'c', 'waiting', 'away'),
    call('5', 'phone-2', 'connected'),
  ] as never)
  const fault = (part: string) => ({ part, since: 1 })
  const [view] = sitesForSupervisor({
    directory: { sites: new Map([['one', site]]), kiosks } as never,
    state: { calls, closedSites: new Map() } as never,
    at: 1,
    isOnline: (kioskId) => kioskId !== 'c',
    troubled: [
      { kioskId: 'a', faults: [fault('camera'), fault('speaker')], silent: null, outOfOrder: null },
      { kioskId: 'c', faults: [], silent: { heardAt: null }, outOfOrder: { since: null, byName: null } },
    ] as never,
  })
  t.same(view, {
    ...site,
    kiosksCount: 3,
    onlineCount: 2,
    inCallCount: 1,
    cameraFaultyCount: 1,
    microphoneFaultyCount: 0,
    silentCount: 1,
    outOfOrderCount: 1,
    waitingCount: 2,
  })
})
