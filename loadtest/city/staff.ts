/** Who works in a made-up city, where, what they know, and when. */
import type { Policy } from '#server/routing/policy.ts'
import type { Instant } from '#server/routing/state.ts'
import { pickOf, pickWeighted, shuffled, streamOf, type Draw } from './draws.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 3_600_000

export type Worker = {
  readonly agentId: string
  readonly centreId: string
  readonly attributes: Readonly<Record<string, number>>
  readonly startsAt: Instant
  readonly endsAt: Instant
  readonly breaks: readonly { readonly at: Instant; readonly forMs: number; readonly reason: 'break' | 'meeting' }[]
  /** Losses of the agent's connection. */
  readonly losses: readonly { readonly at: Instant; readonly forMs: number }[]
}

/** Begin and length of shifts in hours, and how many of a hundred work them. The evening is for libraries and houses of culture. */
const SHIFTS = [
  { weight: 45, value: { startHour: 7.9, hours: 8 } },
  { weight: 30, value: { startHour: 8.9, hours: 7.5 } },
  { weight: 15, value: { startHour: 10, hours: 8 } },
  { weight: 10, value: { startHour: 14, hours: 8.2 } },
]

/** How many of a hundred speak what is not the city's own language, and how well. */
const OTHER_LANGUAGE_SHARE = 0.14
const ENGLISH_SHARE = 0.8
const SIGNING_SHARE = 0.06
/** Services an agent knows beside the first. */
const MORE_SERVICES_MAX = 3
const LOSS_SHARE = 0.08

export type StaffSize = { readonly agentsCount: number; readonly dayStartAt: Instant; readonly seed: number }

/** Agents by number, the centres in turn by the number of their queues; each service has somebody at home. */
export function staffOf(policy: Policy, { agentsCount, dayStartAt, seed }: StaffSize): Worker[] {
  const servicesOfCentre = homesOf(policy)
  const centres = [...servicesOfCentre].map(([value, services]) => ({ value, weight: services.length }))
  return Array.from({ length: agentsCount }, (_, i) => {
    const agentId = `agent-${String(i + 1).padStart(2, '0')}`
    const draw = streamOf(seed, agentId)
    // The first of each centre by turns, so that none is without people in a small city.
    const centreId = i < centres.length ? (centres[i]?.value ?? '') : pickWeighted(draw, centres)
    const services = servicesOfCentre.get(centreId) ?? []
    const own = services[Math.floor(i / centres.length) % services.length] ?? ''
    const others = shuffled(draw, services).slice(0, 1 + Math.floor(draw() * MORE_SERVICES_MAX))
    return { agentId, centreId, attributes: attributesOf(policy, [own, ...others], draw), ...timesOf(dayStartAt, draw) }
  })
}

/** The services at home in each centre; with no homes at all, one centre that serves all. */
function homesOf({ queues }: Policy): Map<string, string[]> {
  const services = new Map<string, Set<string>>()
  for (const { homeCentreIds, serviceId } of Object.values(queues)) {
    for (const centreId of homeCentreIds.length > 0 ? homeCentreIds : ['centre']) {
      services.set(centreId, (services.get(centreId) ?? new Set()).add(serviceId))
    }
  }
  return new Map([...services].map(([centreId, ids]) => [centreId, [...ids]]))
}

function attributesOf({ queues, attributes: kinds }: Policy, serviceIds: readonly string[], draw: Draw) {
  const attributes: Record<string, number> = {}
  for (const serviceId of serviceIds) {
    for (const { serviceId: id, requirements } of Object.values(queues)) {
      if (id !== serviceId) continue
      for (const { attribute } of requirements) {
        if (kinds[attribute] === 'skill') attributes[attribute] ??= 2 + Math.floor(draw() * 4)
      }
    }
  }
  for (const [attribute, kind] of Object.entries(kinds)) {
    const share = kind === 'signing' ? SIGNING_SHARE : languageShare(attribute)
    if (kind !== 'skill' && draw() < share) attributes[attribute] = attribute === 'da' ? 5 : 2 + Math.floor(draw() * 3)
  }
  return attributes
}

function languageShare(language: string): number {
  return language === 'da' ? 1 : language === 'en' ? ENGLISH_SHARE : OTHER_LANGUAGE_SHARE
}

function timesOf(dayStartAt: Instant, draw: Draw): Pick<Worker, 'startsAt' | 'endsAt' | 'breaks' | 'losses'> {
  const { startHour, hours } = pickWeighted(draw, SHIFTS)
  const startsAt = Math.round(dayStartAt + startHour * HOUR_MS + (draw() - 0.5) * 20 * MINUTE_MS)
  const endsAt = Math.round(startsAt + hours * HOUR_MS + (draw() - 0.3) * 10 * MINUTE_MS)
  const breakAt = (share: number, minutes: number, reason: 'break' | 'meeting' = 'break') => ({
    at: Math.round(startsAt + (share + (draw() - 0.5) * 0.1) * (endsAt - startsAt)),
    forMs: Math.round(minutes * MINUTE_MS * (0.8 + 0.4 * draw())),
    reason,
  })
  const lunch = breakAt(0.47, 30)
  const meeting = draw() < 0.15 ? [breakAt(pickOf(draw, [0.3, 0.65]), 30, 'meeting')] : []
  const breaks = [breakAt(0.22, 15), lunch, breakAt(0.75, 15), ...meeting]
  const loss = { at: Math.round(startsAt + draw() * (endsAt - startsAt)), forMs: Math.round(2_000 + draw() * 40_000) }
  return { startsAt, endsAt, breaks, losses: draw() < LOSS_SHARE ? [loss] : [] }
}
