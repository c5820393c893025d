import t from 'tap'
import type { Hours, Opening } from '../hours.ts'
import { Desk, never, policyOf, queueOf } from './desk.ts'

const HOUR_MS = 3_600_000
/** The desks of these tests begin here. */
const START = 1_000_000
const queues = [
  queueOf('citizen.da', [never('da')], { calendarIds: ['citizen'] }),
  queueOf('library.da', [never('da')]),
]

function deskWith(citizen: readonly Opening[], airport?: readonly Opening[], ...agentIds: string[]): Desk {
  const desk = new Desk(policyOf({ queues, serveAfterClosingMs: 60_000 }), ...agentIds)
  desk.take({ type: 'hours.loaded', hours: hoursOf(citizen, airport) })
  return desk
}

function hoursOf(citizen: readonly Opening[], airport?: readonly Opening[]): Hours {
  return {
    calendars: { citizen, ...(airport === undefined ? {} : { airport }) },
    calendarIdsOfSite: { airport: ['airport'] },
  }
}

t.test('[R27] [R12] closed, a call is not let in, and is told the next opening', async (t) => {
  const desk = deskWith([{ from: START + HOUR_MS, until: START + 9 * HOUR_MS }])
  const { records, effects } = desk.call('a')
  t.match(records[1], { outcome: 'closed', endReason: 'queue-closed', opensAt: START + HOUR_MS })
  t.same(effects, [])
  t.equal(desk.call('b', { queueId: 'library.da' }).records.length, 1, 'a queue without a calendar')
})

t.test('[R27] open from the first millisecond until just before the last', async (t) => {
  const from = START + HOUR_MS
  const until = from + 10 * HOUR_MS
  const reason = (at: number) => {
    const desk = deskWith([{ from, until }], undefined, 'amal')
    desk.pass(at - desk.at)
    desk.call('a')
    return desk.statusOf('a') ?? desk.last?.records[1]
  }
  t.match(reason(from - 1), { endReason: 'queue-closed', opensAt: from })
  t.equal(reason(from), 'offered')
  t.equal(reason(until - 1), 'offered')
  t.match(reason(until), { endReason: 'queue-closed', opensAt: null })
})

t.test(
  '[R27] open while all calendars are, the queue’s and the site’s; the next opening is common to them',
  async (t) => {
    const citizen = [
      { from: START, until: START + HOUR_MS },
      { from: START + 5 * HOUR_MS, until: START + 8 * HOUR_MS },
    ]
    const airport = [
      { from: START + 2 * HOUR_MS, until: START + 4 * HOUR_MS },
      { from: START + 6 * HOUR_MS, until: START + 9 * HOUR_MS },
    ]
    const desk = deskWith(citizen, airport, 'amal')
    t.match(desk.call('a').records[1], { endReason: 'queue-closed', opensAt: START + 6 * HOUR_MS })
    t.equal(desk.call('b', { siteId: 'job-centre' }).records.length, 1, 'a site without hours of its own')
  },
)

t.test('[R27] last entry: not let in where, four times of five, there is no answer before closing', async (t) => {
  const closing = [{ from: START, until: START + HOUR_MS }]
  const nobody = deskWith(closing)
  t.match(nobody.call('a').records[1], { outcome: 'closed', endReason: 'last-entry', opensAt: null })
  // Handling is believed to be 300 s: with one agent who is busy, four of five waits are shorter than 483 s.
  const busy = () => {
    const desk = deskWith(closing, undefined, 'amal')
    desk.occupy('amal')
    return desk
  }
  const early = busy()
  early.pass(START + HOUR_MS - 500_000 - early.at)
  t.equal(early.call('a').records.length, 1)
  const late = busy()
  late.pass(START + HOUR_MS - 300_000 - late.at)
  t.match(late.call('a').records[1], { endReason: 'last-entry' })
  t.equal(late.call('b', { queueId: 'library.da' }).records.length, 1)
})

