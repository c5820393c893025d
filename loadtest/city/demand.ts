/** Who comes to a made-up city's kiosks over a day: a Poisson process whose rate follows the hour. */
import { calendarIdsFor, openness, type Hours } from '#server/routing/hours.ts'
import type { Policy } from '#server/routing/policy.ts'
import type { Instant, Mode } from '#server/routing/state.ts'
import { exponentialMs, pickWeighted, streamOf, type Draw, type Weighted } from './draws.ts'
import type { Arrival } from './people.ts'
import type { Site } from './places.ts'

const HOUR_MS = 3_600_000

/** The rate of each hour of the day, over its mean; between two hours it changes evenly. A Monday of an office. */
const RATE_OF_HOUR = [
  0, 0, 0, 0, 0.01, 0.02, 0.08, 0.35, 1.6, 2.5, 2.9, 2.7, 2.1, 2.3, 2.2, 1.7, 0.9, 0.55, 0.45, 0.35, 0.3, 0.2, 0.05, 0,
]

/** How many of a hundred want a service that is not named here. */
const PLAIN_SERVICE_WEIGHT = 8
const WEIGHT_OF_SERVICE: Readonly<Record<string, number>> = {
  citizen: 34,
  passport: 16,
  tax: 8,
  pension: 8,
  family: 7,
  jobs: 8,
  housing: 6,
  library: 7,
  culture: 3,
  parking: 3,
}
const WEIGHT_OF_LANGUAGE: Readonly<Record<string, number>> = { da: 82, en: 10, ar: 3, tr: 2, pl: 2, so: 1 }
/** A kiosk is set to the service its place is there for; so many come for that. */
const OWN_SERVICE_SHARE = 0.35
/** So many press before they choose a language, and choose it while they wait. */
const CHOOSES_LATER_SHARE = 0.3
/** Most know when the line they want is open; so many come all the same. */
const COMES_WHEN_CLOSED_SHARE = 0.2
const UNSAFE_SHARE = 0.003
const MORE_TIME_SHARE = 0.04
const PREFERRED_SHARE = 0.03
const SIGNING_SHARE = 0.006

/** What a citizen wants in the end, and at what they press first. */
export type Visitor = {
  readonly at: Instant
  readonly arrival: Arrival
  readonly wanted: { readonly queueId: string; readonly language: string; readonly matterId: string | null }
}

export type Demand = {
  readonly dayStartAt: Instant
  readonly fromHour: number
  readonly untilHour: number
  readonly hours: Hours
  /** Expected in a whole day, of whom some find their line closed and do not come. */
  readonly callsPerDay: number
  readonly agentIds: readonly string[]
  readonly seed: number
}

/** Everybody who comes, in order. */
export function visitorsOf(policy: Policy, sites: readonly Weighted<Site>[], demand: Demand): Visitor[] {
  const { dayStartAt, fromHour, untilHour, callsPerDay, seed } = demand
  const draw = streamOf(seed, 'arrivals')
  const rateSum = RATE_OF_HOUR.reduce((sum, rate) => sum + rate, 0)
  const rateMax = Math.max(...RATE_OF_HOUR)
  const meanMs = (HOUR_MS * rateSum) / (callsPerDay * rateMax)
  const visitors: Visitor[] = []
  const until = dayStartAt + untilHour * HOUR_MS
  let at = dayStartAt + fromHour * HOUR_MS
  let count = 0
  for (;;) {
    at += exponentialMs(draw, meanMs)
    if (at >= until) return visitors
    // Thinning: the busiest hour's rate, of which the others keep their share.
    if (draw() * rateMax > rateAt((at - dayStartAt) / HOUR_MS)) continue
    const visitor = visitorOf(policy, sites, demand, Math.round(at), (count += 1))
    if (isOpenFor(policy, demand.hours, visitor) || draw() < COMES_WHEN_CLOSED_SHARE) visitors.push(visitor)
  }
}

