import t from 'tap'
import { Desk, policyOf } from './desk.ts'

const policy = () => policyOf({ ticketNearCount: 1, ticketCallMs: 30_000, ticketKeptMs: 60_000 })

/** A line of `ids`, a millisecond apart, and nobody at work. */
function lineOf(...ids: string[]): Desk {
  const desk = new Desk(policy())
  for (const id of ids) {
    desk.at += 1
    desk.call(id)
  }
  return desk
}

t.test('[R29] whoever steps away frees the kiosk, whose next user is nobody’s heir', async (t) => {
  const desk = lineOf('x', 'y', 'a')
  const { effects } = desk.stepAway('a')
  t.same(effects, [{ type: 'media.close', callId: 'a' }])
  desk.at += 100
  t.equal(desk.call('b', { kioskId: 'kiosk-of-a' }).refusal, undefined)
  t.match(desk.callOf('b'), { arrivedAt: desk.at, ticket: 'T-b' })
  t.same([desk.presenceOf('a'), desk.callOf('a').arrivedAt], ['away', desk.at - 100])
  t.equal(desk.stepAway('a').refusal, undefined, 'said again')
  t.equal(desk.takeUp('a', 'kiosk-of-a').refusal, 'already-in-call', 'somebody else is there now')
  t.equal(desk.stepAway('none').refusal, 'unknown-call')
})

t.test('[R29] the ticket is taken up at any kiosk, at the old place, as often as is said', async (t) => {
  const desk = lineOf('x', 'y', 'a')
  desk.stepAway('a')
  desk.at += 1
  desk.call('b')
  desk.pass(5_000)
  t.same(desk.takeUp('a', 'kiosk-9', 'library-west').effects, [{ type: 'media.open', callId: 'a' }])
  t.match(desk.callOf('a'), { kioskId: 'kiosk-9', siteId: 'library-west', presence: { kind: 'here' } })
  t.equal(desk.takeUp('a', 'kiosk-9').refusal, undefined, 'said again')
  for (const id of ['x', 'y']) desk.take({ type: 'caller.hung-up', callId: id })
  desk.agent('amal')
  t.equal(desk.holderOf('a'), 'amal', 'before b')
  t.equal(desk.takeUp('unknown', 'kiosk-7').refusal, 'unknown-ticket')
})

t.test('[R29] the call moves with its ticket while it waits or is offered, not out of a conversation', async (t) => {
  const desk = lineOf('a')
  desk.takeUp('a', 'kiosk-2')
  t.equal(desk.call('b', { kioskId: 'kiosk-of-a' }).refusal, undefined, 'the first kiosk is free')
  t.equal(desk.call('c', { kioskId: 'kiosk-2' }).refusal, 'already-in-call')
  desk.agent('amal')
  desk.takeUp('a', 'kiosk-3')
  t.match(desk.callOf('a'), { status: 'offered', kioskId: 'kiosk-3' })
  desk.accept('amal')
  t.equal(desk.takeUp('a', 'kiosk-4').refusal, 'wrong-state')
  t.equal(desk.stepAway('a').refusal, 'wrong-state')
})

t.test('[R30] a ticket is called when at most ticketNearCount are before it, and not sooner', async (t) => {
  const desk = lineOf('x', 'y', 'a')
  desk.stepAway('a')
  t.equal(desk.presenceOf('a'), 'away', 'two before it')
  const { facts } = desk.take({ type: 'caller.hung-up', callId: 'x' })
  t.match(facts, [{ type: 'ticket.called', callId: 'a', until: desk.at + 30_000 }])
  t.equal(desk.presenceOf('a'), 'called')
})

t.test('[R29] [R30] whoever is called does not take the old kiosk from those who are there', async (t) => {
  const desk = lineOf('x', 'a')
  desk.stepAway('a')
  t.equal(desk.presenceOf('a'), 'called')
  t.equal(desk.call('b', { kioskId: 'kiosk-of-a' }).refusal, undefined, 'nobody is there')
  t.equal(desk.call('c', { kioskId: 'kiosk-of-a' }).refusal, 'already-in-call', 'b is')
})

t.test('[R30] also when somebody before it is offered or moves to another line', async (t) => {
  const offered = lineOf('x', 'y', 'a')
  offered.stepAway('a')
  offered.agent('amal')
  t.equal(offered.presenceOf('a'), 'called', 'x is offered')

  const moved = lineOf('x', 'y', 'a')
  moved.stepAway('a')
  moved.refine('y', { queueId: 'library.da' })
  t.equal(moved.presenceOf('a'), 'called')
})

