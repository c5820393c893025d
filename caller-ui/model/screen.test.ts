import t from 'tap'
import type { CallId, ClassId, KioskId, MatterId, ServiceId, SiteId, Ticket } from '#server/contract/ids.ts'
import type { CallerCallView, CallerView } from '#server/contract/views.ts'
import { closedLine, noHelp, openLine } from '../test/scripted-place.ts'
import { isComingBack, shownView } from './kept-view.ts'
import { HERE } from './presence-check.ts'
import { isNobodyThere, screenOf, type Facts } from './screen.ts'
import { nothingTyped } from './typed-ticket.ts'
import { noAnswers } from './waiting-screen.ts'

const callId = '3f9d1c1e-8a53-4a55-9a55-0f6a2f0d7a11' as CallId
const matter = {
  matterId: 'passport' as MatterId,
  serviceId: 'citizen' as ServiceId,
  labels: { da: 'Pas', en: 'Passport' },
}
const classIds = ['ordinary', 'more-time', 'unsafe', 'unwell'] as ClassId[]
const view: CallerView = {
  device: 'kiosk',
  kioskId: 'sundby-1' as KioskId,
  siteId: 'sundby' as SiteId,
  siteName: 'Sundby Bibliotek',
  siteType: 'library',
  defaultLanguage: 'da',
  spokenLanguages: [],
  pxPerMm: null,
  isWaitTold: true,
  notices: [],
  line: openLine,
  help: noHelp,
  freshUntil: null,
  matters: [matter],
  classIds,
  calledTickets: [],
  staff: null,
  call: null,
}
const facts: Facts = {
  device: 'kiosk',
  isIdentified: true,
  connection: { kind: 'online' },
  isGraceOver: false,
  view,
  own: { kind: 'none' },
  answers: noAnswers,
  story: null,
  steppingAway: 'no',
  isBack: false,
  presence: HERE,
  isWaitLong: false,
  entry: null,
  staffEntry: null,
  isStaffHere: false,
  note: { words: [], text: '' },
}
const ticket = 'K7MQ4X' as Ticket
const ticketUrlPath = '/kiosk/?ticket=K7MQ4X.abcdefghijklmnopqrstuv'
const callFacts = {
  callId,
  ticket,
  ticketUrlPath,
  classId: 'ordinary' as ClassId,
  mode: 'video',
  queuedAt: 1,
  language: 'da',
  isLanguageChosen: false,
  isInterpreterWanted: false,
  staff: null,
  matterId: null,
} as const
const line = { positionMin: 3, positionMax: 3, wait: null, stepsOpenedCount: 0, branch: null } as const
const waiting: CallerCallView & { status: 'waiting' } = { status: 'waiting', ...callFacts, ...line }
const kept: CallerCallView = {
  status: 'kept',
  callId,
  ticket,
  ticketUrlPath,
  isRungAtKiosk: false,
  notBefore: null,
}
const over = (outcome: Ended['outcome'], endReason: Ended['endReason']): Ended => ({
  status: 'ended',
  callId,
  outcome,
  endReason,
  endedAt: 9,
  opensAt: null,
})
type Ended = CallerCallView & { readonly status: 'ended' }
const connected: CallerCallView = {
  status: 'connected',
  ...callFacts,
  connectedAt: 2,
  agentFirstName: 'Amal',
  agentParticipantId: 'agent-amal',
  centreName: 'Hans Nansens Gård',
  isAgentLost: false,
  others: [],
  joining: [],
  hold: null,
  shown: null,
}
const mine = { kind: 'mine', callId, conversation: null } as const
const conversation = { ticket, language: null, matterId: null, classId: callFacts.classId, mode: callFacts.mode }
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
  t.same(screenOf(facts), {
    kind: 'idle',
    siteName: 'Sundby Bibliotek',
    isReachable: true,
    press: 'none',
    called: [],
    classIds,
    line: openLine,
    staffing: null,
    notices: [],
    phone: null,
  })
  t.match(screenOf({ ...facts, connection: { kind: 'offline' } }), { kind: 'idle', isReachable: false })
  t.match(screenOf({ ...facts, connection: { kind: 'offline' }, view: null }), { kind: 'idle', siteName: null })
  t.equal(kindOf({ connection: { kind: 'replaced' } }), 'replaced')
  t.equal(kindOf({ connection: { kind: 'refused', code: 'not-signed-in' } }), 'turned-away')
  t.equal(kindOf({ connection: { kind: 'refused', code: 'version-mismatch' } }), 'out-of-date')
})