t.test('[R27] new hours put nobody out who was let in', async (t) => {
  const desk = deskWith([{ from: START, until: START + 9 * HOUR_MS }], undefined, 'amal')
  desk.occupy('amal')
  desk.call('a')
  desk.take({ type: 'hours.loaded', hours: hoursOf([{ from: START + 20 * HOUR_MS, until: START + 21 * HOUR_MS }]) })
  desk.pass(59_999)
  t.equal(desk.presenceOf('a'), 'here')
  desk.free('amal')
  t.equal(desk.holderOf('a'), 'amal')
})

/** One in line, one agent who is in a conversation, an hour to closing. */
function closingSoon(then: readonly Opening[]): Desk {
  const desk = deskWith([{ from: START, until: START + HOUR_MS }, ...then], undefined, 'amal')
  desk.occupy('amal')
  desk.call('a')
  return desk
}

t.test(
  '[R28] those inside at closing are served for serveAfterClosingMs, then called back at the next opening',
  async (t) => {
    const opensAt = START + 20 * HOUR_MS
    const desk = closingSoon([{ from: opensAt, until: opensAt + HOUR_MS }])
    const { placeAt } = desk.callOf('a')
    desk.pass(START + HOUR_MS + 59_999 - desk.at)
    t.equal(desk.presenceOf('a'), 'here')
    const { state, at } = desk
    desk.free('amal')
    t.equal(desk.holderOf('a'), 'amal', 'served after closing')
    desk.state = state
    desk.at = at
    desk.pass(1)
    t.match(desk.last?.facts, [{ type: 'call.deferred', callId: 'a', notBefore: opensAt }])
    t.equal(desk.presenceOf('a'), 'away')
    t.equal(desk.call('b', { kioskId: 'kiosk-of-a', queueId: 'library.da' }).records.length, 1, 'the kiosk is free')
    desk.pass(opensAt - 1 - desk.at)
    t.equal(desk.presenceOf('a'), 'away')
    desk.pass(1)
    t.match(desk.callOf('a').presence, { kind: 'called', until: opensAt + 180_000 })
    desk.takeUp('a', 'kiosk-9')
    t.equal(desk.callOf('a').placeAt, placeAt)
  },
)

t.test('[R35] a place for the next opening: from the opening on, and the kiosk stays free', async (t) => {
  const opensAt = START + 20 * HOUR_MS
  const night = () => {
    const desk = deskWith([{ from: opensAt, until: opensAt + HOUR_MS }], undefined, 'amal')
    desk.occupy('amal', { queueId: 'library.da' })
    return desk
  }
  const desk = night()
  const kept = desk.call('a', { isForNextOpening: true })
  t.match(kept.records, [{ type: 'arrived', callId: 'a', at: opensAt }], 'the wait begins when the line opens')
  t.match(kept.facts, [{ type: 'call.deferred', callId: 'a', notBefore: opensAt }])
  t.notOk(kept.effects.some(({ type }) => type === 'media.open'))
  t.equal(desk.call('b', { kioskId: 'kiosk-of-a', isForNextOpening: true }).records.length, 1, 'the kiosk is free')
  desk.pass(opensAt - 1 - desk.at)
  t.equal(desk.presenceOf('a'), 'away')
  desk.pass(1)
  t.match(desk.callOf('a').presence, { kind: 'called', until: opensAt + 180_000 })
  desk.call('c')
  desk.takeUp('b', 'kiosk-8')
  desk.takeUp('a', 'kiosk-9')
  t.same([desk.holderOf('a'), desk.holderOf('b'), desk.holderOf('c')], [undefined, undefined, undefined])
  desk.free('amal')
  t.equal(desk.holderOf('a'), 'amal', 'those who were given a place come in the order of their presses')

  const full = night()
  for (let i = 0; i < 2; i += 1) full.call(`n${i}`, { isForNextOpening: true })
  const { callersMax } = full.state.policy.queues['citizen.da'] ?? { callersMax: 0 }
  for (let i = 2; i < callersMax / 2; i += 1) full.call(`n${i}`, { isForNextOpening: true })
  t.match(full.call('late', { isForNextOpening: true }).records[1], { outcome: 'closed', opensAt }, 'half is kept free')

  const unknown = deskWith([], undefined, 'amal')
  t.match(unknown.call('a', { isForNextOpening: true }).records[1], { outcome: 'closed', opensAt: null })
  const open = deskWith([{ from: START, until: START + 9 * HOUR_MS }], undefined, 'amal')
  open.occupy('amal')
  open.call('a', { isForNextOpening: true })
  t.equal(open.presenceOf('a'), 'here', 'it opened meanwhile: in line like anybody')
})

