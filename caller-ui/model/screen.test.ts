import t from 'tap'
import type { CallId, KioskId, MatterId, ServiceId, SiteId } from '#server/contract/ids.ts'
import type { CallerCallView, CallerView } from '#server/contract/views.ts'
import { noAnswers, screenOf, type Facts } from './screen.ts'

const callId = '3f9d1c1e-8a53-4a55-9a55-0f6a2f0d7a11' as CallId
const matter = {
  matterId: 'passport' as MatterId,
  serviceId: 'citizen' as ServiceId,
  labels: { da: 'Pas', en: 'Passport' },
}
const view: CallerView = {
  kioskId: 'sundby-1' as KioskId,
  siteId: 'sundby' as SiteId,
  siteName: 'Sundby Bibliotek',
  siteType: 'library',
  defaultLanguage: 'da',
  matters: [matter],
  call: null,
}
const facts: Facts = {
  isIdentified: true,
  connection: { kind: 'online' },
  isGraceOver: false,
  view,
  own: { kind: 'none' },
  answers: noAnswers,
}
const callFacts = { callId, queuedAt: 1, language: 'da', isLanguageChosen: false, matterId: null } as const
const waiting: CallerCallView = { status: 'waiting', ...callFacts, position: 3 }
const connected: CallerCallView = {
  status: 'connected',
  ...callFacts,
  connectedAt: 2,
  agentFirstName: 'Amal',
  centreName: 'Hans Nansens Gård',
  isAgentLost: false,
}
const mine = { kind: 'mine', callId, wasConnected: false } as const
const withCall = (call: CallerCallView | null, more: Partial<Facts> = {}): Facts => ({
  ...facts,
  own: mine,
  view: { ...view, call },
  ...more,
})
const kindOf = (given: Partial<Facts>) => screenOf({ ...facts, ...given }).kind

t.test('before anybody comes', async (t) => {
  t.equal(kindOf({ isIdentified: false }), 'not-set-up')
  t.equal(kindOf({ connection: { kind: 'connecting' }, view: null }), 'loading')
  t.same(screenOf(facts), { kind: 'idle', siteName: 'Sundby Bibliotek', isReachable: true, press: 'none' })
  t.match(screenOf({ ...facts, connection: { kind: 'offline' } }), { kind: 'idle', isReachable: false })
  t.match(screenOf({ ...facts, connection: { kind: 'offline' }, view: null }), { kind: 'idle', siteName: null })
  t.equal(kindOf({ connection: { kind: 'replaced' } }), 'replaced')
  t.equal(kindOf({ connection: { kind: 'refused', code: 'not-signed-in' } }), 'turned-away')
  t.equal(kindOf({ connection: { kind: 'refused', code: 'version-mismatch' } }), 'out-of-date')
})

t.test('the press', async (t) => {
  const starting = { kind: 'starting', callId, isSlow: false } as const
  t.match(screenOf({ ...facts, own: starting }), { kind: 'idle', press: 'sent', isReachable: true })
  t.match(screenOf({ ...facts, own: { ...starting, isSlow: true } }), { kind: 'idle', press: 'slow' })
})

t.test('a call that nobody here remembers is asked about, not shown', async (t) => {
  t.same(screenOf({ ...facts, view: { ...view, call: waiting } }), { kind: 'still-there', callId })
  const over: CallerCallView = { status: 'ended', callId, outcome: 'answered', endReason: 'agent-hung-up', endedAt: 9 }
  t.equal(kindOf({ view: { ...view, call: over } }), 'idle')
})

t.test('in line', async (t) => {
  t.match(screenOf(withCall(waiting)), { kind: 'waiting', position: 3, question: 'language', link: 'up' })
  t.match(screenOf(withCall({ status: 'offered', ...callFacts })), { kind: 'waiting', position: null })
  const offline = { connection: { kind: 'offline' } } as const
  t.match(screenOf(withCall(waiting, offline)), { link: 'place-kept', position: 3 })
  t.match(screenOf(withCall(waiting, { ...offline, isGraceOver: true })), { link: 'place-unsure' })
})

