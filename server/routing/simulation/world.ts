/**
 * A city that lives by chance from a seed: people press, leave, lose their connection and come back, agents
 * answer late or not at all, the server starts again from its snapshot. The engine is the real one; the
 * history of what was told to whom is checked beside the state, because states alone hide wrong answers.
 */
import { assertSound } from '../invariants.ts'
import type { RoutingEvent, RoutingEventBody } from '../event.ts'
import { fromSnapshot, toSnapshot } from '../snapshot.ts'
import type { Policy, State } from '../state.ts'
import { emptyState } from '../state.ts'
import type { Step } from '../step.ts'
import { nextDeadline, step } from '../step.ts'
import type { Random } from './random.ts'
import { seededRandom } from './random.ts'

const SERVICES = ['citizen', 'library']
const LANGUAGES = ['da', 'en']

export const simulationPolicy: Policy = {
  queues: Object.fromEntries(
    SERVICES.flatMap((service) =>
      LANGUAGES.map((language) => {
        const id = `${service}.${language}`
        return [id, { id, requiredSkills: [service, language], callersMax: 8 }]
      }),
    ),
  ),
  offerMs: 15_000,
  wrapUpMs: 30_000,
  graceMs: 20_000,
}

export type Run = {
  readonly state: State
  readonly events: readonly RoutingEvent[]
  readonly endedCount: number
  readonly arrivedCount: number
}

/** Runs `steps` chance events from `seed`, checking after each. Throws with seed and step at the first broken rule. */
export function simulate(seed: number, steps: number): Run {
  const world = new World(seededRandom(seed))
  for (let i = 0; i < steps; i += 1) {
    try {
      world.act()
    } catch (error) {
      const recent = world.events.slice(-20).map((event) => JSON.stringify(event))
      throw new Error(`seed ${seed}, step ${i}: ${String(error)}\n${recent.join('\n')}`, { cause: error })
    }
  }
  world.settle()
  return { state: world.state, events: world.events, endedCount: world.ended.size, arrivedCount: world.arrived.size }
}

class World {
  state: State = emptyState()
  readonly events: RoutingEvent[] = []
  readonly arrived = new Set<string>()
  readonly ended = new Set<string>()
  readonly #random: Random
  #at = 1_000_000
  #callCount = 0

  constructor(random: Random) {
    this.#random = random
    this.take({ type: 'policy.loaded', policy: simulationPolicy })
    for (let i = 0; i < 6; i += 1) {
      const skills = [...SERVICES.filter(() => random.next() < 0.8), ...LANGUAGES.filter(() => random.next() < 0.8)]
      this.take({ type: 'agent.signed-in', agentId: `agent-${i}`, skills })
      this.take({ type: 'agent.became-available', agentId: `agent-${i}` })
    }
  }

