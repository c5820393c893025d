/** The people, places and figures the tests play with: made up, in the contract's own types. */
import type { MetricsReply, QueueFigures, SignedIn } from '#server/contract/http.ts'
import type { NamedTarget } from '#server/contract/joins.ts'
import type { AgentForSupervisor, AgentView, CallForAgent, SupervisorView, WhyMe } from '#server/contract/views.ts'
import { cityDays, citySites } from './floor-places.ts'

/** The ids of the contract are branded strings; here, and only here in the tests, they are made out of plain ones. */
export const branded = <T>(value: unknown): T => value as T

/** The sign-ins of the tests end long after them. */
const LONG_AFTER = Date.parse('2100-01-01T00:00:00Z')

export const sara: SignedIn = branded({
  agentId: 'sara-holm',
  name: 'Sara Holm',
  firstName: 'Sara',
  role: 'agent',
  endsAt: LONG_AFTER,
})

export const niels: SignedIn = branded({
  agentId: 'niels-krogh',
  name: 'Niels Krogh',
  firstName: 'Niels',
  role: 'supervisor',
  endsAt: LONG_AFTER,
})

export const CALL_ID = '0b1c7f0e-6f0a-4c8e-9a51-3f2f7c1f9a10'

/** A call from a library, ninety seconds in line. */
export function call(nowAt: number, changes: Partial<CallForAgent> = {}): CallForAgent {
  return branded({
    callId: CALL_ID,
    ticket: 'K7M4QX',
    classId: 'ordinary',
    isFirst: false,
    mode: 'video',
    branch: null,
    askedIn: null,
    others: [],
    joins: [],
    unmet: null,
    hold: null,
    kioskId: 'norrebro-1',
    siteName: 'Nørrebro Bibliotek',
    siteType: 'library',
    siteAddress: 'Bragesgade 8B',
    districtName: 'Nørrebro',
    serviceId: 'citizen',
    serviceLabels: { da: 'Borgerservice', en: 'Citizen service' },
    matterId: 'passport',
    matterLabels: { da: 'Pas og kørekort', en: 'Passport and driving licence' },
    language: 'da',
    isInterpreterWanted: false,
    queuedAt: nowAt - 90_000,
    staff: null,
    isCallerLost: false,
    hasTroubleHearing: false,
    shown: null,
    ...changes,
  })
}

/** An employee of a service point, beside the citizen. */
export const maja: NonNullable<CallForAgent['staff']> = {
  name: 'Maja Holm',
  placeName: 'Borgerservice Kvik, Krystalgade',
  hasLeft: false,
  isAtOwnDesk: false,
  note: { words: ['little-danish', 'has-papers'], text: '' },
}

/** Sara was free the longest of three. */
export function whyMe(changes: Partial<WhyMe> = {}): WhyMe {
  return {
    choice: 'idle-longest',
    candidatesCount: 3,
    idleMs: 252_000,
    isLent: false,
    askedInByName: null,
    waitedMs: 90_000,
    stepsOpenedCount: 0,
    ...changes,
  }
}

/** Somebody who knows the library well. */
export const library: NamedTarget = branded({
  kind: 'skill',
  attribute: 'library',
  levelMin: 3,
  labels: { da: 'Bibliotek', en: 'Library' },
})

/** Somebody asked in a while ago, whom nobody rings yet. */
export function join(nowAt: number, changes: Partial<CallForAgent['joins'][number]> = {}) {
  return branded<CallForAgent['joins'][number]>({
    joinId: '7a3e7f0e-6f0a-4c8e-9a51-3f2f7c1f9a12',
    byName: 'Sara Holm',
    target: library,
    note: null,
    askedAt: nowAt - 32_000,
    isOffered: false,
    isTransfer: false,
    ...changes,
  })
}

/** The interpreter whom the engine asks in by itself. */
export const interpreterJoin = (nowAt: number, changes: Partial<CallForAgent['joins'][number]> = {}) =>
  join(nowAt, {
    joinId: branded(`${CALL_ID}:interpreter`),
    target: branded({ kind: 'skill', attribute: 'dts', levelMin: 1, labels: null }),
    ...changes,
  })

/** Amal, who is in a call already or comes into it. */
export const amal: CallForAgent['others'][number] = branded({
  agentId: 'amal-yusuf',
  name: 'Amal Yusuf',
  participantId: 'agent-amal-yusuf',
  askedIn: null,
})

const service = (da: string, en: string) => ({ da, en })
export const services = {
  citizen: service('Borgerservice', 'Citizen service'),
  library: service('Bibliotek', 'Library'),
  culture: service('Kulturhus', 'Culture house'),
}

