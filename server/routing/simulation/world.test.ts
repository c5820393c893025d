import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { emptyState } from '../state.ts'
import { step } from '../step.ts'
import { plainOf } from './plain.ts'
import { simulate } from './world.ts'

t.test('[R1] [R4] [R8] [R11] invariants hold for 100 seeds, and every call ends once', async (t) => {
  let arrivedCount = 0
  let offersCount = 0
  for (let seed = 1; seed <= 100; seed += 1) {
    const run = simulate(seed, 300)
    arrivedCount += run.arrivedCount
    offersCount += run.offersCount
  }
  t.ok(arrivedCount > 3_000, `the seeds saw ${arrivedCount} calls`)
  t.ok(offersCount > 2_000, `the seeds saw ${offersCount} offers`)
})

t.test('seeds that failed once do not fail again', async (t) => {
  const text = readFileSync(join(import.meta.dirname, 'regressions.json'), 'utf8')
  const regressions = JSON.parse(text) as { seed: number; steps: number; what: string }[]
  for (const { seed, steps, what } of regressions) t.ok(simulate(seed, steps).events.length > 0, what)
})

t.test('the same seed gives the same history, to the byte', async (t) => {
  const sha256 = (seed: number) => {
    const { events, state } = simulate(seed, 400)
    const hash = createHash('sha256')
    let replayed = emptyState()
    for (const event of events) {
      const { state: next, refusal, effects, facts, records } = step(replayed, event)
      hash.update(JSON.stringify([event, refusal, effects, facts, records]))
      replayed = next
    }
    // The run restarted from snapshots on the way, and the replay did not.
    t.equal(plainOf(replayed), plainOf(state), 'replaying the events gives the same state')
    return hash.digest('hex')
  }
  t.equal(sha256(42), sha256(42))
  t.not(sha256(42), sha256(43))
})
