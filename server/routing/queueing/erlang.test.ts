import t from 'tap'
import type { LoadWithPatience } from './erlang.ts'
import { erlangA, erlangB, erlangC } from './erlang.ts'

/** Written as in research/routing.md §3.4: calls an hour, seconds, agents. */
const load = (arrivalsPerHour: number, handlingS: number, agentsCount: number, withinS: number) => ({
  arrivalsPerHour,
  handlingMs: handlingS * 1000,
  agentsCount,
  withinMs: withinS * 1000,
})
const patient = (arrivals: number, handlingS: number, patienceS: number, agents: number, withinS: number) => ({
  ...load(arrivals, handlingS, agents, withinS),
  patienceMs: patienceS * 1000,
})

t.test('Erlang B gives the known figures', async (t) => {
  t.equal(erlangB(7, 10).toFixed(8), '0.07874088')
  t.equal(erlangB(3, 5).toFixed(8), '0.11005435')
  t.equal(erlangB(3, 0), 1)
  t.equal(erlangB(0, 3), 0)
  t.ok(erlangB(90_000, 100_000) < 1e-100, 'a great pool neither overflows nor hangs')
  t.ok(Math.abs(erlangB(100_000, 50_000) - 0.5) < 1e-4)
})

t.test('Erlang C gives the known figures', async (t) => {
  const known = [
    [load(60, 300, 7, 30), '0.324150', '0.734608', '48.622', '0.7143'],
    [load(60, 300, 8, 30), '0.167267', '0.876086', '16.727', '0.6250'],
    [load(40, 600, 8, 60), '0.532687', '0.533807', '239.709', '0.8333'],
    [load(40, 600, 9, 60), '0.313256', '0.751936', '80.551', '0.7407'],
    [load(240, 360, 28, 30), '0.333139', '0.761296', '29.982', '0.8571'],
  ] as const
  for (const [asked, waiting, level, waitS, occupancy] of known) {
    const c = erlangC(asked)
    t.equal(c.waitingShare.toFixed(6), waiting)
    t.equal(c.serviceLevelShare.toFixed(6), level)
    t.equal((c.meanWaitMs / 1000).toFixed(3), waitS)
    t.equal(c.occupancyShare.toFixed(4), occupancy)
  }
})

t.test('Erlang A gives the known figures', async (t) => {
  const known = [
    [patient(60, 300, 120, 6, 30), '0.32155', '0.12896', '0.75855', '0.81985', '0.80809', '0.87086'],
    [patient(60, 300, 120, 7, 30), '0.20231', '0.07211', '0.85825', '0.89546', '0.89142', '0.92495'],
    [patient(40, 600, 180, 8, 60), '0.27499', '0.11029', '0.81047', '0.87451', '0.86592', null],
    [patient(240, 360, 150, 24, 30), '0.42647', '0.09843', '0.74176', '0.80233', '0.78959', null],
  ] as const
  for (const [asked, waiting, abandoned, neg, pos, ign, ans] of known) {
    const a = erlangA(asked)
    t.equal(a.waitingShare.toFixed(5), waiting)
    t.equal(a.abandonedShare.toFixed(5), abandoned)
    t.equal(a.serviceLevels.neg.toFixed(5), neg)
    t.equal(a.serviceLevels.pos.toFixed(5), pos)
    t.equal(a.serviceLevels.ign.toFixed(5), ign)
    if (ans !== null) t.equal(a.serviceLevels.ans.toFixed(5), ans)
  }
})

/** Erlang A the plain way: every state's probability, and the differential equations of the text by Runge and Kutta. */
function erlangAStepwise({ arrivalsPerHour, handlingMs, agentsCount, patienceMs, withinMs }: LoadWithPatience) {
  const linesMax = 150
  const arrivals = arrivalsPerHour / 3_600_000
  const outRate = (inSystem: number) =>
    Math.min(inSystem, agentsCount) / handlingMs + Math.max(0, inSystem - agentsCount) / patienceMs
  const weights = [1]
  for (let k = 1; k <= agentsCount + linesMax; k += 1) weights.push(((weights.at(-1) ?? 0) * arrivals) / outRate(k))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const share = weights.map((weight) => weight / total)

  const forward = (j: number) => agentsCount / handlingMs + j / patienceMs
  const slopes = (f: readonly number[], first: number, source: number) =>
    f.map((at, j) => {
      const ahead = f[j - 1] ?? first
      return forward(j) * (ahead - at) + (source - at) / patienceMs
    })
  const solve = (first: number, source: number) => {
    let f = Array.from({ length: linesMax }, () => 0)
    const stepsCount = 2000
    const h = withinMs / stepsCount
    const moved = (by: readonly number[], times: number) => f.map((at, j) => at + (by[j] ?? 0) * times)
    for (let i = 0; i < stepsCount; i += 1) {
      const k1 = slopes(f, first, source)
      const k2 = slopes(moved(k1, h / 2), first, source)
      const k3 = slopes(moved(k2, h / 2), first, source)
      const k4 = slopes(moved(k3, h), first, source)
      f = f.map((at, j) => at + (h / 6) * ((k1[j] ?? 0) + 2 * (k2[j] ?? 0) + 2 * (k3[j] ?? 0) + (k4[j] ?? 0)))
    }
    return f.reduce((sum, at, j) => sum + at * (share[agentsCount + j] ?? 0), 0)
  }
  const lineMean = share.reduce((sum, at, k) => sum + at * Math.max(0, k - agentsCount), 0)
  const free = share.slice(0, agentsCount).reduce((sum, at) => sum + at, 0)
  const neg = free + solve(1, 0)
  return { waitingShare: 1 - free, meanWaitMs: lineMean / arrivals, neg, pos: neg + solve(0, 1) }
}

