/** What would have been: patience from waits that were cut short, and days run again with something changed. */
import t from 'tap'
import { exponentialMs, streamOf } from '../city/draws.ts'
import { estimateOf } from './estimate.ts'
import { policyAround } from './days.ts'
import type { ObservedDay } from './observed.ts'
import { drawWaitMs, hazardOf, survivalAt, type Wait } from './patience.ts'
import { questionOf } from './question.ts'
import { NO_CHANGE, type Change } from './rerun.ts'
import { whatIf } from './what-if.ts'
import { busyHours, CITY, DAY, seenOf } from './busy-hours.ts'

const seen = seenOf(busyHours(2))
const busiest = [...seen.workedMs].sort(([, a], [, b]) => b - a).map(([agentId]) => agentId)

const ask = (change: Change | null, { day = seen, seed = 1, resamplesCount = 6, threadsCount = 0 } = {}) =>
  whatIf({ day, change, resamplesCount, seed, threadsCount })

const groupOf = ({ groups }: Awaited<ReturnType<typeof whatIf>>, kind: string, id = '') => {
  const group = groups.find((each) => each.kind === kind && each.id === id)
  if (group === undefined) throw new Error(`no ${kind} ${id}`)
  return group
}

/** Waits of people with this patience, most of whom are answered before it ends. */
function waitsOf(count: number, patienceOf: (draw: () => number) => number, answeredMeanMs: number): Wait[] {
  const draw = streamOf(7, `${count}/${answeredMeanMs}`)
  return Array.from({ length: count }, () => {
    const patienceMs = patienceOf(draw)
    const answeredMs = exponentialMs(draw, answeredMeanMs)
    return { waitMs: Math.min(patienceMs, answeredMs), isEnded: patienceMs < answeredMs }
  })
}

t.test('patience is found although most are answered before theirs ends', async (t) => {
  const patienceMs = 360_000
  const waits = waitsOf(4_000, (draw) => exponentialMs(draw, patienceMs), 60_000)
  const left = waits.filter(({ isEnded }) => isEnded).map(({ waitMs }) => waitMs)
  const naive = left.reduce((sum, waitMs) => sum + waitMs, 0) / left.length
  t.ok(naive < 0.2 * patienceMs, `the mean of the abandoned waits alone is ${naive} ms`)
  const hazard = hazardOf(waits)
  for (const atMs of [30_000, 120_000, 360_000]) {
    const off = Math.abs(survivalAt(hazard, atMs) - Math.exp(-atMs / patienceMs))
    t.ok(off < 0.05, `off by ${off} at ${atMs} ms`)
  }
})

t.test('presses that were not meant do not make the others impatient', async (t) => {
  const waits = waitsOf(6_000, (draw) => (draw() < 0.05 ? draw() * 4_000 : exponentialMs(draw, 400_000)), 80_000)
  const hazard = hazardOf(waits)
  t.ok(hazard.length > 1)
  const truth = (atMs: number) => (atMs >= 4_000 ? 0.95 * Math.exp(-atMs / 400_000) : Number.NaN)
  for (const atMs of [5_000, 60_000, 300_000, 600_000]) {
    const off = Math.abs(survivalAt(hazard, atMs) - truth(atMs))
    t.ok(off < 0.06, `off by ${off} at ${atMs} ms`)
  }
  const oneStretch = waits.filter(({ isEnded }) => isEnded).length / waits.reduce((sum, { waitMs }) => sum + waitMs, 0)
  t.ok(Math.exp(-oneStretch * 600_000) < truth(600_000) - 0.06, 'one exponential for all would be further off')
})

t.test('draws follow the hazard; with few who left it is exponential; with none nobody ever leaves', async (t) => {
  const hazard = hazardOf(waitsOf(2_000, (draw) => exponentialMs(draw, 200_000), 100_000))
  const draw = streamOf(3, 'draws')
  const drawn = Array.from({ length: 20_000 }, () => drawWaitMs(hazard, draw))
  for (const atMs of [20_000, 100_000, 400_000]) {
    const share = drawn.filter((waitMs) => waitMs > atMs).length / drawn.length
    t.ok(Math.abs(share - survivalAt(hazard, atMs)) < 0.015, `${share} longer than ${atMs} ms`)
  }
  t.same(
    hazardOf([
      { waitMs: 30_000, isEnded: true },
      { waitMs: 70_000, isEnded: false },
    ]),
    [{ fromMs: 0, perMs: 1e-5 }],
  )
  t.same(hazardOf([{ waitMs: 70_000, isEnded: false }]), [])
  t.equal(drawWaitMs([], draw), Infinity)
})