t.test('[R28] only where no opening is known does the call end, closed', async (t) => {
  const desk = closingSoon([])
  desk.pass(START + HOUR_MS + 60_000 - desk.at)
  t.match(desk.last?.records, [{ type: 'ended', callId: 'a', outcome: 'closed', endReason: 'queue-closed' }])
})

t.test('[R28] whoever came to the line another way is not forgotten at closing either', async (t) => {
  const opensAt = START + 20 * HOUR_MS
  const then = [{ from: opensAt, until: opensAt + HOUR_MS }]
  const past = START + HOUR_MS + 60_000

  const refined = deskWith([{ from: START, until: START + HOUR_MS }, ...then], undefined, 'amal')
  refined.occupy('amal')
  refined.call('a', { queueId: 'library.da' })
  refined.refine('a', { queueId: 'citizen.da' })
  refined.pass(past - refined.at)
  t.equal(refined.presenceOf('a'), 'away', 'refined into it')

  const takenUp = closingSoon(then)
  takenUp.stepAway('a')
  takenUp.takeUp('a', 'kiosk-9')
  takenUp.pass(past - takenUp.at)
  t.equal(takenUp.presenceOf('a'), 'away', 'with a ticket')

  const requeued = deskWith([{ from: START, until: START + 9 * HOUR_MS }], undefined, 'amal')
  requeued.call('a')
  requeued.accept('amal')
  requeued.take({ type: 'hours.loaded', hours: hoursOf([{ from: START, until: START + HOUR_MS }, ...then]) })
  requeued.take({ type: 'agent.lost', agentId: 'amal' })
  requeued.pass(past - requeued.at)
  t.equal(requeued.presenceOf('a'), 'away', 'out of a conversation')
})

t.test('[R28] a call that moves to a site that is closed is served as long as those inside there', async (t) => {
  const opensAt = START + 30 * HOUR_MS
  const then = { from: opensAt, until: opensAt + HOUR_MS }
  const desk = deskWith([{ from: START, until: START + 9 * HOUR_MS }, then], [then], 'amal')
  desk.occupy('amal', { siteId: 'job-centre' })
  desk.call('a', { siteId: 'job-centre' })
  desk.takeUp('a', 'kiosk-9', 'airport')
  desk.pass(59_999)
  t.equal(desk.presenceOf('a'), 'here')
  desk.pass(1)
  t.equal(desk.presenceOf('a'), 'away')
})

t.test('[R28] somebody who takes up a ticket after closing is served as long as those inside', async (t) => {
  const opensAt = START + 20 * HOUR_MS
  const desk = closingSoon([{ from: opensAt, until: opensAt + HOUR_MS }])
  desk.pass(START + 2 * HOUR_MS - desk.at)
  t.equal(desk.presenceOf('a'), 'away')
  desk.takeUp('a', 'kiosk-9')
  desk.pass(59_999)
  t.equal(desk.presenceOf('a'), 'here')
  desk.pass(1)
  t.match(desk.callOf('a').presence, { kind: 'away', notBefore: opensAt })
})
