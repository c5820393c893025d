/** [R40] A callback that an agent promised: rung at its time, first of all for whoever promised it, and counted. */
import t from 'tap'
import type { EventOf } from '../event.ts'
import { fromSnapshot, toSnapshot } from '../snapshot.ts'
import { Desk, never, policyOf, queueOf } from './desk.ts'

const MINUTE_MS = 60_000
const DUE_MS = 60 * MINUTE_MS

const policy = () =>
  policyOf({
    ticketCallMs: 3 * MINUTE_MS,
    ticketKeptMs: 30 * MINUTE_MS,
    callbackSoonestMs: 10 * MINUTE_MS,
    callbackDaysMax: 2,
    callbackAheadMs: 5 * MINUTE_MS,
    callbackPreferredMs: 2 * MINUTE_MS,
    callbackLateMs: 5 * MINUTE_MS,
    callbackTriesMax: 2,
    callbackAgainMs: 10 * MINUTE_MS,
    wrapUpMs: 5 * MINUTE_MS,
    offerMs: 10 * MINUTE_MS,
  })

type Promise = Omit<EventOf<'callback.promised'>, 'at'>

/** What amal promises after her call, in an hour unless said otherwise. */
function promiseOf(desk: Desk, changes: Partial<Promise> = {}): Promise {
  return {
    type: 'callback.promised',
    callId: 'again',
    agentId: 'amal',
    ofCallId: 'first',
    firstCallId: 'first',
    dueAt: desk.at + DUE_MS,
    isByPromiser: true,
    kioskId: 'kiosk-of-first',
    siteId: 'airport',
    queueId: 'citizen.da',
    classId: 'ordinary',
    mode: 'video',
    language: 'da',
    matterId: null,
    ticket: 'T-again',
    ...changes,
  }
}

/** Amal has talked with somebody, and is in wrap-up. */
function afterCall(own = policy()): Desk {
  const desk = new Desk(own, 'amal')
  desk.call('first')
  desk.accept('amal')
  desk.take({ type: 'media.flowed', callId: 'first' })
  desk.take({ type: 'caller.hung-up', callId: 'first' })
  return desk
}

/** And has promised to talk with them again; then everybody is ready. */
function promised(changes: Partial<Promise> = {}): Desk {
  const desk = afterCall()
  desk.take(promiseOf(desk, changes))
  desk.take({ type: 'agent.finished-wrap-up', agentId: 'amal' })
  return desk
}

const resultOf = (desk: Desk) => desk.last?.records.find(({ type }) => type === 'callback-ended')

t.test('[R40] it is promised after the call, by who had it, within the bounds and the hours', async (t) => {
  const desk = afterCall()
  const take = (changes: Partial<Promise>) => desk.take(promiseOf(desk, changes)).refusal
  t.equal(take({ dueAt: desk.at + 9 * MINUTE_MS }), 'callback-time', 'too soon')
  t.equal(take({ dueAt: desk.at + 49 * 60 * MINUTE_MS }), 'callback-time', 'in more days than two')
  t.equal(take({ agentId: 'bo' }), 'unknown-agent')
  t.equal(take({ ofCallId: 'other' }), 'wrong-state', 'not the call of this wrap-up')
  t.equal(take({ queueId: 'none.da' }), 'unknown-queue')
  desk.call('else')
  t.equal(take({ ticket: 'T-else' }), 'ticket-in-use')
  t.equal(take({}), undefined)
  t.match(desk.last?.records, [{ type: 'callback-promised', callId: 'again', promisedById: 'amal' }])
  const { dueAt } = desk.callOf('again').callback ?? { dueAt: 0 }
  t.equal(take({ dueAt: dueAt + MINUTE_MS }), undefined, 'said again, for another time')
  t.match(desk.callOf('again'), { callback: { dueAt: dueAt + MINUTE_MS }, presence: { notBefore: dueAt + MINUTE_MS } })
  t.equal(take({ callId: 'twice' }), 'ticket-in-use', 'one promise for each ticket')
  desk.take({ type: 'agent.finished-wrap-up', agentId: 'amal' })
  t.equal(
    desk.take({ type: 'callback.withdrawn', agentId: 'amal', callId: 'again' }).refusal,
    'wrong-state',
    'too late',
  )
})

t.test('[R40] it is taken back in the same wrap-up, and leaves no call behind', async (t) => {
  const desk = afterCall()
  desk.take(promiseOf(desk))
  const { records } = desk.take({ type: 'callback.withdrawn', agentId: 'amal', callId: 'again' })
  t.match(records, [{ type: 'callback-ended', result: 'withdrawn' }])
  t.equal(records.length, 1)
  t.notOk(desk.state.calls.has('again'))
})

