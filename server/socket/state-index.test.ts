/** The index that grows with each change says what one made from nothing says, whatever happens in the city. */
import t from 'tap'
import { simulate } from '../routing/simulation/world.ts'
import { emptyState, type State } from '../routing/state.ts'
import { step } from '../routing/step.ts'
import { StateIndex } from './state-index.ts'

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8]
const STEPS = 400

function told(index: StateIndex, state: State) {
  const calls = [...state.calls.values()]
  return {
    queues: Object.keys(state.policy.queues).map((queueId) => [
      queueId,
      index.countsOf(queueId),
      index.lineOf(queueId).map(({ id }) => id),
    ]),
    called: calls.map(({ siteId }) => [siteId, index.calledAt(siteId).map(({ id }) => id)]),
  }
}

for (const seed of SEEDS) {
  t.test(`seed ${seed}`, async (t) => {
    const index = new StateIndex()
    let state = emptyState()
    let linesCount = 0
    for (const event of simulate(seed, STEPS).events) {
      const { state: next, touched } = step(state, event)
      index.take(next, touched)
      state = next
      const whole = told(new StateIndex().of(state), state)
      t.strictSame(told(index, state), whole, event.type)
      for (const [, , line] of whole.queues) if (Array.isArray(line) && line.length > 1) linesCount += 1
    }
    t.ok(linesCount > 20, 'there were lines to count')
  })
}
