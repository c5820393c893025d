import t from 'tap'
import { seededRandom } from '../simulation/random.ts'
import type { WaitQuestion } from './wait-estimate.ts'
import { waitEstimate } from './wait-estimate.ts'

const isNear = (value: number, wanted: number, share: number) => Math.abs(value / wanted - 1) <= share

function estimateOf(question: WaitQuestion) {
  const estimate = waitEstimate(question)
  if (estimate === null) throw new Error('no estimate')
  return estimate
}

/** The rates of the steps forward, per millisecond. */
function rates({ aheadCount, agentsCount, handlingMs, patienceMs }: WaitQuestion): number[] {
  return Array.from({ length: aheadCount + 1 }, (_, i) => agentsCount / handlingMs + i / patienceMs)
}

/** Quantiles of the sum itself, drawn `drawsCount` times. */
function drawn(question: WaitQuestion, drawsCount: number, seed: number) {
  const random = seededRandom(seed)
  const steps = rates(question)
  const waits = Array.from({ length: drawsCount }, () =>
    steps.reduce((sum, rate) => sum - Math.log(1 - random.next()) / rate, 0),
  ).sort((a, b) => a - b)
  const at = (share: number) => waits[Math.floor(share * drawsCount)] ?? 0
  return { p50Ms: at(0.5), p80Ms: at(0.8) }
}

const pool = { agentsCount: 6, handlingMs: 300_000, patienceMs: 180_000 }
const night = { agentsCount: 1, handlingMs: 600_000, patienceMs: 300_000 }
const shared = { agentsCount: 0.4, handlingMs: 300_000, patienceMs: 60_000 }
const patient = { agentsCount: 3, handlingMs: 300_000, patienceMs: Infinity }

t.test('with nobody in front the wait is exponential', async (t) => {
  const { meanMs, p50Ms, p80Ms } = estimateOf({ ...pool, aheadCount: 0 })
  t.ok(isNear(meanMs, 50_000, 1e-9))
  t.ok(isNear(p50Ms, 50_000 * Math.log(2), 1e-9))
  t.ok(isNear(p80Ms, 50_000 * Math.log(5), 1e-9))
})

t.test('the mean is the sum, at any length of line', async (t) => {
  for (const people of [pool, night, shared, patient, { ...pool, patienceMs: 1e15 }, { ...pool, patienceMs: 1e-3 }]) {
    for (const aheadCount of [0, 1, 5, 30, 1000, 100_000]) {
      const question = { ...people, aheadCount }
      const sumMs = rates(question).reduce((sum, rate) => sum + 1 / rate, 0)
      t.ok(isNear(estimateOf(question).meanMs, sumMs, 1e-9), `${aheadCount} in front: ${sumMs} ms`)
    }
  }
})

t.test('the quantiles are those of the sum, drawn with a seed', async (t) => {
  for (const people of [pool, night, shared, patient]) {
    for (const aheadCount of [0, 1, 5, 30]) {
      const question = { ...people, aheadCount }
      const { p50Ms, p80Ms } = estimateOf(question)
      const seen = drawn(question, 40_000, 7 + aheadCount)
      t.ok(isNear(p50Ms, seen.p50Ms, 0.02), `${aheadCount} in front: p50 ${p50Ms}, drawn ${seen.p50Ms}`)
      t.ok(isNear(p80Ms, seen.p80Ms, 0.02), `${aheadCount} in front: p80 ${p80Ms}, drawn ${seen.p80Ms}`)
    }
  }
  const endless = { ...pool, aheadCount: 100_000 }
  const seen = drawn(endless, 200, 3)
  t.ok(isNear(estimateOf(endless).p50Ms, seen.p50Ms, 0.02))
  t.ok(isNear(estimateOf(endless).p80Ms, seen.p80Ms, 0.02))
})

t.test('a long line of patient people is a normal distribution', async (t) => {
  const { meanMs, p50Ms, p80Ms } = estimateOf({ ...patient, aheadCount: 99_999 })
  // Wilson and Hilferty on a gamma distribution of shape 100,000, exact there; our own shape is capped, which shows at 5e-5.
  const quantile = (z: number) => (1 - 1 / 900_000 + z / Math.sqrt(900_000)) ** 3
  t.ok(isNear(p50Ms / meanMs, quantile(0), 1e-4))
  t.ok(isNear(p80Ms / meanMs, quantile(0.8416212335729143), 1e-4))
})

t.test('fractions lie between their neighbours, and nothing jumps', async (t) => {
  const p80 = (aheadCount: number, agentsCount: number) => estimateOf({ ...pool, aheadCount, agentsCount }).p80Ms
  for (const aheadCount of [0, 1, 5, 30]) {
    t.ok(p80(aheadCount, 6) < p80(aheadCount + 0.5, 6) && p80(aheadCount + 0.5, 6) < p80(aheadCount + 1, 6))
    t.ok(p80(aheadCount, 7) < p80(aheadCount, 6.5) && p80(aheadCount, 6.5) < p80(aheadCount, 6))
    t.ok(isNear(p80(aheadCount + 1e-7, 6), p80(aheadCount, 6), 1e-6))
  }
  const longest = estimateOf({ agentsCount: 0.001, handlingMs: 3_600_000, patienceMs: 1, aheadCount: 1_000_000 })
  t.ok(longest.p50Ms > 0 && longest.p80Ms > longest.p50Ms && longest.p80Ms < Infinity)
})

t.test('no agents, no estimate; senseless questions are refused', async (t) => {
  t.equal(waitEstimate({ ...pool, aheadCount: 3, agentsCount: 0 }), null)
  t.throws(() => waitEstimate({ ...pool, aheadCount: -1 }), RangeError)
  t.throws(() => waitEstimate({ ...pool, aheadCount: Infinity }), RangeError)
  t.throws(() => waitEstimate({ ...pool, aheadCount: 1, agentsCount: -1 }), RangeError)
  t.throws(() => waitEstimate({ ...pool, aheadCount: 1, handlingMs: 0 }), RangeError)
  t.throws(() => waitEstimate({ ...pool, aheadCount: 1, patienceMs: Number.NaN }), RangeError)
})
