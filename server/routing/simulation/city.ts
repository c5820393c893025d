/** The policies and hours of simulated cities: small, and with every rule in use in some of them. */
import type { Hours, Opening } from '../hours.ts'
import { PLAIN_POLICY, type CallClass, type Policy, type Queue, type Requirement } from '../policy.ts'
import type { Instant } from '../state.ts'
import type { Random } from './random.ts'

export const SERVICES = ['citizen', 'library'] as const
export const LANGUAGES = ['da', 'en', 'so'] as const
export const CENTRES = ['hng', 'laerkevej', 'sundby'] as const
export const SITES = ['airport', 'job-centre'] as const

/** Longer than any deadline of these policies, one after the other: then everything must be over. */
export const CITY_LIMIT_MS = 40_000_000

/** [R40] How much before its time a callback stands in line: the same under every policy. */
export const CALLBACK_AHEAD_MS = 15_000

const never = (attribute: string, levelMin = 1): Requirement => ({ attribute, levelMin, expiry: null })

/** Signing, where an interpreter may be asked in: with Somali beside it two of these in one call. */
const interpreted: Requirement = {
  attribute: 'signs',
  levelMin: 1,
  expiry: { afterMs: 30_000, onExpiry: 'branch', branch: 'interpreter' },
}

function languageNeed(language: string): Requirement {
  if (language === 'da') return never('da', 2)
  const branch = language === 'so' ? ('interpreter' as const) : ('callback' as const)
  return { attribute: language, levelMin: 2, expiry: { afterMs: 45_000, onExpiry: 'branch', branch } }
}

function queueOf(service: string, language: string, random: Random, hasHomes: boolean): Queue {
  const levelMin = 2 + Math.floor(random.next() * 3)
  const skilled = { attribute: service, levelMin, expiry: { afterMs: 20_000, onExpiry: 'relax' } } as const
  return {
    id: `${service}.${language}`,
    serviceId: service,
    classId: service === 'library' ? 'patient' : 'ordinary',
    requirements: [skilled, never(service), languageNeed(language)],
    callersMax: 3 + Math.floor(random.next() * 6),
    homeCentreIds: hasHomes ? (service === 'citizen' ? ['hng'] : ['laerkevej']) : [],
    calendarIds: random.next() < 0.3 ? [service] : [],
    answerWithinMs: 30_000,
    shortAbandonMs: 5_000,
  }
}

const classes: Record<string, CallClass> = {
  ordinary: { id: 'ordinary', headStartMs: 0, slope: 1, isFirst: false },
  patient: { id: 'patient', headStartMs: 5_000, slope: 0.5, isFirst: false },
  'more-time': { id: 'more-time', headStartMs: 30_000, slope: 2, isFirst: false },
  unsafe: { id: 'unsafe', headStartMs: 0, slope: 1, isFirst: true },
}
export const CLASSES = Object.keys(classes)

/** A policy drawn by chance; `number` tells one from the next. */
export function simulatedPolicy(random: Random, number: number): Policy {
  const hasHomes = random.next() < 0.5
  const queues = SERVICES.flatMap((service) =>
    LANGUAGES.map((language) => queueOf(service, language, random, hasHomes)),
  )
  const either = <T>(a: T, b: T): T => (random.next() < 0.5 ? a : b)
  // Now and then a line is gone, for which some may wait already.
  const kept = queues.filter(({ id }) => number === 0 || id !== 'library.so' || random.next() < 0.5)
  return {
    ...PLAIN_POLICY,
    version: `city-${number}`,
    attributes: {
      ...Object.fromEntries(SERVICES.map((id) => [id, 'skill' as const])),
      ...Object.fromEntries(LANGUAGES.map((id) => [id, 'language' as const])),
      signs: 'signing',
    },
    classes,
    queues: Object.fromEntries(kept.map((queue) => [queue.id, queue])),
    modes: { signing: [either(never('signs'), interpreted)] },
    lending: hasHomes
      ? [lend('laerkevej', 'citizen', 3), lend('sundby', 'library', 2), lend('sundby', 'citizen', 2)].map((rule) => {
          return { ...rule, queueIds: rule.queueIds.filter((id) => kept.some((queue) => queue.id === id)) }
        })
      : [],
    wrapUpMs: 30_000,
    wrapUpMsMax: 75_000,
    holdMsMax: 20_000,
    supervision: ['listen', 'whisper'],
    transferMsMax: 12_000,
    pauseMs: either(0, 4_000),
    occupancyMax: either(1, 0.8),
    occupancyWindowMs: 300_000,
    preferredMs: either(0, 25_000),
    siteCorrectionMsMax: either(0, 5_000),
    ticketNearCount: 1,
    ticketCallMs: 30_000,
    ticketKeptMs: 60_000,
    callbackSoonestMs: 5_000,
    callbackDaysMax: 1,
    callbackAheadMs: CALLBACK_AHEAD_MS,
    callbackPreferredMs: 10_000,
    callbackLateMs: 20_000,
    callbackTriesMax: 2,
    callbackAgainMs: 40_000,
    serveAfterClosingMs: 20_000,
    priorHandlingMs: 20_000,
    priorPatienceMs: 60_000,
  }
}

function lend(lenderCentreId: string, service: string, opensAtCount: number) {
  const queueIds = LANGUAGES.map((language) => `${service}.${language}`)
  const id = `${lenderCentreId}-${service}`
  return { id, lenderCentreId, queueIds, opensAtCount, closesAtCount: 1, lenderServiceLevelMin: 0.5 }
}

/** Openings of some minutes with pauses between, from about now on. */
export function simulatedHours(random: Random, at: Instant): Hours {
  const shortestMs = random.next() < 0.5 ? 60_000 : 300_000
  const openings = (): Opening[] => {
    const list: Opening[] = []
    let from = at - Math.floor(random.next() * 2 * shortestMs)
    for (let i = 0; i < 40; i += 1) {
      const until = from + shortestMs + Math.floor(random.next() * 10 * shortestMs)
      list.push({ from, until })
      from = until + 10_000 + Math.floor(random.next() * 110_000)
    }
    return list
  }
  const isAlwaysOpen = random.next() < 0.4
  return {
    calendars: isAlwaysOpen ? {} : { citizen: openings(), airport: openings() },
    calendarIdsOfSite: { airport: ['airport'] },
  }
}
