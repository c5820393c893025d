import t from 'tap'
import { serviceLabelsOf } from '../model/attributes.ts'
import { callHash, callIdIn, isCallHash } from '../model/call-address.ts'
import { addDays, clockSecondText, clockTimeText, dayOf, startOfDay } from '../model/copenhagen-time.ts'
import { deskScreen, type DeskState } from '../model/desk-screen.ts'
import { clockText, secondsLeft, shareLeft } from '../model/duration.ts'
import { notLetInCount, overallFigures, quarterHours } from '../model/figures.ts'
import { floorTotals, sortRows } from '../model/floor.ts'
import { instantRange, presetRange } from '../model/range.ts'
import { percentRangeText, percentText } from '../model/share-text.ts'
import { boundsByQueue, classesInOrder } from '../model/policy.ts'
import { agentStatus, floorStatus, toneOf } from '../model/status.ts'
import { ticketText } from '../model/ticket-text.ts'
import { timelineOf } from '../model/timeline.ts'
import { roundWait } from '../model/wait-range.ts'
import { wilsonInterval } from '#server/figures/wilson.ts'
import { explanation } from './explained-calls.ts'
import { policyReply } from './rules-in-force.ts'
import { CALL_ID, agentView, branded, floor, metrics } from './people.ts'

const NOW = Date.parse('2026-11-24T10:30:00Z')

t.test('a share of few calls is told with its uncertainty', async (t) => {
  const eightOfTen = wilsonInterval(8, 10)
  t.equal(percentRangeText(eightOfTen?.low ?? 0, eightOfTen?.high ?? 0, 'da-DK').replace(/\s/g, ' '), '49–94 %')
  t.equal(wilsonInterval(0, 0), null)
  t.match(wilsonInterval(0, 5), { low: 0 })
  t.match(wilsonInterval(5, 5), { high: 1 })
  const many = wilsonInterval(800, 1000)
  t.ok(many !== null && many.low > 0.773 && many.high < 0.824)
  t.equal(percentText(null, 'da-DK'), '–')
})

t.test('durations are read as clocks', async (t) => {
  t.equal(clockText(187_999), '3:07')
  t.equal(clockText(3_729_000), '1:02:09')
  t.equal(clockText(-5), '0:00')
  t.equal(secondsLeft(NOW + 1, NOW), 1)
  t.equal(secondsLeft(NOW, NOW + 1), 0)
  t.equal(shareLeft(NOW, NOW + 1000, NOW + 250), 0.75)
  t.equal(shareLeft(NOW, NOW, NOW), 0)
})

t.test('days begin at midnight in Copenhagen, summer and winter', async (t) => {
  t.equal(startOfDay('2026-11-24'), Date.parse('2026-11-23T23:00:00Z'))
  t.equal(startOfDay('2026-07-01'), Date.parse('2026-06-30T22:00:00Z'))
  t.equal(startOfDay('2026-02-30'), null)
  t.equal(startOfDay('nonsense'), null)
  t.equal(dayOf(Date.parse('2026-11-23T23:30:00Z')), '2026-11-24')
  t.equal(addDays('2026-02-28', 1), '2026-03-01')
  t.equal(clockTimeText(NOW, 'da-DK'), '11.30')
  t.equal(clockSecondText(NOW + 5000, 'da-DK'), '11.30.05')
  const hours = (day: string) => ((startOfDay(addDays(day, 1)) ?? 0) - (startOfDay(day) ?? 0)) / 3_600_000
  t.equal(hours('2026-03-29'), 23, 'the clocks go forward')
  t.equal(hours('2026-10-25'), 25, 'the clocks go back')
})

t.test('a span of days is checked before it is asked for', async (t) => {
  t.same(presetRange('last-7-days', NOW), { fromDay: '2026-11-18', toDay: '2026-11-24' })
  t.same(presetRange('yesterday', NOW), { fromDay: '2026-11-23', toDay: '2026-11-23' })
  t.same(instantRange({ fromDay: '2026-11-24', toDay: '2026-11-24' }), {
    ok: true,
    fromAt: Date.parse('2026-11-23T23:00:00Z'),
    toAt: Date.parse('2026-11-24T23:00:00Z'),
  })
  t.match(instantRange({ fromDay: '2026-11-25', toDay: '2026-11-24' }), { fault: 'backwards' })
  t.match(instantRange({ fromDay: '2026-10-01', toDay: '2026-11-24' }), { fault: 'too-long' })
  t.match(instantRange({ fromDay: '', toDay: '2026-11-24' }), { fault: 'not-a-day' })
  t.match(instantRange(presetRange('last-28-days', NOW)), { ok: true })
})

