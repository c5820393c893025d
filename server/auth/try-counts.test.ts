import t from 'tap'
import { SlowedTries, TryCounts } from './try-counts.ts'

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

t.test('after the free ones each try takes twice as long as the one before, up to a limit, and is then taken', (t) => {
  let at = 0
  const limit = { freeCount: 3, waitMs: 1_000, waitMsMax: 8_000, forgottenMs: 60_000 }
  const tries = new SlowedTries(limit, () => at)
  const waits = Array.from({ length: 7 }, () => {
    at += tries.waitMs('bo here')
    tries.begin('bo here')
    return tries.waitMs('bo here')
  })
  t.same(waits, [0, 0, 1_000, 2_000, 4_000, 8_000, 8_000])
  t.equal(tries.waitMs('bo elsewhere'), 0, 'nobody else waits')
  at += 8_000
  t.equal(tries.waitMs('bo here'), 0, 'the turn comes')
  at += 60_000
  tries.begin('bo here')
  t.equal(tries.waitMs('bo here'), 0, 'it begins anew')
  t.end()
})

t.test('many at once are no way round; a right one forgives its own name, and of a shared one only itself', (t) => {
  const limit = { freeCount: 2, waitMs: 1_000, waitMsMax: 8_000, forgottenMs: 60_000 }
  const tries = new SlowedTries(limit, () => 0)
  for (const name of ['bo', 'the address']) for (let i = 0; i < 2; i += 1) tries.begin(name)
  t.equal(tries.waitMs('bo'), 1_000, 'before any of them was answered')
  tries.forgive('bo')
  tries.giveBack('the address')
  t.equal(tries.waitMs('bo'), 0)
  t.equal(tries.waitMs('the address'), 0)
  tries.begin('the address')
  t.equal(tries.waitMs('the address'), 1_000, 'the other failure still counts')
  t.end()
})