t.test('[R40] until its time it stands in no line and takes nobody’s room', async (t) => {
  const own = { ...policy(), queues: { 'citizen.da': queueOf('citizen.da', [never('citizen')], { callersMax: 1 }) } }
  const desk = afterCall(own)
  desk.take(promiseOf(desk))
  t.equal(desk.state.queues.get('citizen.da')?.callersCount ?? 0, 0)
  desk.call('next')
  t.equal(desk.statusOf('next'), 'waiting', 'there is room')
  t.equal(desk.state.lines.get(desk.callOf('again').lineKey)?.away.size ?? 0, 0)
})

t.test('[R40] at its time the ticket is called, and whoever promised is asked first, for a time', async (t) => {
  const desk = promised()
  desk.agent('bo')
  desk.call('x')
  t.equal(desk.holderOf('x'), 'amal', 'idle longest')
  desk.accept('amal')
  desk.pass(DUE_MS)
  t.equal(desk.presenceOf('again'), 'called')
  t.match(desk.state.calls.get('again')?.callback, { triesCount: 1, rungAt: desk.at - 1 })
  desk.takeUp('again', 'kiosk-9')
  t.equal(desk.statusOf('again'), 'waiting', 'bo is ready, amal is not')
  desk.pass(2 * MINUTE_MS - 1)
  t.equal(desk.statusOf('again'), 'waiting')
  desk.pass(1)
  t.equal(desk.holderOf('again'), 'bo', 'then anyone')
  desk.accept('bo')
  t.match(resultOf(desk), { callId: 'again', result: 'kept' })
})

t.test('[R40] by anyone: who is ready takes it, before those who came after its place', async (t) => {
  const desk = promised({ isByPromiser: false })
  desk.take({ type: 'agent.became-away', agentId: 'amal', reason: 'break' })
  desk.agent('bo')
  desk.occupy('bo')
  desk.pass(DUE_MS - MINUTE_MS)
  desk.call('x')
  desk.pass(MINUTE_MS)
  desk.takeUp('again', 'kiosk-9')
  desk.free('bo')
  t.equal(desk.holderOf('again'), 'bo', 'x has come four minutes later than its place')
  t.equal(desk.callOf('again').placeAt, desk.callOf('again').arrivedAt - 5 * MINUTE_MS)
})

t.test('[R40] late is broken: the citizen was there, and nobody took it in time', async (t) => {
  const desk = promised()
  desk.occupy('amal')
  desk.pass(DUE_MS)
  desk.takeUp('again', 'kiosk-9')
  desk.pass(5 * MINUTE_MS + 1)
  desk.free('amal')
  desk.accept('amal')
  t.match(resultOf(desk), { result: 'broken' })
})

t.test('[R40] it does not ring while nobody at work can take it, and is broken when it rings late', async (t) => {
  const desk = promised()
  desk.take({ type: 'agent.became-away', agentId: 'amal', reason: 'break' })
  desk.pass(DUE_MS)
  t.equal(desk.presenceOf('again'), 'away')
  desk.pass(6 * MINUTE_MS)
  desk.available('amal')
  desk.pass(MINUTE_MS)
  t.equal(desk.presenceOf('again'), 'called', 'looked at each minute')
  desk.takeUp('again', 'kiosk-9')
  desk.accept('amal')
  t.match(resultOf(desk), { result: 'broken' })

  const alone = promised()
  alone.take({ type: 'agent.became-away', agentId: 'amal', reason: 'break' })
  alone.pass(DUE_MS + 10 * MINUTE_MS)
  t.equal(alone.presenceOf('again'), 'called', 'in the end it rings all the same')
})

t.test('[R40] nobody comes: it rings again, and is given up as the policy says', async (t) => {
  const desk = promised()
  desk.pass(DUE_MS + 3 * MINUTE_MS - 1)
  desk.pass(1)
  t.match(desk.last?.facts, [{ type: 'callback.missed', callId: 'again', triesCount: 1, isLast: false }])
  t.ok(desk.last?.touched.agents.includes('amal'), 'who promised it is told')
  t.equal(desk.presenceOf('again'), 'away')
  desk.pass(10 * MINUTE_MS)
  t.equal(desk.presenceOf('again'), 'called')
  desk.pass(3 * MINUTE_MS)
  t.match(desk.last?.facts, [{ type: 'callback.missed', triesCount: 2, isLast: true }, { type: 'ticket.lapsed' }])
  desk.pass(30 * MINUTE_MS)
  t.match(desk.last?.records, [
    { type: 'callback-ended', result: 'missed', triesCount: 2 },
    { type: 'ended', outcome: 'expired' },
  ])
})

