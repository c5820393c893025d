import t from 'tap'
import { seededRandom } from '../simulation/random.ts'
import type { ScoreClass, WaitBoundQuestion } from './wait-bound.ts'
import { waitBoundMs } from './wait-bound.ts'

type Waiting = { readonly of: ScoreClass; readonly arrivedAt: number; readonly isOurs: boolean }

/** What the adversary may choose. */
type Attack = {
  /** The calls in line when ours comes, which is at 0. */
  readonly elders: readonly Omit<Waiting, 'isOurs'>[]
  /** The class of a call that arrives now, or null for none this time. */
  readonly refill: () => ScoreClass | null
  /** How long the next call takes, occupiedMsMax at most. */
  readonly occupiedMs: () => number
  /** When each agent is done with the call they are in. */
  readonly firstFreeAt: readonly number[]
}

/** How long ours waits, in milliseconds, when every place in line is filled as soon as it is free. */
function waitedMs({ own, callersMax }: WaitBoundQuestion, attack: Attack): number {
  const line: Waiting[] = attack.elders.map((elder) => ({ ...elder, isOurs: false }))
  line.push({ of: own, arrivedAt: 0, isOurs: true })
  const freeAt = [...attack.firstFreeAt]
  const fill = (at: number) => {
    while (line.length < callersMax) {
      const of = attack.refill()
      if (of === null) return
      line.push({ of, arrivedAt: at, isOurs: false })
    }
  }
  fill(0)
  for (;;) {
    const now = Math.min(...freeAt)
    const score = (one: Waiting) => one.of.headStartMs + one.of.slope * (now - one.arrivedAt)
    // Of equal scores ours comes last: the adversary decides.
    const best = line.reduce((a, b) => (score(b) > score(a) || (score(b) === score(a) && a.isOurs) ? b : a))
    if (best.isOurs) return now
    line.splice(line.indexOf(best), 1)
    freeAt[freeAt.indexOf(now)] = now + attack.occupiedMs()
    fill(now)
  }
}

const occupiedMsMax = 60_000
const allBusy = (agentsCount: number) => Array.from({ length: agentsCount }, () => occupiedMsMax)
const elders = (count: number, of: ScoreClass) => Array.from({ length: count }, () => ({ of, arrivedAt: 0 }))

/** Every call at its longest, every place refilled with `other`. */
const flood = (question: WaitBoundQuestion, other: ScoreClass, before: Attack['elders']): Attack => ({
  elders: before,
  refill: () => other,
  occupiedMs: () => occupiedMsMax,
  firstFreeAt: allBusy(question.agentsCount),
})

const own = { headStartMs: 0, slope: 1 }
const room = { own, callersMax: 20, agentsCount: 2, occupiedMsMax }

t.test('alone, a class waits for those in front: the line, once through', async (t) => {
  const question = { ...room, others: [] }
  t.equal(waitBoundMs(question), 600_000)
  t.equal(waitedMs(question, flood(question, own, elders(19, own))), 600_000, 'reached')
})

t.test('a steeper class is ahead for so long as its slope makes it, and that is nearly reached', async (t) => {
  const steep = { headStartMs: 120_000, slope: 3 }
  const question = { ...room, others: [steep] }
  t.equal(waitBoundMs(question), 120_000 + 3 * 600_000)
  const seenMs = waitedMs(question, flood(question, steep, elders(19, steep)))
  t.ok(seenMs <= waitBoundMs(question) && seenMs > 0.85 * waitBoundMs(question), `${seenMs} ms`)
})

t.test('a flat class with a head start holds the agents, and then our elders do: nearly reached', async (t) => {
  const flat = { headStartMs: 600_000, slope: 0.1 }
  const question = { ...room, others: [flat] }
  t.equal(waitBoundMs(question), 600_000 + 600_000)
  const seenMs = waitedMs(question, flood(question, flat, elders(18, own)))
  t.ok(seenMs <= waitBoundMs(question) && seenMs > 0.85 * waitBoundMs(question), `${seenMs} ms`)
  t.ok(seenMs > 600_000 + 0.1 * 600_000, 'the slope does not shorten it')
})

t.test('a class that starts far behind costs nothing', async (t) => {
  t.equal(waitBoundMs({ ...room, others: [{ headStartMs: -3_000_000, slope: 3 }] }), 600_000)
})

t.test('no attack beats the bound: 3,000 seeds of classes, lines, teams and tactics', async (t) => {
  let closest = 0
  const beaten: number[] = []
  for (let seed = 1; seed <= 3000; seed += 1) {
    const random = seededRandom(seed)
    const between = (low: number, high: number) => low + random.next() * (high - low)
    const someClass = () => ({ headStartMs: between(-300_000, 600_000), slope: between(0.2, 4) })
    const others = Array.from({ length: Math.floor(between(1, 4)) }, someClass)
    const question = {
      own: someClass(),
      others,
      callersMax: Math.floor(between(1, 25)),
      agentsCount: Math.floor(between(1, 6)),
      occupiedMsMax,
    }
    const all = [question.own, ...others]
    // Half of the attacks hold to one class, half to none; some leave places free for later.
    const favourite = random.pick(all) ?? question.own
    const fidelity = random.pick([1, 0.9, 0]) ?? 1
    const isFast = random.next() < 0.3
    const someone = () => (random.next() < fidelity ? favourite : (random.pick(all) ?? question.own))
    const elderClass = random.pick(all) ?? question.own
    const eldersCount = Math.floor(random.next() * question.callersMax)
    const attack: Attack = {
      elders: Array.from({ length: eldersCount }, () => ({ of: elderClass, arrivedAt: -between(0, 100_000) })),
      refill: () => (isFast && random.next() < 0.3 ? null : someone()),
      occupiedMs: () => (isFast ? between(0.2, 1) * occupiedMsMax : occupiedMsMax),
      firstFreeAt: allBusy(question.agentsCount).map((ms) => (random.next() < 0.5 ? ms : random.next() * ms)),
    }
    const share = waitedMs(question, attack) / waitBoundMs(question)
    const isMovedByOthers = waitBoundMs(question) > waitBoundMs({ ...question, others: [] })
    if (isMovedByOthers) closest = Math.max(closest, share)
    if (share > 1 + 1e-12) beaten.push(seed)
  }
  t.same(beaten, [])
  t.ok(closest > 0.8, `the closest, of those that other classes matter to, came to ${closest} of it`)
})

t.test('agents at the limit of the formula, and senseless questions', async (t) => {
  t.equal(waitBoundMs({ ...room, others: [], agentsCount: 0 }), Infinity)
  t.equal(
    waitBoundMs({ ...room, others: [], callersMax: 20.3 }),
    11 * occupiedMsMax,
    'an expected number is rounded up',
  )
  t.throws(() => waitBoundMs({ ...room, others: [{ headStartMs: 0, slope: 0 }] }), RangeError)
  t.throws(() => waitBoundMs({ ...room, others: [{ headStartMs: Infinity, slope: 1 }] }), RangeError)
  t.throws(() => waitBoundMs({ ...room, others: [], callersMax: 0 }), RangeError)
  t.throws(() => waitBoundMs({ ...room, others: [], agentsCount: 1.5 }), RangeError)
  t.throws(() => waitBoundMs({ ...room, others: [], occupiedMsMax: 0 }), RangeError)
})
