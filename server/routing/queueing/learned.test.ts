import t from 'tap'
import { seededRandom } from '../simulation/random.ts'
import type { PatienceEstimate } from './learned.ts'
import {
  handlingMeanMs,
  learnAbandoned,
  learnAnswered,
  learnHandling,
  patienceMeanMs,
  startHandling,
  startPatience,
} from './learned.ts'

const isNear = (value: number, wanted: number, share: number) => Math.abs(value / wanted - 1) <= share
const seeds = Array.from({ length: 20 }, (_, i) => i + 1)
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

/** People of mean patience `patienceMs` who are answered after a random time of mean `answerMs`, `callsCount` of them. */
function world(seed: number) {
  const random = seededRandom(seed)
  const exponential = (meanMs: number) => -Math.log(1 - random.next()) * meanMs
  const abandonedWaits: number[] = []
  const live = (estimate: PatienceEstimate, callsCount: number, patienceMs: number, answerMs: number) => {
    let now = estimate
    for (let i = 0; i < callsCount; i += 1) {
      const bearsMs = exponential(patienceMs)
      const answeredAfterMs = exponential(answerMs)
      if (bearsMs >= answeredAfterMs) now = learnAnswered(now, answeredAfterMs)
      else {
        now = learnAbandoned(now, bearsMs)
        abandonedWaits.push(bearsMs)
      }
    }
    return now
  }
  return { live, exponential, abandonedWaits }
}

t.test('handling starts at the prior, moves to the truth and follows when that changes', async (t) => {
  const prior = { meanMs: 300_000, weightCalls: 10 }
  t.equal(handlingMeanMs(startHandling(prior)), 300_000)
  const once = learnHandling(startHandling(prior), 1_400_000)
  t.ok(isNear(handlingMeanMs(once), 400_000, 0.01), 'one call among ten believed ones')
  for (const seed of seeds) {
    const { exponential } = world(seed)
    let estimate = startHandling(prior)
    // The spread of two such draws is that of real handling times, about 0.7 of the mean.
    const learn = (callsCount: number, meanMs: number) => {
      for (let i = 0; i < callsCount; i += 1)
        estimate = learnHandling(estimate, exponential(meanMs / 2) + exponential(meanMs / 2))
      return handlingMeanMs(estimate)
    }
    t.ok(isNear(learn(2000, 600_000), 600_000, 0.15))
    t.ok(isNear(learn(800, 200_000), 200_000, 0.15), 'four memories after the change')
  }
})

t.test(
  'patience is found behind the answers that cut it short; the mean of the abandoned waits is not it',
  async (t) => {
    const start = startPatience({ meanMs: 60_000, weightAbandons: 5 })
    t.equal(patienceMeanMs(start), 60_000)
    const found: number[] = []
    for (const seed of seeds) {
      const { live, abandonedWaits } = world(seed)
      found.push(patienceMeanMs(live(start, 4000, 180_000, 60_000)))
      t.ok(mean(abandonedWaits) < 0.3 * 180_000, `the naive mean says ${mean(abandonedWaits)} ms for 180,000`)
    }
    t.ok(isNear(mean(found), 180_000, 0.03), `found ${mean(found)} ms`)
    const missed = found.filter((ms) => !isNear(ms, 180_000, 0.1))
    // The spread is 7 %, so that one of seven or so is farther off than 10 %, and hardly one farther than 25 %.
    t.ok(missed.length <= 6, `${missed.length} of ${seeds.length} missed by more than 10 %`)
    t.ok(found.every((ms) => isNear(ms, 180_000, 0.25)))
  },
)

t.test('a change of patience is followed, both ways', async (t) => {
  const found = seeds.map((seed) => {
    const { live } = world(seed)
    const before = live(startPatience({ meanMs: 180_000, weightAbandons: 5 }), 2000, 180_000, 120_000)
    const down = live(before, 700, 60_000, 120_000)
    const up = live(down, 2000, 240_000, 120_000)
    return [before, down, up].map(patienceMeanMs)
  })
  const at = (i: number) => mean(found.map((one) => one[i] ?? 0))
  t.ok(isNear(at(0), 180_000, 0.05), `${at(0)}`)
  t.ok(isNear(at(1), 60_000, 0.1), `${at(1)}`)
  t.ok(isNear(at(2), 240_000, 0.1), `${at(2)}`)
})

t.test(
  'a night of calls answered at once wipes nothing out, and a night without abandons shows long patience',
  async (t) => {
    let estimate = startPatience({ meanMs: 120_000, weightAbandons: 20 })
    for (let i = 0; i < 5000; i += 1) estimate = learnAnswered(estimate, 0)
    t.same(estimate, startPatience({ meanMs: 120_000, weightAbandons: 20 }))
    for (let i = 0; i < 100; i += 1) estimate = learnAnswered(estimate, 60_000)
    t.equal(patienceMeanMs(estimate), 420_000)
  },
)

t.test('values are plain data and stay as they are; senseless ones are refused', async (t) => {
  const handling = Object.freeze(startHandling({ meanMs: 1000, weightCalls: 1 }))
  const patience = Object.freeze(startPatience({ meanMs: 1000, weightAbandons: 1 }))
  learnHandling(handling, 5)
  t.same(JSON.parse(JSON.stringify(learnAbandoned(patience, 5))), learnAbandoned(patience, 5))
  t.equal(patienceMeanMs(patience), 1000)
  t.throws(() => startHandling({ meanMs: 0, weightCalls: 1 }), RangeError)
  t.throws(() => startHandling({ meanMs: 1, weightCalls: 0 }), RangeError)
  t.throws(() => startPatience({ meanMs: Infinity, weightAbandons: 1 }), RangeError)
  t.throws(() => startPatience({ meanMs: 1, weightAbandons: -1 }), RangeError)
  t.throws(() => learnHandling(handling, -1), RangeError)
  t.throws(() => learnAnswered(patience, Number.NaN), RangeError)
  t.throws(() => learnAbandoned(patience, Infinity), RangeError)
})
