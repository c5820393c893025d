import t from 'tap'
import { erlangA, erlangC } from '#server/routing/queueing/erlang.ts'
import { expectedOf, quantileOf, spreadOf } from './call-counts.ts'
import { clockOf, forecastOf, quartersOfDay, type EarlierDay } from './day-forecast.ts'
import { DAYS_MIN, likeDays } from './like-days.ts'
import { patienceOf } from './patience.ts'
import { needByErlangA, needByErlangC } from './staffing.ts'

const target = (levelShare: number, withinS: number, occupancyMax = 1) => {
  return { levelShare, withinMs: withinS * 1_000, occupancyMax }
}
const work = (callsPerHour: number, handlingS: number) => ({ callsPerHour, handlingMs: handlingS * 1_000 })

/** The rows of research/routing.md §3.4 with what they give: so many agents meet exactly that level, and one fewer does not. */
const ERLANG_C = [
  [60, 300, 7, 30, 0.734608],
  [60, 300, 8, 30, 0.876086],
  [40, 600, 8, 60, 0.533807],
  [40, 600, 9, 60, 0.751936],
  [240, 360, 28, 30, 0.761296],
] as const
const ERLANG_A = [
  [60, 300, 120, 6, 30, 0.75855],
  [60, 300, 120, 7, 30, 0.85825],
  [40, 600, 180, 8, 60, 0.81047],
  [240, 360, 150, 24, 30, 0.74176],
] as const

t.test('the agents of the known figures are found, and for a hair more than they give, one more', async (t) => {
  for (const [calls, handlingS, agents, withinS, level] of ERLANG_C) {
    const found = needByErlangC(work(calls, handlingS), target(level - 1e-6, withinS))
    t.equal(found.agentsCount, agents)
    t.equal(found.levelShare.toFixed(6), level.toFixed(6))
    t.equal(needByErlangC(work(calls, handlingS), target(level + 1e-6, withinS)).agentsCount, agents + 1)
  }
  for (const [calls, handlingS, patienceS, agents, withinS, level] of ERLANG_A) {
    const found = needByErlangA(work(calls, handlingS), patienceS * 1_000, target(level - 1e-5, withinS))
    t.equal(found.agentsCount, agents)
    t.equal(found.levelShare.toFixed(5), level.toFixed(5))
    const more = needByErlangA(work(calls, handlingS), patienceS * 1_000, target(level + 1e-5, withinS))
    t.equal(more.agentsCount, agents + 1)
  }
})

t.test('the choice of model moves one whole post: 40 calls of 10 min an hour, 75 % in 60 s', async (t) => {
  t.equal(needByErlangC(work(40, 600), target(0.75, 60)).agentsCount, 9)
  t.equal(needByErlangA(work(40, 600), 180_000, target(0.75, 60)).agentsCount, 8)
})

t.test('halving finds what counting up finds; occupancy is a bound of its own', async (t) => {
  for (const calls of [0.3, 3, 17, 90, 400]) {
    for (const occupancyMax of [1, 0.85, 0.6]) {
      const goal = target(0.8, 60, occupancyMax)
      const load = { arrivalsPerHour: calls, handlingMs: 420_000, withinMs: 60_000 }
      let byC = Math.floor((calls * 420) / 3_600) + 1
      const isFewC = (agentsCount: number) => {
        const { serviceLevelShare, occupancyShare } = erlangC({ ...load, agentsCount })
        return serviceLevelShare < 0.8 || occupancyShare > occupancyMax
      }
      while (isFewC(byC)) byC += 1
      let byA = 1
      const isFewA = (agentsCount: number) => {
        const { serviceLevels, occupancyShare } = erlangA({ ...load, agentsCount, patienceMs: 200_000 })
        return serviceLevels.neg < 0.8 || occupancyShare > occupancyMax
      }
      while (isFewA(byA)) byA += 1
      t.equal(needByErlangC(work(calls, 420), goal).agentsCount, byC)
      t.equal(needByErlangA(work(calls, 420), 200_000, goal).agentsCount, byA)
    }
  }
  t.equal(needByErlangC(work(0, 420), target(0.8, 60)).agentsCount, 0)
  t.throws(() => needByErlangC(work(1e6, 420), target(0.8, 60)), RangeError)
  t.throws(() => needByErlangA(work(3, 420), 1_000, target(1, 60)), RangeError)
})

