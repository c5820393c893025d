/**
 * A city's day from a seed: citizens come to kiosks, agents begin and end their shifts, and the real engine decides.
 * What comes out is what a journal would hold, event by event, with what each led to.
 */
import type { JournalEntry } from '#server/host/ports.ts'
import { Draft } from '#server/routing/draft.ts'
import type { Hours } from '#server/routing/hours.ts'
import type { Policy } from '#server/routing/policy.ts'
import { emptyState, type Instant } from '#server/routing/state.ts'
import { outlookOf, prospectOf } from '#server/routing/wait.ts'
import { Clockwork } from './clockwork.ts'
import { visitorsOf } from './demand.ts'
import { habitsOf } from './habits.ts'
import { People } from './people.ts'
import { placesOf } from './places.ts'
import { staffOf, type Worker } from './staff.ts'

const HOUR_MS = 3_600_000
/** The server tells a citizen who waits what to expect, after it has drawn the page. */
const PROMISE_AFTER_MS = 600

export type DayPlan = {
  readonly policy: Policy
  readonly hours: Hours
  /** Midnight of the city, in milliseconds since 1970. */
  readonly dayStartAt: Instant
  readonly seed: number
  readonly sitesCount: number
  readonly kiosksCount: number
  readonly agentsCount: number
  /** Citizens expected in a whole day. */
  readonly callsPerDay: number
  /** The part of the day in which citizens come; agents work their shifts. */
  readonly fromHour: number
  readonly untilHour: number
  /** Hour of the day at which the server starts anew from its snapshot, where it does. */
  readonly restartHour: number | null
  /** Whether offers come with their reasons, as the host may ask for. */
  readonly isExplained: boolean
}

/** 200 kiosks at 60 sites, 60 agents: so busy that at the peak about four of five are answered in time. */
export const WHOLE_DAY = {
  sitesCount: 60,
  kiosksCount: 200,
  agentsCount: 60,
  callsPerDay: 4_800,
  fromHour: 5,
  untilHour: 23,
  restartHour: 11.3,
  isExplained: true,
}

export type SimulatedDay = {
  readonly entries: readonly JournalEntry[]
  readonly visitorsCount: number
  /** Citizens who found no free kiosk. */
  readonly noKioskCount: number
  /** Events the engine refused, which no journal holds. */
  readonly refusedCount: number
}

export function simulateDay(plan: DayPlan): SimulatedDay {
  const { policy, hours, dayStartAt, seed, restartHour } = plan
  const sites = placesOf(policy, hours, plan)
  const staff = staffOf(policy, plan)
  const visitors = visitorsOf(policy, sites, { ...plan, agentIds: staff.map(({ agentId }) => agentId) })
  const habits = habitsOf(policy, new Map(visitors.map((visitor) => [visitor.arrival.callId, visitor])), seed)
  const entries: JournalEntry[] = []
  const clock = new Clockwork({
    state: { ...emptyState(), at: dayStartAt },
    isExplained: plan.isExplained,
    onStep: (entry, _before, after) => {
      entries.push(entry)
      people.react(entry.event, after)
    },
  })
  const kiosksOfSite = new Map(sites.map(({ value: { siteId, kioskIds } }) => [siteId, kioskIds]))
  const people = new People(clock, habits, { kiosksOfSite, hasSpares: false })
  clock.take({ type: 'policy.loaded', policy, isForWaiting: true })
  clock.take({ type: 'hours.loaded', hours })
  for (const worker of staff) planShift(clock, people, worker)
  for (const { at, arrival } of visitors) {
    clock.plan(at, () => people.arrive(arrival))
    clock.plan(at + PROMISE_AFTER_MS, () => promise(clock, arrival.callId))
  }
  if (restartHour !== null) clock.plan(dayStartAt + restartHour * HOUR_MS, () => clock.restart())
  clock.runUntil(dayStartAt + 24 * HOUR_MS - 1)
  const { refusedCount } = clock
  return { entries, visitorsCount: visitors.length, noKioskCount: people.noKioskCount, refusedCount }
}

function planShift(clock: Clockwork, people: People, worker: Worker): void {
  const { agentId, centreId, attributes, startsAt, endsAt, breaks, losses } = worker
  const isHere = () => clock.state.agents.has(agentId)
  clock.plan(startsAt, () => clock.take({ type: 'agent.signed-in', agentId, centreId, attributes }))
  clock.plan(startsAt + 20_000, () => clock.take({ type: 'agent.became-available', agentId }))
  for (const { at, forMs, reason } of breaks) {
    clock.plan(at, () => isHere() && clock.take({ type: 'agent.became-away', agentId, reason }))
    clock.plan(at + forMs, () => isHere() && clock.take({ type: 'agent.became-available', agentId }))
  }
  for (const { at, forMs } of losses) {
    clock.plan(at, () => isHere() && clock.take({ type: 'agent.lost', agentId }))
    clock.plan(at + forMs, () => isHere() && clock.take({ type: 'agent.returned', agentId }))
  }
  clock.plan(endsAt, () => people.goHome(agentId))
}

/** What the server says about the wait, from the engine's own estimate. */
function promise(clock: Clockwork, callId: string): void {
  const call = clock.state.calls.get(callId)
  if (call?.status !== 'waiting' || call.presence.kind !== 'here') return
  const draft = new Draft(clock.state, clock.now)
  const line = draft.lines.get(call.lineKey)
  const wait = line === undefined ? null : prospectOf(draft, outlookOf(draft, line), call).wait
  if (wait === null) return
  const p50Ms = Math.round(wait.p50Ms)
  const p80Ms = Math.round(wait.p80Ms)
  clock.take({ type: 'promise.told', callId, p50Ms, p80Ms })
}
