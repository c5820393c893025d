/** [R46] A site that a supervisor closes: who is not let in, until when, and who is not touched by it. */
import t from 'tap'
import type { CallRecord } from '../effect.ts'
import { fromSnapshot, toSnapshot } from '../snapshot.ts'
import { arrivalOf, Desk, never, policyOf, queueOf } from './desk.ts'

const HOUR_MS = 3_600_000
const close = (desk: Desk, until: number | null = null, siteId = 'airport', noticeId = 'n1') =>
  desk.take({ type: 'site.closed', siteId, until, noticeId, byId: 'lone' })
const open = (desk: Desk, siteId = 'airport') => desk.take({ type: 'site.opened', siteId, byId: 'lone' })
const endOf = (records: readonly CallRecord[]) => records.find(({ type }) => type === 'ended')
const isIn = (desk: Desk, callId: string) => desk.state.calls.has(callId)

t.test('[R46] nobody new comes in there; whoever is inside is served, and other sites are open', async (t) => {
  const desk = new Desk()
  desk.call('a')
  desk.call('b')
  desk.stepAway('b')
  t.equal(close(desk).refusal, undefined)
  const { records } = desk.call('c')
  t.match(endOf(records), { outcome: 'closed', endReason: 'site-closed', opensAt: null })
  desk.call('elsewhere', { siteId: 'job-centre' })
  t.ok(isIn(desk, 'elsewhere'))
  desk.takeUp('b', 'kiosk-2')
  t.equal(desk.presenceOf('b'), 'here', 'a place is kept, and may be taken up there')
  desk.agent('amal')
  desk.accept('amal')
  t.equal(desk.statusOf('a'), 'connected')
  open(desk)
  t.equal(open(desk).refusal, undefined, 'told twice')
  desk.call('d')
  t.ok(isIn(desk, 'd'))
})

t.test('[R46] until a moment: a place for it may be had, and then it is open by itself', async (t) => {
  const desk = new Desk()
  const until = desk.at + HOUR_MS
  t.equal(close(desk, desk.at).refusal, 'wrong-state')
  close(desk, until)
  t.match(endOf(desk.call('a').records), { endReason: 'site-closed', opensAt: until })
  desk.take(arrivalOf('b', { isForNextOpening: true }))
  t.match(desk.callOf('b'), { arrivedAt: until, presence: { kind: 'away', notBefore: until } })
  desk.pass(HOUR_MS)
  t.equal(desk.presenceOf('b'), 'called')
  desk.call('c')
  t.ok(isIn(desk, 'c'))
})

t.test('[R46] where the calendars are closed by then, it opens with them', async (t) => {
  const queue = queueOf('citizen.da', [never('citizen')], { calendarIds: ['citizen'] })
  const desk = new Desk(policyOf({ queues: [queue] }))
  const from = desk.at - HOUR_MS
  const openings = [
    { from, until: desk.at + HOUR_MS },
    { from: desk.at + 20 * HOUR_MS, until: desk.at + 30 * HOUR_MS },
  ]
  desk.take({ type: 'hours.loaded', hours: { calendars: { citizen: openings }, calendarIdsOfSite: {} } })
  close(desk, desk.at + 2 * HOUR_MS)
  t.match(endOf(desk.call('a').records), { endReason: 'site-closed', opensAt: openings[1]?.from })
})

t.test('[R46] what was said last holds, over a restart and another policy too', async (t) => {
  const desk = new Desk()
  close(desk, desk.at + HOUR_MS)
  close(desk, null, 'airport', 'n2')
  close(desk, desk.at + HOUR_MS, 'job-centre')
  desk.state = fromSnapshot(JSON.parse(JSON.stringify(toSnapshot(desk.state))) as ReturnType<typeof toSnapshot>)
  desk.take({ type: 'policy.loaded', policy: policyOf({ version: 'test-2' }), isForWaiting: true })
  desk.pass(2 * HOUR_MS)
  t.match(endOf(desk.call('a').records), { endReason: 'site-closed' })
  t.equal(desk.state.closedSites.get('airport')?.noticeId, 'n2')
  close(desk, null, 'library')
  t.notOk(desk.state.closedSites.has('job-centre'), 'what is over is let go of')
})

t.test('[R46] an agent’s own desk is no screen of the place; a pause is told first', async (t) => {
  const desk = new Desk()
  desk.agent('kirsten', {})
  close(desk)
  const beside = { agentId: 'kirsten', matterId: null, isInterpreterWanted: false }
  desk.call('a', { kioskId: 'desk-kirsten', beside })
  t.ok(isIn(desk, 'a'))
  desk.take({ type: 'queue.paused', queueId: 'citizen.da' })
  t.match(endOf(desk.call('b').records), { outcome: 'paused' })
})