t.test('fewer agents answer fewer in time, and more of them more', async (t) => {
  const fewer = await ask({ ...NO_CHANGE, withoutAgentIds: busiest.slice(0, 4) })
  const lower = groupOf(fewer, 'city').serviceLevelChange
  t.ok(lower !== null && lower.high < 0, `without four: ${JSON.stringify(lower)}`)
  const more = await ask({ ...NO_CHANGE, copies: busiest.slice(0, 4).map((agentId) => ({ agentId, count: 2 })) })
  const higher = groupOf(more, 'city').serviceLevelChange
  t.ok(higher !== null && higher.low > 0, `with eight more: ${JSON.stringify(higher)}`)
  const kinds = new Set(fewer.groups.map(({ kind }) => kind))
  t.same(kinds, new Set(['city', 'queue', 'site', 'language']))
  const ofAll = (kind: string) =>
    fewer.groups
      .filter((group) => group.kind === kind)
      .reduce((sum, { observed }) => sum + (observed?.answered ?? 0), 0)
  for (const kind of ['queue', 'site', 'language']) t.equal(ofAll(kind), ofAll('city'), `every call is of one ${kind}`)
})

t.test('the same seed gives the same answer, in one thread or in two, and another seed another', async (t) => {
  const change = { ...NO_CHANGE, withoutAgentIds: busiest.slice(0, 2) }
  const once = await ask(change, { resamplesCount: 2 })
  t.same(await ask(change, { resamplesCount: 2, threadsCount: 2 }), once)
  const other = await ask(change, { resamplesCount: 2, seed: 2 })
  t.not(groupOf(other, 'city').baseline.serviceLevel?.mean, groupOf(once, 'city').baseline.serviceLevel?.mean)
  t.same(groupOf(await ask(NO_CHANGE, { resamplesCount: 2 }), 'city').serviceLevelChange, {
    mean: 0,
    low: 0,
    high: 0,
    count: 2,
  })
})

t.test('the intervals of a day run again cover what was seen', async (t) => {
  let coveredCount = 0
  const days = [11, 12, 13, 14, 15, 16]
  for (const seed of days) {
    const day = seenOf(busyHours(seed, { isExplained: false }))
    const city = groupOf(await ask(null, { day, resamplesCount: 16 }), 'city')
    const { serviceLevel: again } = city.baseline
    const level = city.observed?.serviceLevel ?? -1
    if (again !== null && again.low <= level && level <= again.high) coveredCount += 1
    t.ok(Math.abs((again?.mean ?? 0) - level) < 0.1, `${level} seen, ${again?.mean} again`)
  }
  t.ok(coveredCount >= days.length - 2, `${coveredCount} of ${days.length}`)
})

t.test('another policy rules the day from its beginning', async (t) => {
  const { policy, hours } = policyAround(CITY, DAY)
  const queues = Object.entries(policy.queues).map(([id, queue]) => [id, { ...queue, callersMax: 1 }])
  const tight = { ...policy, version: 'tight', queues: Object.fromEntries(queues) }
  const answer = await ask({ ...NO_CHANGE, policy: { policy: tight, hours } }, { resamplesCount: 2 })
  const { baseline, changed } = groupOf(answer, 'city')
  t.equal(baseline.full?.mean, 0)
  t.ok((changed?.full?.mean ?? 0) > 20, 'lines for one let few in')
  const none = { ...policy, version: 'none', queues: { 'tax.da': policy.queues['tax.da']! } }
  const bare = await ask({ ...NO_CHANGE, policy: { policy: none, hours } }, { resamplesCount: 2 })
  t.ok((bare.unserved.changed?.mean ?? 0) > 100, 'calls whose queue is not there are told of')
})

t.test('an interval is the middle of what was drawn', async (t) => {
  t.same(estimateOf([null, null]), null)
  t.same(estimateOf([null, 3]), { mean: 3, low: 3, high: 3, count: 1 })
  const many = estimateOf(Array.from({ length: 41 }, (_, i) => 40 - i))
  t.same(many, { mean: 20, low: 1, high: 39, count: 41 })
})

t.test('the words of the command', async (t) => {
  t.match(questionOf(['--day', '2026-11-23', '--without', 'amal,bo', '--with', '2xelin,dogan']), {
    date: '2026-11-23',
    isSimulated: false,
    withoutAgentIds: ['amal', 'bo'],
    copies: [
      { agentId: 'elin', count: 2 },
      { agentId: 'dogan', count: 1 },
    ],
    resamplesCount: 20,
  })
  t.match(questionOf(['--simulated-day']), { isSimulated: true, seed: 1 })
  for (const words of [[], ['--day'], ['--simulated-day', '--resamples', '0'], ['--simulated-day', '--seed', 'x']]) {
    t.throws(() => questionOf(words), Error, words.join(' '))
  }
})

t.test('what an observed day holds can go to another thread', async (t) => {
  const copy = structuredClone(seen) as ObservedDay
  t.same(copy.kiosksOfSite, seen.kiosksOfSite)
  t.same(copy.samples.comesMs, seen.samples.comesMs)
})
