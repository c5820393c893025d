/** An observed day once more, through the real engine: the same citizens and agents, but for what is changed. */
import type { RoutingEventBody } from '#server/routing/event.ts'
import type { Hours } from '#server/routing/hours.ts'
import type { Policy } from '#server/routing/policy.ts'
import { fromSnapshot } from '#server/routing/snapshot.ts'
import { Clockwork } from '../city/clockwork.ts'
import { People } from '../city/people.ts'
import type { ObservedDay, Timed } from './observed.ts'
import { Outcomes, type CallOutcome } from './outcomes.ts'
import { resampledConduct } from './resampled.ts'

export type Change = {
  readonly withoutAgentIds: readonly string[]
  /** Agents of whom there are so many more, alike in everything. */
  readonly copies: readonly { readonly agentId: string; readonly count: number }[]
  /** From the beginning of the day on, in place of the day's own. */
  readonly policy: { readonly policy: Policy; readonly hours: Hours } | null
}

export const NO_CHANGE: Change = { withoutAgentIds: [], copies: [], policy: null }

export type Rerun = {
  readonly outcomes: readonly CallOutcome[]
  /** Citizens who found every kiosk of their site taken, and were given one more. */
  readonly noKioskCount: number
  /** Citizens whose queue or class is not in the policy. */
  readonly unservedCount: number
  readonly eventsCount: number
}

export function rerun(day: ObservedDay, change: Change, seed: number): Rerun {
  const outcomes = new Outcomes()
  let eventsCount = 0
  const clock = new Clockwork({
    state: fromSnapshot(day.startsFrom),
    isExplained: false,
    onStep: ({ event, records }, _before, after) => {
      eventsCount += 1
      outcomes.take(records)
      people.react(event, after)
    },
  })
  const conduct = resampledConduct(day, policiesOf(day, change), seed)
  const people = new People(clock, conduct, { kiosksOfSite: day.kiosksOfSite, hasSpares: true })
  clock.runUntil(day.startsAt - 1)
  people.goOn()
  planCity(clock, day, change)
  planRoster(clock, people, day, change)
  for (const { at, arrival } of day.arrivals) clock.plan(at, () => people.arrive(arrival))
  clock.runUntil(day.endsAt - 1)
  const { noKioskCount, unservedCount } = people
  return { outcomes: outcomes.all(), noKioskCount, unservedCount, eventsCount }
}

/** All policies of the day, the newest first: what a queue's service is. */
export function policiesOf(day: ObservedDay, change: Change): Policy[] {
  const loaded = day.cityEvents.flatMap(({ body }) => (body.type === 'policy.loaded' ? [body.policy] : []))
  return [...loaded.toReversed(), day.startsFrom.policy, ...(change.policy === null ? [] : [change.policy.policy])]
}

function planCity(clock: Clockwork, day: ObservedDay, { policy: changed }: Change): void {
  if (changed !== null) {
    const { policy, hours } = changed
    clock.plan(day.startsAt, () => {
      clock.take({ type: 'policy.loaded', policy, isForWaiting: true })
      clock.take({ type: 'hours.loaded', hours })
    })
  }
  for (const { at, body } of day.cityEvents) {
    const isReplaced = changed !== null && (body.type === 'policy.loaded' || body.type === 'hours.loaded')
    if (!isReplaced) clock.plan(at, () => clock.take(body))
  }
}

function planRoster(clock: Clockwork, people: People, day: ObservedDay, change: Change): void {
  const isGone = new Set(change.withoutAgentIds)
  for (const agentId of isGone) clock.plan(day.startsAt, () => people.goHome(agentId))
  const plan = ({ at, body }: Timed) =>
    clock.plan(at, () => {
      if (body.type === 'agent.signed-out') people.goHome(body.agentId)
      else if (body.type === 'agent.signed-in' || isSignedIn(clock, body)) clock.take(body)
    })
  for (const timed of day.roster) if (!isGone.has(agentIdOf(timed.body))) plan(timed)
  for (const { agentId, count } of change.copies) {
    const own = [...beforeDay(day, agentId), ...day.roster.filter(({ body }) => agentIdOf(body) === agentId)]
    for (let n = 1; n <= count; n += 1) {
      for (const { at, body } of own) {
        const copied = { ...body, agentId: `${agentId}+${n}` } as RoutingEventBody
        plan({ at, body: copied })
      }
    }
  }
}

/** What an agent did before the day began, as far as it lasts. */
function beforeDay({ startsFrom, startsAt }: ObservedDay, agentId: string): Timed[] {
  const agent = startsFrom.agents.find(({ id }) => id === agentId)
  if (agent === undefined) return []
  const { centreId, ownAttributes: attributes, awayReason } = agent
  const signIn: Timed = { at: startsAt, body: { type: 'agent.signed-in', agentId, centreId, attributes } }
  const ready: Timed = { at: startsAt, body: { type: 'agent.became-available', agentId } }
  return awayReason === null ? [signIn, ready] : [signIn]
}

function agentIdOf(body: RoutingEventBody): string {
  return 'agentId' in body ? body.agentId : ''
}

function isSignedIn(clock: Clockwork, body: RoutingEventBody): boolean {
  return clock.state.agents.has(agentIdOf(body))
}
