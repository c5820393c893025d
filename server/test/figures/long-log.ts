/**
 * A long log for counting: a made-up city on the real engine, day after day, with all that is hard to count. Every second day is lived
 * fifteen hours late with everything open, so that its rush runs over midnight; the days lie around both changes of the clock.
 */
import { Clockwork } from '#loadtest/city/clockwork.ts'
import { visitorsOf, type Visitor } from '#loadtest/city/demand.ts'
import { streamOf } from '#loadtest/city/draws.ts'
import { habitsOf } from '#loadtest/city/habits.ts'
import { People } from '#loadtest/city/people.ts'
import { placesOf } from '#loadtest/city/places.ts'
import { staffOf } from '#loadtest/city/staff.ts'
import { CITY } from '#loadtest/replay/busy-hours.ts'
import type { JournalEntry } from '../../host/ports.ts'
import { hoursOf } from '../../policy/hours.ts'
import { ALWAYS_OPEN } from '../../routing/hours.ts'
import { emptyState, type State } from '../../routing/state.ts'
import { startOfCityDate } from '../../figures/calendar.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const LATE_HOURS = 15
/** Clocks go forward on 29 March 2026 and back on 25 October. */
const CHANGES = ['2026-03-29', '2026-10-25']

export type LogPlan = {
  readonly seed: number
  readonly daysEach: number
  readonly callsPerDay: number
  readonly agentsCount: number
}

/** Where the city of the log is: what a database needs before its calls can be kept. */
export function placesOfLog({ seed }: LogPlan) {
  return placesOf(CITY.policy, ALWAYS_OPEN, { sitesCount: 20, kiosksCount: 80, seed })
}

export const LOG_POLICY = CITY.policy

/** The log, some hours at a time. Each portion is consumed before the next is made. */
export function* longLog(plan: LogPlan): Generator<JournalEntry[]> {
  let entries: JournalEntry[] = []
  const first = dayStarts(plan)[0] ?? 0
  const visitors = new Map<string, Visitor>()
  const habits = habitsOf(CITY.policy, visitors, plan.seed)
  const clock = new Clockwork({
    state: { ...emptyState(), at: first },
    isExplained: false,
    onStep: (entry, before, after) => {
      entries.push(entry)
      people.react(entry.event, after)
      promiseMore(clock, entry, before, plan.seed)
      plantMore(clock, entry, plan.seed)
    },
  })
  const sites = placesOfLog(plan)
  const kiosksOfSite = new Map(sites.map(({ value: { siteId, kioskIds } }) => [siteId, kioskIds]))
  const people = new People(clock, habits, { kiosksOfSite, hasSpares: false })
  for (const [n, startsAt] of dayStarts(plan).entries()) {
    clock.runUntil(startsAt)
    planDay({ clock, people, visitors, sites, plan, n, startsAt })
    for (let hour = 4; hour <= 24; hour += 4) {
      clock.runUntil(startsAt + hour * HOUR_MS)
      yield entries
      entries = []
    }
  }
  yield entries
}

function dayStarts({ daysEach }: LogPlan): number[] {
  return CHANGES.flatMap((date) => {
    const first = startOfCityDate(date) - Math.ceil(daysEach / 2) * DAY_MS
    return Array.from({ length: daysEach }, (_, i) => first + i * DAY_MS)
  })
}

type Day = {
  readonly clock: Clockwork
  readonly people: People
  readonly visitors: Map<string, Visitor>
  readonly sites: ReturnType<typeof placesOf>
  readonly plan: LogPlan
  readonly n: number
  readonly startsAt: number
}