t.test('one screen for every state', async (t) => {
  const base: DeskState = {
    account: { kind: 'signed-in', isAtDesk: true },
    link: 'online',
    refusalCode: null,
    view: agentView(NOW),
    isBeside: false,
    areDevicesChecked: true,
  }
  const kind = (changes: Partial<DeskState>) => deskScreen({ ...base, ...changes }).kind
  t.equal(kind({ account: { kind: 'loading' } }), 'loading')
  t.equal(kind({ account: { kind: 'signed-out' } }), 'signed-out')
  t.equal(kind({ account: { kind: 'signed-in', isAtDesk: false } }), 'not-for-you')
  t.equal(kind({ view: null, link: 'connecting' }), 'loading')
  t.equal(kind({ view: null, link: 'offline' }), 'unreachable')
  t.equal(kind({ link: 'offline' }), 'idle', 'what was known stays on the screen')
  t.equal(kind({ link: 'replaced' }), 'replaced')
  t.equal(kind({ link: 'refused', refusalCode: 'version-mismatch' }), 'reload')
  t.equal(kind({ link: 'refused', refusalCode: 'not-signed-in' }), 'signed-out')
  t.equal(kind({ areDevicesChecked: false }), 'devices')
  const available = agentView(NOW, { availability: 'available', awayReason: null })
  t.equal(kind({ areDevicesChecked: false, view: available }), 'idle', 'a reload does not take a ready agent away')
})

t.test('a status is one thing, whatever availability and work come to', async (t) => {
  t.same(agentStatus(agentView(NOW)).status, { kind: 'away', reason: 'just-signed-in' })
  const statuses = floor(NOW).agents.map(floorStatus)
  t.same(
    statuses.map((status) => (status.kind === 'away' ? status.reason : status.kind)),
    ['in-call', 'ready', 'break', 'not-responding', 'wrap-up', 'ringing', 'disconnected', 'resting', 'in-call'],
  )
  const work = { kind: 'idle', since: NOW, restsUntil: NOW + 1000 } as const
  const resting = agentStatus(agentView(NOW, { availability: 'available', awayReason: null, work })).status
  t.same([resting.kind, toneOf(resting)], ['resting', 'away'])
  t.equal(agentStatus(agentView(NOW, { work })).status.kind, 'away', 'who is away does not rest')
  t.same(statuses.map(toneOf), ['busy', 'good', 'away', 'alarm', 'busy', 'busy', 'alarm', 'away', 'busy'])
})

t.test('rules stand in the order in which calls of the same moment go', async (t) => {
  const [, ...others] = policyReply().classes
  const ordered = classesInOrder([...others, branded({ classId: 'o', headStartMs: 0, slope: 1, isFirst: false })])
  t.same(
    ordered.map(({ classId, rank }) => [classId, rank]),
    [
      ['unsafe', 1],
      ['unwell', 1],
      ['more-time', 3],
      ['staff', 4],
      ['o', 5],
      ['information', 6],
    ],
  )
})

t.test('why a longest wait cannot be stated', async (t) => {
  const kindsOf = (changes: Parameters<typeof policyReply>[0]) =>
    boundsByQueue(policyReply(changes)).map(({ byClass }) => [...byClass.values()].map(({ kind }) => kind))
  const [citizen, , bare] = kindsOf({})
  t.same(citizen, ['within', 'within', 'within', 'within', 'goes-first', 'goes-first'])
  t.same(new Set(bare), new Set(['nobody-at-work']), 'nor is anybody first where nobody is at work')
  const classes = policyReply().classes.filter(({ isFirst }) => isFirst)
  const bounds = branded<ReturnType<typeof policyReply>['bounds']>([{ queueId: 'q', classId: 'unsafe', waitMs: null }])
  t.same(kindsOf({ classes, bounds }), [['goes-first']], 'of such classes alone it is not known who is at work')
})

t.test('the floor is added up', async (t) => {
  const totals = floorTotals(floor(NOW))
  t.match(totals, { waitingCount: 4, oldestQueuedAt: NOW - 132_000, agentsReadyCount: 1, agentsSignedInCount: 9 })
  t.equal(totals.serviceLevel, totals.answeredInTime / totals.countedCount)
  const empty = floorTotals({ ...floor(NOW), queues: [], agents: [] })
  t.match(empty, { waitingCount: 0, oldestQueuedAt: null, serviceLevel: null })
})

