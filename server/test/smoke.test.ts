import t from 'tap'
import { TestSystem } from './harness.ts'

t.test('the smoke scenario: one virtual caller is answered by one virtual agent', async (t) => {
  const system = await TestSystem.start(t)
  const report = await system.loadtest('smoke')
  t.match(report, { scenario: 'smoke', isPassed: true, outcome: 'answered', takenCount: 1 })
})
