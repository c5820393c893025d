import t from 'tap'
import { TryCounts } from './try-counts.ts'

t.test('so many tries and no more, until the window of the first is over', (t) => {
  let at = 0
  const tries = new TryCounts({ triesMax: 3, windowMs: 1_000 }, () => at)
  for (let i = 0; i < 3; i += 1) {
    t.notOk(tries.isLocked('kiosk 1001'))
    tries.count('kiosk 1001')
    at += 100
  }
  t.ok(tries.isLocked('kiosk 1001'))
  t.notOk(tries.isLocked('another 1001'), 'elsewhere the same person is let in')
  at = 999
  t.ok(tries.isLocked('kiosk 1001'))
  at = 1_000
  t.notOk(tries.isLocked('kiosk 1001'), 'the window is over')
  tries.count('kiosk 1001')
  tries.count('kiosk 1001')
  tries.forgive('kiosk 1001')
  tries.count('kiosk 1001')
  t.notOk(tries.isLocked('kiosk 1001'), 'once it was right, it begins anew')
  t.end()
})

t.test('the memory of names is bounded', (t) => {
  const tries = new TryCounts({ triesMax: 1, windowMs: 1_000 }, () => 0)
  for (let i = 0; i <= 10_000; i += 1) tries.count(`name ${i}`)
  t.notOk(tries.isLocked('name 0'), 'the oldest was let go of')
  t.ok(tries.isLocked('name 1'))
  t.ok(tries.isLocked('name 10000'))
  t.end()
})