/** Sara, just signed in. */
export function agentView(nowAt: number, changes: Partial<AgentView> = {}): AgentView {
  return branded({
    agentId: sara.agentId,
    name: sara.name,
    firstName: sara.firstName,
    centreName: 'Hans Nansens Gård',
    attributes: [
      { attribute: 'citizen', level: 4 },
      { attribute: 'da', level: 5 },
      { attribute: 'en', level: 3 },
    ],
    availability: 'away',
    awayReason: 'just-signed-in',
    work: { kind: 'idle', since: nowAt - 12_000, restsUntil: null },
    besideSiteName: null,
    besideCallId: null,
    queues: [
      {
        queueId: 'citizen.da',
        serviceLabels: services.citizen,
        language: 'da',
        waitingCount: 3,
        oldestQueuedAt: nowAt - 132_000,
      },
      { queueId: 'citizen.en', serviceLabels: services.citizen, language: 'en', waitingCount: 0, oldestQueuedAt: null },
      {
        queueId: 'library.da',
        serviceLabels: services.library,
        language: 'da',
        waitingCount: 1,
        oldestQueuedAt: nowAt - 21_000,
      },
    ],
    ...changes,
  })
}

interface QueueNow {
  readonly waiting: number
  readonly oldestMs: number | null
  readonly ready: number
  readonly signedIn: number
}

function queue(
  nowAt: number,
  serviceName: keyof typeof services,
  language: 'da' | 'en',
  now: QueueNow,
  offered: number,
) {
  const answered = Math.round(offered * 0.88)
  const answeredInTime = Math.round(answered * 0.86)
  const abandoned = offered - answered - now.waiting > 0 ? offered - answered - now.waiting : 0
  return {
    queueId: `${serviceName}.${language}`,
    serviceLabels: services[serviceName],
    language,
    waitingCount: now.waiting,
    offeredCount: now.waiting > 2 ? 1 : 0,
    inCallCount: Math.min(now.signedIn, 2),
    oldestQueuedAt: now.oldestMs === null ? null : nowAt - now.oldestMs,
    agentsReadyCount: now.ready,
    agentsSignedInCount: now.signedIn,
    wait: now.signedIn === 0 ? null : { p50Ms: now.waiting * 70_000, p80Ms: now.waiting * 130_000 },
    isPaused: false,
    isLentTo: false,
    today: {
      offered,
      answered,
      abandoned,
      full: 0,
      closed: 0,
      paused: 0,
      expired: 0,
      failed: 0,
      answeredInTime,
      counted: answered + abandoned,
      serviceLevel: answered + abandoned === 0 ? null : answeredInTime / (answered + abandoned),
    },
    lastHalfHour: offered === 0 ? nothingLately : { answeredInTime: 8, counted: 10, serviceLevel: 0.8 },
    agentsBusyCount: Math.max(0, now.signedIn - now.ready - 1),
    agentsWrapUpCount: now.signedIn > now.ready ? 1 : 0,
    agentsAwayCount: 0,
    answerWithinMs: 60_000,
  }
}

const nothingLately = { answeredInTime: 0, counted: 0, serviceLevel: null }

type Today = ReturnType<typeof queue>['today']

const withToday = (row: ReturnType<typeof queue>, changes: Partial<Today>) => ({
  ...row,
  today: { ...row.today, ...changes },
})

function agent(nowAt: number, name: string, changes: Partial<Record<keyof AgentForSupervisor, unknown>>) {
  return {
    agentId: name.toLowerCase().replace(/[^a-z]+/g, '-'),
    name,
    centreId: 'hng',
    centreName: 'Hans Nansens Gård',
    availability: 'available',
    awayReason: null,
    isConnected: true,
    work: 'idle',
    since: nowAt - 95_000,
    restsUntil: null,
    callId: null,
    siteName: null,
    queueId: null,
    withNames: [],
    ...changes,
  }
}

/** A floor at half past ten. */
export function floor(nowAt: number): SupervisorView {
  return branded({
    queues: [
      withToday(queue(nowAt, 'citizen', 'da', { waiting: 3, oldestMs: 132_000, ready: 0, signedIn: 4 }, 61), {
        full: 4,
        closed: 2,
        paused: 1,
        expired: 2,
      }),
      queue(nowAt, 'citizen', 'en', { waiting: 1, oldestMs: 12_000, ready: 0, signedIn: 0 }, 12),
      queue(nowAt, 'library', 'da', { waiting: 0, oldestMs: null, ready: 2, signedIn: 3 }, 24),
      { ...queue(nowAt, 'library', 'en', { waiting: 0, oldestMs: null, ready: 1, signedIn: 1 }, 4), isLentTo: true },
      { ...queue(nowAt, 'culture', 'da', { waiting: 0, oldestMs: null, ready: 1, signedIn: 1 }, 0), isPaused: true },
    ],
    agents: [
      agent(nowAt, 'Amal Yusuf', {
        work: 'in-call',
        callId: CALL_ID,
        siteName: 'Københavns Hovedbibliotek',
        queueId: 'citizen.da',
      }),
      agent(nowAt, 'Bent Lund', { since: nowAt - 640_000 }),
      agent(nowAt, 'Dorte Skov', { availability: 'away', awayReason: 'break' }),
      agent(nowAt, 'Erik Dahl', { availability: 'away', awayReason: 'not-responding', centreName: 'Lærkevej' }),
      agent(nowAt, 'Fatima Ali', { work: 'wrap-up', since: nowAt - 20_000, centreName: 'Sundby' }),
      agent(nowAt, 'Gry Bang', {
        work: 'offered',
        since: nowAt - 4_000,
        callId: '5d2c7f0e-6f0a-4c8e-9a51-3f2f7c1f9a11',
        siteName: 'Føtex Amager',
        queueId: 'library.da',
      }),
      agent(nowAt, 'Hans Friis', { isConnected: false }),
      agent(nowAt, 'Ida Bech', { restsUntil: nowAt + 95_000 }),
      agent(nowAt, 'Iben Toft', { work: 'in-call', isConnected: false, siteName: 'Lufthavnen', queueId: 'citizen.da' }),
    ],
    warnings: [],
    notices: [],
    kiosks: [],
    sites: citySites,
    days: cityDays(nowAt),
    sitesCount: 34,
    kiosksOnlineCount: 51,
    kiosksCount: 53,
  })
}

