/** What is shown stands until somebody takes it off or the call ends, and a hand points no faster than eyes follow. */
import t from 'tap'
import type { CallId } from '../contract/ids.ts'
import type { Shown, ShownId, ShownMove } from '../contract/shown.ts'
import { ShownInCalls } from './shown-in-calls.ts'

const callId = '0b1c7f0e-6f0a-4c8e-9a51-3f2f7c1f9a10' as CallId
const idOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}` as ShownId
const text = (n: number): Shown => ({ kind: 'text', shownId: idOf(n), language: 'da', title: `${n}`, body: '' })
const moveOf = (n: number): ShownMove => ({ callId, shownId: idOf(n), pointer: { block: 0, x: 0, y: 1 } })

t.test('one thing at a time, which is news once', async (t) => {
  const shown = new ShownInCalls(() => 0)
  t.equal(shown.of(callId), undefined)
  t.ok(shown.show(callId, 'amal', text(1)))
  t.notOk(shown.show(callId, 'amal', text(1)), 'asked again')
  t.ok(shown.show(callId, 'amal', text(2)))
  t.match(shown.of(callId), { agentId: 'amal', shown: { title: '2' }, isClosedByCitizen: false })
  t.ok(shown.stop(callId))
  t.notOk(shown.stop(callId))
})

t.test('what the citizen closed stays closed, and what took its place stands', async (t) => {
  const shown = new ShownInCalls(() => 0)
  shown.show(callId, 'amal', text(1))
  t.notOk(shown.close(callId, idOf(2)), 'something else')
  t.ok(shown.close(callId, idOf(1)))
  t.notOk(shown.close(callId, idOf(1)), 'asked again')
  t.notOk(shown.show(callId, 'amal', text(1)), 'a late repetition does not open it again')
  t.equal(shown.of(callId)?.isClosedByCitizen, true)
  shown.show(callId, 'amal', text(2))
  t.equal(shown.of(callId)?.isClosedByCitizen, false)
  shown.forget([callId])
  t.equal(shown.of(callId), undefined)
})

t.test('a hand that points', async (t) => {
  const clock = { at: 0 }
  const shown = new ShownInCalls(() => clock.at)
  t.equal(shown.admit(moveOf(1)), 'late', 'nothing is shown')
  shown.show(callId, 'amal', text(1))
  t.equal(shown.admit(moveOf(2)), 'late')
  const seen = Array.from({ length: 40 }, () => shown.admit(moveOf(1)))
  t.same([seen.indexOf('too-fast'), seen.lastIndexOf('yes')], [30, 29])
  shown.show(callId, 'amal', text(2))
  t.equal(shown.admit(moveOf(2)), 'too-fast', 'showing something else gives no more')
  clock.at = 1_000
  t.equal(shown.admit(moveOf(2)), 'yes')
  shown.close(callId, idOf(2))
  t.equal(shown.admit(moveOf(2)), 'late', 'nobody sees it')
})

t.test('who hears of moves: the newest page of each, until it is gone', async (t) => {
  const shown = new ShownInCalls(() => 0)
  const heard: string[] = []
  const endFirst = shown.listen('agent amal', () => heard.push('first'))
  const endSecond = shown.listen('agent amal', () => heard.push('second'))
  shown.listen('kiosk amal', () => heard.push('kiosk'))
  endFirst()
  shown.tell(['agent amal', 'agent nobody'], moveOf(1))
  endSecond()
  shown.tell(['agent amal'], moveOf(1))
  t.same(heard, ['second'])
})
