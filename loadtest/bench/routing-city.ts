/** A busy city for the bench of the engine: as many waiting and at work all the time, and everything that happens to them. */
import type { RoutingEvent, RoutingEventBody } from '#server/routing/event.ts'
import { PLAIN_POLICY, type Policy, type Queue } from '#server/routing/policy.ts'
import type { State } from '#server/routing/state.ts'
import { emptyState } from '#server/routing/state.ts'
import { step, type StepOptions } from '#server/routing/step.ts'
import { chance } from '../personas/pace.ts'

const SERVICES = ['passport', 'moving', 'mitid', 'pension', 'tax', 'library', 'culture', 'housing', 'children', 'work']
const LANGUAGES = ['da', 'en', 'ar', 'tr', 'pl', 'so']

export type RoutingSize = { readonly waitingCount: number; readonly agentsCount: number }

function cityPolicy(waitingCount: number): Policy {
  const queues = SERVICES.flatMap((service) =>
    LANGUAGES.map((language): Queue => {
      return {
        id: `${service}.${language}`,
        serviceId: service,
        classId: service === 'library' || service === 'culture' ? 'patient' : 'ordinary',
        requirements: [
          { attribute: service, levelMin: 3, expiry: { afterMs: 7_200_000, onExpiry: 'relax' } },
          { attribute: service, levelMin: 1, expiry: null },
          { attribute: language, levelMin: 1, expiry: null },
        ],
        callersMax: waitingCount + 1_000,
        homeCentreIds: [],
        calendarIds: [],
        answerWithinMs: 60_000,
        shortAbandonMs: 5_000,
      }
    }),
  )
  return {
    ...PLAIN_POLICY,
    version: 'bench',
    attributes: {
      ...Object.fromEntries(SERVICES.map((id) => [id, 'skill' as const])),
      ...Object.fromEntries(LANGUAGES.map((id) => [id, 'language' as const])),
    },
    classes: {
      ordinary: { id: 'ordinary', headStartMs: 0, slope: 1, isFirst: false },
      patient: { id: 'patient', headStartMs: 0, slope: 0.5, isFirst: false },
      'more-time': { id: 'more-time', headStartMs: 120_000, slope: 1, isFirst: false },
    },
    queues: Object.fromEntries(queues.map((queue) => [queue.id, queue])),
    offerMs: 3_600_000,
    wrapUpMs: 3_600_000,
  }
}

/** A busy city kept at its size: what happens next follows from who is doing what. */
export class City {
  state: State = emptyState()
  readonly #random: () => number
  readonly #options: StepOptions
  onEvent: ((event: RoutingEvent) => void) | undefined
  #at = 1_000_000
  #callCount = 0
  readonly #agentIds: readonly string[]
  #turn = 0
  /** Calls that wait, to be given up by chance; may name some that do not any more. */
  readonly waiting: string[] = []

  constructor(size: RoutingSize, options: StepOptions) {
    this.#random = chance(1)
    this.#options = options
    this.#agentIds = Array.from({ length: size.agentsCount }, (_, i) => `agent-${i}`)
    this.take({ type: 'policy.loaded', policy: cityPolicy(size.waitingCount), isForWaiting: true })
    this.#agentIds.forEach((agentId, i) => this.#signIn(agentId, i))
    while (this.state.calls.size < size.waitingCount + size.agentsCount) this.arrive()
    for (const agentId of this.#agentIds) this.goOn(agentId)
  }

  #signIn(agentId: string, i: number): void {
    const attributes: Record<string, number> = { da: 5 }
    for (let k = 0; k < 3; k += 1) attributes[SERVICES[(i + k * 3) % SERVICES.length] ?? 'tax'] = 1 + ((i + k) % 5)
    for (let k = 0; k < 2; k += 1) attributes[LANGUAGES[(i + k) % LANGUAGES.length] ?? 'en'] = 3
    this.take({ type: 'agent.signed-in', agentId, centreId: 'hng', attributes })
    this.take({ type: 'agent.became-available', agentId })
  }

  take(body: RoutingEventBody): void {
    this.#at += 1
    const event = { ...body, at: this.#at }
    this.state = step(this.state, event, this.#options).state
    this.onEvent?.(event)
  }

  arrive(): void {
    this.#callCount += 1
    const callId = `c0ffee00-0000-4000-8000-${String(this.#callCount).padStart(12, '0')}`
    const service = SERVICES[Math.floor(this.#random() * SERVICES.length)] ?? 'tax'
    // Most speak Danish, as in the city.
    const language = this.#random() < 0.7 ? 'da' : (LANGUAGES[Math.floor(this.#random() * LANGUAGES.length)] ?? 'da')
    const classId = this.#random() < 0.1 ? 'more-time' : null
    this.waiting.push(callId)
    this.take({
      type: 'call.arrived',
      callId,
      kioskId: `kiosk-${this.#callCount}`,
      siteId: `site-${this.#callCount % 200}`,
      queueId: `${service}.${language}`,
      language,
      ticket: `T${this.#callCount}`,
      classId,
      mode: 'video',
      preferredAgentId: null,
    })
  }

  /** Somebody who waits gives up, and somebody else comes. */
  giveUp(): void {
    const at = Math.floor(this.#random() * this.waiting.length)
    const callId = this.waiting[at]
    this.waiting[at] = this.waiting[this.waiting.length - 1] ?? ''
    this.waiting.pop()
    if (callId !== undefined && this.state.calls.get(callId)?.status === 'waiting') {
      this.take({ type: 'caller.hung-up', callId })
      this.arrive()
    }
  }

  /** The next agent, round and round. */
  nextAgentId(): string {
    this.#turn = (this.#turn + 1) % this.#agentIds.length
    return this.#agentIds[this.#turn] as string
  }

  /** The agent does what comes next; returns whether there was anything. */
  goOn(agentId: string): boolean {
    const work = this.state.agents.get(agentId)?.work
    if (work?.kind === 'offered') {
      this.take({ type: 'offer.accepted', agentId, offerId: work.offerId })
      this.take({ type: 'media.flowed', callId: work.callId })
    } else if (work?.kind === 'in-call') {
      this.take({ type: 'agent.hung-up', agentId, callId: work.callId })
      this.arrive()
    } else if (work?.kind === 'wrap-up') this.take({ type: 'agent.finished-wrap-up', agentId })
    else return false
    return true
  }
}

/** A stretch of the city's life: the state it began with, and what happened from then on. */
export type Stretch = { readonly from: State; readonly events: readonly RoutingEvent[] }

/** Lets the city live for so many events, and keeps them: what is measured afterwards is the engine alone. */
export function record(city: City, eventsCount: number): Stretch {
  const from = city.state
  const events: RoutingEvent[] = []
  city.onEvent = (event) => events.push(event)
  for (let turn = 0; events.length < eventsCount; turn += 1) {
    city.goOn(city.nextAgentId())
    if (turn % 7 === 0) city.giveUp()
  }
  city.onEvent = undefined
  return { from, events }
}