const figuresOf = (offered: number, answered: number, abandoned: number, inTime: number, full = 0) => ({
  offered,
  answered,
  abandoned,
  abandonedShort: 0,
  full,
  closed: 0,
  paused: 0,
  expired: 0,
  failed: offered - answered - abandoned,
  stillOpen: 0,
  answeredInTime: inTime,
  serviceLevel: answered + abandoned === 0 ? null : inTime / (answered + abandoned),
  waitMsAverage: answered === 0 ? null : 34_400,
  waitMsMax: offered === 0 ? null : 131_000,
  handlingMsAverage: answered === 0 ? null : 312_000,
  withStaff: offered === 0 ? 0 : 1,
  faces: answered < 20 ? null : { good: 17, soSo: 2, bad: 1 },
  solvedFirst: Math.floor(answered * 0.6),
  notSolvedFirst: Math.floor(answered * 0.2),
})

/** A morning of two queues, from eight to eleven. */
export function metrics(fromAt: number, toAt: number): MetricsReply {
  const perQuarter = [1, 2, 4, 6, 5, 7, 8, 6, 4, 5, 3, 2]
  const rows = perQuarter.flatMap((offered, index): QueueFigures[] => {
    const intervalStartsAt = fromAt + (32 + index) * 900_000
    const citizen = {
      queueId: 'citizen.da',
      intervalStartsAt,
      ...figuresOf(offered, Math.max(0, offered - 1), 1, Math.max(0, offered - 2), offered > 6 ? 2 : 0),
    }
    const library = { queueId: 'library.da', intervalStartsAt, ...figuresOf(2, 2, 0, 2) }
    return branded(index % 3 === 0 ? [citizen, library] : [citizen])
  })
  return branded({
    from: fromAt,
    to: toAt,
    queues: [
      {
        queueId: 'citizen.da',
        serviceLabels: services.citizen,
        language: 'da',
        answerWithinMs: 60_000,
        shortAbandonMs: 5_000,
      },
      {
        queueId: 'library.da',
        serviceLabels: services.library,
        language: 'da',
        answerWithinMs: 60_000,
        shortAbandonMs: 5_000,
      },
    ],
    rows,
    totals: [
      { queueId: 'citizen.da', ...figuresOf(53, 42, 10, 34, 4) },
      { queueId: 'library.da', ...figuresOf(10, 8, 2, 8) },
    ],
    outcomes: [
      { queueId: 'citizen.da', code: 'guided', labels: { da: 'Vejledt', en: 'Guided' }, count: 21 },
      { queueId: 'citizen.da', code: 'no-longer-there', labels: null, count: 3 },
      { queueId: 'library.da', code: 'e-book', labels: { da: 'Hjælp til e-bøger', en: 'Help with e-books' }, count: 4 },
    ],
    people: [
      { queueId: 'citizen.da', answered: 42, transferred: 3, joined: 5, firstStayed: 4, joinMsAverage: 21_400 },
      { queueId: 'library.da', answered: 8, transferred: 0, joined: 0, firstStayed: 0, joinMsAverage: null },
    ],
    lent: [{ centreId: 'laerkevej', centreName: 'Lærkevej', queueId: 'citizen.da', handlings: 4, lentMs: 2_040_000 }],
  })
}

/** Three screens, each with something else the matter. */
export const troubledKiosks = (nowAt: number): SupervisorView['kiosks'] =>
  branded([
    { kioskId: 'kiosk-a', siteName: 'Sundby Bibliotek', silent: { heardAt: null }, faults: [], outOfOrder: null },
    {
      kioskId: 'kiosk-b',
      siteName: 'Valby Kulturhus',
      silent: null,
      faults: [
        { part: 'camera', since: nowAt - 3_600_000 },
        { part: 'page', since: nowAt - 60_000 },
      ],
      outOfOrder: null,
    },
    {
      kioskId: 'kiosk-c',
      siteName: 'Københavns Lufthavn',
      silent: null,
      faults: [],
      outOfOrder: { since: nowAt - 600_000, byName: 'Niels Krogh' },
    },
  ])