function planDay({ clock, people, visitors, sites, plan, n, startsAt }: Day): void {
  const seed = plan.seed + n
  const isLate = n % 2 === 0
  const dayStartAt = startsAt + (isLate ? LATE_HOURS * HOUR_MS : 0)
  const hours = isLate ? ALWAYS_OPEN : hoursOf(CITY.document, startsAt - DAY_MS, 9)
  // Another promise for every other pair of days; and short lines, so that some are full.
  const answerWithinMs = n % 4 < 2 ? 60_000 : 45_000
  const queues = Object.fromEntries(
    Object.entries(CITY.policy.queues).map(([id, queue]) => [id, { ...queue, answerWithinMs, callersMax: 3 }]),
  )
  const version = `${CITY.policy.version}-${answerWithinMs}`
  clock.take({ type: 'policy.loaded', policy: { ...CITY.policy, queues, version }, isForWaiting: true })
  // Whoever comes in the night of a late day finds everything open.
  clock.plan(startsAt + (isLate ? 0 : 7 * HOUR_MS), () => clock.take({ type: 'hours.loaded', hours }))
  const staff = staffOf(CITY.policy, { agentsCount: plan.agentsCount, dayStartAt, seed })
  for (const { agentId, centreId, attributes, startsAt: from, endsAt, breaks, losses } of staff) {
    const isHere = () => clock.state.agents.has(agentId)
    clock.plan(from, () => clock.take({ type: 'agent.signed-in', agentId, centreId, attributes }))
    clock.plan(from + 20_000, () => clock.take({ type: 'agent.became-available', agentId }))
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
  const agentIds = staff.map(({ agentId }) => agentId)
  const { callsPerDay } = plan
  for (const { at, ...visitor } of visitorsOf(CITY.policy, sites, {
    dayStartAt,
    fromHour: 5,
    untilHour: 23,
    hours,
    callsPerDay,
    agentIds,
    seed,
  })) {
    const draw = streamOf(seed, `planted/${visitor.arrival.callId}`)
    const callId = `day-${n}-${visitor.arrival.callId}`
    const arrival = {
      ...visitor.arrival,
      callId,
      ticket: `D${n}${visitor.arrival.ticket}`,
      staffId: draw() < 0.05 ? 'maja' : null,
      isForNextOpening: draw() < 0.5,
    }
    visitors.set(callId, { at, ...visitor, arrival })
    clock.plan(at, () => people.arrive(arrival))
    clock.plan(at + 600, () => promise(clock, callId, draw()))
  }
  clock.plan(dayStartAt + 11.3 * HOUR_MS, () => clock.restart())
  const [paused = ''] = Object.keys(queues)
  clock.plan(dayStartAt + 12 * HOUR_MS, () => clock.take({ type: 'queue.paused', queueId: paused }))
  clock.plan(dayStartAt + 12.5 * HOUR_MS, () => clock.take({ type: 'queue.resumed', queueId: paused }))
}

/** A wait that somebody is told: what it is matters to nobody here, but for whether it is kept. */
function promise(clock: Clockwork, callId: string, luck: number): void {
  const call = clock.state.calls.get(callId)
  if (call === undefined || call.status === 'connected' || call.promise !== null) return
  const p50Ms = Math.round(90_000 * luck)
  clock.take({ type: 'promise.told', callId, p50Ms, p80Ms: 2 * p50Ms })
}

/** Holds, transfers and joins, also those that nobody answers or that are taken back. May plan, and takes nothing at once. */
function plantMore(clock: Clockwork, { event, records }: JournalEntry, seed: number): void {
  for (const record of records) {
    if (record.type !== 'answered') continue
    const { callId } = record
    const draw = streamOf(seed, `more/${callId}`)
    const call = clock.state.calls.get(callId)
    if (call?.status !== 'connected') continue
    const { agentId } = call
    const at = event.at
    if (draw() < 0.1) {
      clock.plan(at + 15_000 * draw(), () => clock.take({ type: 'call.held', agentId, callId }))
      // Some are forgotten, and end by themselves or with the call.
      if (draw() < 0.8)
        clock.plan(at + 15_000 + 60_000 * draw(), () => clock.take({ type: 'call.resumed', agentId, callId }))
    }
    if (draw() >= 0.06) continue
    const joinId = `join-${callId}`
    const target = draw() < 0.3 ? ({ kind: 'agent', agentId: 'agent-01' } as const) : ({ kind: 'anyone' } as const)
    const isTransfer = draw() < 0.5
    clock.plan(at + 20_000 * draw(), () =>
      clock.take({ type: 'join.asked', joinId, callId, agentId, needs: [], target, isTransfer }),
    )
    if (draw() < 0.2)
      clock.plan(at + 30_000, () => clock.take({ type: 'join.cancelled', joinId, isByCaller: draw() < 0.5 }))
  }
}

/** Callbacks that agents promise after calls, some of them withdrawn again; whoever is rung comes, or does not. */
function promiseMore(clock: Clockwork, { event, records, facts }: JournalEntry, before: State, seed: number): void {
  for (const record of records) {
    const call = before.calls.get(record.callId)
    if (record.type !== 'ended' || call?.status !== 'connected' || record.outcome !== 'answered') continue
    const draw = streamOf(seed, `again/${call.id}`)
    if (draw() >= 0.06) continue
    const { agentId, kioskId, siteId, queueId, classId, mode, language, matterId, ticket } = call
    const again = {
      callId: `${call.id}-again`,
      agentId,
      ofCallId: call.id,
      firstCallId: call.id,
      isByPromiser: draw() < 0.5,
    }
    const dueAt = event.at + 660_000 + Math.round(3_000_000 * draw())
    const what = { kioskId, siteId, queueId, classId, mode, language, matterId, ticket, dueAt }
    clock.plan(event.at + 500, () => clock.take({ type: 'callback.promised', ...again, ...what }))
    if (draw() < 0.2)
      clock.plan(event.at + 900, () => clock.take({ type: 'callback.withdrawn', callId: again.callId, agentId }))
  }
  for (const fact of facts) {
    if (fact.type !== 'ticket.called' || !fact.callId.endsWith('-again')) continue
    const call = clock.state.calls.get(fact.callId) ?? before.calls.get(fact.callId)
    const draw = streamOf(seed, `comes/${fact.callId}`)
    if (call === undefined || draw() < 0.3) continue
    const { ticket, kioskId, siteId } = call
    clock.plan(event.at + 30_000 * draw(), () => clock.take({ type: 'ticket.taken-up', ticket, kioskId, siteId }))
  }
}
