/** What is a warning, when it begins, when it is over, and that it is kept before it is seen. The clock is the test's. */
import t from 'tap'
import { cityWarningRules, queueWarningRules, type WarningRules } from '../policy/schema-warnings.ts'
import type { KeptWarning } from '../store/warnings.ts'
import { brokenPromises } from './broken-promises.ts'
import { NOT_RAISED, RAISED, standingAfter, type Standing } from './hysteresis.ts'
import { readings, type Floor, type QueueReading, type Reading } from './readings.ts'
import { Warnings } from './warnings.ts'

const rules: WarningRules = {
  queues: {
    'citizen.da': queueWarningRules(
      { longestWait: { above: '3 min', clearsBelow: '2 min' }, promiseBroken: {} },
      { serviceLevel: { below: 0.5, clearsAbove: 0.6 } },
    ),
  },
  ...cityWarningRules({ nobodySignedIn: { after: '2 min' }, kioskSilent: { after: '0 s' } }),
}
const quiet: QueueReading = {
  queueId: 'citizen.da',
  language: 'da',
  isOpen: true,
  oldestQueuedAt: null,
  agentsSignedInCount: 2,
  answeredInTime: 0,
  counted: 0,
  brokenPromisesCount: 0,
}
const floorOf = (at: number, changes: Partial<QueueReading> = {}, isSilent: boolean | null = false): Floor => ({
  at,
  queues: [{ ...quiet, ...changes }],
  kiosks: [{ kioskId: 'kiosk-a', isSilent }],
})
const read = (kind: Reading['kind'], floor: Floor) => readings(rules, floor).find((each) => each.kind === kind)
const S = 1_000
const MIN = 60 * S

t.test('the longest wait has two thresholds', async (t) => {
  const stands = (waitedMs: number) =>
    read('longest-wait', floorOf(10 * MIN, { oldestQueuedAt: 10 * MIN - waitedMs }))?.stands
  t.same([2 * MIN, 2 * MIN + 1, 3 * MIN - 1, 3 * MIN].map(stands), ['clear', 'between', 'between', 'over'])
  t.equal(read('longest-wait', floorOf(0))?.stands, 'clear')
})

t.test('the service level is judged by the lower bound of its interval, and not of few calls', async (t) => {
  const of = (answeredInTime: number, counted: number) => read('service-level', floorOf(0, { answeredInTime, counted }))
  t.match(of(8, 10), { stands: 'over' })
  t.equal(of(8, 10)?.value?.toFixed(4), '0.4902')
  t.match(of(80, 100), { stands: 'clear' })
  t.match(of(66, 100), { stands: 'between' }, '66 of 100 is 56 to 75 %')
  t.match(of(0, 9), { stands: 'between', value: null }, 'too few to say anything')
  t.match(of(0, 0), { stands: 'clear', value: null })
})

t.test('nobody is at work for a language with an open queue', async (t) => {
  const stands = (changes: Partial<QueueReading>) => read('nobody-signed-in', floorOf(0, changes))?.stands
  t.equal(stands({ agentsSignedInCount: 0 }), 'over')
  t.equal(stands({ agentsSignedInCount: 0, isOpen: false }), 'clear')
  t.equal(stands({}), 'clear')
  const other = { ...quiet, queueId: 'library.da' }
  const both = { ...floorOf(0, { agentsSignedInCount: 0 }), queues: [{ ...quiet, agentsSignedInCount: 0 }, other] }
  t.equal(read('nobody-signed-in', both)?.stands, 'clear', 'one queue of the language has somebody')
})

t.test('a silent kiosk, and a broken promise', async (t) => {
  t.equal(read('kiosk-silent', floorOf(0, {}, true))?.stands, 'over')
  t.equal(read('kiosk-silent', floorOf(0, {}, null))?.stands, 'between', 'a restart of the server says nothing of it')
  t.match(read('promise-broken', floorOf(0, { brokenPromisesCount: 2 })), { stands: 'over', value: 2 })
  t.match(read('promise-broken', floorOf(0)), { stands: 'clear', clearAfterMs: MIN })
  t.same(readings({ queues: {}, nobodySignedIn: null, kioskSilent: null }, floorOf(0)), [], 'without rules: nothing')
})

t.test('a promise is broken by a wait beyond what was told, or by a callback that does not come', async (t) => {
  const count = (at: number, changes: object) => {
    const call = {
      queueId: 'q',
      status: 'waiting',
      presence: { kind: 'here' },
      promise: null,
      callback: null,
      ...changes,
    }
    return brokenPromises([call as never], at, 5 * MIN).get('q') ?? 0
  }
  const promise = { toldAt: MIN, p80Ms: 4 * MIN }
  t.same([count(5 * MIN, { promise }), count(5 * MIN + 1, { promise })], [0, 1])
  t.equal(count(9 * MIN, { promise, status: 'connected' }), 0)
  t.equal(count(9 * MIN, { promise, presence: { kind: 'away' } }), 0, 'with a ticket nobody stands and waits')
  const callback = (changes: object) => ({
    presence: { kind: 'away' },
    callback: { dueAt: 10 * MIN, rungAt: null, hereAt: null, result: null, ...changes },
  })
  t.same([count(15 * MIN, callback({})), count(15 * MIN + 1, callback({}))], [0, 1], 'it does not ring')
  const rung = { rungAt: 11 * MIN }
  t.equal(count(60 * MIN, callback(rung)), 0, 'it rang in time, and nobody comes')
  const here = callback({ ...rung, hereAt: 12 * MIN })
  t.same([count(17 * MIN, here), count(17 * MIN + 1, here)], [0, 1], 'the citizen is there, and nobody takes it')
  t.equal(count(60 * MIN, callback({ result: 'broken' })), 0, 'it is over')
})