t.test('outside opening hours', async (t) => {
  const shut = { ...view, line: closedLine(9_000) }
  t.match(screenOf({ ...facts, view: shut }), {
    kind: 'closed',
    opensAt: 9_000,
    siteName: 'Sundby Bibliotek',
    help: noHelp,
  })
  t.match(screenOf({ ...facts, view: shut, connection: { kind: 'offline' } }), { kind: 'closed', isReachable: false })
  const starting = { kind: 'starting', callId, isSlow: false, isForNextOpening: false } as const
  t.match(screenOf({ ...facts, view: shut, own: starting }), { kind: 'idle' }, 'pressed as it closed')
  const placing = { ...starting, isForNextOpening: true } as const
  const asking = screenOf({ ...facts, view: shut, own: placing })
  t.match(asking, { kind: 'closed', press: 'sent' }, 'a place for the opening')
  t.notOk(isNobodyThere(asking), 'no moment to begin anew, nor to test the machine')
  t.ok(isNobodyThere(screenOf({ ...facts, view: shut })))
  t.equal(kindOf({ ...withCall(waiting), view: { ...shut, call: waiting } }), 'waiting', 'those inside stay inside')
  t.equal(kindOf({ view: shut, entry: nothingTyped }), 'ticket-entry', 'a number may be typed')
})

t.test('the press', async (t) => {
  const starting = { kind: 'starting', callId, isSlow: false, isForNextOpening: false } as const
  t.match(screenOf({ ...facts, own: starting }), { kind: 'idle', press: 'sent', isReachable: true })
  t.match(screenOf({ ...facts, own: { ...starting, isSlow: true } }), { kind: 'idle', press: 'slow' })
})

t.test('a call that nobody here remembers is asked about, not shown', async (t) => {
  t.same(screenOf({ ...facts, view: { ...view, call: waiting } }), { kind: 'still-there', callId, isWaiting: true })
  t.match(screenOf({ ...facts, view: { ...view, call: connected } }), { kind: 'still-there', isWaiting: false })
  t.equal(kindOf({ view: { ...view, call: over('answered', 'agent-hung-up') } }), 'idle')
})

t.test('in line', async (t) => {
  t.match(screenOf(withCall(waiting)), { kind: 'waiting', place: { from: 3, to: 3 }, question: 'language', link: 'up' })
  t.match(screenOf(withCall({ status: 'offered', ...callFacts })), { kind: 'waiting', place: null })
  const offline = { connection: { kind: 'offline' } } as const
  t.match(screenOf(withCall(waiting, offline)), { link: 'place-kept', place: { from: 3 } })
  t.match(screenOf(withCall(waiting, { ...offline, isGraceOver: true })), { link: 'place-unsure' })
})

t.test('the questions, one after the other, each of which may be passed over', async (t) => {
  const ask = (call: Partial<CallerCallView & { status: 'waiting' }>, more: Partial<Facts> = {}) => {
    const screen = screenOf(withCall({ ...waiting, wait: { p50Ms: 60_000, p80Ms: 120_000 }, ...call }, more))
    return screen.kind === 'waiting' ? screen.question : 'no such screen'
  }
  t.equal(ask({}), 'language')
  t.equal(ask({ isLanguageChosen: true }), 'matter')
  t.equal(ask({}, { answers: { ...noAnswers, done: new Set(['language']), reopened: null } }), 'matter')
  t.equal(ask({ isLanguageChosen: true, matterId: matter.matterId }), 'time')
  const unsafe = 'unsafe' as ClassId
  t.equal(ask({ isLanguageChosen: true, matterId: matter.matterId, classId: unsafe }), null, 'the better class stays')
  t.equal(ask({ isLanguageChosen: true, matterId: matter.matterId, classId: 'more-time' as ClassId }), 'mode')
  t.equal(
    ask({ isLanguageChosen: true, matterId: matter.matterId, classId: 'more-time' as ClassId, mode: 'text' }),
    null,
  )
  t.equal(
    ask({}, { answers: { ...noAnswers, done: new Set(['language', 'matter', 'time'] as const), reopened: null } }),
    'mode',
  )
  t.equal(ask({}, { answers: { ...noAnswers, done: new Set(['language', 'matter', 'time', 'mode'] as const) } }), null)
  t.equal(
    ask({}, { answers: { ...noAnswers, done: new Set(['language', 'matter']), reopened: 'language' } }),
    'language',
  )
  t.equal(
    ask({ isLanguageChosen: true }, { view: { ...view, matters: [], call: { ...waiting, isLanguageChosen: true } } }),
    'time',
  )
  t.match(screenOf(withCall({ ...waiting, matterId: matter.matterId })), { matter })
  const said = { ...noAnswers, language: 'en', matterId: matter.matterId } as const
  t.match(screenOf(withCall(waiting, { answers: said })), { matter, language: 'en' }, 'shown before the server has it')
})

