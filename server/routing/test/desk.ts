/** What the tests of the rules have in common: a small city, and a state with hands. */
import type { RoutingEvent, RoutingEventBody } from '../event.ts'
import { PLAIN_POLICY, type CallClass, type Policy, type Queue, type Requirement } from '../policy.ts'
import type { Agent, Call, State } from '../state.ts'
import { emptyState } from '../state.ts'
import type { Step } from '../step.ts'
import { nextDeadline, step } from '../step.ts'

export const never = (attribute: string, levelMin = 1): Requirement => ({ attribute, levelMin, expiry: null })

export const relaxing = (attribute: string, levelMin: number, afterMs: number): Requirement => {
  return { attribute, levelMin, expiry: { afterMs, onExpiry: 'relax' } }
}

export const branching = (attribute: string, afterMs: number, branch: 'interpreter' | 'callback'): Requirement => {
  return { attribute, levelMin: 1, expiry: { afterMs, onExpiry: 'branch', branch } }
}

export const classOf = (id: string, headStartMs: number, slope: number, isFirst = false): CallClass => {
  return { id, headStartMs, slope, isFirst }
}

export function queueOf(id: string, requirements: readonly Requirement[], changes: Partial<Queue> = {}): Queue {
  const [serviceId = id] = id.split('.')
  return {
    id,
    serviceId,
    classId: 'ordinary',
    requirements,
    callersMax: 100,
    homeCentreIds: [],
    calendarIds: [],
    answerWithinMs: 30_000,
    shortAbandonMs: 5_000,
    ...changes,
  }
}

const queues = [
  queueOf('citizen.da', [never('citizen'), never('da')]),
  queueOf('citizen.en', [never('citizen'), never('en')]),
  queueOf('library.da', [never('library'), never('da')]),
]

/** The policy of a small city, with `changes`; queues are given as a list. */
export function policyOf(
  changes: Omit<Partial<Policy>, 'queues'> & { readonly queues?: readonly Queue[] } = {},
): Policy {
  const { queues: own = queues, ...rest } = changes
  return {
    ...PLAIN_POLICY,
    version: 'test-1',
    attributes: {
      citizen: 'skill',
      library: 'skill',
      da: 'language',
      en: 'language',
      so: 'language',
      signs: 'signing',
    },
    classes: {
      ordinary: classOf('ordinary', 0, 1),
      patient: classOf('patient', 60_000, 0.5),
      'more-time': classOf('more-time', 30_000, 2),
      unsafe: classOf('unsafe', 0, 1, true),
    },
    queues: Object.fromEntries(own.map((queue) => [queue.id, queue])),
    ...rest,
  }
}

type Arrival = Omit<Extract<RoutingEventBody, { type: 'call.arrived' }>, 'type'>

export const arrivalOf = (callId: string, changes: Partial<Arrival> = {}) => ({
  type: 'call.arrived' as const,
  callId,
  kioskId: `kiosk-of-${callId}`,
  siteId: 'airport',
  queueId: 'citizen.da',
  language: 'da',
  ticket: `T-${callId}`,
  classId: null,
  mode: 'video' as const,
  preferredAgentId: null,
  ...changes,
})

/** A state with hands: each event at the time set, deadlines ticked on the way. */
export class Desk {
  state: State = emptyState()
  at = 1_000_000
  last: Step | undefined

  constructor(policy: Policy = policyOf(), ...agentIds: string[]) {
    this.take({ type: 'policy.loaded', policy, isForWaiting: true })
    for (const agentId of agentIds) this.agent(agentId)
  }

  take(body: RoutingEventBody, isExplained = false): Step {
    this.last = step(this.state, { ...body, at: this.at } as RoutingEvent, { isExplained })
    this.state = this.last.state
    return this.last
  }

  /** Signs in, ready at once, a millisecond after whoever was before. */
  agent(agentId: string, attributes: Record<string, number> = { citizen: 3, da: 3 }, centreId = 'hng'): Step {
    this.at += 1
    this.take({ type: 'agent.signed-in', agentId, centreId, attributes })
    return this.available(agentId)
  }

  available(agentId: string): Step {
    return this.take({ type: 'agent.became-available', agentId })
  }

  call(callId: string, changes: Partial<Arrival> = {}): Step {
    return this.take(arrivalOf(callId, changes))
  }

  refine(callId: string, changes: Partial<Extract<RoutingEventBody, { type: 'call.refined' }>> = {}): Step {
    const { queueId, language, classId, mode } = this.callOf(callId)
    const said = { queueId, language, isLanguageChosen: true, matterId: null, classId, mode }
    return this.take({ type: 'call.refined', callId, ...said, ...changes })
  }

  /** Accepts what is offered to the agent now. */
  accept(agentId: string): Step {
    return this.take({ type: 'offer.accepted', agentId, offerId: this.offerIdOf(agentId) })
  }

  decline(agentId: string): Step {
    return this.take({ type: 'offer.declined', agentId, offerId: this.offerIdOf(agentId), reason: 'not-mine' })
  }

  /** Keeps an agent in a call of their own, out of the way until {@link free}. */
  occupy(agentId: string, changes: Partial<Arrival> = {}): void {
    this.call(`busy-${agentId}`, changes)
    if (this.agentOf(agentId).work.kind !== 'offered') throw new Error(`${agentId} was not offered the call`)
    this.accept(agentId)
  }

  /** The agent's call ends and wrap-up with it. */
  free(agentId: string): Step {
    const { work } = this.agentOf(agentId)
    if (work.kind === 'in-call') this.take({ type: 'agent.hung-up', agentId, callId: work.callId })
    return this.take({ type: 'agent.finished-wrap-up', agentId })
  }

  stepAway(callId: string): Step {
    return this.take({ type: 'caller.stepped-away', callId, isRungAtKiosk: false })
  }

  takeUp(callId: string, kioskId: string, siteId = 'airport'): Step {
    return this.take({ type: 'ticket.taken-up', ticket: `T-${callId}`, kioskId, siteId })
  }

  pass(ms: number): void {
    const until = this.at + ms
    for (let due = nextDeadline(this.state); due !== undefined && due <= until; due = nextDeadline(this.state)) {
      this.at = Math.max(this.at, due)
      this.take({ type: 'clock.ticked' })
    }
    this.at = until
  }

  statusOf(callId: string): Call['status'] | undefined {
    return this.state.calls.get(callId)?.status
  }

  presenceOf(callId: string): string {
    return this.callOf(callId).presence.kind
  }

  /** To whom a call is offered, or who has it. */
  holderOf(callId: string): string | undefined {
    const call = this.callOf(callId)
    if (call.status === 'waiting') return undefined
    return call.status === 'offered' ? call.offer.agentId : call.agentId
  }

  offerIdOf(agentId: string): string {
    const { work } = this.agentOf(agentId)
    if (work.kind !== 'offered') throw new Error(`${agentId} has no offer`)
    return work.offerId
  }

  callOf(callId: string): Call {
    const call = this.state.calls.get(callId)
    if (call === undefined) throw new Error(`no call ${callId}`)
    return call
  }

  agentOf(agentId: string): Agent {
    const agent = this.state.agents.get(agentId)
    if (agent === undefined) throw new Error(`no agent ${agentId}`)
    return agent
  }
}