t.test('the closed form of Erlang A is the solution of the equations, also in overload', async (t) => {
  for (const asked of [patient(60, 300, 120, 4, 30), patient(90, 400, 200, 5, 120), patient(10, 500, 30, 2, 20)]) {
    const a = erlangA(asked)
    const plain = erlangAStepwise(asked)
    t.ok(Math.abs(a.waitingShare - plain.waitingShare) < 1e-9)
    t.ok(Math.abs(a.meanWaitMs - plain.meanWaitMs) < 1e-4, `mean wait ${a.meanWaitMs} ms`)
    t.ok(Math.abs(a.serviceLevels.neg - plain.neg) < 1e-8, `SLneg ${a.serviceLevels.neg} and ${plain.neg}`)
    t.ok(Math.abs(a.serviceLevels.pos - plain.pos) < 1e-8, `SLpos ${a.serviceLevels.pos} and ${plain.pos}`)
  }
})

t.test('Erlang A has the limits it must have', async (t) => {
  const atOnce = erlangA(patient(60, 300, 120, 6, 0))
  t.ok(Math.abs(atOnce.serviceLevels.neg - (1 - atOnce.waitingShare)) < 1e-12)
  const late = erlangA(patient(60, 300, 120, 6, 100_000))
  t.ok(Math.abs(late.serviceLevels.neg - (1 - late.abandonedShare)) < 1e-12)
  t.ok(Math.abs(late.serviceLevels.pos - 1) < 1e-12)
  t.ok(Math.abs(late.serviceLevels.ans - 1) < 1e-12)

  const c = erlangC(load(60, 300, 7, 30))
  for (const patienceS of [1e12, Infinity]) {
    const a = erlangA(patient(60, 300, patienceS, 7, 30))
    t.ok(Math.abs(a.waitingShare - c.waitingShare) < 1e-8)
    t.ok(Math.abs(a.serviceLevels.neg - c.serviceLevelShare) < 1e-8)
    t.ok(Math.abs(a.serviceLevels.ign - c.serviceLevelShare) < 1e-8)
    t.ok(Math.abs(a.meanWaitMs - c.meanWaitMs) < 0.01)
  }
})

t.test('nothing overflows: no calls, an empty night, a flood, people without any patience', async (t) => {
  const loads = [
    patient(0, 600, 60, 3, 30),
    patient(1, 60, 60, 2000, 30),
    patient(60_000, 300, 300, 1000, 300),
    patient(100_000, 600, 3600, 10, 30),
    patient(60, 300, 1e-300, 5, 30),
  ]
  for (const asked of loads) {
    const { serviceLevels, meanWaitMs, ...shares } = erlangA(asked)
    for (const [name, share] of Object.entries({ ...shares, ...serviceLevels })) {
      t.ok(share >= 0 && share <= 1, `${name} ${share}`)
    }
    t.ok(meanWaitMs >= 0 && meanWaitMs < Infinity)
  }
  const flood = erlangA(patient(60_000, 300, 300, 1000, 300))
  t.ok(Math.abs(flood.abandonedShare - 0.8) < 1e-9, 'of 5,000 erlangs 1,000 agents take a fifth')
})

t.test('senseless questions are refused', async (t) => {
  t.throws(() => erlangB(-1, 3), RangeError)
  t.throws(() => erlangB(1, 1.5), RangeError)
  t.throws(() => erlangB(Number.NaN, 1), RangeError)
  t.throws(() => erlangC(load(72, 300, 6, 30)), RangeError, 'a load just too great')
  t.throws(() => erlangC(load(60, 0, 6, 30)), RangeError)
  t.throws(() => erlangC(load(60, 300, 0, 30)), RangeError)
  t.throws(() => erlangC(load(60, 300, 6, -1)), RangeError)
  t.throws(() => erlangC(load(Infinity, 300, 6, 30)), RangeError)
  t.throws(() => erlangA(patient(60, 300, 0, 6, 30)), RangeError)
  t.throws(() => erlangA(patient(72, 300, Infinity, 6, 30)), RangeError)
  t.throws(() => erlangA(patient(60, 300, Number.NaN, 6, 30)), RangeError)
  t.throws(() => erlangA(patient(5_000_000, 3_600, 36_000, 1, 30)), RangeError, 'a line beyond all reckoning')
})