t.test(
  'more time is offered where it is to be had, and can be undone where the ordinary way can be asked for',
  async (t) => {
    const time = (classId: string, offered: string[], needsTime: boolean | null = null) => {
      const call = { ...waiting, classId: classId as ClassId }
      const asked = { view: { ...view, classIds: offered as ClassId[], call }, answers: { ...noAnswers, needsTime } }
      const screen = screenOf(withCall(call, asked))
      return screen.kind === 'waiting' ? screen.time : 'no such screen'
    }
    t.same(time('ordinary', ['more-time']), { isMore: false, canChange: true })
    t.equal(time('ordinary', ['ordinary', 'unsafe']), null)
    t.equal(time('unsafe', classIds), null, 'a better class stays')
    t.same(time('more-time', classIds), { isMore: true, canChange: true })
    t.same(time('more-time', ['more-time']), { isMore: true, canChange: false }, 'no way back is offered')
    t.same(time('more-time', classIds, false), { isMore: false, canChange: true }, 'shown before the server has it')
  },
)

t.test('in the conversation', async (t) => {
  t.match(screenOf(withCall(connected)), { kind: 'conversation', agentFirstName: 'Amal' })
  const talking = { own: { ...mine, conversation } } as const
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
  const after = (...how: Parameters<typeof over>) => reasonOf(withCall(over(...how)))
  t.equal(after('answered', 'agent-hung-up'), 'thanks')
  t.equal(after('answered', 'caller-lost'), 'cut-off')
  t.equal(after('abandoned', 'caller-hung-up'), 'left-line')
  t.equal(after('abandoned', 'caller-lost'), 'cut-off')
  t.equal(after('full', 'queue-full'), 'full')
  t.equal(after('closed', 'queue-closed'), 'closed')
  t.equal(after('closed', 'last-entry'), 'last-entry')
  t.equal(after('paused', 'queue-paused'), 'paused')
  t.equal(after('expired', 'ticket-lapsed'), 'expired')
  t.match(screenOf(withCall({ ...over('closed', 'queue-closed'), opensAt: 77 })), { opens: { at: 77, now: 9 } })
  t.equal(after('failed', 'media-lost'), 'cut-off')
  t.equal(reasonOf(withCall(connected, { own: { kind: 'left', callId, conversation } })), 'thanks')
  t.equal(reasonOf(withCall(waiting, { own: { kind: 'left', callId, conversation: null } })), 'left-line')
  t.equal(reasonOf(withCall(null, { own: { kind: 'not-taken', code: 'no-answer' } })), 'not-taken')
  t.equal(reasonOf(withCall(null)), 'moved', 'the place was taken up elsewhere')
  t.equal(reasonOf(withCall(null, { own: { ...mine, conversation } })), 'cut-off', 'a conversation is not moved')
  t.equal(
    reasonOf(withCall(waiting, { own: { kind: 'left', callId, conversation: null }, connection: { kind: 'offline' } })),
    'left-line',
  )
})

t.test('calling again', async (t) => {
  const talked = { ...mine, conversation } as const
  const again = (given: Facts) => {
    const screen = screenOf(given)
    return screen.kind === 'goodbye' ? screen.callAgain : 'no goodbye'
  }
  t.same(again(withCall(over('answered', 'agent-hung-up'), { own: talked })), { isReachable: true })
  t.same(again(withCall(over('failed', 'media-lost'), { own: talked })), { isReachable: true })
  t.same(again(withCall(over('answered', 'caller-lost'), { own: talked })), { isReachable: true })
  t.equal(again(withCall(over('failed', 'media-lost'))), null, 'nobody had answered')
  t.equal(again(withCall(over('full', 'queue-full'))), null)
  const left = { own: { kind: 'left', callId, conversation }, connection: { kind: 'offline' } } as const
  t.same(again(withCall(connected, left)), { isReachable: false })
  t.equal(again(withCall(connected, { ...left, device: 'phone' })), null, 'a phone has the call it came for')
})

t.test('a place that was taken along is seen by its owner alone', async (t) => {
  t.match(screenOf(withCall(kept)), { kind: 'kept', ticket, isRungAtKiosk: false })
  t.equal(kindOf({ view: { ...view, call: kept } }), 'idle', 'the next person')
  t.notMatch(JSON.stringify(screenOf({ ...facts, view: { ...view, call: kept } })), ticket)
  t.equal(kindOf({ view: { ...view, call: kept }, connection: { kind: 'offline' } }), 'idle')
})

