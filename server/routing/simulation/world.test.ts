import t from 'tap'
import { toSnapshot } from '../snapshot.ts'
import { emptyState } from '../state.ts'
import { step } from '../step.ts'
import { simulate } from './world.ts'

t.test('[R1] [R4] [R8] [R11] invariants hold for 200 seeds, and every call ends once', async (t) => {
  let arrivedCount = 0
  for (let seed = 1; seed <= 200; seed += 1) {
    const run = simulate(seed, 600)
    arrivedCount += run.arrivedCount
  }
  t.ok(arrivedCount > 10_000, `the seeds saw ${arrivedCount} calls`)
})

t.test('the same seed gives the same history, and replaying the events gives the same state', async (t) => {
  const first = simulate(42, 1000)
  t.same(simulate(42, 1000).events, first.events)
  const replayed = first.events.reduce((state, event) => step(state, event).state, emptyState())
  t.same(toSnapshot(replayed), toSnapshot(first.state))
})
