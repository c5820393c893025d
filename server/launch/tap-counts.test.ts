import t from 'tap'
import { TapCounts } from './tap-counts.ts'

function count(text: string) {
  const counts = new TapCounts()
  const shown = text.split('\n').flatMap((line) => counts.take(line) ?? [])
  return { passed: counts.passed, failed: counts.failed, skipped: counts.skipped, counts, shown }
}

t.test('assertions are counted, not the tests around them, nor what stands in details', async (t) => {
  const counted = count(`TAP version 14
# Subtest: a.test.ts
    # Subtest: outer
        # Subtest: inner
            ok 1 - fine
            not ok 2 - should be equal
              ---
              diff: |
                not ok 9 - a line of the difference
              ...
            1..2
        not ok 1 - inner # time=3ms
        1..1
    not ok 1 - outer # time=4ms
      ---
      at: outer
      ...
    1..1
    # time=5ms
not ok 1 - a.test.ts # time=5ms
# { total: 2, pass: 1, fail: 1 }`)
  t.match(counted, { passed: 1, failed: 1, skipped: 0 })
  t.match(counted.shown[0], 'not ok - a.test.ts > outer > inner > should be equal')
  t.same(counted.counts.failures, ['a.test.ts > outer > inner > should be equal'], 'to be said again at the end')
  t.ok(
    counted.shown.some((line) => line.includes('a line of the difference')),
    'details of the failure are shown',
  )
  t.notOk(
    counted.shown.some((line) => line.includes('at: outer')),
    'details of what holds it are not',
  )
})

t.test('a file that was killed, or ended with a bad code, is a failure though its assertions passed', async (t) => {
  const counted = count(`# Subtest: a.test.ts
    ok 1 - fine
not ok 1 - a.test.ts # time=5ms
  ---
  signal: SIGKILL
  ...
# Subtest: b.test.ts
    ok 1 - fine
    1..1
ok 2 - b.test.ts # time=5ms`)
  t.match(counted, { passed: 2, failed: 1 })
  t.same(counted.counts.failures, ['a.test.ts # time=5ms'])
  t.same([...counted.counts.failedFiles], [['a.test.ts', { passed: 1, failed: 1 }]])
})

t.test('what is skipped has not passed', async (t) => {
  const counted = count(`# Subtest: a.test.ts
    ok 1 - x # SKIP why
    not ok 2 - y # TODO later
    ok 3 - z
    1..3
ok 1 - a.test.ts # time=5ms`)
  t.match(counted, { passed: 1, failed: 0, skipped: 2 })
  t.match(counted.shown[0], /skipped: a\.test\.ts > x/)
})

t.test('a run that bails out has failed', async (t) => {
  t.match(count('Bail out! no more'), { failed: 1 })
})

t.test('figures that a test reports are shown, and tap’s own summary is not', async (t) => {
  const counted = count(`# Subtest: a.test.ts
    # Subtest: outer
        # {"calls":20,"p50":1.5}
        ok 1 - x
        1..1
    ok 1 - outer # time=3ms
    # { total: 1, pass: 1 }
ok 1 - a.test.ts # time=5ms`)
  t.match(counted, { passed: 1, failed: 0 })
  t.same(counted.shown, ['a.test.ts: {"calls":20,"p50":1.5}', 'ok - a.test.ts # time=5ms'])
})