t.test('the questions, one after the other, each of which may be passed over', async (t) => {
  const ask = (call: Partial<CallerCallView & { status: 'waiting' }>, more: Partial<Facts> = {}) => {
    const screen = screenOf(withCall({ ...waiting, ...call }, more))
    return screen.kind === 'waiting' ? screen.question : 'no such screen'
  }
  t.equal(ask({}), 'language')
  t.equal(ask({ isLanguageChosen: true }), 'matter')
  t.equal(ask({}, { answers: { ...noAnswers, done: new Set(['language']), reopened: null } }), 'matter')
  t.equal(ask({ isLanguageChosen: true, matterId: matter.matterId }), null)
  t.equal(ask({}, { answers: { ...noAnswers, done: new Set(['language', 'matter']), reopened: null } }), null)
  t.equal(
    ask({}, { answers: { ...noAnswers, done: new Set(['language', 'matter']), reopened: 'language' } }),
    'language',
  )
  t.equal(
    ask({ isLanguageChosen: true }, { view: { ...view, matters: [], call: { ...waiting, isLanguageChosen: true } } }),
    null,
  )
  t.match(screenOf(withCall({ ...waiting, matterId: matter.matterId })), { matter })
  const said = { ...noAnswers, language: 'en', matterId: matter.matterId } as const
  t.match(screenOf(withCall(waiting, { answers: said })), { matter, language: 'en' }, 'shown before the server has it')
})

t.test('in the conversation', async (t) => {
  t.match(screenOf(withCall(connected)), { kind: 'conversation', agentFirstName: 'Amal' })
  const talking = { own: { ...mine, wasConnected: true } } as const
  t.match(screenOf(withCall(connected, { ...talking, connection: { kind: 'offline' } })), {
    kind: 'conversation',
    agentFirstName: 'Amal',
  })
  t.equal(
    screenOf(withCall(connected, { ...talking, connection: { kind: 'refused', code: 'version-mismatch' } })).kind,
    'conversation',
    'a newer server does not end a conversation',
  )
})

t.test('goodbye', async (t) => {
  const reasonOf = (given: Facts) => {
    const screen = screenOf(given)
    return screen.kind === 'goodbye' ? screen.reason : screen.kind
  }
  const over = (
    outcome: 'answered' | 'abandoned' | 'refused' | 'failed',
    endReason: 'agent-hung-up' | 'caller-lost' | 'caller-hung-up' | 'queue-full' | 'media-lost',
  ) => reasonOf(withCall({ status: 'ended', callId, outcome, endReason, endedAt: 9 }))
  t.equal(over('answered', 'agent-hung-up'), 'thanks')
  t.equal(over('answered', 'caller-lost'), 'cut-off')
  t.equal(over('abandoned', 'caller-hung-up'), 'left-line')
  t.equal(over('abandoned', 'caller-lost'), 'cut-off')
  t.equal(over('refused', 'queue-full'), 'queue-full')
  t.equal(over('failed', 'media-lost'), 'cut-off')
  t.equal(reasonOf(withCall(connected, { own: { kind: 'left', callId, wasConnected: true } })), 'thanks')
  t.equal(reasonOf(withCall(waiting, { own: { kind: 'left', callId, wasConnected: false } })), 'left-line')
  t.equal(reasonOf(withCall(null, { own: { kind: 'not-taken', code: 'queue-full' } })), 'queue-full')
  t.equal(reasonOf(withCall(null, { own: { kind: 'not-taken', code: 'no-answer' } })), 'not-taken')
  t.equal(reasonOf(withCall(null)), 'cut-off', 'the server has forgotten the call')
  t.equal(
    reasonOf(
      withCall(waiting, { own: { kind: 'left', callId, wasConnected: false }, connection: { kind: 'offline' } }),
    ),
    'left-line',
  )
})