t.test(
  '[R40] who comes sooner is in line at once, where anybody would be, and with the one who promised',
  async (t) => {
    const desk = promised()
    desk.agent('bo')
    desk.occupy('amal')
    desk.pass(10 * MINUTE_MS)
    const { records } = desk.takeUp('again', 'kiosk-9')
    t.match(records, [{ type: 'arrived', callId: 'again', at: desk.at }])
    t.match(desk.callOf('again'), { arrivedAt: desk.at, placeAt: desk.at, preferred: { agentId: 'amal' } })
    desk.pass(2 * MINUTE_MS)
    desk.accept('bo')
    t.match(resultOf(desk), { result: 'kept' })
  },
)

t.test('[R40] [R12] who gives it back before its time was never in line; after it, nobody has waited', async (t) => {
  const before = promised()
  t.same(
    before.take({ type: 'caller.hung-up', callId: 'again' }).records.map((record) => record.type),
    ['callback-ended'],
  )
  t.match(resultOf(before), { result: 'cancelled' })

  const called = promised()
  called.pass(DUE_MS)
  const { records } = called.take({ type: 'caller.hung-up', callId: 'again' })
  t.match(records, [
    { type: 'callback-ended', result: 'cancelled' },
    { type: 'ended', outcome: 'expired' },
  ])
})

t.test('[R40] who waited for longer than was promised and leaves has not cancelled it', async (t) => {
  const desk = promised()
  desk.occupy('amal')
  desk.pass(DUE_MS)
  desk.takeUp('again', 'kiosk-9')
  desk.pass(6 * MINUTE_MS)
  const { records } = desk.take({ type: 'caller.hung-up', callId: 'again' })
  t.match(records, [
    { type: 'callback-ended', result: 'broken' },
    { type: 'ended', outcome: 'abandoned' },
  ])
})

t.test(
  '[R40] [R27] [R28] in closed hours none is promised, and what falls there rings at the next opening',
  async (t) => {
    const queues = { 'citizen.da': queueOf('citizen.da', [never('citizen')], { calendarIds: ['day'] }) }
    const desk = afterCall({ ...policy(), queues })
    const { at } = desk
    const hours = (until: number, from: number) => ({
      type: 'hours.loaded' as const,
      hours: {
        calendars: {
          day: [
            { from: at, until },
            { from, until: from + DUE_MS },
          ],
        },
        calendarIdsOfSite: {},
      },
    })
    desk.take(hours(at + 30 * MINUTE_MS, at + 20 * DUE_MS))
    t.equal(desk.take(promiseOf(desk)).refusal, 'callback-time', 'closed by then')
    desk.take(hours(at + 2 * DUE_MS, at + 20 * DUE_MS))
    t.equal(desk.take(promiseOf(desk)).refusal, undefined)
    desk.take(hours(at + 30 * MINUTE_MS, at + 20 * DUE_MS))
    desk.pass(DUE_MS)
    t.match(desk.callOf('again').presence, { kind: 'away', notBefore: at + 20 * DUE_MS })
    desk.pass(19 * DUE_MS)
    t.equal(desk.presenceOf('again'), 'called')
    desk.takeUp('again', 'kiosk-9')
    desk.accept('amal')
    t.match(resultOf(desk), { result: 'broken' }, 'the hours were changed by us')
  },
)

t.test('[R40] [R18] a promise outlives a restart, also one that falls into it', async (t) => {
  const desk = promised()
  desk.state = fromSnapshot(JSON.parse(JSON.stringify(toSnapshot(desk.state))))
  desk.at += DUE_MS + MINUTE_MS
  desk.take({ type: 'server.restarted' })
  desk.take({ type: 'clock.ticked' })
  t.equal(desk.presenceOf('again'), 'away', 'nobody is back yet who could take it')
  desk.take({ type: 'agent.returned', agentId: 'amal' })
  desk.pass(MINUTE_MS)
  t.equal(desk.presenceOf('again'), 'called')
  desk.takeUp('again', 'kiosk-9')
  desk.accept('amal')
  t.match(resultOf(desk), { result: 'kept' })
})

t.test('[R40] [R13] an agent who is lost in it does not make the promise kept twice', async (t) => {
  const desk = promised()
  desk.pass(DUE_MS)
  desk.takeUp('again', 'kiosk-9')
  desk.accept('amal')
  t.match(resultOf(desk), { result: 'kept' })
  desk.take({ type: 'agent.lost', agentId: 'amal' })
  desk.pass(20_000)
  desk.agent('bo')
  t.equal(desk.holderOf('again'), 'bo')
  desk.accept('bo')
  t.equal(resultOf(desk), undefined)
})