t.test('what goes up and down about a threshold is one warning', async (t) => {
  const reading = (stands: Reading['stands'], raiseAfterMs = 0, clearAfterMs = 0): Reading => ({
    kind: 'longest-wait',
    subject: 'q',
    value: 0,
    stands,
    raiseAfterMs,
    clearAfterMs,
  })
  const run = (from: Standing, ...steps: readonly (readonly [number, Reading])[]) => {
    let standing = from
    return steps.map(([at, each]) => (standing = standingAfter(standing, each, at)).isRaised)
  }
  const over = reading('over')
  const [between, clear] = [reading('between'), reading('clear')]
  t.same(run(NOT_RAISED, [0, between], [1, over], [2, between], [3, over], [4, clear], [5, between]), [
    ...[false, true, true, true],
    ...[false, false],
  ])
  const slowly = (stands: Reading['stands']) => reading(stands, 10, 20)
  t.same(run(NOT_RAISED, [0, slowly('over')], [9, slowly('over')], [10, slowly('over')]), [false, false, true])
  t.same(
    run(NOT_RAISED, [0, slowly('over')], [9, slowly('clear')], [10, slowly('over')], [19, slowly('over')]),
    [false, false, false, false],
    'a break begins it anew',
  )
  t.same(run(RAISED, [0, slowly('clear')], [19, slowly('clear')], [20, slowly('clear')]), [true, true, false])
  t.same(run(RAISED, [0, slowly('clear')], [10, slowly('between')], [20, slowly('clear')]), [true, true, true])
})

function watch(floor: { now: Floor }, open: KeptWarning[] = []) {
  const kept: unknown[] = []
  const fails = { next: false }
  const faults: unknown[] = []
  const changes = { count: 0 }
  const keep = (...what: unknown[]) => {
    if (fails.next) throw new Error('Postgres is away')
    kept.push(what)
  }
  const warnings = new Warnings({
    rules: () => rules,
    floor: () => floor.now,
    store: {
      open: async () => open,
      raise: async ({ kind, subject, value }) => keep('raise', kind, subject, value),
      clear: async ({ kind, subject }, at) => keep('clear', kind, subject, at),
      acknowledge: async (_ids, agentId, at) => keep('acknowledge', agentId, at),
    },
    past: async () => ({ warnings: [] }),
    now: () => floor.now.at,
    onChange: () => void (changes.count += 1),
    onFault: (error) => faults.push(error),
  })
  t.teardown(() => warnings.stop())
  return { warnings, kept, fails, faults, changes }
}

t.test('a warning is kept before it stands, and again after Postgres was away', async (t) => {
  const floor = { now: floorOf(10 * MIN, { oldestQueuedAt: 0 }) }
  const { warnings, kept, fails, faults, changes } = watch(floor)
  fails.next = true
  await warnings.look()
  t.equal(faults.length, 1)
  t.same(warnings.open, [])
  fails.next = false
  await warnings.look()
  await warnings.look()
  t.same(kept, [['raise', 'longest-wait', 'citizen.da', 10 * MIN]])
  t.equal(changes.count, 1, 'told once, and not while it could not be kept')
  const [warning] = warnings.open
  t.match(warning, { kind: 'longest-wait', subject: 'citizen.da', raisedAt: 10 * MIN, acknowledged: null })
  floor.now = floorOf(11 * MIN, { oldestQueuedAt: 0 })
  await warnings.acknowledge([warning?.warningId ?? ''], 'lone')
  await warnings.acknowledge([warning?.warningId ?? ''], 'niels')
  t.match(warnings.open[0], { acknowledged: { agentId: 'lone', at: 11 * MIN } }, 'who was first stays')
  floor.now = floorOf(12 * MIN)
  await warnings.look()
  t.same(warnings.open, [])
  t.same(kept.slice(1), [
    ['acknowledge', 'lone', 11 * MIN],
    ['clear', 'longest-wait', 'citizen.da', 12 * MIN],
  ])
  await warnings.acknowledge([warning?.warningId ?? ''], 'lone')
  t.equal(kept.length, 3, 'what does not stand any more needs nobody')
})

t.test(
  'after a restart what stood stands, is not raised again, and ends; what no rule asks after ends too',
  async (t) => {
    const stood = (kind: KeptWarning['kind'], subject: string): KeptWarning => {
      return { warningId: `${kind}`, kind, subject, value: null, raisedAt: 1, acknowledged: null }
    }
    const floor = { now: floorOf(10 * MIN, {}, true) }
    const { warnings, kept } = watch(floor, [stood('kiosk-silent', 'kiosk-a'), stood('longest-wait', 'gone.da')])
    await warnings.start()
    await warnings.look()
    t.same(kept, [['clear', 'longest-wait', 'gone.da', 10 * MIN]])
    floor.now = floorOf(11 * MIN)
    await warnings.look()
    t.equal(warnings.open.length, 1, 'heard of for no minute yet')
    floor.now = floorOf(12 * MIN)
    await warnings.look()
    t.same(warnings.open, [])
  },
)