function isOpenFor({ queues }: Policy, hours: Hours, { at, arrival, wanted }: Visitor): boolean {
  const calendarIds = queues[wanted.queueId]?.calendarIds ?? []
  return openness(hours, calendarIdsFor(hours, calendarIds, arrival.siteId), at).isOpen
}

function rateAt(hour: number): number {
  const before = Math.floor(hour)
  const [a = 0, b = a] = RATE_OF_HOUR.slice(before, before + 2)
  return a + (b - a) * (hour - before)
}

function visitorOf(policy: Policy, sites: readonly Weighted<Site>[], demand: Demand, at: Instant, n: number): Visitor {
  const callId = `call-${String(n).padStart(5, '0')}`
  const draw = streamOf(demand.seed, callId)
  const site = pickWeighted(draw, sites)
  const kioskId = site.kioskIds[Math.floor(draw() * site.kioskIds.length)] ?? ''
  const firstService = site.serviceIds[0] ?? ''
  const serviceId = draw() < OWN_SERVICE_SHARE ? firstService : pickWeighted(draw, servicesOf(policy))
  const language = pickWeighted(draw, languagesOf(policy, serviceId))
  const isSaidLater = draw() < CHOOSES_LATER_SHARE
  const pressedService = isSaidLater ? firstService : serviceId
  const pressedLanguage = isSaidLater ? 'da' : language
  const luck = draw()
  const classId =
    luck < UNSAFE_SHARE
      ? knownClass(policy, 'unsafe')
      : luck < UNSAFE_SHARE + MORE_TIME_SHARE
        ? knownClass(policy, 'more-time')
        : null
  const mode: Mode = draw() < SIGNING_SHARE && policy.modes['signing'] !== undefined ? 'signing' : 'video'
  const agentId = demand.agentIds[Math.floor(draw() * demand.agentIds.length)] ?? null
  return {
    at,
    arrival: {
      type: 'call.arrived',
      callId,
      kioskId,
      siteId: site.siteId,
      queueId: queueIdOf(policy, pressedService, pressedLanguage),
      language: pressedLanguage,
      ticket: `T${n}`,
      classId,
      mode,
      preferredAgentId: draw() < PREFERRED_SHARE ? agentId : null,
    },
    wanted: { queueId: queueIdOf(policy, serviceId, language), language, matterId: matterOf(serviceId, draw) },
  }
}

function knownClass(policy: Policy, classId: string): string | null {
  return policy.classes[classId] === undefined ? null : classId
}

/** A queue is named for its service and its language, as server/policy does it. */
function queueIdOf({ queues }: Policy, serviceId: string, language: string): string {
  const queueId = `${serviceId}.${language}`
  if (queues[queueId] !== undefined) return queueId
  return queues[`${serviceId}.da`] !== undefined ? `${serviceId}.da` : (Object.keys(queues)[0] ?? '')
}

function servicesOf({ queues }: Policy): Weighted<string>[] {
  const serviceIds = new Set(Object.values(queues).map(({ serviceId }) => serviceId))
  return [...serviceIds].map((value) => ({ value, weight: WEIGHT_OF_SERVICE[value] ?? PLAIN_SERVICE_WEIGHT }))
}

function languagesOf({ queues }: Policy, serviceId: string): Weighted<string>[] {
  return Object.values(queues)
    .filter((queue) => queue.serviceId === serviceId)
    .map(({ id }) => languageOfQueue(id))
    .map((value) => ({ value, weight: WEIGHT_OF_LANGUAGE[value] ?? 1 }))
}

/** The language of a queue, which the engine does not know. */
export function languageOfQueue(queueId: string): string {
  return queueId.slice(queueId.lastIndexOf('.') + 1)
}

function matterOf(serviceId: string, draw: Draw): string | null {
  return draw() < 0.5 ? `${serviceId}-${1 + Math.floor(draw() * 3)}` : null
}
