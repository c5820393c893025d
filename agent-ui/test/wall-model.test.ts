/** What the wall puts first, and how places and days are drawn. */
import t from 'tap'
import { columnsPath, daySpan, drawnSites, needOf, pressingFirst, siteState } from '../model/wall.ts'
import { floorTotals } from '../model/floor.ts'
import { SOUND_AGAIN_MS, WarningBell } from '../model/warnings.ts'
import { someWarnings } from './floor-places.ts'
import { branded, floor } from './people.ts'

const NOW = 1_790_000_000_000
const { queues, sites, days } = floor(NOW)
type Queue = (typeof queues)[number]
type Site = (typeof sites)[number]
const [first] = queues
const queue = (changes: Partial<Queue>): Queue => ({
  ...branded<Queue>(first),
  waitingCount: 0,
  oldestQueuedAt: null,
  agentsSignedInCount: 2,
  ...changes,
})

t.test('what a queue needs', async (t) => {
  const waiting = (ms: number) => ({ waitingCount: 1, oldestQueuedAt: NOW - ms })
  t.equal(needOf(queue({}), NOW), 'quiet')
  t.equal(needOf(queue(waiting(60_000)), NOW), 'waiting', 'just in time')
  t.equal(needOf(queue(waiting(60_001)), NOW), 'late')
  t.equal(needOf(queue({ ...waiting(1), agentsSignedInCount: 0 }), NOW), 'nobody')
  t.equal(needOf(queue({ agentsSignedInCount: 0 }), NOW), 'bare')
  t.equal(needOf(queue({ isPaused: true, agentsSignedInCount: 0 }), NOW), 'paused')
})

t.test('the most pressing come first, and what does not fit is counted', async (t) => {
  const { shown, othersCount } = pressingFirst(queues, NOW, 3)
  t.same(
    shown.map(({ queue: { queueId }, need }) => [queueId, need]),
    [
      ['citizen.en', 'nobody'],
      ['citizen.da', 'late'],
      ['culture.da', 'paused'],
    ],
  )
  t.equal(othersCount, 2)
  t.same(pressingFirst([], NOW, 3), { shown: [], othersCount: 0 })
  const quiet = pressingFirst(queues, NOW, 9).shown.filter(({ need }) => need === 'quiet')
  t.same(
    quiet.map(({ queue: { queueId } }) => queueId),
    ['library.da', 'library.en'],
    'those with more calls first',
  )
})

t.test('how a place looks: the worst of it', async (t) => {
  const site = (changes: Partial<Site>): Site => ({ ...branded<Site>(sites[4]), ...changes })
  t.equal(siteState(site({})), 'free')
  t.equal(siteState(site({ inCallCount: 1 })), 'in-call')
  t.equal(siteState(site({ inCallCount: 1, waitingCount: 1 })), 'waiting')
  t.equal(siteState(site({ waitingCount: 1, cameraFaultyCount: 1 })), 'faulty')
  t.equal(siteState(site({ kiosksCount: 2, onlineCount: 1 })), 'faulty')
  t.equal(siteState(site({ onlineCount: 0, waitingCount: 1 })), 'down')
  t.equal(siteState(site({ kiosksCount: 0, onlineCount: 0 })), 'bare')
  const drawn = drawnSites(sites)
  t.equal(drawn.length, sites.length - 1, 'what nobody has placed is in the table alone')
  t.equal(drawn.at(-1)?.state, 'down', 'the worst is drawn over the others')
})

t.test('days are drawn over the same hours', async (t) => {
  const { startsAt, count } = daySpan(days)
  t.equal(startsAt, days[0]?.startsAt)
  t.equal(count, 11)
  t.same(daySpan([]), { startsAt: 0, count: 0 })
  t.equal(
    columnsPath([2, 0, 4], { from: 1, count: 20, valueMax: 4 }, { width: 200, height: 20 }),
    'M10.0 20v-10.0h8.0V20zM30.0 20v-20.0h8.0V20z',
  )
  t.match(
    columnsPath([1], { from: 0, count: 1, valueMax: 0 }, { width: 160, height: 20 }),
    'h8.0',
    'a morning is no day',
  )
})

t.test('levels add up by what they are shares of', async (t) => {
  const totals = floorTotals(floor(NOW))
  t.same(totals.lastHalfHour, { answeredInTime: 32, counted: 40, serviceLevel: 0.8 })
  t.same(floorTotals({ ...floor(NOW), queues: [] }).lastHalfHour, { answeredInTime: 0, counted: 0, serviceLevel: null })
})

t.test('a warning sounds when it comes, and each minute until somebody has seen it', async (t) => {
  const planned = new Map<number, () => void>()
  let [nowMs, soundsCount, timersCount] = [0, 0, 0]
  const pass = (ms: number) => {
    for (const until = nowMs + ms; nowMs < until; nowMs += 1_000) {
      const due = planned.get(nowMs + 1_000)
      planned.delete(nowMs + 1_000)
      due?.()
    }
  }
  const later = (work: () => void, ms: number) => {
    timersCount += 1
    const at = nowMs + ms
    planned.set(at, work)
    return () => void planned.delete(at)
  }
  const bell = new WarningBell({ play: () => (soundsCount += 1), later })
  const [first, second] = someWarnings(0)
  if (first === undefined || second === undefined) throw new Error('there are no warnings')
  const seen = { ...first, acknowledged: { byName: 'Niels', at: 1 } }
  bell.look([], true)
  pass(3 * SOUND_AGAIN_MS)
  t.equal(soundsCount, 0, 'nothing stands')
  bell.look([first], true)
  t.equal(soundsCount, 1)
  pass(SOUND_AGAIN_MS - 1_000)
  for (let i = 0; i < 9; i += 1) bell.look([first], true)
  t.equal(soundsCount, 1, 'whatever else changes')
  pass(1_000)
  t.equal(soundsCount, 2)
  pass(2 * SOUND_AGAIN_MS)
  t.equal(soundsCount, 4)
  pass(30_000)
  bell.look([first, second], true)
  t.equal(soundsCount, 5, 'another is heard at once')
  pass(30_000)
  t.equal(soundsCount, 5, 'a minute from there')
  bell.look([seen, second], true)
  pass(30_000)
  t.equal(soundsCount, 6, 'one is left')
  bell.look([seen, { ...second, acknowledged: seen.acknowledged }], true)
  pass(3 * SOUND_AGAIN_MS)
  t.equal(soundsCount, 6, 'somebody has seen all')
  bell.look([{ ...first, warningId: 'other' }], false)
  pass(3 * SOUND_AGAIN_MS)
  t.equal(soundsCount, 6, 'switched off')
  bell.look([{ ...first, warningId: 'other' }], true)
  pass(SOUND_AGAIN_MS)
  t.equal(soundsCount, 7, 'switched on again')
  t.equal(planned.size, 1)
  t.ok(timersCount < 15)
})
