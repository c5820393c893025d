import t from 'tap'
import { overdueAfterMs, overdueJobs } from './overdue.ts'

const HOUR_MS = 60 * 60_000
const jobs = [
  { name: 'figures', everyMs: 60_000 },
  { name: 'note-retention', everyMs: HOUR_MS },
]

t.test('a job is overdue after two turns and five minutes', async (t) => {
  const limitMs = overdueAfterMs(60_000)
  t.equal(limitMs, 7 * 60_000)
  const at = (figuresMs: number) =>
    overdueJobs(jobs, new Map(Object.entries({ figures: figuresMs, 'note-retention': 0 })), Infinity)
  t.same(at(limitMs), [])
  t.same(at(limitMs + 1), ['figures'])
})

t.test(
  'one that was never done is overdue once there was time to do it, and so is one that rested while all was off',
  async (t) => {
    t.same(overdueJobs(jobs, new Map(), 7 * 60_000), [])
    t.same(overdueJobs(jobs, new Map(), 7 * 60_000 + 1), ['figures'])
    t.same(overdueJobs(jobs, new Map(), 3 * HOUR_MS), ['figures', 'note-retention'])
    const old = new Map([['figures', 60 * HOUR_MS]])
    t.same(overdueJobs(jobs, old, 1_000), [])
    t.same(overdueJobs(jobs, old, 7 * 60_000 + 1), ['figures'])
  },
)