t.test('typing a ticket', async (t) => {
  t.match(screenOf({ ...facts, entry: nothingTyped }), { kind: 'ticket-entry', isReachable: true })
  t.match(screenOf({ ...facts, entry: nothingTyped, own: { kind: 'taking-up', ticket } }), { kind: 'ticket-entry' })
  const offline = { connection: { kind: 'offline' } } as const
  t.match(screenOf({ ...facts, entry: nothingTyped, ...offline }), { kind: 'ticket-entry', isReachable: false })
})

t.test('a phone has one call and nothing else', async (t) => {
  const phone = (given: Partial<Facts>, call: CallerCallView | null = waiting) =>
    screenOf({ ...facts, device: 'phone', view: { ...view, device: 'phone', call }, ...given })
  t.match(phone({}), { kind: 'phone-start', callId, ticket, isReachable: true, isAnswered: false })
  t.match(phone({}, connected), { kind: 'phone-start', isAnswered: true })
  t.match(phone({}, kept), { kind: 'phone-start' })
  t.match(phone({ connection: { kind: 'offline' } }), { kind: 'phone-start', isReachable: false })
  t.equal(phone({ view: null, connection: { kind: 'offline' } }).kind, 'phone-offline')
  t.equal(phone({ view: null, connection: { kind: 'connecting' } }).kind, 'loading')
  t.equal(phone({}, null).kind, 'ticket-over')
  t.match(phone({}, over('expired', 'ticket-lapsed')), { kind: 'goodbye', device: 'phone', reason: 'expired' })
  t.equal(phone({ connection: { kind: 'refused', code: 'unknown-ticket' } }).kind, 'ticket-over')
  t.equal(phone({ connection: { kind: 'refused', code: 'version-mismatch' } }).kind, 'out-of-date')
  t.match(phone({ connection: { kind: 'replaced' } }), { kind: 'replaced', device: 'phone' })
  t.match(phone({ own: mine }), { kind: 'waiting', device: 'phone' })
  t.match(phone({ own: mine }, kept), { kind: 'kept', device: 'phone' })
  const gone = { connection: { kind: 'refused', code: 'unknown-ticket' }, own: { ...mine, conversation } } as const
  t.match(phone(gone, connected), { kind: 'goodbye', reason: 'cut-off' }, 'it ended while the phone was away')
})

t.test(
  'a place that is kept stays on the phone of its owner, and comes back only to somebody who is there',
  async (t) => {
    const onPhone = (call: CallerCallView | null): CallerView => ({ ...view, device: 'phone', call })
    t.same(shownView(onPhone(kept), onPhone(null)), onPhone(kept))
    t.same(shownView(onPhone(kept), onPhone(waiting)), onPhone(waiting))
    t.same(shownView(onPhone(waiting), onPhone(null)), onPhone(null))
    t.same(shownView({ ...view, call: kept }, view), view, 'a kiosk is everybody’s')
    t.equal(shownView(null, null), null)
    t.ok(isComingBack(onPhone(kept), onPhone(waiting)))
    t.notOk(isComingBack(onPhone(waiting), onPhone(waiting)))
    t.notOk(isComingBack(onPhone(kept), onPhone(null)))
  },
)

t.test('an interpreter is asked about where the language may need one, and not otherwise', async (t) => {
  const spokenLanguages = [
    { language: 'da', isInterpreted: false },
    { language: 'so', isInterpreted: true },
  ] as const
  const inLanguage = (language: 'da' | 'so', isInterpreterWanted = false, answers = noAnswers) => {
    const call = { ...waiting, language, isLanguageChosen: true, isInterpreterWanted }
    return screenOf({ ...withCall(call, { answers }), view: { ...view, spokenLanguages: [...spokenLanguages], call } })
  }
  t.match(inLanguage('so'), { question: 'interpreter', isInterpreterWanted: false })
  t.match(inLanguage('so', true), { question: 'matter', isInterpreterWanted: true })
  t.match(inLanguage('so', false, { ...noAnswers, done: new Set(['interpreter']) }), { question: 'matter' })
  t.match(inLanguage('da'), { question: 'matter', isInterpreterWanted: null })
})

t.test('a site may tell the place and no time; that nobody can answer is told everywhere', async (t) => {
  const at = (call: typeof waiting) => {
    const screen = screenOf({ ...withCall(call), view: { ...view, isWaitTold: false, call } })
    return screen.kind === 'waiting' ? screen.place?.wait.kind : 'no such screen'
  }
  t.equal(at({ ...waiting, wait: { p50Ms: 60_000, p80Ms: 90_000 } }), 'untold')
  t.equal(at({ ...waiting, wait: null }), 'unknown')
})
