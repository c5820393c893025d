/** What a long wait leads to: other ways, and the question whether somebody is still there. */
import t from 'tap'
import { overloadOf } from './overload.ts'
import { ANSWER_WITHIN_MS, ASK_AFTER_MS, MAYBE_GONE_MS, presenceAfter } from './presence-check.ts'
import { whoAnswers } from './who-answers.ts'

t.test(
  'a wait is long where nobody can take it, where more than five minutes are said, or three have passed',
  async (t) => {
    t.equal(overloadOf({ kind: 'unknown' }, false), 'nobody')
    t.equal(overloadOf({ kind: 'unknown' }, true), 'nobody')
    t.equal(overloadOf({ kind: 'range', from: 2, to: 5 }, false), null)
    t.equal(overloadOf({ kind: 'range', from: 2, to: 6 }, false), 'busy')
    t.equal(overloadOf({ kind: 'long' }, false), 'busy')
    t.equal(overloadOf({ kind: 'soon' }, true), 'busy')
    t.equal(overloadOf({ kind: 'untold' }, false), null, 'what is not told cannot be said to be long')
    t.equal(overloadOf({ kind: 'untold' }, true), 'busy')
  },
)

t.test(
  'asked after ten minutes, a minute to answer, three more until the place goes along with its ticket',
  async (t) => {
    t.same(presenceAfter(0), { kind: 'here' })
    t.same(presenceAfter(ASK_AFTER_MS - 1), { kind: 'here' })
    t.same(presenceAfter(ASK_AFTER_MS), { kind: 'asking', secondsLeft: 60 })
    t.same(presenceAfter(ASK_AFTER_MS + ANSWER_WITHIN_MS - 1), { kind: 'asking', secondsLeft: 1 })
    t.same(presenceAfter(ASK_AFTER_MS + ANSWER_WITHIN_MS), { kind: 'maybe-gone', secondsLeft: 180 })
    t.same(presenceAfter(ASK_AFTER_MS + ANSWER_WITHIN_MS + MAYBE_GONE_MS - 1), { kind: 'maybe-gone', secondsLeft: 1 })
    t.same(presenceAfter(ASK_AFTER_MS + ANSWER_WITHIN_MS + MAYBE_GONE_MS), { kind: 'gone' })
    t.same(presenceAfter(1e9), { kind: 'gone' }, 'also of a page that slept')
    t.ok(ASK_AFTER_MS === 600_000 && MAYBE_GONE_MS === 180_000, 'as ux.md says')
    t.ok(ANSWER_WITHIN_MS >= 30_000, 'WCAG 2.2.1 asks for 20 s, ux.md for 30')
  },
)

t.test('who it will be', async (t) => {
  const plain = { mode: 'video', branch: null, isInterpreterWanted: null, language: 'da' } as const
  t.same(whoAnswers(plain), { kind: 'anyone' })
  t.same(whoAnswers({ ...plain, language: 'ar', isInterpreterWanted: false }), { kind: 'speaks', language: 'ar' })
  t.same(whoAnswers({ ...plain, language: 'ar', isInterpreterWanted: true }), { kind: 'with-interpreter' })
  t.same(whoAnswers({ ...plain, language: 'ar', branch: 'interpreter' }), { kind: 'with-interpreter' })
  t.same(whoAnswers({ ...plain, mode: 'signing' }), { kind: 'signs' })
  t.same(whoAnswers({ ...plain, mode: 'text' }), { kind: 'writes' })
})