  /** One thing happens to somebody, after some time in which deadlines may pass. */
  act(): void {
    this.pass(Math.floor(this.#random.next() ** 3 * 12_000))
    const event = this.chooseEvent()
    if (event !== undefined) this.take(event)
    if (this.#random.next() < 0.01) this.restart()
  }

  /** Faults stop: everybody comes back or is let go, and every call must come to an end. */
  settle(): void {
    for (const call of [...this.state.calls.values()]) this.take({ type: 'caller.hung-up', callId: call.id })
    this.pass(120_000)
    if (this.state.calls.size > 0) throw new Error('calls are left after everybody hung up')
    if (this.arrived.size !== this.ended.size) throw new Error('not every arrival came to one end')
  }

  /** Lets time go by, ticking each deadline when it is due. */
  pass(ms: number): void {
    const until = this.#at + ms
    for (let due = nextDeadline(this.state); due !== undefined && due <= until; due = nextDeadline(this.state)) {
      this.#at = Math.max(this.#at, due)
      this.take({ type: 'clock.ticked' })
    }
    this.#at = until
  }

  take(body: RoutingEventBody): Step {
    const event = { ...body, at: this.#at } as RoutingEvent
    const before = this.state
    const after = step(before, event)
    this.events.push(event)
    if (after.refusal !== undefined && after.state !== before) throw new Error('a refused event changed the state')
    this.checkHistory(before, event, after)
    this.state = after.state
    assertSound(this.state)
    return after
  }

  /** What was said must be true: an accepted offer was open and gives the caller of that offer. */
  checkHistory(before: State, event: RoutingEvent, after: Step): void {
    if (event.type === 'offer.accepted' && after.refusal === undefined) {
      const callId = event.offerId.slice(0, event.offerId.lastIndexOf('/'))
      const call = after.state.calls.get(callId)
      const isTheirs = call?.status === 'connected' && call.agentId === event.agentId && call.offerId === event.offerId
      if (!isTheirs) throw new Error(`acceptance of ${event.offerId} was acknowledged without the call`)
      const was = before.calls.get(callId)
      if (was?.status === 'offered' && was.offer.id !== event.offerId) throw new Error('a stale offer was accepted')
    }
    for (const fact of after.facts) {
      if (fact.type === 'offer.made') checkFirstCome(before, after.state, fact.callId)
    }
    for (const record of after.records) {
      if (record.type === 'arrived') this.arrived.add(record.callId)
      if (record.type !== 'ended') continue
      if (this.ended.has(record.callId)) throw new Error(`call ${record.callId} ended twice`)
      this.ended.add(record.callId)
    }
  }

  /** The process dies and comes back from what was kept. */
  restart(): void {
    const kept: unknown = JSON.parse(JSON.stringify(toSnapshot(this.state)))
    this.state = fromSnapshot(kept as ReturnType<typeof toSnapshot>)
    this.take({ type: 'server.restarted' })
  }

  chooseEvent(): RoutingEventBody | undefined {
    const { pick, next } = this.#random
    const call = pick([...this.state.calls.values()])
    const agent = pick([...this.state.agents.values()])
    const luck = next()
    if (luck < 0.25) return this.newCall()
    if (agent === undefined) return undefined
    if (luck < 0.45) return this.answerOf(agent.id)
    if (luck < 0.55) return { type: 'agent.became-available', agentId: agent.id }
    if (luck < 0.58) return { type: 'agent.became-away', agentId: agent.id, reason: 'break' }
    if (luck < 0.63) return { type: 'agent.finished-wrap-up', agentId: agent.id }
    if (luck < 0.66) return { type: 'agent.lost', agentId: agent.id }
    if (luck < 0.74) return { type: 'agent.returned', agentId: agent.id }
    if (call === undefined) return undefined
    if (luck < 0.77) return { type: 'caller.hung-up', callId: call.id }
    if (luck < 0.81) return { type: 'caller.lost', callId: call.id }
    if (luck < 0.87) return { type: 'caller.returned', callId: call.id }
    if (luck < 0.92) return { type: 'media.flowed', callId: call.id }
    if (luck < 0.95) return { type: 'agent.hung-up', agentId: agent.id, callId: call.id }
    if (luck < 0.96) return { type: 'media.lost', callId: call.id }
    const language = pick(LANGUAGES) ?? 'da'
    const queueId = `${pick(SERVICES) ?? 'citizen'}.${language}`
    return { type: 'call.refined', callId: call.id, queueId, language, isLanguageChosen: true, matterId: null }
  }

  newCall(): RoutingEventBody {
    this.#callCount += 1
    const language = this.#random.pick(LANGUAGES) ?? 'da'
    const queueId = `${this.#random.pick(SERVICES) ?? 'citizen'}.${language}`
    const kioskId = `kiosk-${Math.floor(this.#random.next() * 30)}`
    return { type: 'call.arrived', callId: `call-${this.#callCount}`, kioskId, queueId, language }
  }

  /** An answer to the agent's own offer, or to some offer of the past. */
  answerOf(agentId: string): RoutingEventBody {
    const type = this.#random.next() < 0.75 ? ('offer.accepted' as const) : ('offer.declined' as const)
    const work = this.state.agents.get(agentId)?.work
    if (work?.kind === 'offered' && this.#random.next() < 0.9) return { type, agentId, offerId: work.offerId }
    return { type, agentId, offerId: `call-${1 + Math.floor(this.#random.next() * this.#callCount)}/1` }
  }
}

/** Nobody of the same queue who came earlier and could be offered is passed over. */
function checkFirstCome(before: State, after: State, callId: string): void {
  const offered = after.calls.get(callId)
  if (offered === undefined) return
  for (const other of after.calls.values()) {
    const isPassedOver = other.queueId === offered.queueId && other.status === 'waiting' && other.lostAt === null
    if (isPassedOver && other.arrivedAt < offered.arrivedAt && before.calls.has(other.id)) {
      throw new Error(`${callId} was offered before ${other.id}, who came first`)
    }
  }
}