/** Reproducible draws from 0 to 1. */
function drawer(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let z = Math.imul(state ^ (state >>> 15), 1 | state)
    z = (z + Math.imul(z ^ (z >>> 7), 61 | z)) ^ z
    return ((z ^ (z >>> 14)) >>> 0) / 4_294_967_296
  }
}

function poisson(mean: number, draw: () => number): number {
  let count = -1
  for (let left = mean; left > 0; count += 1) left += Math.log(1 - draw())
  return Math.max(0, count)
}

t.test('patience is told from censored waits: of whoever is answered only that it was longer', async (t) => {
  const draw = drawer(11)
  let waitedMs = 0
  let abandonedCount = 0
  let abandonedMs = 0
  for (let i = 0; i < 20_000; i += 1) {
    const patienceMs = -180_000 * Math.log(1 - draw())
    const answerMs = -60_000 * Math.log(1 - draw())
    waitedMs += Math.min(patienceMs, answerMs)
    if (patienceMs >= answerMs) continue
    abandonedCount += 1
    abandonedMs += patienceMs
  }
  const found = patienceOf(waitedMs, abandonedCount)
  t.ok(found !== null && found.lowMs < 180_000 && found.highMs > 180_000)
  t.ok(Math.abs((found?.meanMs ?? 0) / 180_000 - 1) < 0.04)
  t.ok(abandonedMs / abandonedCount < 60_000, 'the mean of those who left would be a third of it')
  t.equal(patienceOf(1_000_000, 9), null)
  t.equal(patienceOf(0, 50), null)
})

t.test('quantiles are those of the negative binomial, also where its first term is no number', async (t) => {
  // Geometric: size 1, so P(X > k) = q^(k + 1) with q = 3/4.
  t.equal(quantileOf(3, 1, 0.9), 8)
  t.equal(quantileOf(3, 1, 0.1), 0)
  // Of a great size it is Poisson: with mean 10, P(X ≤ 14) = 0.9165 and P(X ≤ 13) = 0.8645.
  t.equal(quantileOf(10, 1e9, 0.9), 14)
  t.equal(quantileOf(10, 1e9, 0.1), 6)
  const high = quantileOf(3_000, 1e9, 0.9)
  t.ok(Math.abs(high - (3_000 + 1.2816 * Math.sqrt(3_000))) < 2, `${high}`)
})

t.test('on four days of five, or a little more, the count is in the interval', async (t) => {
  const draw = drawer(5)
  for (const [mean, spread, days] of [
    [0.4, 0, 4],
    [3, 0, 4],
    [3, 0.05, 8],
    [200, 0.02, 6],
  ] as const) {
    let inside = 0
    const trials = 3_000
    const normal = () => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw())
    const count = () => poisson(mean * Math.max(0, 1 + Math.sqrt(spread) * normal()), draw)
    for (let i = 0; i < trials; i += 1) {
      const { low, high } = expectedOf(Array.from({ length: days }, count), spread)
      const next = count()
      if (next >= low && next <= high) inside += 1
    }
    t.ok(inside / trials > 0.78, `mean ${mean}, ${days} days: ${inside / trials}`)
  }
  t.equal(spreadOf([10, 10, 10, 10]), 0, 'days more alike than chance have no spread')
  t.ok(Math.abs(spreadOf([80, 120, 100, 140, 60]) - (1_000 - 100) / 10_000) < 1e-12)
  t.equal(expectedOf([0, 0, 0, 0], 0).mean, 0)
  t.ok(expectedOf([0, 0, 0, 0], 0).high >= 0)
  t.throws(() => expectedOf([], 0), RangeError)
  t.throws(() => expectedOf([0.5], 0), RangeError)
})