t.test('rows are sorted with empty ones last and equal ones in their own order', async (t) => {
  const rows = [
    { id: 'c', value: 2 },
    { id: 'a', value: null },
    { id: 'd', value: 10 },
    { id: 'b', value: 2 },
  ]
  const sorted = (direction: 'ascending' | 'descending') =>
    sortRows(rows, { value: (row) => row.value, direction, locale: 'da-DK' }, (row) => row.id).map(({ id }) => id)
  t.same(sorted('ascending'), ['b', 'c', 'd', 'a'])
  t.same(sorted('descending'), ['d', 'b', 'c', 'a'])
  const danish = sortRows(
    ['Ærø', 'Zoo', 'Amager'],
    { value: (row) => row, direction: 'ascending', locale: 'da-DK' },
    String,
  )
  t.same(danish, ['Amager', 'Zoo', 'Ærø'])
})

t.test('quarter-hours are summed over queues, quiet ones shown as quiet', async (t) => {
  const reply = metrics(NOW - 11.5 * 3_600_000, NOW)
  const series = quarterHours(reply.rows)
  t.equal(series.length, 12)
  t.match(series[0], { offered: 3, answered: 2 })
  const [first, second] = reply.rows
  if (first === undefined || second === undefined) throw new Error('the morning has rows')
  const apart = [first, { ...second, intervalStartsAt: first.intervalStartsAt + 3 * 900_000 }]
  t.same(
    quarterHours(apart).map(({ offered }) => offered),
    [1, 0, 0, 2],
  )
  const turnedAway = { ...first, full: 2, closed: 1, paused: 3, expired: 4 }
  t.equal(notLetInCount(turnedAway), 6, 'a ticket that was called was let in')
  t.match(quarterHours([turnedAway]), [{ offered: 1, notLetIn: 6 }])
  t.same(quarterHours([]), [])
})

t.test('all queues together', async (t) => {
  const overall = overallFigures(metrics(NOW, NOW).totals)
  t.match(overall, { offered: 63, answered: 50, abandoned: 12, answeredInTime: 42, serviceLevel: 42 / 62 })
  t.equal(overall.waitMsAverage, 34_400)
  t.match(overallFigures([]), { offered: 0, serviceLevel: null, waitMsAverage: null, waitMsMax: null })
})

t.test('an expected wait is told in whole minutes, the later end rounded up', async (t) => {
  const minutes = (p50: number, p80: number) => roundWait({ p50Ms: p50 * 60_000, p80Ms: p80 * 60_000 })
  t.same(minutes(0, 0), { kind: 'soon' })
  t.same(minutes(0.4, 1), { kind: 'soon' })
  t.same(minutes(0.4, 1.1), { kind: 'up-to', minutes: 2 })
  t.same(minutes(3.6, 3.9), { kind: 'about', minutes: 4 })
  t.same(minutes(3.5, 6.1), { kind: 'between', low: 4, high: 7 })
})

t.test('a call is found by its id, wherever that stands', async (t) => {
  t.equal(callIdIn(`call ${CALL_ID.toUpperCase()} ended`), CALL_ID)
  t.equal(callIdIn(callHash(branded(CALL_ID))), CALL_ID)
  t.equal(callIdIn('0b1c7f0e-6f0a-9c8e-9a51-3f2f7c1f9a10'), null)
  t.same(['#call', '#call=', '#call=x', '#floor', '', '#called'].map(isCallHash), [
    true,
    true,
    true,
    false,
    false,
    false,
  ])
  t.equal(ticketText('K7M4QX'), 'K7M\u00A04QX')
})

t.test('what led to what comes first in the time-line', async (t) => {
  const whole = explanation()
  const { answeredAt } = whole
  if (answeredAt === null) throw new Error('the call was answered')
  const together = explanation({
    arrivedAt: answeredAt,
    endedAt: answeredAt,
    moments: [{ at: answeredAt, type: 'step.opened', detail: {} }],
    offers: whole.offers.slice(0, 1).map((offer) => ({ ...offer, madeAt: answeredAt })),
  })
  t.same(
    timelineOf(together).map(({ kind }) => kind),
    ['arrived', 'moment', 'offer', 'answered', 'ended'],
  )
  t.same(timelineOf(explanation({ answeredAt: null, endedAt: null, moments: [], offers: [] })).length, 1)
})

t.test('a skill is named by the queues that the page knows', async (t) => {
  const view = agentView(NOW)
  t.equal(serviceLabelsOf('library', view.queues)?.da, 'Bibliotek')
  t.equal(serviceLabelsOf('dts', view.queues), null)
})