t.test('[R30] the tickets that are near at one moment are all called', async (t) => {
  const desk = lineOf('x', 'y', 'a', 'b')
  desk.stepAway('a')
  desk.stepAway('b')
  t.match(desk.take({ type: 'caller.hung-up', callId: 'x' }).facts, [
    { type: 'ticket.called', callId: 'a' },
    { type: 'ticket.called', callId: 'b' },
  ])
})

t.test(
  '[R29] called and not there within exactly ticketCallMs it lapses, and for ticketKeptMs is still good',
  async (t) => {
    const desk = lineOf('x', 'a')
    desk.stepAway('a')
    t.equal(desk.presenceOf('a'), 'called', 'near already')
    desk.pass(29_999)
    t.equal(desk.presenceOf('a'), 'called')
    desk.pass(1)
    t.match(desk.last?.facts, [{ type: 'ticket.lapsed', callId: 'a', until: desk.at + 60_000 }])
    desk.pass(59_999)
    const { state, at } = desk
    desk.takeUp('a', 'kiosk-9')
    t.match(desk.callOf('a'), { presence: { kind: 'here' }, placeAt: desk.callOf('x').placeAt + 1 })
    desk.state = state
    desk.at = at
    desk.pass(1)
    t.match(desk.last?.records, [{ type: 'ended', callId: 'a', outcome: 'expired', endReason: 'ticket-lapsed' }])
    t.equal(desk.takeUp('a', 'kiosk-9').refusal, 'unknown-ticket')
  },
)

t.test('[R29] [R12] whoever is away can give the ticket back; nobody who is away is offered', async (t) => {
  const desk = lineOf('a')
  desk.stepAway('a')
  desk.agent('amal')
  t.equal(desk.statusOf('a'), 'waiting')
  t.match(desk.take({ type: 'caller.hung-up', callId: 'a' }).records, [{ outcome: 'abandoned' }])
})

t.test('[R30] what was told first is kept, and nothing is told in a conversation', async (t) => {
  const desk = lineOf('a')
  const told = { type: 'promise.told', callId: 'a', p50Ms: 60_000, p80Ms: 120_000 } as const
  t.same(desk.take(told).records, [{ type: 'promised', callId: 'a', p50Ms: 60_000, p80Ms: 120_000 }])
  t.match(desk.callOf('a').promise, { toldAt: desk.at, p50Ms: 60_000, p80Ms: 120_000 })
  t.equal(desk.take({ ...told, p50Ms: 1 }).refusal, 'wrong-state')
  desk.agent('amal')
  desk.accept('amal')
  desk.call('b')
  t.equal(desk.take({ ...told, callId: 'a' }).refusal, 'wrong-state')
})

t.test(
  '[R30] [R18] whoever lost the connection is still before a ticket: a restart calls nobody too early',
  async (t) => {
    const desk = lineOf('x', 'y', 'a')
    desk.stepAway('a')
    desk.take({ type: 'server.restarted' })
    t.equal(desk.presenceOf('a'), 'away', 'two before it, who are not back yet')
    desk.take({ type: 'caller.returned', callId: 'x' })
    desk.take({ type: 'caller.returned', callId: 'y' })
    t.equal(desk.presenceOf('a'), 'away')
    desk.take({ type: 'caller.lost', callId: 'x' })
    desk.take({ type: 'caller.hung-up', callId: 'y' })
    t.equal(desk.presenceOf('a'), 'called', 'one before it, who may come back')
  },
)

t.test('[R16] a phone that falls asleep keeps its place by the ticket; a kiosk that is gone does not', async (t) => {
  const desk = lineOf('x', 'y', 'a', 'b')
  const own = { ticket: 'T-a', kioskId: 'phone-a', siteId: 'airport', isOwnDevice: true }
  desk.take({ type: 'ticket.taken-up', ...own })
  for (const callId of ['a', 'b']) desk.take({ type: 'caller.lost', callId })
  desk.pass(20_000)
  t.same([desk.presenceOf('a'), desk.state.calls.has('b')], ['away', false])
  t.equal(desk.take({ type: 'ticket.taken-up', ...own }).refusal, undefined, 'and has it again')
  t.same([desk.presenceOf('a'), desk.callOf('a').status], ['here', 'waiting'])
})