const HOLIDAYS = new Set(['2026-12-25', '2026-12-26', '2027-01-01', '2027-03-26', '2027-03-25', '2026-05-14'])
const isHoliday = (date: string) => HOLIDAYS.has(date)

t.test('a day is like the same weekday, but for holidays, and holidays are like each other', async (t) => {
  const fridays = likeDays('2027-01-08', '2027-01-06', isHoliday)
  t.same(fridays.slice(0, 3), ['2026-12-18', '2026-12-11', '2026-12-04'], 'Christmas and New Year are left out')
  t.ok(fridays.every((date) => Temporal.PlainDate.from(date).dayOfWeek === 5))
  t.same(likeDays('2027-03-26', '2027-03-20', isHoliday), ['2027-01-01', '2026-12-26', '2026-12-25', '2026-05-14'])
  t.equal(likeDays('2027-01-08', '2026-12-11', isHoliday)[0], '2026-12-04', 'only what is counted')
  t.equal(likeDays('2027-01-13', '2027-01-06', isHoliday)[0], '2026-12-30', 'the day itself is not over')
  const far = likeDays('2027-06-11', '2027-01-06', () => false)
  t.ok(far.length >= 12, 'a day far ahead has as much history')
})

const day = (date: string, calls: Record<string, number>): EarlierDay => {
  return { date, callsAt: new Map(Object.entries(calls)) }
}
const NINE_TO_TEN = { '09:00': 4, '09:15': 6, '09:30': 5, '09:45': 3, '20:00': 9 }
const isOpenAt = (at: number) => clockOf(at).startsWith('09:')
const asked = {
  date: '2026-11-30',
  isOpenAt,
  handlingMs: 480_000,
  patienceMs: 200_000,
  target: target(0.8, 60, 0.9),
}

t.test('a day with enough history has its calls and its agents, and nothing while it is closed', async (t) => {
  const earlier = ['02', '09', '16', '23'].map((each) => day(`2026-11-${each}`, NINE_TO_TEN))
  const { quarters, calls } = forecastOf({ ...asked, earlier })
  t.equal(quarters.length, 96)
  const open = quarters.filter(({ isOpen }) => isOpen)
  t.same(
    open.map((each) => each.calls?.mean),
    [4, 6, 5, 3],
  )
  t.equal(calls?.mean, 18, 'what came while it will be closed is left out')
  t.ok(quarters.every((each) => each.isOpen || (each.calls === null && each.erlangC === null)))
  const [first] = open
  const need = needByErlangC({ callsPerHour: 16, handlingMs: 480_000 }, asked.target).agentsCount
  t.equal(first?.erlangC?.expected, need)
  t.ok((first?.erlangC?.high ?? 0) > need && (first?.erlangA?.expected ?? 99) <= need)
  const without = forecastOf({ ...asked, earlier, patienceMs: null }).quarters.find(({ isOpen }) => isOpen)
  t.match(without, { erlangA: null, erlangC: { expected: need } })
  t.match(forecastOf({ ...asked, earlier, handlingMs: null }).quarters[36], { calls: { mean: 4 }, erlangC: null })
})

t.test('with too little history nothing is said', async (t) => {
  const earlier = Array.from({ length: DAYS_MIN - 1 }, () => day('2026-11-02', NINE_TO_TEN))
  const { quarters, calls } = forecastOf({ ...asked, earlier })
  t.equal(calls, null)
  t.ok(quarters.every((each) => each.calls === null && each.erlangC === null && each.erlangA === null))
})

t.test('days of 23 and 25 hours have their own quarter-hours', async (t) => {
  t.equal(quartersOfDay('2026-03-29').length, 92)
  t.equal(quartersOfDay('2026-10-25').length, 100)
  t.equal(clockOf(quartersOfDay('2026-10-25')[36] ?? 0), '08:00')
  t.throws(() => quartersOfDay('2026-02-30'), RangeError)
})
