/** What somebody in line is told of their place and their wait. */
import t from 'tap'
import type { CallId, ClassId, MatterId, Ticket } from '#server/contract/ids.ts'
import { storyAfter, type WaitingCall } from './line-story.ts'
import { saidWait } from './said-wait.ts'

const minutes = (p50: number, p80: number) => ({ p50Ms: p50 * 60_000, p80Ms: p80 * 60_000 })

const call: WaitingCall = {
  status: 'waiting',
  callId: '3f9d1c1e-8a53-4a55-9a55-0f6a2f0d7a11' as CallId,
  ticket: 'K7MQ4X' as Ticket,
  ticketUrlPath: '/kiosk/',
  classId: 'ordinary' as ClassId,
  mode: 'video',
  queuedAt: 1,
  language: 'da',
  isLanguageChosen: false,
  isInterpreterWanted: false,
  staff: null,
  matterId: null,
  positionMin: 3,
  positionMax: 5,
  wait: minutes(2, 4),
  stepsOpenedCount: 0,
  branch: null,
}
const first = storyAfter(null, call)

t.test('a wait is said in wide steps, its upper end rounded up', async (t) => {
  t.same(saidWait(null), { kind: 'unknown' })
  t.same(saidWait(minutes(0.2, 0.9)), { kind: 'soon' })
  t.same(saidWait(minutes(0.5, 1)), { kind: 'about', minutes: 1 })
  t.same(saidWait(minutes(0.5, 2.2)), { kind: 'within', minutes: 3 })
  t.same(saidWait(minutes(2.1, 3.8)), { kind: 'range', from: 2, to: 4 })
  t.same(saidWait(minutes(4, 4)), { kind: 'about', minutes: 4 })
  t.same(saidWait(minutes(11, 23)), { kind: 'range', from: 10, to: 25 })
  t.same(saidWait(minutes(47, 60)), { kind: 'range', from: 40, to: 60 })
  t.same(saidWait(minutes(30, 61)), { kind: 'long' })
  t.same(saidWait({ p50Ms: 0, p80Ms: 0 }), { kind: 'soon' })
})

t.test('what is better is simply shown', async (t) => {
  t.match(first, { from: 3, to: 5, worse: null, wait: { kind: 'range', from: 2, to: 4 } })
  const better = storyAfter(first, { ...call, positionMin: 2, positionMax: 4, wait: minutes(1, 2) })
  t.match(better, { from: 2, to: 4, worse: null, wait: { kind: 'range', from: 1, to: 2 } })
})

t.test('a little longer than was said is not worth a word, much longer is one', async (t) => {
  const little = storyAfter(first, { ...call, wait: minutes(3, 4.8) })
  t.match(little, { wait: { from: 2, to: 4 }, worse: null, worseCount: 0 })
  const much = storyAfter(little, { ...call, wait: minutes(4, 8) })
  t.match(much, { wait: { from: 4, to: 8 }, worse: 'slower', worseCount: 1 })
  t.match(storyAfter(much, { ...call, wait: minutes(4, 8) }), { worse: 'slower', worseCount: 1 }, 'said once')
  t.match(storyAfter(much, { ...call, wait: minutes(2, 4) }), { worse: null }, 'better again: nothing to explain')
  t.match(storyAfter(much, { ...call, wait: minutes(30, 90) }), {
    worse: 'slower',
    worseCount: 2,
    wait: { kind: 'long' },
  })
})

t.test('a place that becomes worse has a reason', async (t) => {
  const behind = storyAfter(first, { ...call, positionMin: 4, positionMax: 6 })
  t.match(behind, { from: 4, to: 6, worse: 'overtaken', worseCount: 1 })
  t.match(storyAfter(first, { ...call, positionMin: 4 }), { worse: null }, 'within what was said')
  const chosen = storyAfter(first, { ...call, matterId: 'passport' as MatterId, positionMax: 9 })
  t.match(chosen, { worse: 'other-line' }, 'their own wish took them there')
  t.match(storyAfter(chosen, { ...call, matterId: 'passport' as MatterId, positionMax: 10 }), { worse: 'overtaken' })
  t.match(storyAfter(behind, { ...call, positionMin: 2, positionMax: 2 }), { worse: null })
})

t.test('a wait that is not known any more, and then is', async (t) => {
  const unknown = storyAfter(first, { ...call, wait: null })
  t.match(unknown, { wait: { kind: 'unknown' }, worse: null }, 'the words for it say so themselves')
  t.match(storyAfter(unknown, { ...call, wait: minutes(10, 20) }), { wait: { from: 10, to: 20 }, worse: null })
})

t.test('another call begins anew', async (t) => {
  const other = '4f9d1c1e-8a53-4a55-9a55-0f6a2f0d7a11' as CallId
  t.match(storyAfter(first, { ...call, callId: other, positionMax: 20 }), { to: 20, worse: null, worseCount: 0 })
})
